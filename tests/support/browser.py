"""A real browser: pages that report every error they meet, and one judgement of a page's health."""

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

PHONE = (360, 740)
DESK = (1280, 900)
# In strict CSP, axe-core is injected through the debugger, which the policy does not concern.
AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what passes need not be described
}

# How a control is drawn: a chip's input is without colour, so its label may show the focus for it.
LOOK = """at => [at, ...(at.labels || [])].flatMap(e => ['', '::before'].map(part => {
  const style = getComputedStyle(e, part)
  const isDrawn = style.outlineStyle !== 'none' && style.outlineColor !== 'rgba(0, 0, 0, 0)'
  return [isDrawn && style.outline, style.boxShadow, style.backgroundColor].join()
})).join()"""
# What can have the focus and looks the same with it as without.
UNSEEN_FOCUS = f"""() => {{
  const look = {LOOK}
  const looksTheSame = at => {{
    at.focus({{ preventScroll: true }})
    if (document.activeElement !== at) return false
    const focused = look(at)
    at.blur()
    return focused === look(at)
  }}
  const some = 'a[href], button, input, select, textarea, summary, [tabindex]'
  const reached = [...document.querySelectorAll(some)].filter(at => at.tabIndex >= 0)
  return reached.filter(looksTheSame).map(at => at.outerHTML.slice(0, 160))
}}"""


def watch(page, *, javascript: bool) -> None:
    """Collect into ``page.faults`` what the console, the scripts and the server complain of.

    A page may itself be a 403 or 404; what it loads may not.
    """
    page.faults, page.javascript = [], javascript

    def said(message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            page.faults.append(message.text)

    def answered(response):
        allowed = 500 if response.request.resource_type == "document" else 400
        if response.status >= allowed:
            page.faults.append(f"{response.status} {response.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("response", answered)


def clean(page) -> None:
    """Fail unless the page is accessible (axe), fits its width, and met no error on the way.

    Axe itself needs scripts; without them only width and errors are judged.
    """
    found = AXE.run(page, options=RULES).response["violations"] if page.javascript else []
    violations = [
        f"{rule['id']}: {rule['help']} — {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
    ]
    assert not violations, f"{page.url}\n" + "\n".join(violations)
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0, f"{page.url} is {overflow} px wider than the screen"
    assert page.faults == [], f"{page.url}\n" + "\n".join(page.faults)


def sign_in(page, user, *, url: str) -> None:
    """Give the browser a session of ``user``, where signing in is not what is tested."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])
