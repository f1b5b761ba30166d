"""Requests that this server makes itself, to addresses that people type: to the public web alone.

What a server can reach, its users must not be able to reach through it: its own services, the
private network, the metadata of its cloud. So a host is looked up once, every address it has is
judged, and the connection goes to the address that was judged: a second look-up could give another
one (DNS rebinding). Each redirect is judged anew. No proxy of the environment is used.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

MAX_URL = 2_000
_MB = 1024 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_CHUNK = 64 * 1024
_SAFE = "/:?#[]@!$&'()*+,;=%~-._"

# Reached by nobody outside, though Python's own lists call them global or have them not at all.
_NOT_PUBLIC = [
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # a cloud's own service, at a public address (Azure)
        "192.88.99.0/24",  # relays of 6to4 (RFC 7526)
        "2001::/23",  # protocols, Teredo among them (RFC 2928, RFC 4380)
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: holds an IPv4 address (RFC 3056)
        "3fff::/20",  # documentation (RFC 9637)
        "5f00::/16",  # segment routing (RFC 9602)
    )
]
# All that is given out of IPv6 (RFC 4291). Mapped, compatible and NAT64 addresses are not in it.
_GIVEN_OUT = ipaddress.ip_network("2000::/3")


class OutgoingError(Exception):
    """A request that was not made, or gave nothing; the message says why, to a person."""


class Answer(NamedTuple):
    """What came back: from which address, after any redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6 and ip not in _GIVEN_OUT:  # noqa: PLR2004 - IPv6
        return False
    if any(ip in network for network in _NOT_PUBLIC if network.version == ip.version):
        return False
    return ip.is_global and not ip.is_multicast


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the system finds them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


@dataclass(frozen=True)
class Guard:
    """Which requests may be made, and how much they may take. Tests name addresses of their own."""

    permits: Callable[[str], bool] = is_public
    look_up: Callable[[str, int], list[str]] = look_up
    ports: frozenset[int] = frozenset(_PORTS.values())
    seconds: float = 20
    most_bytes: int = 20 * _MB
    redirects: int = 5
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to a GET, redirects followed. Raises OutgoingError."""
        deadline = time.monotonic() + self.seconds
        for _ in range(self.redirects + 1):
            answer = self._ask("GET", url, None, headers or {}, deadline)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            url = urljoin(answer.url, answer.headers["location"])
        raise OutgoingError(f"It leads on to another address more than {self.redirects} times.")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer to a POST; a redirect is an answer like others. Raises OutgoingError."""
        return self._ask("POST", url, body, headers, time.monotonic() + self.seconds)

    def check(self, url: str) -> list[str]:
        """The addresses of the host of `url`, all of them public. Raises OutgoingError."""
        _, host, port = self._parts(url)
        return self._addresses(host, port)

    def check_form(self, url: str) -> None:
        """Judges what can be told without asking anybody; a name is looked up when it is asked.

        Raises OutgoingError: for what is no web address, and for an IP address, however it is
        written, that is not public.
        """
        _, host, port = self._parts(url)
        try:
            written = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
        except OSError:
            return
        if not all(self.permits(str(info[4][0])) for info in written):
            raise OutgoingError(f"{host} is not on the public internet: it is not asked.")

    def _parts(self, url: str) -> tuple[SplitResult, str, int]:
        if len(url) > MAX_URL or any(c.isspace() or not c.isprintable() or c == "\\" for c in url):
            raise OutgoingError("That is no web address: it has spaces or is too long.")
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS.get(parts.scheme, 0)
            host = (parts.hostname or "").rstrip(".").encode("idna").decode()
        except ValueError as error:
            raise OutgoingError("That is no web address.") from error
        if parts.scheme not in _PORTS or not host:
            raise OutgoingError("Give a web address that begins with https:// or http://.")
        if parts.username is not None or parts.password is not None:
            raise OutgoingError("An address with a name or a password in it is not asked.")
        if port not in self.ports:
            raise OutgoingError(f"Port {port} is not asked: only 80 and 443 are.")
        return parts, host, port

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = self.look_up(host, port)
        except (OSError, UnicodeError) as error:
            raise OutgoingError(f"No such host: {host}.") from error
        if not addresses or not all(self.permits(address) for address in addresses):
            raise OutgoingError(f"{host} is not on the public internet: it is not asked.")
        return addresses

    def _ask(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], deadline: float
    ) -> Answer:
        parts, host, port = self._parts(url)
        line = _Line(self._connect(host, port, deadline), deadline)
        try:
            if parts.scheme == "https":
                line.secure(self.tls, host)
            connection = http.client.HTTPConnection(host, port)
            connection.auto_open = 0
            connection.sock = line
            # The port belongs into the header where it is not the scheme's own (RFC 9110, 7.2).
            named = f"[{host}]" if ":" in host else host
            at = named if port == _PORTS[parts.scheme] else f"{named}:{port}"
            connection.request(method, _target(parts), body, {**headers, "Host": at})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(url, response.status, found, self._body(response, found))
        except TimeoutError as error:
            raise OutgoingError(f"{host} took more than {self.seconds:g} seconds.") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise OutgoingError(f"{host} gave no answer that can be read.") from error
        finally:
            line.close()

    def _connect(self, host: str, port: int, deadline: float) -> socket.socket:
        """A connection to the first address that takes one, and no other than those judged."""
        for address in self._addresses(host, port):
            left = deadline - time.monotonic()
            if left <= 0:
                break
            try:
                return socket.create_connection((address, port), timeout=left)
            except OSError:
                continue  # its next address; what is said at the end names the host
        raise OutgoingError(f"{host} can’t be reached.")

    def _body(self, response: http.client.HTTPResponse, headers: Mapping[str, str]) -> bytes:
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise OutgoingError("The answer is compressed, which was not asked for.")
        too_large = OutgoingError(f"The answer is larger than {self.most_bytes // _MB} MB.")
        if (response.length or 0) > self.most_bytes:
            raise too_large
        chunks, size = [], 0
        while chunk := response.read1(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            if size > self.most_bytes:
                raise too_large
        if response.length:
            raise OutgoingError("The answer broke off before its end.")
        return b"".join(chunks)


class _Line:
    """What http.client takes for a socket; every wait on it ends at one deadline.

    A time limit for each read alone would let a server send a byte now and then for ever.
    """

    def __init__(self, plain: socket.socket, deadline: float) -> None:
        self.socket = plain
        self.deadline = deadline

    def wait(self) -> socket.socket:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.socket.settimeout(left)
        return self.socket

    def secure(self, tls: ssl.SSLContext, host: str) -> None:
        self.socket = tls.wrap_socket(self.wait(), server_hostname=host)

    def sendall(self, data: bytes) -> None:
        self.wait().sendall(data)

    def makefile(self, *_: Any) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self))

    def close(self) -> None:
        self.socket.close()


class _Reader(io.RawIOBase):
    def __init__(self, line: _Line) -> None:
        self.line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self.line.wait().recv_into(buffer)


def _target(parts: SplitResult) -> str:
    """Path and query as they are sent: letters that are no ASCII percent-encoded."""
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path
