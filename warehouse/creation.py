"""A new database file appears whole: made, migrated and synced beside its place, then named. A kill leaves no half of one."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError
from warehouse.migrate import migrate

NEW = ".new-"
"""How the folders begin in which new databases are made."""


def create(path: Path, settings: Mapping[str, str | int | float | list[str]]) -> None:
    """Make an empty database of the present version at ``path``, unless another process was faster.

    Raises ``WarehouseError`` where a .wal lies there without its database: it belongs to a file that is gone, and DuckDB would
    drop it without a word. Raises ``OSError`` and ``duckdb.Error`` where the folder cannot be written.
    """
    log = path.with_name(f"{path.name}.wal")
    if log.exists():
        raise WarehouseError(
            f"{log}: lies here without its database {path.name}; put the database back that it belongs to, or move it away to "
            "begin with an empty one. Nothing was changed"
        )
    folder = Path(tempfile.mkdtemp(prefix=NEW, dir=path.parent))
    try:
        made = folder / path.name
        with closing(duckdb.connect(str(made), config=dict(settings))) as connection:
            migrate(connection, made)
        _sync(made)
        _name(made, path)
        _sync(path.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tidy(path: Path) -> None:
    """Remove what killed processes left beside a database. Only for whoever holds it, and has just opened it."""
    for left in (*path.parent.glob(f"{NEW}*"), path.with_name(f"{path.name}.tmp")):
        shutil.rmtree(left, ignore_errors=True)


def _name(made: Path, path: Path) -> None:
    """Give a file its name, unless it is taken by now."""
    try:
        # A link, since a rename would replace what another process has made in the meantime.
        os.link(made, path)
    except FileExistsError:
        return
    except OSError:
        # Some file systems have no hard links.
        if not path.exists():
            made.rename(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
