"""Sending a form as a browser would, with what it typed as it came; and reading the answer."""

import sys
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from unittest import mock
from urllib.parse import quote_from_bytes

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.forms.forms import BaseForm
from django.http import HttpResponse

from config.web.sealed_safety import unseal

URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "----a-boundary-that-nobody-types-----"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
TOKEN = "csrfmiddlewaretoken"
SECRET = "a" * 32
SEALED = "gAAAA"  # how every token of Fernet begins
FILE_NAMES = ("..\\..\\x.exe", "x.jpg\x00.exe", "=cmd.csv", '<svg onload="alert(1)">.png', "a.jpg")
WRITES = ("INSERT", "UPDATE", "SELECT ")  # definer functions write by SELECT


class Upload(bytes):
    """What is sent as a file; its name is as hostile as its content."""


@dataclass
class Sent:
    """``forms`` are those bound to what was sent; ``kept`` the values that were written."""

    response: HttpResponse
    forms: list = field(default_factory=list)
    crashes: list = field(default_factory=list)
    kept: list = field(default_factory=list)

    @property
    def errors(self):
        return {form.add_prefix(n): e for form in self.forms for n, e in form.errors.items()}

    @property
    def was_declined(self):
        return bool(self.errors)


def send(client, url, body, *, verb="post") -> Sent:
    """Send ``body`` (name to text, raw bytes or several) and undo all of it."""
    encoded, content_type = packed(body | {TOKEN: SECRET})
    kept = deepcopy(client.cookies)
    client.cookies[settings.CSRF_COOKIE_NAME] = SECRET
    sent = Sent(None)
    with transaction.atomic(), ExitStack() as stack:
        for each in (_catching(sent), _noting(sent), _hearing(sent)):
            stack.enter_context(each)
        if verb == "post":
            sent.response = client.post(url, encoded, content_type=content_type)
        else:
            sent.response = client.get(f"{url}{'&' if '?' in url else '?'}{encoded}")
        transaction.set_rollback(True)
    client.cookies = kept  # a session that was made anew is gone again
    return sent


def packed(body) -> tuple:
    """Return what a browser would send, and how it says that it is packed."""
    if any(isinstance(each, Upload) for value in body.values() for each in _each(value)):
        parts = [_part(name, each) for name, value in body.items() for each in _each(value)]
        return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode(), MULTIPART
    return encode(body), URLENCODED


def _part(name, value) -> bytes:
    about = f'form-data; name="{name}"'
    if isinstance(value, Upload):
        file = FILE_NAMES[len(value) % len(FILE_NAMES)].replace("\\", "\\\\").replace('"', "%22")
        about += f'; filename="{file}"\r\nContent-Type: image/jpeg'
    raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
    return f"--{BOUNDARY}\r\nContent-Disposition: {about}\r\n\r\n".encode() + raw + b"\r\n"


def encode(body) -> str:
    pairs = [(name, each) for name, value in body.items() for each in _each(value)]
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def arrived(value) -> str:
    """Return what a view gets of a text: what is no UTF-8 comes as a mark."""
    raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
    return raw.decode("utf-8", "replace")


def _each(value):
    return value if isinstance(value, list | tuple) else [value]


def _quoted(value):
    raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
    return quote_from_bytes(raw, safe="")


@contextmanager
def _catching(sent):
    """Collect the forms that look at what was sent."""
    plain = BaseForm.full_clean

    def full_clean(form):
        if form.is_bound and TOKEN in form.data and not any(form is f for f in sent.forms):
            sent.forms.append(form)
        return plain(form)

    with mock.patch.object(BaseForm, "full_clean", full_clean):
        yield


@contextmanager
def _noting(sent):
    """Collect the texts that statements which may write are given."""

    def note(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            sent.kept += _texts(params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def _texts(value):
    value = getattr(value, "adapted", value)
    if isinstance(value, str):
        yield _unsealed(value) if value.startswith(SEALED) else value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple | set):
        for each in value:
            yield from _texts(each)


def _unsealed(value):
    try:
        return unseal(value)
    except ImproperlyConfigured:  # a second step's, which has a key of its own
        return value


@contextmanager
def _hearing(sent):
    """A client that crashes tells only of a 500; this says why."""

    def hear(sender, **_kwargs):
        sent.crashes.append(repr(sys.exc_info()[1])[:300])

    got_request_exception.connect(hear)
    try:
        yield
    finally:
        got_request_exception.disconnect(hear)


class Page(HTMLParser):
    """``ids``; ``values`` of the controls by name; ``links`` of the error summary by text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.ids, self.values, self.links, self.unlinked = set(), {}, {}, []
        self._summary, self._box, self._link, self._words = 0, None, None, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, pairs):
        attrs = dict(pairs)
        self.ids.add(attrs.get("id"))
        if self._summary and tag == "div":
            self._summary += 1
        elif "govuk-error-summary" in (attrs.get("class") or "").split():
            self._summary = 1
        if tag == "input" and attrs.get("type") not in ("radio", "checkbox"):
            self.values.setdefault(attrs.get("name"), attrs.get("value") or "")
        elif tag == "textarea":
            self._box, self._words = attrs.get("name"), []
        elif self._summary and tag in ("a", "li"):
            self._link, self._words = attrs.get("href", ""), []

    def handle_endtag(self, tag):
        if self._summary and tag == "div":
            self._summary -= 1
        if tag == "textarea":
            words = "".join(self._words)
            self.values.setdefault(self._box, words.removeprefix("\n"))
            self._box = None
        elif self._summary and tag == "a":
            self.links["".join(self._words)] = self._link.removeprefix("#")
            self._words = []
        elif self._summary and tag == "li" and self._words:
            self.unlinked.append("".join(self._words))

    def handle_data(self, data):
        if self._box is not None or self._summary:
            self._words.append(data)
