"""A real mail server for tests; it keeps what it accepts and answers as it is told."""

import email
import logging
import re
from email.policy import default

from aiosmtpd.controller import Controller

from config.local.processes import free_port
from tests.support.processes import wait_for


class MailSink:
    """Accepts mail at ``port``; ``messages`` are EmailMessages in the order of arrival.

    ``answer`` is what the server says to the next messages: "451 Try later" or "550 No such user"
    make it decline them; they are then kept in ``declined``.
    """

    def __init__(self):
        self.port = free_port()
        self.clear()
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)

    def clear(self) -> None:
        self.messages, self.declined, self.answer = [], [], "250 Kept"

    def start(self) -> None:
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        message = email.message_from_bytes(envelope.content, policy=default)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        kept = self.messages if self.answer.startswith("250") else self.declined
        kept.append(message)
        return self.answer

    def to(self, address: str) -> list:
        return [message for message in self.messages if address in message["X-Envelope-To"]]

    def wait_for(self, address: str, *, number: int = 1, seconds: float = 20):
        """Return the newest message to ``address`` once ``number`` of them have come."""
        wait_for(
            lambda: len(self.to(address)) >= number,
            seconds=seconds,
            what=lambda: f"mail to {address}; there is {[m['To'] for m in self.messages]}",
        )
        return self.to(address)[-1]


def links(message) -> list[str]:
    """Return the addresses in a message's plain text."""
    body = message.get_body(preferencelist=("plain",)).get_content()
    return re.findall(r"https?://[^\s<>\"]+[^\s<>\".,;:)]", body)
