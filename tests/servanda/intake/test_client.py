"""The client against real HTTP: what servers do ends as an outcome with a reason, and never as an exception."""

import gzip
import socket
import struct
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import brotli
import pytest

from servanda.intake.client import Client
from servanda.model.vocabulary import FetchOutcome, Purpose
from tests.servanda.intake.asking import page

OK, RETRY, REFUSED, NOT_MODIFIED = FetchOutcome.OK, FetchOutcome.RETRY, FetchOutcome.REFUSED, FetchOutcome.NOT_MODIFIED


def test_a_good_answer_is_told_whole(client, hostile):
    hostile.routes["/a"] = hostile.answer(
        200, b"hello", Content_Type="text/plain", ETag='"1"', Last_Modified="Mon, 01 Jun 2026 10:00:00 GMT"
    )
    got = page(client, f"{hostile.base}/a#part")
    assert (got.outcome, got.status, got.body, got.bytes, got.reason) == (OK, 200, b"hello", 5, "")
    assert (got.content_type, got.etag, got.last_modified) == ("text/plain", '"1"', "Mon, 01 Jun 2026 10:00:00 GMT")
    assert got.url == f"{hostile.base}/a#part"
    assert got.final_url == f"{hostile.base}/a"
    assert got.started_at.utcoffset() == timedelta(0)
    assert 0 < got.seconds < 1


def test_who_we_are_and_what_we_keep_to_ourselves(client, hostile):
    hostile.routes["/a"] = hostile.answer(302, Location="/b", Set_Cookie="id=1")
    hostile.routes["/b"] = hostile.answer(200, b"x")
    assert page(client, f"http://user:secret@127.0.0.1:{hostile.port}/a").outcome is OK
    sent = hostile.headers("/b")
    assert sent["user-agent"].startswith("Servanda/")
    assert sent["user-agent"].endswith(" (+tests@servanda.example)")
    assert not {"cookie", "authorization", "referer"} & set(sent)
    assert "authorization" not in hostile.headers("/a")


def test_validators_are_sent_and_304_is_not_modified(client, hostile):
    hostile.routes["/feed"] = hostile.answer(304, ETag='"1"')
    got = client.fetch(f"{hostile.base}/feed", purpose=Purpose.FEED, etag='"1"', last_modified="Mon, 01 Jun 2026 10:00:00 GMT")
    assert (got.outcome, got.status, got.reason) == (NOT_MODIFIED, 304, "")
    sent = hostile.headers("/feed")
    assert sent["if-none-match"] == '"1"'
    assert sent["if-modified-since"] == "Mon, 01 Jun 2026 10:00:00 GMT"
    assert page(client, f"{hostile.base}/feed").outcome is RETRY


def test_a_validator_cannot_smuggle_a_header(client, hostile):
    hostile.routes["/feed"] = hostile.answer(200, b"x")
    assert client.fetch(f"{hostile.base}/feed", purpose=Purpose.FEED, etag='"1"\r\nX-Evil: 1').outcome is OK
    assert "x-evil" not in hostile.headers("/feed")


AGAIN = [204, 206, 302, 403, 408, 425, 429, 500, 502, 503, 599]
NEVER = [300, 400, 401, 402, 404, 405, 410, 418, 451]


@pytest.mark.parametrize(
    ("status", "outcome"), [*((status, RETRY) for status in AGAIN), *((status, REFUSED) for status in NEVER)]
)
def test_statuses(client, hostile, status, outcome):
    hostile.routes["/a"] = hostile.answer(status)
    got = page(client, f"{hostile.base}/a")
    assert (got.outcome, got.status) == (outcome, status)
    assert str(status) in got.reason


@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("120", timedelta(seconds=120)),
        ("Tue, 02 Jun 2026 10:05:00 GMT", timedelta(minutes=5)),
        ("Tue, 02 Jun 2026 09:05:00 GMT", timedelta(0)),
        ("99999999999999999999", timedelta(hours=24)),
        ("Fri, 02 Jun 2034 10:05:00 GMT", timedelta(hours=24)),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after(network, hostile, value, pause):
    hostile.routes["/a"] = hostile.answer(429, Retry_After=value)
    with Client(network, clock=lambda: datetime(2026, 6, 2, 10, tzinfo=UTC)) as client:
        got = page(client, f"{hostile.base}/a")
    assert (got.outcome, got.retry_after) == (RETRY, pause)


