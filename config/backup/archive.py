"""One sealed file: a tar stream inside age. Nothing of it is ever on a disk in plain.

age seals in pieces of 64 KB and marks the last, so that a changed, missing or added byte is found.
"""

import io
import os
import tarfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pyrage

from .trouble import BackupTrouble

Members = Iterable[tuple[str, bytes]]


def recipients_from(keys: Iterable[str]) -> list:
    """Return the public keys for which a backup is sealed.

    Raises:
        BackupTrouble: there is none, or one is not an age key.
    """
    keys = list(keys)
    if not keys:
        raise BackupTrouble("BACKUP_RECIPIENTS is empty: set it to the public age keys of two.")
    try:
        return [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError:
        raise BackupTrouble("BACKUP_RECIPIENTS holds something that is not an age key.") from None


def identities_from(file: Path) -> list:
    """Return the private keys of an identity file as `age-keygen` writes it.

    Raises:
        BackupTrouble: it cannot be read, or holds none.
    """
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
        found = [
            pyrage.x25519.Identity.from_str(line)
            for line in lines
            if line and not line.startswith("#")
        ]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        raise BackupTrouble(f"{file} is no file of age identities.") from None
    if not found:
        raise BackupTrouble(f"{file} holds no identity.")
    return found


def write(path: Path, members: Members, recipients: list) -> None:
    """Seal the members into ``path``, which appears only when it is whole."""
    draft = path.with_suffix(".part")
    reading, writing = _pipe()
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with ThreadPoolExecutor(1) as other:
                packed = other.submit(_pack, members, writing)
                with reading:
                    pyrage.encrypt_io(reading, file, recipients)
                packed.result()
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def _pipe():
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


def _pack(members: Members, writing) -> None:
    with writing, tarfile.open(fileobj=writing, mode="w|") as tar:
        for name, content in members:
            header = tarfile.TarInfo(name)
            header.size = len(content)
            tar.addfile(header, io.BytesIO(content))


class _Nowhere(io.RawIOBase):
    def write(self, piece):
        return len(piece)


def check(path: Path, identities: list) -> None:
    """Unseal the whole file into nothing.

    Raises:
        BackupTrouble: no key fits, or a byte is not as it was sealed.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupTrouble(f"{path} cannot be read ({error.strerror}).") from None
    try:
        with file:
            pyrage.decrypt_io(file, _Nowhere(), identities)
    except (OSError, pyrage.DecryptError):
        raise BackupTrouble(
            f"{path.name} cannot be opened with these keys, or is damaged: nothing was restored."
        ) from None


@contextmanager
def opened(path: Path, identities: list) -> Iterator[Iterator[tuple[str, bytes]]]:
    """Yield the members, one after the other, as they are unsealed."""
    reading, writing = _pipe()
    with ThreadPoolExecutor(1) as other, reading:
        other.submit(_unseal, path, writing, identities)
        with tarfile.open(fileobj=reading, mode="r|") as tar:
            yield ((member.name, tar.extractfile(member).read()) for member in tar)


def _unseal(path: Path, writing, identities) -> None:
    with writing, path.open("rb") as file:
        pyrage.decrypt_io(file, writing, identities)
