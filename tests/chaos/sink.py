"""A mail server that keeps what it took, and misbehaves on request."""

import asyncio
import email
import email.policy
import threading
import time
from collections import Counter

from aiosmtpd.controller import Controller

from config.local.processes import free_port


class Sink:
    """Listens on ``port`` of 127.0.0.1 while used in a ``with`` block.

    What it does depends on the recipient's local part: ``gone…`` is refused for good, ``busy…``
    for now, ``full…`` with a closing 421, ``cut…`` loses the connection after the message was
    taken. ``greylist…`` is refused once. ``delay`` holds each 250 back.
    """

    def __init__(self, *, delay: float = 0, refuse_sender: bool = False):
        self.delay = delay
        self.refuse_sender = refuse_sender
        self.taken = []  # what got its 250, or would have
        self.seen = Counter()
        self.connections = 0
        self._lock = threading.Lock()
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *_):
        self._controller.stop(no_assert=True)

    @property
    def copies(self):
        """Count how often each Message-ID was taken."""
        return Counter(message["Message-ID"] for message in self.taken)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.refuse_sender:
            return f"550 {address} may not send here"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.seen[address] += 1
        if address.startswith("gone"):
            return f"550 5.1.1 {address}: nobody of that name"
        if address.startswith("busy") or (
            address.startswith("greylist") and self.seen[address] == 1
        ):
            return "451 4.7.1 Try again later"
        if address.startswith("full"):
            return "421 4.3.2 Going down"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        with self._lock:
            self.taken.append(message)
        if self.delay:
            await asyncio.sleep(self.delay)
        if envelope.rcpt_tos[0].startswith("cut"):
            server.transport.abort()
        return "250 OK"


def wait_until(reached, *, seconds: float, every: float = 0.1) -> bool:
    """Return whether ``reached()`` became true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if reached():
            return True
        time.sleep(every)
    return False
