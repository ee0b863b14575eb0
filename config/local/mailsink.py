"""The demo's mail server: keeps every message in a folder and shows it in the browser; sends none.

python -m config.local.mailsink SMTP_PORT HTTP_PORT FOLDER [KEYS]
"""

import email
import html
import re
import signal
import sys
import time
from datetime import UTC, datetime
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.controller import Controller

from . import appcodes

SHOWN = 200  # messages on the first page
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]")
# It cannot know what waits, only when it would.
QUIET = (
    "<p>From 21:00 to 08:00, and on Fridays from 12:00 to 15:00, the portal sends nothing but "
    "links and codes to sign in and news of a visit within hours. What waits leaves after that.</p>"
)
STYLE = """
body { font: 1.1rem/1.5 sans-serif; margin: 1rem auto; max-width: 50rem; padding: 0 1rem }
pre { border: 1px solid; font: inherit; padding: 1rem; white-space: pre-wrap }
pre { overflow-wrap: anywhere }
dt { font-weight: bold } dd { margin: 0 0 .5rem; overflow-wrap: anywhere } li { margin: .8rem 0 }
"""


class KeepInFolder:
    """What aiosmtpd calls for each message: one file a message, oldest name first."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        name = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f.eml")
        draft = self.folder / f".{name}"
        draft.write_bytes(envelope.content)
        draft.rename(self.folder / name)
        return "250 Kept"


class Pages(BaseHTTPRequestHandler):
    """A list and one page a message; text only, whatever the message holds."""

    folder: Path
    keys: Path  # of the authenticator apps, if there are any

    def do_GET(self):  # noqa: N802 - http.server's name
        host = self.headers.get("Host", "").split(":")[0]
        name = self.path.strip("/")
        if host not in {"localhost", "127.0.0.1"}:
            return self._answer(403, "Not here", "")
        if name == "style.css":
            return self._send(200, "text/css", STYLE)
        if not name:
            return self._answer(200, "Mail of this demo", self._list())
        if re.fullmatch(r"[\d-]+\.eml", name) and (self.folder / name).exists():
            return self._answer(200, "Message", self._message(self.folder / name))
        return self._answer(404, "No such message", '<p><a href="/">All messages</a></p>')

    def _list(self):
        rows = []
        for path in sorted(self.folder.glob("[0-9]*.eml"), reverse=True)[:SHOWN]:
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            subject = html.escape(str(message["Subject"] or "(no subject)"))
            to = html.escape(str(message["To"] or ""))
            rows.append(f'<li><a href="/{path.name}"><bdi>{subject}</bdi></a><br>to {to}</li>')
        if not rows:
            return f"<p>No mail yet.</p>{QUIET}{self._codes()}"
        again = f'<p><a href="/">Look again</a></p>{QUIET}{self._codes()}'
        return f"{again}<h2>Mail</h2><ol reversed>{''.join(rows)}</ol>"

    def _codes(self):
        return appcodes.shown(self.keys, now=time.time())

    def _message(self, path):
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        heads = "".join(
            f"<dt>{html.escape(name)}</dt><dd><bdi>{html.escape(str(message[name]))}</bdi></dd>"
            for name in ("Subject", "From", "To", "Date", "Message-ID")
            if message[name]
        )
        parts = "".join(_part(part) for part in message.walk() if not part.is_multipart())
        return f'<p><a href="/">All messages</a></p><dl>{heads}</dl>{parts}'

    def _answer(self, status, title, body):
        page = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            '<meta name="viewport" content="width=device-width"><link rel="stylesheet" '
            f'href="/style.css"></head><body><main><h1>{title}</h1>{body}</main></body></html>'
        )
        self._send(status, "text/html", page)

    def _send(self, status, kind, text):
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'self'")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Say nothing: the terminal belongs to the demo."""


def _part(part) -> str:
    name = part.get_filename() or part.get_content_type()
    if part.get_content_maintype() != "text":
        return f"<p>Attached: {html.escape(name)}</p>"
    text = part.get_content()
    heading = "" if part.get_content_type() == "text/plain" else f"<h2>{html.escape(name)}</h2>"
    return f'{heading}<pre dir="auto">{_with_links(text)}</pre>'


def _with_links(text: str) -> str:
    parts, end = [], 0
    for found in LINK.finditer(text):
        address = html.escape(found.group())
        parts += [html.escape(text[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    return "".join([*parts, html.escape(text[end:])])


def main(smtp_port: str, http_port: str, folder: str, keys: str = "") -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Pages.folder, Pages.keys = Path(folder), Path(keys)
    mail = Controller(KeepInFolder(Pages.folder), hostname="127.0.0.1", port=int(smtp_port))
    mail.start()
    try:
        ThreadingHTTPServer(("127.0.0.1", int(http_port)), Pages).serve_forever()
    finally:
        mail.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
