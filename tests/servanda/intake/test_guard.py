"""The guard: which addresses are out of bounds, and that a name's second answer never counts."""

import threading

import httpcore
import pytest

from servanda.intake.client import Client
from servanda.intake.guard import ForbiddenAddressError, GuardedBackend, host_and_port, why_forbidden
from servanda.model.source import Network
from servanda.model.vocabulary import FetchOutcome, Purpose

FORBIDDEN = [
    *["0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.255", "169.254.169.254"],
    *["168.63.129.16", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1"],
    *["198.51.100.1", "203.0.113.5", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"],
    *["::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"],
    *["100::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "2002:808:808::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254"],
    *["fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "localhost", "", "1.2.3", "256.1.1.1"],
]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_forbidden(address):
    assert why_forbidden(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_public(address):
    assert why_forbidden(address) is None


def test_host_and_port_has_one_spelling():
    assert host_and_port("LocalHost.", 80) == "localhost:80"
    assert host_and_port("::1", 80) == host_and_port("[::1]", 80) == "[::1]:80"


def test_one_private_address_among_public_ones_is_enough():
    backend = GuardedBackend(resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(ForbiddenAddressError, match=r"news.example:80, which is 10.0.0.1, .* \(private\)"):
        backend.connect_tcp("news.example", 80, timeout=1)


def test_a_name_is_resolved_once_and_the_checked_address_is_used(monkeypatch):
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    asked: list[str] = []

    def connect(self, host, port, timeout=None, local_address=None, socket_options=None):
        asked.append(host)
        raise httpcore.ConnectError("not today")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    backend = GuardedBackend(resolve=lambda host, port: next(answers))
    with pytest.raises(httpcore.ConnectError):
        backend.connect_tcp("rebind.example", 80, timeout=1)
    assert asked == ["8.8.8.8"]


def test_a_name_that_resolves_to_an_allowed_address_is_not_allowed():
    backend = GuardedBackend(["127.0.0.1:8900"], resolve=lambda host, port: ["127.0.0.1"])
    with pytest.raises(ForbiddenAddressError):
        backend.connect_tcp("evil.example", 8900, timeout=1)
    with pytest.raises(httpcore.ConnectError):
        GuardedBackend(["127.0.0.1:1"], resolve=lambda host, port: ["127.0.0.1"]).connect_tcp("127.0.0.1", 1, timeout=1)


@pytest.mark.parametrize("fault", [OSError("no such name"), UnicodeError("label too long")])
def test_a_name_that_does_not_resolve_is_retried(fault):
    def resolve(host, port):
        raise fault

    with Client(Network(contact="x"), backend=GuardedBackend(resolve=resolve)) as client:
        got = client.fetch("http://nowhere.example/", purpose=Purpose.PAGE)
    assert got.outcome is FetchOutcome.RETRY
    assert "nowhere.example" in got.reason


def test_a_resolver_that_hangs_is_left_alone():
    release = threading.Event()

    def resolve(host, port):
        release.wait(5)
        return ["8.8.8.8"]

    backend = GuardedBackend(resolve=resolve)
    with pytest.raises(httpcore.ConnectTimeout):
        backend.connect_tcp("slow.example", 80, timeout=0.1)
    release.set()