def test_redirects_are_followed_and_permanent_ones_told(client, hostile):
    hostile.routes["/a"] = hostile.answer(301, Location="b")
    hostile.routes["/b"] = hostile.answer(308, Location="/c")
    hostile.routes["/c"] = hostile.answer(302, Location=f"//127.0.0.1:{hostile.port}/d")
    hostile.routes["/d"] = hostile.answer(301, Location="/e")
    hostile.routes["/e"] = hostile.answer(200, b"x")
    got = page(client, f"{hostile.base}/a")
    assert (got.outcome, got.final_url, got.permanent_url) == (OK, f"{hostile.base}/e", f"{hostile.base}/c")


def test_redirects_end(client, hostile):
    hostile.routes["/a"] = hostile.answer(302, Location="/b")
    hostile.routes["/b"] = hostile.answer(302, Location="/a")
    got = page(client, f"{hostile.base}/a")
    assert got.outcome is RETRY
    assert "circle" in got.reason
    for number in range(9):
        hostile.routes[f"/{number}"] = hostile.answer(302, Location=f"/{number + 1}")
    got = page(client, f"{hostile.base}/0")
    assert got.outcome is RETRY
    assert "more than 5 redirects" in got.reason
    assert hostile.paths().count("/5") == 1
    assert "/6" not in hostile.paths()


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:1/",
        "http://127.0.0.1:{other}/",
        "http://localhost:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://2130706433:{other}/",
        "http://0x7f.1:{other}/",
        "http://127.1:{other}/",
        "http://0:{other}/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/",
        "http://100.100.100.200/",
        "http://224.0.0.1/",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "gopher://127.0.0.1:{port}/",
        "javascript:alert(1)",
        "http://[::1",
        "http://exa mple/",
        "http://127.0.0.1:99999/",
    ],
)
def test_forbidden_targets(client, hostile, target):
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.setblocking(False)
        address = target.format(port=hostile.port, other=other.getsockname()[1])
        hostile.routes["/a"] = hostile.answer(302, Location=address)
        for url in (f"{hostile.base}/a", address):
            before = len(hostile.requests)
            got = page(client, url)
            assert got.outcome is REFUSED, got
            assert got.reason
            assert got.status is None
            assert set(hostile.paths()[before:]) <= {"/a", "/robots.txt"}
        with pytest.raises(BlockingIOError):
            other.accept()


@pytest.mark.parametrize(
    "url", ["", "http://", "example.org", "/a", "mailto:a@b.c", "http://a b/", "http://x\x00y/", "http://" + "x" * 70_000]
)
def test_what_is_no_web_address_is_refused(client, url):
    got = page(client, url)
    assert (got.outcome, got.status) == (REFUSED, None), got.reason
    assert got.reason


def test_a_slow_drip_of_a_body_ends_with_the_deadline(client, hostile):
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    hostile.routes["/a"] = hostile.raw(head, *[b"x"] * 40, gap=0.1)
    began = time.monotonic()
    got = page(client, f"{hostile.base}/a")
    assert time.monotonic() - began < 2
    assert (got.outcome, got.status) == (RETRY, 200)
    assert "1.2 seconds" in got.reason


def test_a_slow_drip_of_headers_ends_with_the_deadline(client, hostile):
    hostile.routes["/a"] = hostile.raw(b"HTTP/1.1 200 OK\r\n", *[b"X-A: b\r\n"] * 40, gap=0.1)
    began = time.monotonic()
    got = page(client, f"{hostile.base}/a")
    assert time.monotonic() - began < 2
    assert (got.outcome, got.status) == (RETRY, None)
    assert "1.2 seconds" in got.reason


def test_silence(client, hostile):
    hostile.routes["/a"] = lambda request: time.sleep(1)
    got = page(client, f"{hostile.base}/a")
    assert got.outcome is RETRY
    assert "silent for 0.6 seconds" in got.reason


def endless(request: BaseHTTPRequestHandler) -> None:
    request.close_connection = True
    request.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    for _ in range(2_000):
        request.wfile.write(b"x" * 10_000)


def test_an_endless_body_is_cut_at_the_cap(client, hostile, network):
    hostile.routes["/a"] = endless
    got = page(client, f"{hostile.base}/a")
    assert got.outcome is REFUSED
    assert "longer than 100,000 bytes" in got.reason
    assert len(got.body) == network.page_bytes


