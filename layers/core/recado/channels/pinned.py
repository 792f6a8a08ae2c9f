"""One request over a connection that can lead nowhere but to a public address, and that ends in time.

A name is looked up once; all the addresses it has must be public, and the connection goes to one of these, so
that a name which answers differently the second time (DNS rebinding) gains nothing. The certificate is
checked for the name. A watchdog ends an exchange that is merely slow: a server that sends a byte now and then
never meets a read time-out.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Final, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from recado.errors import SendFailed

CONNECT_S: Final = 3.0
TOTAL_S: Final = 10.0
"""Of connecting, asking and reading all of a file."""
CHUNK: Final = 65_536
MOST: Final = 3
"""So many addresses of a name are tried."""

_EMBEDDING: Final = tuple(
    ipaddress.ip_network(one)
    # NAT64 (well-known and local), 6to4, Teredo, IPv4-compatible: an inner IPv4 address may be behind each.
    for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "::ffff:0:0/96")
)

_SPECIAL: Final = tuple(
    ipaddress.ip_network(one)
    # 6to4 relays (RFC 7526), documentation (RFC 9637), AS112 (RFC 7535): not in every Python's own tables.
    for one in ("192.88.99.0/24", "3fff::/20", "2620:4f:8000::/48")
)


class Fetched(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet may have, and no way into our own network."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if any(found in network for network in _SPECIAL):
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id is not None or any(found in network for network in _EMBEDDING):
            return False
        if found.is_site_local:
            return False
    unfit = found.is_multicast or found.is_reserved or found.is_unspecified or found.is_loopback
    return found.is_global and not unfit and not found.is_link_local


def get(
    url: str,
    headers: Mapping[str, str],
    limit: int,
    *,
    connect_s: float = CONNECT_S,
    total_s: float = TOTAL_S,
) -> Fetched:
    """GET an https URL at its name's public address; at most `limit` bytes of the body. Follows no redirect.

    Raises SendFailed `fix_request` when the name leads to an address that is not public, OSError or
    http.client.HTTPException when there is no answer.
    """
    return _ask(_Asked("GET", url, headers, None), limit, connect_s, total_s)


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    limit: int,
    *,
    connect_s: float = CONNECT_S,
    total_s: float = TOTAL_S,
) -> Fetched:
    """POST to an https URL, otherwise like `get`."""
    return _ask(_Asked("POST", url, headers, body), limit, connect_s, total_s)


def get_locally(
    url: str,
    headers: Mapping[str, str],
    limit: int,
    *,
    connect_s: float = CONNECT_S,
    total_s: float = TOTAL_S,
) -> Fetched:
    """The same of a fake on loopback, by plain HTTP: on a laptop only."""
    return _ask_locally(_Asked("GET", url, headers, None), limit, connect_s, total_s)


def post_locally(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    limit: int,
    *,
    connect_s: float = CONNECT_S,
    total_s: float = TOTAL_S,
) -> Fetched:
    """POST to a fake on loopback."""
    return _ask_locally(_Asked("POST", url, headers, body), limit, connect_s, total_s)


class _Asked(NamedTuple):
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None


def _ask(asked: _Asked, limit: int, connect_s: float, total_s: float) -> Fetched:
    host = urlsplit(asked.url).hostname or ""
    with _watched(_Pinned(host, _addresses(host), connect_s), total_s) as connection:
        return _exchange(connection, asked, limit)


def _ask_locally(asked: _Asked, limit: int, connect_s: float, total_s: float) -> Fetched:
    parts = urlsplit(asked.url)
    plain = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=connect_s)
    with _watched(plain, total_s) as connection:
        return _exchange(connection, asked, limit)


class _Pinned(http.client.HTTPSConnection):
    """TLS to one of the given addresses, by the certificate of `host`."""

    def __init__(self, host: str, addresses: list[str], connect_s: float) -> None:
        super().__init__(host, timeout=connect_s, context=_context())
        self._addresses = addresses

    def connect(self) -> None:
        """Try the addresses in their order."""
        problem: OSError = OSError("no address")
        for address in self._addresses:
            try:
                plain = socket.create_connection((address, self.port), self.timeout)
            except OSError as error:
                problem = error
                continue
            self.sock = _context().wrap_socket(plain, server_hostname=self.host)
            return
        raise problem


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _addresses(host: str) -> list[str]:
    """The addresses of a name. Raises SendFailed unless each is public, OSError when there is none."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not all(is_public(one) for one in addresses):
        raise SendFailed("fix_request", "This host leads to an address that is not public.")
    return addresses[:MOST]


def _exchange(connection: http.client.HTTPConnection, asked: _Asked, limit: int) -> Fetched:
    parts = urlsplit(asked.url)
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    connection.request(asked.method, target, body=asked.body, headers=dict(asked.headers))
    response = connection.getresponse()
    body = _read(response, limit)
    return Fetched(response.status, {name.lower(): value for name, value in response.getheaders()}, body)


def _read(response: http.client.HTTPResponse, limit: int) -> bytes:
    body = bytearray()
    while len(body) < limit and (chunk := response.read(min(CHUNK, limit - len(body)))):
        body += chunk
    if len(body) < limit and response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return bytes(body)


@contextmanager
def _watched(connection: http.client.HTTPConnection, total_s: float) -> Iterator[http.client.HTTPConnection]:
    """Connect; hang up when the time is over, whatever is being waited for, and always at the end."""
    over = threading.Event()

    def hang_up() -> None:
        over.set()
        if connection.sock is not None:
            _shut(connection.sock)

    watchdog = threading.Timer(total_s, hang_up)
    watchdog.daemon = True
    watchdog.start()
    try:
        connection.connect()
        if over.is_set():  # there was nothing yet to hang up
            raise TimeoutError
        connection.sock.settimeout(total_s)
        yield connection
        if over.is_set():
            raise TimeoutError
    finally:
        watchdog.cancel()
        connection.close()


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
