"""The guard at connect time: no connection to an address that is not public, unless the configuration names host and port.

It stands below redirects, pools and TLS, as httpcore's network backend, so that no path leads around it: a name is resolved once,
every address that it resolves to is checked, and the connection is made to a checked address itself. A second DNS answer never
counts. It knows nothing of HTTP.
"""

import contextvars
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterable

import httpcore

from servanda.intake.stream import GuardedStream

type_of_address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
"""Host and port to addresses in the order of preference; raises OSError."""

deadline: contextvars.ContextVar[float | None] = contextvars.ContextVar("deadline", default=None)
"""``time.monotonic()`` at which every network operation of this thread has to end, whatever its own time-out."""

# Not in Python's tables as private, and yet no place for a reader of news.
_FORBIDDEN = tuple(
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's platform address
        "192.0.0.0/24",  # protocol assignments; Oracle's metadata
        "192.88.99.0/24",  # 6to4 relays
        "64:ff9b:1::/48",  # local NAT64
        "100::/64",  # discard
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # site-local of old
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")


class ForbiddenAddressError(Exception):
    """A connection that the guard refused; the message names host, port and address."""


def why_forbidden(address: str) -> str | None:
    """Tell why an address is out of bounds (``"loopback"``, ``"private"``, ...), or None for a public one.

    An address that carries an IPv4 address inside (mapped, compatible, 6to4, NAT64) is judged by both. What is no address at all
    is forbidden too.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "not an address"
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _embedded(ip)
        if inner is not None:
            return _kind(inner) or (None if ip in _NAT64 else "an IPv4 address in disguise")
    return _kind(ip)


def _embedded(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip in _NAT64 or (ip in _COMPATIBLE and int(ip) > 1):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def _kind(ip: type_of_address) -> str | None:
    names = {
        "unspecified": ip.is_unspecified,
        "loopback": ip.is_loopback,
        "link-local": ip.is_link_local,
        "multicast": ip.is_multicast,
        "private": ip.is_private,
        "reserved": ip.is_reserved
        or not ip.is_global
        or any(ip in network for network in _FORBIDDEN if network.version == ip.version),
    }
    return next((name for name, holds in names.items() if holds), None)


def host_and_port(host: str, port: int) -> str:
    """The form in which ``[network] allow`` names a host and port: lower case, IPv6 in brackets."""
    bare = host.strip("[]").lower().rstrip(".")
    return f"[{bare}]:{port}" if ":" in bare else f"{bare}:{port}"


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to checked addresses only.

    ``allow`` holds ``host:port`` as the address of a request spells the host; a name that merely resolves to an allowed address
    is not let through. Raises ForbiddenAddressError, and httpcore's ConnectError and ConnectTimeout.
    """

    def __init__(self, allow: Iterable[str] = (), *, resolve: Resolve = resolve) -> None:
        self._allow = frozenset(allow)
        self._resolve = resolve
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check all, connect to the first address that answers."""
        until = _until(timeout)
        addresses = self._addresses(host, port, until)
        if host_and_port(host, port) not in self._allow:
            _check(host, port, addresses)
        fault: Exception = httpcore.ConnectError(f"{host} has no address")
        for number, address in enumerate(addresses):
            # Where several addresses are left, a dead one must not eat up all the time.
            share = (until - time.monotonic()) / (len(addresses) - number)
            if share <= 0:
                break
            try:
                stream = self._backend.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
            else:
                return GuardedStream(stream, deadline.get)
        raise fault

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Refused always."""
        raise ForbiddenAddressError(f"{path} is a socket of this machine")

    def _addresses(self, host: str, port: int, until: float) -> list[str]:
        """Resolve in a thread of its own, since the system's resolver knows no time-out."""
        answer: list[list[str]] = []
        faults: list[Exception] = []

        def ask() -> None:
            try:
                answer.append(self._resolve(host, port))
            except (OSError, ValueError) as error:  # UnicodeError, for labels that are too long, is a ValueError
                faults.append(error)

        thread = threading.Thread(target=ask, name=f"resolve {host}", daemon=True)
        thread.start()
        thread.join(max(0.0, until - time.monotonic()))
        if answer:
            return answer[0]
        if faults:
            raise httpcore.ConnectError(f"the name {host} could not be resolved: {faults[0]}")
        raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time")


def _check(host: str, port: int, addresses: list[str]) -> None:
    for address in addresses:
        why = why_forbidden(address)
        if why is not None:
            name = host_and_port(host, port)
            where = name if address == host.strip("[]") else f"{name}, which is {address},"
            advice = f'to let it through, add "{name}" to [network] allow'
            raise ForbiddenAddressError(f"{where} lies in a range that is not public ({why}); {advice}")


def _until(timeout: float | None) -> float:
    end = time.monotonic() + (60.0 if timeout is None else timeout)
    total = deadline.get()
    return end if total is None else min(end, total)
