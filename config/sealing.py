"""Secrets at rest: Fernet with keys that stand in the environment, never in the dump."""

import base64
from collections.abc import Iterable

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def ring(keys: Iterable[str], *, purpose: str) -> MultiFernet:
    """Build what seals and unseals: the first key encrypts, each of them decrypts.

    Two purposes never share a key, even if a force gives both the same text.
    """
    return MultiFernet([_fernet(key, purpose) for key in keys])


def _fernet(key: str, purpose: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
