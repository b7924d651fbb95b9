"""Answers to HTTP requests for a built newsroom: a request and the folder in, a response out. No sockets here.

Files are read at each request, so that a test may change a page in the folder and see it served, with a new ETag.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from newsroom.build import CONTENT_TYPES, SITE

_BY_SUFFIX = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml",
    ".rdf": "application/rdf+xml",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
}
_INDEXES = ("index.html", "index.xml")


@dataclass(frozen=True)
class Request:
    """What counts of a GET or HEAD: the target as sent, and the two conditions, empty where not sent."""

    target: str
    if_none_match: str = ""
    if_modified_since: str = ""


@dataclass(frozen=True)
class Response:
    """Status, headers (without Content-Length, Date and Server) and body; a 304 has none."""

    status: HTTPStatus
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def answer(folder: Path, request: Request) -> Response:
    """Answer from the newsroom built in `folder`: 200, 304, 301 (a folder named without its slash) or 404."""
    sent = urlsplit(request.target).path
    path = unquote(sent)
    try:
        root = (folder / SITE).resolve()
        wanted = (root / path.lstrip("/")).resolve()
        # Neither dots nor links lead out of the site.
        if not wanted.is_relative_to(root):
            return _not_found(path)
        if wanted.is_dir() and not path.endswith("/"):
            # As sent, still quoted: a line break in a header would be the client's own header.
            return Response(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"{sent}/"})
        file = _find(wanted, path)
    except (OSError, ValueError):  # a name too long for the file system, or with a null byte
        return _not_found(path)
    return _not_found(path) if file is None else _serve_file(file, _content_type(folder, path, file), request)


def _find(wanted: Path, path: str) -> Path | None:
    """The file behind a path: itself, an index of the folder, or the page whose address drops `.html`."""
    if path.endswith("/"):
        candidates = [wanted / index for index in _INDEXES]
    else:
        candidates = [wanted, wanted.with_name(f"{wanted.name}.html")]
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def _content_type(folder: Path, path: str, file: Path) -> str:
    declared: dict[str, str] = {}
    if (folder / CONTENT_TYPES).exists():
        declared = json.loads((folder / CONTENT_TYPES).read_text(encoding="utf-8"))
    return declared.get(path) or _BY_SUFFIX.get(file.suffix, "application/octet-stream")


def _serve_file(file: Path, content_type: str, request: Request) -> Response:
    body = file.read_bytes()
    changed = datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    validators = {"ETag": etag, "Last-Modified": format_datetime(changed, usegmt=True)}
    if _unchanged(request, etag, changed):
        return Response(HTTPStatus.NOT_MODIFIED, validators)
    return Response(HTTPStatus.OK, {"Content-Type": content_type, **validators}, body)


def _unchanged(request: Request, etag: str, changed: datetime) -> bool:
    """RFC 9110, 13.2.2: If-None-Match decides where it is sent; only without it the date counts."""
    if request.if_none_match:
        tags = {tag.strip().removeprefix("W/") for tag in request.if_none_match.split(",")}
        return etag in tags or "*" in tags
    try:
        since = parsedate_to_datetime(request.if_modified_since)
    except ValueError:
        return False
    return since.tzinfo is not None and changed <= since


def _not_found(path: str) -> Response:
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    return Response(HTTPStatus.NOT_FOUND, headers, f"Nothing at {path}.\n".encode("utf-8", "replace"))
