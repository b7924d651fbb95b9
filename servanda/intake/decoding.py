"""Content-Encoding undone in small pieces, so that a bomb is cut at the cap and never unpacked whole."""

import zlib
from collections.abc import Iterable, Iterator

import brotli  # type: ignore[import-untyped]

PIECE = 65_536
"""Bytes that are unpacked at a time; a consumer that stops has unpacked at most this much too much."""

ACCEPTED = "gzip, deflate, br"


class EncodingError(ValueError):
    """A body that does not decode, or an encoding that is not known; the message says which."""


def decoded(chunks: Iterable[bytes], encoding: str | None) -> Iterator[bytes]:
    """Undo one Content-Encoding (``gzip``, ``deflate``, ``br``, none); raise EncodingError for what is broken or unknown."""
    name = (encoding or "identity").strip().lower()
    if name in {"", "identity"}:
        return iter(chunks)
    if name in {"gzip", "x-gzip"}:
        return _inflated(chunks, zlib.MAX_WBITS | 16, name)
    if name == "deflate":
        return _deflated(chunks)
    if name == "br":
        return _unbrotlied(chunks)
    raise EncodingError(f'content-encoding "{name[:40]}" is not one of those asked for ({ACCEPTED})')


def _deflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Servers send "deflate" with the zlib header that the standard asks for, or without it."""
    stream = iter(chunks)
    first = next(stream, b"")
    has_header = len(first) > 1 and first[0] & 0x0F == 8 and int.from_bytes(first[:2], "big") % 31 == 0

    def rest() -> Iterator[bytes]:
        yield first
        yield from stream

    return _inflated(rest(), zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS, "deflate")


def _inflated(chunks: Iterable[bytes], window: int, name: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(window)
    for chunk in chunks:
        data = chunk
        while True:
            try:
                piece = unpacker.decompress(data, PIECE)
            except zlib.error as error:
                raise EncodingError(f"the {name} body is broken: {error}") from error
            if piece:
                yield piece
            if unpacker.eof:
                # A further gzip member goes on; padding after the last one is ignored, as browsers do.
                data = unpacker.unused_data
                if not data.startswith(b"\x1f\x8b"):
                    break
                unpacker = zlib.decompressobj(window)
                continue
            data = unpacker.unconsumed_tail
            if not data and len(piece) < PIECE:
                break
    if not unpacker.eof:
        raise EncodingError(f"the {name} body ended early")


def _unbrotlied(chunks: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    for chunk in chunks:
        data = chunk
        while not unpacker.is_finished():
            try:
                piece = bytes(unpacker.process(data, output_buffer_limit=PIECE))
            except brotli.error as error:
                raise EncodingError(f"the brotli body is broken: {error}") from error
            if piece:
                yield piece
            data = b""
            if unpacker.can_accept_more_data():
                break
    if not unpacker.is_finished():
        raise EncodingError("the brotli body ended early")
