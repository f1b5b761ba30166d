"""The guard, against a server on this machine; its address is permitted by name, as a test's."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace

import pytest

from claims import outgoing
from claims.outgoing import Guard, OutgoingError, is_public

pytestmark = pytest.mark.one_database
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class Server:
    """Answers each connection with the next of its answers, and keeps what it was asked."""

    def __init__(self, *answers: bytes, every: float = 0) -> None:
        self.asked: list[bytes] = []
        self.answers = list(answers)
        self.every = every
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                peer, _ = self.socket.accept()
                with peer, suppress(OSError):
                    self.asked.append(peer.recv(65536))
                    answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
                    if not self.every:
                        peer.sendall(answer)
                    else:
                        for byte in answer:
                            peer.sendall(bytes([byte]))
                            time.sleep(self.every)


@contextmanager
def serving(*answers: bytes, every: float = 0) -> Iterator[Server]:
    server = Server(*answers, every=every)
    try:
        yield server
    finally:
        server.socket.close()


def guard(server: Server, **limits: object) -> Guard:
    """One that lets `ours.example` alone through, which is this machine."""
    hosts = {"ours.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]}
    values: dict[str, object] = {
        "permits": lambda address: address == "127.0.0.1",
        "look_up": lambda host, port: hosts.get(host) or outgoing.look_up(host, port),
        "ports": frozenset({server.port, 80}),
    }
    return Guard(**values | limits)  # type: ignore[arg-type]


def at(server: Server, path: str = "/") -> str:
    return f"http://ours.example:{server.port}{path}"


def moved(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        *(
            (address, False)
            for address in (
                "127.0.0.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1"
                " 168.63.129.16 192.0.0.1 192.0.2.1 192.88.99.1 198.18.0.1 224.0.0.1 240.0.0.1"
                " 255.255.255.255 :: ::1 fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1 ff02::1"
                " ::ffff:10.0.0.1 ::ffff:93.184.215.14 ::10.0.0.1 64:ff9b::a00:1 64:ff9b:1::1"
                " 2002:a00:1:: 2001::1 2001:db8::1 3fff::1 100::1"
            ).split()
        ),
    ],
)
def test_the_public_internet_is_told_from_all_else(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/", "begins with https"),
        ("file:///etc/passwd", "begins with https"),
        ("https://", "begins with https"),
        ("//example.org", "begins with https"),
        ("http://a:b@example.org/", "password"),
        ("http://@example.org/", "password"),
        ("http://example.org:22/", "Port 22"),
        ("http://example.org:99999/", "no web address"),
        ("http://[::1/", "no web address"),
        (f"http://{'a' * 64}.example/", "no web address"),
        ("http://example.org/a b", "spaces"),
        ("http://example.org/\r\nHost: x", "spaces"),
        ("http://example.org\\@127.0.0.1/", "spaces"),
        ("http://example.org/" + "a" * 2000, "too long"),
        ("http://127.0.0.1/", "not on the public internet"),
        ("http://127.1/", "not on the public internet"),
        ("http://2130706433/", "not on the public internet"),
        ("http://0x7f.0.0.1/", "not on the public internet"),
        ("http://0177.0.0.1/", "not on the public internet"),
        ("http://0xA9FEA9FE/", "not on the public internet"),
        ("http://①②⑦.⓪.⓪.①/", "not on the public internet"),
        ("http://[::ffff:a9fe:a9fe]/", "not on the public internet"),
        ("http://[64:ff9b::7f00:1]/", "not on the public internet"),
        ("http://[::127.0.0.1]/", "not on the public internet"),
        ("http://[::1]/", "not on the public internet"),
        ("http://[::ffff:127.0.0.1]/", "not on the public internet"),
        ("http://localhost./", "not on the public internet"),
        ("http://169.254.169.254/latest/meta-data/", "not on the public internet"),
    ],
)
def test_what_is_never_asked(url: str, said: str) -> None:
    with pytest.raises(OutgoingError, match=said):
        Guard().get(url)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    both = Guard(look_up=lambda *_: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(OutgoingError, match="not on the public internet"):
        both.check("https://two.example/")
    with pytest.raises(OutgoingError, match="not on the public internet"):
        Guard(look_up=lambda *_: []).check("https://none.example/")
    assert Guard(look_up=lambda *_: ["93.184.215.14"]).check("https://one.example/")


def test_a_host_that_is_not_there() -> None:
    def gone(*_: object) -> list[str]:
        raise socket.gaierror

    with pytest.raises(OutgoingError, match=r"No such host: xn--bcher-kva\.example"):
        Guard(look_up=gone).get("https://bücher.example/")


def test_an_answer_with_its_headers_and_what_was_asked() -> None:
    with serving(OK) as server:
        answer = guard(server).get(at(server, "/ä b?q=ü#f".replace(" ", "%20")), {"Accept": "x/y"})
    assert (answer.status, answer.body) == (200, b"hello")
    assert answer.headers["content-type"] == "text/plain"
    first, *headers = server.asked[0].decode().split("\r\n")
    assert first == "GET /%C3%A4%20b?q=%C3%BC HTTP/1.1"
    assert {f"Host: ours.example:{server.port}", "Accept: x/y"} <= set(headers)


def test_the_host_is_looked_up_once_and_that_address_is_asked() -> None:
    """A name that is public when judged, and this machine when asked, would get through."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    with serving(OK) as server:
        one = guard(server, look_up=lambda *_: next(answers))
        assert one.get(at(server)).body == b"hello"
        with pytest.raises(OutgoingError, match="not on the public internet"):
            one.get(at(server))
    assert len(server.asked) == 1