@pytest.mark.parametrize("packed", ["gzip", "deflate", "br"])
def test_a_bomb_is_cut_at_the_cap(client, hostile, network, packed):
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[packed]
    bomb = pack(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    hostile.routes["/a"] = hostile.answer(200, bomb, Content_Encoding=packed)
    got = page(client, f"{hostile.base}/a")
    assert got.outcome is REFUSED
    assert "longer than" in got.reason
    assert len(got.body) == network.page_bytes


@pytest.mark.parametrize("packed", ["gzip", "x-gzip", "deflate", "raw", "br", "members", "padded"])
def test_encodings_are_undone(client, hostile, packed):
    text = b"".join(str(n).encode() for n in range(10_000))
    squeeze = zlib.compressobj(wbits=-15)
    bodies = {
        "gzip": gzip.compress(text),
        "x-gzip": gzip.compress(text),
        "deflate": zlib.compress(text),
        "raw": squeeze.compress(text) + squeeze.flush(),
        "br": brotli.compress(text),
        "members": gzip.compress(text[:100]) + gzip.compress(text[100:]),
        "padded": gzip.compress(text) + b"\0\0\0",
    }
    name = {"raw": "deflate", "members": "gzip", "padded": "gzip"}.get(packed, packed)
    hostile.routes["/a"] = hostile.answer(200, bodies[packed], Content_Encoding=name)
    got = page(client, f"{hostile.base}/a")
    assert (got.outcome, got.body, got.bytes) == (OK, text, len(bodies[packed])), got.reason


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", b"no gzip at all"),
        ("gzip", gzip.compress(b"x" * 9999)[:-9]),
        ("br", b"\xff\xff"),
        ("br", brotli.compress(b"abc" * 99)[:-2]),
        ("zstd", b"x"),
        ("gzip, gzip", b"x"),
        ("deflate", b"\x01"),
    ],
)
def test_broken_encodings_are_retried(client, hostile, encoding, body):
    hostile.routes["/a"] = hostile.answer(200, body, Content_Encoding=encoding)
    got = page(client, f"{hostile.base}/a")
    assert (got.outcome, got.status) == (RETRY, 200)
    assert got.reason


def reset(request: BaseHTTPRequestHandler) -> None:
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.connection.close()
    request.close_connection = True


def test_broken_connections_are_retried(client, hostile):
    head = b"HTTP/1.1 200 OK\r\n"
    hostile.routes |= {
        "/short": hostile.raw(head + b"Content-Length: 100\r\n\r\nonly this"),
        "/reset": reset,
        "/nothing": hostile.raw(b""),
        "/garbage": hostile.raw(b"\x00\x01\x02 what\r\n\r\n"),
        "/lengths": hostile.raw(head + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello"),
        "/negative": hostile.raw(head + b"Content-Length: -5\r\n\r\nhello"),
        "/chunks": hostile.raw(head + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n"),
        "/half": hostile.raw(head + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        "/headers": hostile.raw(head + b"X: " + b"y" * 300_000),
        "/informed": hostile.raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 50),
        "/empty": hostile.answer(200, b""),
    }
    for path in [path for path in hostile.routes if path != "/robots.txt"]:
        got = page(client, f"{hostile.base}{path}")
        assert got.outcome is RETRY, (path, got)
        assert got.reason
        assert "unexpected" not in got.reason, got.reason


def test_too_long_a_length_is_harmless(client, hostile):
    hostile.routes["/long"] = hostile.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello")
    assert page(client, f"{hostile.base}/long").body == b"he"


def test_nobody_there(network):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Client(replace(network, allow=(f"127.0.0.1:{port}",))) as client:
        got = page(client, f"http://127.0.0.1:{port}/")
    assert got.outcome is RETRY
    assert f"127.0.0.1:{port}" in got.reason


def test_a_pause_and_two_at_once(hostile, network):
    def slow(request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.25)
        hostile.answer(200, b"x")(request)

    hostile.routes |= {f"/{n}": slow for n in range(6)}
    with Client(replace(network, pause=0.1, total_seconds=5.0)) as client, ThreadPoolExecutor(6) as threads:
        got = list(threads.map(lambda n: page(client, f"{hostile.base}/{n}"), range(6)))
    assert {one.outcome for one in got} == {OK}
    assert hostile.busiest <= 2
    times = hostile.times()
    assert len(times) == 7
    assert all(later - earlier > 0.08 for earlier, later in pairwise(times))


def test_proxies_of_the_environment_are_not_asked(hostile, network, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    hostile.routes["/a"] = hostile.answer(200, b"x")
    with Client(network) as client:
        assert page(client, f"{hostile.base}/a").outcome is OK
