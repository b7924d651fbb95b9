"""Misbehaviours of robots.txt, which has power over a whole site: each has a port of its own, with a feed and an article."""

import time

from tests.hostile.misbehaviour import Register, Request, raw, send

robots = Register()
ALLOWS = b"User-agent: *\nAllow: /\n"


@robots("closes the site")
def down(request: Request) -> None:
    """An error of the server closes the site for now."""
    send(request, b"", 503)


@robots("closes the site")
def too_many_requests(request: Request) -> None:
    """So does this one, since it says that we ask too much."""
    send(request, b"", 429)


@robots("closes the site")
def slow(request: Request) -> None:
    """A byte every tenth of a second."""
    raw(request, b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", *[b"#"] * 40, gap=0.1)


@robots("closes the site")
def silent(request: Request) -> None:
    """Nothing comes."""
    request.close_connection = True
    time.sleep(3.0)


@robots(stored=1)
def missing(request: Request) -> None:
    """None is none: all may be read."""
    send(request, b"", 404)


@robots(stored=1)
def redirecting(request: Request) -> None:
    """The rules lie elsewhere on the site."""
    if "?" in request.path:
        send(request, ALLOWS)
    else:
        send(request, b"", 301, Location="/robots.txt?moved")


@robots("not public")
def redirecting_to_a_private_address(request: Request) -> None:
    """The rules lie where nobody may go."""
    send(request, b"", 302, Location="http://10.0.0.1/robots.txt")


@robots(stored=1)
def of_two_megabytes(request: Request) -> None:
    """What lies beyond 500 KiB is not read, and before it nothing is forbidden."""
    send(request, b"User-agent: *\nDisallow: /x\n" * 80_000 + b"User-agent: *\nDisallow: /\n")


@robots("robots.txt")
def marked_and_with_nul(request: Request) -> None:
    """A byte order mark, NUL and bytes of no encoding around a rule that holds."""
    send(request, b"\xef\xbb\xbfUser-agent: *\x00\r\nDisallow: /\r\n\xff\xfe\x00")


@robots(stored=1)
def a_page(request: Request) -> None:
    """A page in its place forbids nothing."""
    send(request, "<html><body>Disallow nothing</body></html>", Content_Type="text/html")
