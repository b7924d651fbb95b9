"""The raw bodies of feeds and pages, each once, under its sha256: what every stored text can be traced back to."""

import gzip
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

from servanda.intake.identity import body_hash


class BodyError(Exception):
    """A stored body is missing or damaged, or cannot be stored; the message names the file and the way out."""


@dataclass(frozen=True, slots=True)
class BodyStore:
    """A folder of compressed bodies. Safe to kill at any moment: a body gets its name only when all of it is on the disk."""

    folder: Path

    def keep(self, body: bytes) -> str:
        """Store a body, if it is not there whole yet; its hash. Raises ``BodyError`` where the folder cannot be written."""
        digest = body_hash(body)
        if self.holds(digest):
            return digest
        path = self.path_of(digest)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, gzip.compress(body, compresslevel=6, mtime=0))
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


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    # The name too, or a power cut could leave a row in the database whose body is gone.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
