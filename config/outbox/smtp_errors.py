"""What a mail server's refusal means for one message. Pure."""

import re
import smtplib
from dataclasses import dataclass

_ADDRESS = re.compile(r"\S+@\S+")
_CLOSING = 421
_TOO_BIG = 552


@dataclass(frozen=True)
class Refusal:
    """``dead``: never try again. ``stop``: this connection is of no more use. ``uncertain``: the
    message may have been taken all the same."""

    reason: str
    dead: bool = False
    stop: bool = False
    uncertain: bool = False


def _answer(error: OSError) -> tuple[int, bytes | str] | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, error.smtp_error
    return None


def _clean(code: int, text: bytes | str) -> str:
    """Keep the server's words, without the address that it may repeat."""
    if isinstance(text, bytes):
        text = text.decode("ascii", "replace")
    return _ADDRESS.sub("(address)", f"{code} {' '.join(text.split())}")[:200]


def read_refusal(error: OSError) -> Refusal:
    """Read an exception from sending; smtplib's are all OSErrors."""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Refusal("the server cannot carry this address", dead=True)
    answer = _answer(error)
    if answer is None:
        return Refusal(f"connection lost ({type(error).__name__})", stop=True, uncertain=True)
    code, reason = answer[0], _clean(*answer)
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPHeloError) and code != _TOO_BIG:
        return Refusal(reason, stop=True)  # they refuse us, not this reader: no message dies of it
    return Refusal(reason, dead=500 <= code < 600, stop=code == _CLOSING)
