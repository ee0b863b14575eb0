"""What every answer must say to browsers, and what is wrong with one that does not."""

import re

EXPECTED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# Without one of these a page falls back to more than it needs.
DIRECTIVES = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "worker-src": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
}
POWERFUL = {"camera", "microphone", "geolocation", "payment", "usb", "bluetooth", "display-capture"}


def faults_of(headers: dict[str, str]) -> list[str]:
    """Return what is wrong with an answer's headers; none is right."""
    wrong = [
        f"{name}: {headers.get(name)}"
        for name, value in EXPECTED.items()
        if headers.get(name) != value
    ]
    policy = headers.get("Content-Security-Policy", "")
    if parse_policy(policy) != DIRECTIVES:
        wrong.append(f"Content-Security-Policy: {policy}")
    allowed = parse_features(headers.get("Permissions-Policy", ""))
    if not allowed.keys() >= POWERFUL or set(allowed.values()) != {"()"}:
        wrong.append(f"Permissions-Policy: {headers.get('Permissions-Policy')}")
    return wrong


def parse_policy(policy: str) -> dict[str, set[str]]:
    """Return the sources by directive. Browsers obey the first of two alike: so does this."""
    directives = {}
    for part in filter(None, map(str.split, policy.split(";"))):
        directives.setdefault(part[0].lower(), set(part[1:]))
    return directives


def parse_features(policy: str) -> dict[str, str]:
    return dict(re.findall(r"([a-z-]+)=([^,]+)", policy))
