"""Writes the whole set of what readers get into a folder: site, feed and files. ``switch`` then makes it the published one."""

from pathlib import Path

from servanda.publication.books import Books, in_order
from servanda.publication.errors import PublicationError
from servanda.publication.feed import feed
from servanda.publication.files import files
from servanda.publication.site import pages, site_of


def write_all(books: Books, snapshot_id: str, folder: Path) -> tuple[Path, ...]:
    """Write page, feed and files under ``folder``, made if need be; the paths written, in order.

    The same books make the same bytes in any order of their rows; no clock is read. Raises ``PublicationError`` for a value that
    has no word, an id that cannot name a page, and a folder that cannot be written.
    """
    ordered = in_order(books)
    site = site_of(ordered, snapshot_id)
    contents = {f"site/{path}": text.encode() for path, text in pages(site).items()}
    contents["site/feed.xml"] = feed(site)
    contents |= files(ordered, snapshot_id)
    return tuple(_write(folder / path, body) for path, body in contents.items())


def _write(path: Path, body: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    except OSError as error:
        raise PublicationError(
            f"{path}: cannot be written ({error.strerror}); free space or correct the rights of the folder, then publish again"
        ) from error
    return path
