"""Misbehaviours below the content: sockets, HTTP's framing, status lines, headers, compression, redirects. All as pages."""

import gzip
import time
import zlib
from email.utils import formatdate

import brotli

from tests.hostile.misbehaviour import Request, article, base_of, page, raw, reset, send

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BROKEN = ("broke", "ended", "closed", "disconnected", "whole", "silent", "off after", "peer", "malformed", "illegal")
FORBIDDEN = ("not public",)
NO_ADDRESS = ("only http and https", "not a web address")


@page("seconds")
def slow_drip_of_the_body(request: Request) -> None:
    """A byte of the body every tenth of a second."""
    raw(request, OK + b"Content-Length: 1000\r\n\r\n", *[b"x"] * 40, gap=0.1)


@page("seconds")
def slow_drip_of_the_headers(request: Request) -> None:
    """A header every tenth of a second."""
    raw(request, OK, *[b"X-A: b\r\n"] * 40, gap=0.1)


@page("silent", "seconds")
def silence(request: Request) -> None:
    """Nothing at all, for longer than anybody waits."""
    request.close_connection = True
    time.sleep(3.0)


@page("longer than")
def endless_body(request: Request) -> None:
    """A body that would not end."""
    raw(request, OK + b"Connection: close\r\n\r\n")
    for _ in range(200):
        request.wfile.write(b"<p>endless</p>" * 10_000)


