"""What `make check` finds in the repository's files, shown on files that are wrong on purpose."""

import subprocess
import sys

import pytest

from config.local import audits, code_rules, secret_rules
from config.local.audits import Finding, findings, judge, requirement_breaches
from config.local.store import BASE

HASHED = f"django==5.2 \\\n    --hash=sha256:{'0' * 64}\n    # via -r base.in\n"
WRONG = {
    "mark_safe(name)": "does not escape",
    "format_html(f'<b>{name}</b>')": "does not escape",
    "@csrf_exempt\ndef view(request): pass": "exempts",
    "@method_decorator(xframe_options_exempt)\nclass View: pass": "exempts",
    "Visit.objects.raw(text)": "queries raw",
    "Visit.objects.extra(where=[text])": "queries raw",
    "Visit.objects.annotate(n=RawSQL(text, []))": "queries raw",
    "cursor.execute(f'SELECT {name}')": "builds SQL",
    "cursor.execute('SELECT %s' % name)": "builds SQL",
    "cursor.execute('SELECT {}'.format(name))": "builds SQL",
    "class Meta:\n    fields = '__all__'": "takes every field",
    "class Meta:\n    exclude = ['side']": "takes every field",
    "import requests": "fetches",
    "from urllib import request": "fetches",
    "import urllib.request as quick": "fetches",
    "import pickle": "unpickles",
    "from subprocess import run": "starts programs",
    "eval(text)": "evaluates",
    "def go(request):\n    return redirect(request.GET['next'])": "redirects to what is given",
    "def go(request):\n    to = request.POST.get('to')\n    url = f'/{to}'\n"
    "    return HttpResponseRedirect(url)": "redirects to what is given",
    "def go(self):\n    return redirect(self.request.META['HTTP_REFERER'])": (
        "redirects to what is given"
    ),
}
RIGHT = [
    "format_html('<b>{}</b>', name)",
    "cursor.execute('SELECT 1 WHERE %s', [name])",
    "cursor.execute(_PRIVILEGES)",
    "class Meta:\n    fields = ['name']",
    "from urllib.parse import urlsplit",
    "from .requests import ask",
    "logger.info('Sent', extra={'pk': 1})",
    "re.compile('x')",
    "def go(request):\n    to = request.GET['to']\n"
    "    if url_has_allowed_host_and_scheme(to, None):\n        return redirect(to)",
    "def go(request):\n    return redirect(visit)",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_mistake_in_the_code_is_named(text):
    assert [rule for _line, rule in code_rules.breaches(text)] == [WRONG[text]]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text):
    assert list(code_rules.breaches(text)) == []


def written(folder, path, text):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)
    return [finding.rule for finding in findings([path], folder)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("{{ note|safe }}", "does not escape"),
        ("{{ note | safeseq }}", "does not escape"),
        ("{% autoescape off %}", "does not escape"),
        ("<script>go()</script>", "has code inline"),
        ('<p style="color: red">', "has code inline"),
        ('<a onclick="go()">', "has code inline"),
        ('<a href="javascript:go()">', "has code inline"),
        ('<a target="_blank">', "opens a window"),
    ],
)
def test_a_mistake_in_a_template_is_named(tmp_path, text, rule):
    assert written(tmp_path, "templates/a.html", text) == [rule]


def test_a_template_that_is_right_is_left_alone(tmp_path):
    text = '<script src="{% static "a.js" %}"></script><p class="style">{{ note|linebreaksbr }}</p>'

    assert written(tmp_path, "templates/a.html", text) == []


# Put together here, so that this file holds none.
SECRETS = [
    "-----BEGIN " + "PRIVATE KEY-----",
    "key = '" + "AKIA" + "A1B2C3D4E5F6G7H8" + "'",
    "token: " + "ghp_" + "a1B2" * 9,
    "DATABASE_URL=postgres://portal:" + "hunter2" + "@db/portal",
    "SECRET = '" + "q7Zp2Lx9" + "VbT4mKc8" + "RwN5sYd1GhJ6" + "'",
]


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_in_a_file_is_found(tmp_path, text):
    assert written(tmp_path, "docs/a.md", text) == ["holds a secret"]


@pytest.mark.parametrize("path", [".env", "deploy/portal.pem", "id_ed25519", "var/portal.dump"])
def test_a_file_of_keys_is_found(tmp_path, path):
    assert written(tmp_path, path, "") == ["is a file of keys"]


@pytest.mark.parametrize(
    "text", ["postgres://portal_app:none@127.0.0.1:1/portal", "'partnerships-institution-page-2'"]
)
def test_what_is_no_secret_is_left_alone(text):
    assert list(secret_rules.breaches("config/a.py", text)) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("django>=5.2\n", "is not pinned"),
        ("django==5.*\n", "is not pinned"),
        ("django==5.2\n", "brings no hash"),
        ("--index-url https://mirror.example/simple\n", "is not pinned"),
        ("--extra-index-url https://mirror.example/simple\n", "is not pinned"),
        ("-e .\n", "is not pinned"),
        ("django @ https://mirror.example/django.whl\n", "is not pinned"),
        ("git+https://mirror.example/django\n", "is not pinned"),
    ],
)
def test_a_requirement_that_could_bring_something_else_is_named(text, rule):
    assert list(requirement_breaches(HASHED + text, hashed=True)) == [(4, rule)]


def test_requirements_with_pins_and_hashes_are_left_alone():
    assert list(requirement_breaches(HASHED, hashed=True)) == []
    assert list(requirement_breaches("-r base.in\nredis==8.1.0  # why\n", hashed=False)) == []


@pytest.mark.parametrize(
    "line", ["call()  # nosec", "call()  # nosec B608", "call()  # nosec B608  # noqa: S608"]
)
def test_a_waiver_needs_a_reason(line):
    assert list(audits.waivers_without_reason(line)) == [(1, "waives without a reason")]
    assert list(audits.waivers_without_reason(f"x  # nosec B608  # {'our own names'}")) == []


def test_what_was_reviewed_is_not_said_and_what_is_gone_is():
    found = [Finding("a.py", 3, "evaluates"), Finding("b.py", 5, "fetches")]

    assert judge(found, {("a.py", "evaluates"): "why"}) == ["b.py:5 fetches"]
    assert judge([], {("a.py", "evaluates"): "why"}) == [
        "a.py no longer evaluates: take it out of REVIEWED"
    ]


def test_the_repository_is_clean():
    command = [sys.executable, "-m", "config.local.audits"]
    done = subprocess.run(command, cwd=BASE, capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (0, "")
