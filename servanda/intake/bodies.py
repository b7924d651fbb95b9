"""The raw bodies of feeds and pages, each once, under its sha256: what every stored text can be traced back to."""

import gzip
import os
import shutil
import zlib
from dataclasses import dataclass
from pathlib import Path

from servanda.intake.identity import body_hash

INCOMING = ".incoming"
"""The folder of bodies that are being written; what lies there while nobody writes is of no use."""


class BodyError(Exception):
    """A stored body is missing or damaged, or cannot be stored; the message names the file and the way out."""


@dataclass(frozen=True, slots=True)
class BodyStore:
    """A folder of compressed bodies. Safe to kill at any moment: a body gets its name only when all of it is on the disk."""

    folder: Path

    def tidy(self) -> None:
        """Remove what a killed run left half written. Only for whoever knows that no other run writes here."""
        shutil.rmtree(self.folder / INCOMING, ignore_errors=True)

    def keep(self, body: bytes) -> str:
        """Store a body, if it is not there whole yet; its hash. Raises ``BodyError`` where the folder cannot be written."""
        digest = body_hash(body)
        if self.holds(digest):
            return digest
        path = self.path_of(digest)
        try:
            _write(path, self.folder / INCOMING / path.name, gzip.compress(body, compresslevel=6, mtime=0))
        except OSError as error:
            raise BodyError(f"{path}: cannot be written ({error.strerror}); free space or name another --state") from error
        return digest

    def read(self, digest: str) -> bytes:
        """The body of a hash. Raises ``BodyError`` where it is missing, or not what its name says."""
        path = self.path_of(digest)
        try:
            body = gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise BodyError(f"{path}: the stored body cannot be read ({error}); restore the file from a copy") from error
        if body_hash(body) != digest:
            raise BodyError(f"{path}: the stored body is not what its name says; restore the file from a copy")
        return body

    def holds(self, digest: str) -> bool:
        """Whether the body of a hash is there, and whole."""
        try:
            self.read(digest)
        except BodyError:
            return False
        return True

    def path_of(self, digest: str) -> Path:
        """Where the body of a hash lies, or would."""
        return self.folder / digest[:2] / f"{digest}.gz"


def _write(path: Path, temporary: Path, content: bytes) -> None:
    for folder in (path.parent, temporary.parent):
        _make(folder)
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    # The name too, or a power cut could leave a row in the database whose body is gone.
    _sync(path.parent)


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
