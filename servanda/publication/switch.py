"""The switch: a staged folder becomes the published snapshot in one step, so that readers always see one whole snapshot.

``published`` is a relative link to ``snapshots/<id>/`` beside it. A folder under that name is always whole: it gets the name by a
rename after all of it is synced, and loses it by a rename before any of it is deleted. One process publishes at a time.
"""

import os
import re
import shutil
from pathlib import Path

from servanda.publication.errors import PublicationError

SNAPSHOTS = "snapshots"
STAGED = ".staged"
DROPPED = ".dropped-"
LINK = ".link-"
_ID = re.compile(r"[0-9a-f]{16}")


def stage(published: Path) -> Path:
    """An empty folder to write the next snapshot into, on the same disk; what a killed run left there is gone."""
    staged = published.parent / SNAPSHOTS / STAGED
    try:
        if staged.exists():
            shutil.rmtree(staged)
        staged.mkdir(parents=True)
    except OSError as error:
        raise _failed(staged, "cannot be made anew", error) from error
    return staged


def switch(published: Path, staged: Path, snapshot_id: str, keep: int = 5) -> Path:
    """Make ``staged`` the snapshot that ``published`` leads to; the snapshot's folder.

    A snapshot that is there already is taken as it stands, and ``staged`` is dropped. The last ``keep`` snapshots stay,
    the current one among them. May be run again after a kill at any moment. Raises ``PublicationError``, which names the path
    and the way out.
    """
    if keep < 1:
        raise PublicationError(f"{published}: keep must be 1 or more, got {keep}; the current snapshot is never dropped")
    if not _ID.fullmatch(snapshot_id):
        raise PublicationError(
            f"{published}: a snapshot id has 16 hex digits, got {snapshot_id!r}; take it from books.snapshot_id"
        )
    if published.exists() and not published.is_symlink():
        raise PublicationError(
            f"{published}: stands in the way, it is no link but a real file or folder; move it elsewhere, then publish again"
        )
    snapshots = published.parent / SNAPSHOTS
    target = snapshots / snapshot_id
    try:
        snapshots.mkdir(parents=True, exist_ok=True)
        _move_in(staged, target)
        _point(published, target)
        os.utime(target)
        _clear(published, snapshots)
        _prune(snapshots, target, keep)
    except OSError as error:
        raise _failed(Path(error.filename or published), f"snapshot {snapshot_id} was not published whole", error) from error
    return target


def _move_in(staged: Path, target: Path) -> None:
    if target.is_dir():
        if staged.exists() and not staged.samefile(target):
            shutil.rmtree(staged)
        return
    if not staged.is_dir():
        raise PublicationError(f"{staged}: there is no staged folder; write the snapshot with publish.write_all first")
    for folder, _, names in os.walk(staged):
        for name in names:
            _sync(Path(folder) / name)
        _sync(Path(folder))
    staged.rename(target)
    _sync(target.parent)


def _point(published: Path, target: Path) -> None:
    relative = Path(SNAPSHOTS) / target.name
    if published.is_symlink() and published.readlink() == relative:
        return
    link = published.parent / f"{LINK}{published.name}"
    link.unlink(missing_ok=True)
    link.symlink_to(relative, target_is_directory=True)
    link.replace(published)
    _sync(published.parent)


def _prune(snapshots: Path, current: Path, keep: int) -> None:
    others = [path for path in snapshots.iterdir() if _ID.fullmatch(path.name) and path.is_dir() and path != current]
    others.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    for path in others[keep - 1 :]:
        dropped = path.rename(snapshots / f"{DROPPED}{path.name}")
        shutil.rmtree(dropped)


def _clear(published: Path, snapshots: Path) -> None:
    (published.parent / f"{LINK}{published.name}").unlink(missing_ok=True)
    for path in list(snapshots.iterdir()):
        if path.name == STAGED or path.name.startswith(DROPPED):
            shutil.rmtree(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _failed(path: Path, what: str, error: OSError) -> PublicationError:
    return PublicationError(
        f"{path}: {what} ({error.strerror or error}); free space, correct the rights, keep state and staged folder "
        "on one disk, then publish again (what was published before still stands)"
    )
