"""The server: conditional requests, what is not there, connections kept alive, and an end that leaves nothing behind."""

import socket
import threading
import time
from pathlib import Path

import httpx
import pytest
from protego import Protego

from newsroom.build import build
from newsroom.serve import PortTakenError, Sample, sample, serve


def test_a_matching_etag_gives_304_without_a_body(served: Sample, client: httpx.Client) -> None:
    for url in [*served.built.feeds.values(), served.built.pages["n-001"]]:
        first = client.get(url)
        assert first.status_code == 200
        assert first.headers["ETag"].startswith('"')
        assert int(first.headers["Content-Length"]) == len(first.content)
        again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": '"other"'}, 200),
        ({"If-None-Match": '"other", ETAG'}, 304),
        ({"If-None-Match": "W/ETAG"}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-Modified-Since": "CHANGED"}, 304),
        ({"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"}, 304),
        ({"If-Modified-Since": "Thu, 01 Jan 1998 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": "CHANGED"}, 200),  # the tag decides where it is sent
    ],
)
def test_conditions(served: Sample, headers: dict[str, str], status: int, client: httpx.Client) -> None:
    url = served.built.feeds["dnipro-wire"]
    plain = client.get(url)
    sent = {
        name: value.replace("ETAG", plain.headers["ETag"]).replace("CHANGED", plain.headers["Last-Modified"])
        for name, value in headers.items()
    }
    assert client.get(url, headers=sent).status_code == status


def test_a_page_changed_in_the_folder_is_served_with_a_new_etag(tmp_path: Path, client: httpx.Client) -> None:
    with sample(tmp_path, port=0) as running:
        url = running.built.pages["n-021"]
        before = client.get(url)
        file = running.built.files[url]
        file.write_text(file.read_text(encoding="utf-8").replace("1,200", "1,201"), encoding="utf-8")
        after = client.get(url, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "1,201" in after.text


@pytest.mark.parametrize(
    "target",
    [
        "/nothing",
        "/private/drafts",
        "/../sources.toml",
        "/%2e%2e/sources.toml",
        "/dnipro-wire/..%2f..%2fcontent-types.json",
        "//etc/passwd",
        "/%00",
        "/" + "x" * 5000,
    ],
)
def test_what_is_not_there_is_404_and_nothing_leads_out(served: Sample, target: str) -> None:
    assert status_line(served, target).split()[1] == "404"


def test_a_line_break_in_a_path_stays_quoted_in_a_redirect(served: Sample) -> None:
    head = status_line(served, "/x%0d%0aSet-Cookie:a/../dnipro-wire")
    assert head.split()[1] == "301"
    assert "\r\nSet-Cookie" not in head


def status_line(served: Sample, target: str) -> str:
    """The head of an answer to a target sent as it is; clients would tidy the dots."""
    host, port = served.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).split(b"\r\n\r\n")[0].decode()


def test_a_folder_without_its_slash_is_sent_on(served: Sample, client: httpx.Client) -> None:
    response = client.get(served.built.pages["n-001"].rstrip("/"))
    assert response.status_code == 301
    assert response.headers["Location"] == "/slobidskyi-visnyk/2025/05/16/tila-909-polehlykh/"


def test_robots_allow_all_but_the_private_folder(served: Sample, client: httpx.Client) -> None:
    robots = Protego.parse(client.get(f"{served.base_url}/robots.txt").text)
    assert all(robots.can_fetch(url, "servanda") for url in served.built.pages.values())
    assert not robots.can_fetch(f"{served.base_url}/private/drafts", "servanda")


def test_head_has_the_headers_of_get_alone(served: Sample, client: httpx.Client) -> None:
    url = served.built.feeds["severny-zhurnal"]
    head, get = client.head(url), client.get(url)
    assert head.content == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Last-Modified"):
        assert head.headers[name] == get.headers[name]


def test_one_connection_serves_many_requests(served: Sample) -> None:
    ends = set()
    with httpx.Client() as client:
        for url in served.built.pages.values():
            with client.stream("GET", url) as response:
                response.read()
                ends.add(response.extensions["network_stream"].get_extra_info("client_addr"))
    assert len(ends) == 1


def test_nothing_is_left_when_the_block_ends(tmp_path: Path) -> None:
    build(tmp_path, "http://127.0.0.1:8900")
    before = set(threading.enumerate())
    with httpx.Client() as client:  # its connection is still open when the server ends
        with serve(tmp_path) as base_url:
            assert client.get(f"{base_url}/robots.txt").status_code == 200
            began = time.monotonic()
        assert time.monotonic() - began < 2
        assert set(threading.enumerate()) == before
        with pytest.raises(httpx.ConnectError):
            client.get(f"{base_url}/robots.txt")


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port: int = other.getsockname()[1]
        with pytest.raises(PortTakenError, match=rf"port {port} of 127\.0\.0\.1 is taken.*port 0"), sample(tmp_path, port):
            pass
    assert not (tmp_path / "site").exists()
    with sample(tmp_path, port) as running:
        assert running.base_url == f"http://127.0.0.1:{port}"