def test_the_next_address_is_tried_where_one_takes_no_connection() -> None:
    with serving(OK) as server:
        two = guard(server, look_up=lambda *_: ["127.0.0.2", "127.0.0.1"], permits=lambda _: True)
        assert two.get(at(server)).status == 200
        with pytest.raises(OutgoingError, match="can’t be reached"):
            guard(server, look_up=lambda *_: ["127.0.0.2"], permits=lambda _: True).get(at(server))
        with pytest.raises(OutgoingError, match="can’t be reached"):
            guard(server, seconds=0).get(at(server))


def test_redirects_are_followed_and_each_is_judged() -> None:
    with serving(moved("/next?a=1"), moved("//ours.example/x"), OK) as server:
        with pytest.raises(OutgoingError, match="can’t be reached"):  # port 80, where nobody is
            guard(server).get(at(server))
        assert server.asked[1].startswith(b"GET /next?a=1 ")
    with serving(moved("/a"), OK) as server:
        assert guard(server).get(at(server)).url == at(server, "/a")


@pytest.mark.parametrize(
    "to",
    [
        "http://inside.example/",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost:22/",
        "file:///etc/passwd",
        "gopher://ours.example/",
        "http://ours.example:22/",
        "http://user@ours.example/",
    ],
)
def test_a_redirect_to_where_nobody_may_ask_is_refused(to: str) -> None:
    with serving(moved(to)) as server, pytest.raises(OutgoingError):
        guard(server).get(at(server))
    assert len(server.asked) == 1


def test_redirects_without_end_are_given_up() -> None:
    with (
        serving(moved("/again")) as server,
        pytest.raises(OutgoingError, match="more than 2 times"),
    ):
        guard(server, redirects=2).get(at(server))
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + b"x" * 99, "larger than"),
        (CHUNKED + b"a\r\n0123456789\r\n" * 9, "larger"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 99, "larger"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "broke off"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nx", "compressed"),
        (b"SSH-2.0-OpenSSH\r\n", "no answer that can be read"),
        (b"", "no answer that can be read"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "no answer that can be read"),
    ],
)  # fmt: skip
def test_answers_that_are_too_large_or_none(answer: bytes, said: str) -> None:
    with serving(answer) as server, pytest.raises(OutgoingError, match=said):
        guard(server, most_bytes=50).get(at(server))


@pytest.mark.parametrize("answer", [OK, b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 999, b"H" * 999])
def test_a_server_that_trickles_is_given_up(answer: bytes) -> None:
    began = time.monotonic()
    with (
        serving(answer, every=0.05) as server,
        pytest.raises(OutgoingError, match="took more than"),
    ):
        guard(server, seconds=0.3).get(at(server))
    assert time.monotonic() - began < 5


def test_https_needs_a_certificate_of_that_host() -> None:
    with (
        serving(b"no TLS here") as server,
        pytest.raises(OutgoingError, match="no answer that can"),
    ):
        guard(server).get(at(server).replace("http:", "https:"))
    tls = Guard().tls
    assert (tls.check_hostname, tls.verify_mode) == (True, ssl.CERT_REQUIRED)


def test_a_post_is_sent_and_not_led_elsewhere() -> None:
    with serving(moved("/next")) as server:
        answer = guard(server).post(at(server), b"{}", {"Content-Type": "application/json"})
    assert answer.status == 302
    assert server.asked[0].startswith(b"POST / HTTP/1.1\r\n")
    assert b"".join(server.asked).endswith(b"\r\n\r\n{}") or b"Content-Length: 2" in server.asked[0]


def test_no_wait_begins_after_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 1.0, 100.0])
    monkeypatch.setattr(outgoing, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    with serving(OK) as server, pytest.raises(OutgoingError, match="took more than 20 seconds"):
        guard(server).get(at(server))


def test_the_form_of_an_address_is_judged_without_asking_anybody() -> None:
    guard = Guard()
    guard.check_form("https://a-name-that-nobody-looks-up.example/")
    guard.check_form("https://8.8.8.8/")
    for private in ("http://127.0.0.1/", "http://2130706433/", "http://[::1]/"):
        with pytest.raises(OutgoingError, match="not on the public internet"):
            guard.check_form(private)