@page("longer than")
def gzip_bomb(request: Request) -> None:
    """Fifty megabytes in fifty kilobytes."""
    send(request, gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip", Content_Type="text/html")


@page("longer than")
def brotli_bomb(request: Request) -> None:
    """Fifty megabytes in a few hundred bytes."""
    send(request, brotli.compress(b"a" * 50_000_000, quality=1), Content_Encoding="br", Content_Type="text/html")


@page("longer than", "deflate")
def deflate_bomb(request: Request) -> None:
    """The same by deflate."""
    send(request, zlib.compress(b"a" * 50_000_000), Content_Encoding="deflate")


@page(*BROKEN)
def content_length_too_long(request: Request) -> None:
    """Half of the body that was announced."""
    raw(request, OK + b"Content-Length: 100000\r\n\r\n" + article(title="Half").encode())


@page("characters only", "no text", "no web page")
def content_length_too_short(request: Request) -> None:
    """More than was announced; what is beyond is not part of the answer."""
    raw(request, OK + b"Content-Length: 12\r\n\r\n" + article(title="Twelve").encode())


@page(*BROKEN)
def content_length_negative(request: Request) -> None:
    """Fewer bytes than none."""
    raw(request, OK + b"Content-Length: -5\r\n\r\nhello")


@page(*BROKEN, "length")
def content_lengths_that_differ(request: Request) -> None:
    """Two lengths for one body."""
    raw(request, OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello")


@page(*BROKEN)
def chunk_size_that_is_none(request: Request) -> None:
    """A chunk of ZZ bytes."""
    raw(request, CHUNKED + b"ZZ\r\nhello\r\n0\r\n\r\n")


@page(*BROKEN)
def chunk_size_negative(request: Request) -> None:
    """A chunk of fewer bytes than none."""
    raw(request, CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n")


@page(*BROKEN)
def chunk_size_huge(request: Request) -> None:
    """A chunk of more bytes than there are."""
    raw(request, CHUNKED + b"FFFFFFFFFFFFFFFF\r\nhello\r\n")


@page(*BROKEN)
def chunks_without_end(request: Request) -> None:
    """The last chunk is missing."""
    raw(request, CHUNKED + b"5\r\nhello\r\n")


@page(*BROKEN, "reset")
def reset_at_once(request: Request) -> None:
    """A reset instead of an answer."""
    reset(request)


@page(*BROKEN, "reset")
def reset_in_the_headers(request: Request) -> None:
    """A reset after half of the headers."""
    request.wfile.write(OK + b"Content-Ty")
    reset(request)


@page(*BROKEN, "reset")
def reset_in_the_body(request: Request) -> None:
    """A reset after half of the body."""
    request.wfile.write(OK + b"Content-Length: 1000\r\n\r\n<html>")
    request.wfile.flush()
    time.sleep(0.05)
    reset(request)


@page(*BROKEN)
def no_answer(request: Request) -> None:
    """The connection is closed without a word."""
    request.close_connection = True


@page("empty body")
def empty_answer(request: Request) -> None:
    """A 200 without a body."""
    send(request, b"")


@page(*BROKEN)
def garbage_instead_of_http(request: Request) -> None:
    """Bytes of no protocol."""
    raw(request, b"\x00\x01\x02 what is this\r\n\r\n")


@page(*BROKEN, "Receive buffer")
def one_huge_header(request: Request) -> None:
    """A header of three megabytes."""
    raw(request, OK + b"X: ", *[b"y" * 100_000] * 30)


@page(*BROKEN, "Receive buffer")
def too_many_headers(request: Request) -> None:
    """A hundred thousand headers."""
    raw(request, OK, b"X-A: b\r\n" * 100_000)


@page(*BROKEN)
def informed_without_end(request: Request) -> None:
    """A hundred times 100 Continue, and no answer."""
    raw(request, b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


@page(stored=1)
def early_hints(request: Request) -> None:
    """A 103 before the answer, which is good."""
    body = article(title="Early hints").encode()
    raw(request, b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK + b"Content-Length: %d\r\n\r\n" % len(body) + body)


@page("content-encoding")
def unknown_content_encoding(request: Request) -> None:
    """An encoding that nobody asked for."""
    send(request, b"x" * 100, Content_Encoding="zstd")


@page("gzip")
def wrong_content_encoding(request: Request) -> None:
    """Called gzip, and is not."""
    send(request, article(title="No gzip"), Content_Encoding="gzip")


@page("content-encoding")
def double_content_encoding(request: Request) -> None:
    """Packed twice, and says so."""
    send(request, gzip.compress(gzip.compress(b"x")), Content_Encoding="gzip, gzip")


@page("another kind")
def packed_without_saying_so(request: Request) -> None:
    """Packed, and does not say so."""
    send(request, gzip.compress(article(title="Packed").encode()), Content_Type="text/html")


@page("early")
def gzip_that_ends_early(request: Request) -> None:
    """The last bytes of the packed body are missing."""
    send(request, gzip.compress(article(title="Early").encode())[:-9], Content_Encoding="gzip")


def _status(status: int, *told: str, **headers: str) -> None:
    def answer(request: Request) -> None:
        send(request, b"" if status in {204, 205, 304} else b"no", status, **headers)

    answer.__name__ = f"status_{status}" + "".join(f"_{value}" for value in headers.values() if value.strip("-").isalnum())
    answer.__doc__ = f"{status}, unasked for." + "".join(f" {name}: {value}" for name, value in headers.items())
    page(str(status), *told)(answer)


for _code in (204, 205, 206, 304, 403, 404, 410, 418, 500, 503, 599):
    _status(_code)
for _pause in ("120", "-5", "99999999999999999999"):
    _status(429, Retry_After=_pause)


@page("429")
def retry_after_a_date(request: Request) -> None:
    """Come back in five minutes."""
    send(request, b"", 429, Retry_After=formatdate(time.time() + 300, usegmt=True))


@page("503")
def retry_after_a_date_in_the_past(request: Request) -> None:
    """Come back in 1999."""
    send(request, b"", 503, Retry_After="Fri, 31 Dec 1999 23:59:59 GMT")


@page("circle")
def redirect_loop(request: Request) -> None:
    """Leads to itself by way of another."""
    send(request, b"", 302, Location=f"{request.path.partition('?')[0]}?{'b' if 'a' in request.path.partition('?')[2] else 'a'}")


@page("more than")
def redirects_too_many(request: Request) -> None:
    """Leads on and on."""
    number = request.path.partition("?n=")[2]
    send(request, b"", 302, Location=f"{request.path.partition('?')[0]}?n={int(number or 0) + 1}")


@page("without an address")
def redirect_without_location(request: Request) -> None:
    """Leads nowhere."""
    send(request, b"", 302)


def _redirect(name: str, target: str, *told: str) -> None:
    def answer(request: Request) -> None:
        port, canary = request.server.server_address[1], request.server.canary  # type: ignore[attr-defined]
        send(request, b"", 302, Location=target.format(port=port, canary=canary))

    answer.__name__ = f"redirect_to_{name}"
    answer.__doc__ = f"Leads to {target}"
    page(*told)(answer)


for _name, _target in {
    "another_port": "http://127.0.0.1:{canary}/",
    "ten": "http://10.0.0.1/",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "loopback_6": "http://[::1]:{canary}/",
    "mapped_6": "http://[::ffff:127.0.0.1]:{canary}/",
    "nat64": "http://[64:ff9b::7f00:1]:{canary}/",
    "hexadecimal": "http://0x7f.1:{canary}/",
    "decimal": "http://2130706433:{canary}/",
    "short": "http://127.1:{canary}/",
    "nothing": "http://0.0.0.0:{canary}/",
    "localhost": "http://localhost:{canary}/",
    "user": "http://user:secret@127.0.0.1:{canary}/",
    "local_name_of_allowed": "http://localhost:{port}/good/x",
    "carrier": "http://100.64.0.1/",
    "multicast": "http://224.0.0.1/",
}.items():
    _redirect(_name, _target, *FORBIDDEN)
for _name, _target in {
    "file": "file:///etc/passwd",
    "gopher": "gopher://127.0.0.1:{canary}/_x",
    "javascript": "javascript:alert(1)",
    "data": "data:text/html,hello",
    "octal": "http://0177.0.0.1:{canary}/",
    "broken_6": "http://[::1/",
    "no_port": "http://127.0.0.1:99999/",
}.items():
    _redirect(_name, _target, *NO_ADDRESS)


@page(stored=1)
def cookie_and_redirect(request: Request) -> None:
    """Sets a cookie, and leads to itself; neither cookie, nor Referer, nor credentials may come back."""
    if "?" in request.path:
        assert not {"cookie", "referer", "authorization"} & {name.lower() for name in request.headers}
        send(request, article(title="Cookie"))
        return
    send(
        request, b"", 302, Set_Cookie="id=1; Path=/", Location=f"{base_of(request).replace('//', '//me:secret@')}{request.path}?b"
    )
