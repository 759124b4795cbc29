"""Links: what each is; dead ones told from live ones; nothing inside the house is asked."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.content.cleaning import clean
from gongkai.content.links import (
    Answer,
    Forbidden,
    Link,
    Unreachable,
    check_link,
    check_links,
    fetcher,
    is_public,
    links,
    sort_of,
)  # fmt: skip

OWN = ("www.qinghe.gov.cn",)


def test_each_link_with_its_words() -> None:
    html = clean(
        "<p><a href='https://www.qinghe.gov.cn/a?b=1&c=2'>站<b>内</b></a><a href='http://other.gov.cn'>外</a>"
        "<a href='/gk/1.html'>路径</a><a href='mailto:a@b.gov.cn'>邮</a><a href='attachment:k1'>附件</a><img src='attachment:k2' alt='图'></p>"
    ).html
    assert links(html, OWN) == (
        Link("https://www.qinghe.gov.cn/a?b=1&c=2", "站内", "internal"),
        Link("http://other.gov.cn", "外", "external"),
        Link("/gk/1.html", "路径", "internal"),
        Link("mailto:a@b.gov.cn", "邮", "mailto"),
        Link("attachment:k1", "附件", "attachment"),
        Link("attachment:k2", "图", "attachment"),
    )


@pytest.mark.parametrize(
    ("address", "sort"),
    [("#a", "anchor"), ("b.html", "internal"), ("//x.cn/a", "external"), ("javascript:1", "unusable"), ("http://", "unusable"),
     ("http://[::1", "unusable"), ("\\\\x", "unusable"), ("", "unusable"), ("HTTPS://WWW.QINGHE.GOV.CN/", "internal"), ("file:///c", "unusable")],
)  # fmt: skip
def test_sorts(address: str, sort: str) -> None:
    assert sort_of(address, OWN) == sort


def told(answers: dict[tuple[str, str], Answer | Exception]):  # type: ignore[no-untyped-def]
    def fetch(method: str, address: str) -> Answer:
        answer = answers[method, address]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return fetch


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({("HEAD", "http://a/"): Answer(200)}, "alive"),
        ({("HEAD", "http://a/"): Answer(405), ("GET", "http://a/"): Answer(200)}, "alive"),
        ({("HEAD", "http://a/"): Answer(404), ("GET", "http://a/"): Answer(200)}, "alive"),
        ({("HEAD", "http://a/"): Answer(404), ("GET", "http://a/"): Answer(404)}, "dead"),
        ({("HEAD", "http://a/"): Answer(403), ("GET", "http://a/"): Answer(403)}, "unsure"),
        ({("HEAD", "http://a/"): Answer(503), ("GET", "http://a/"): Answer(503)}, "unsure"),
        ({("HEAD", "http://a/"): Unreachable("x")}, "dead"),
        ({("HEAD", "http://a/"): Forbidden("x")}, "unsure"),
        ({("HEAD", "http://a/"): Answer(302, "/b"), ("HEAD", "http://a/b"): Answer(200)}, "alive"),
        ({("HEAD", "http://a/"): Answer(302, "/"), ("GET", "http://a/"): Answer(302, "/")}, "dead"),
        ({("HEAD", "http://a/"): Answer(302, "file:///etc/passwd"), ("GET", "http://a/"): Answer(302, "gopher://x")}, "dead"),
    ],
)  # fmt: skip
def test_verdicts(answers: dict[tuple[str, str], Answer | Exception], verdict: str) -> None:
    checked = check_link("http://a/", told(answers))
    assert checked.verdict == verdict
    assert bool(checked.reason) == (verdict != "alive")


def test_every_address_is_asked_once() -> None:
    asked: list[str] = []

    def fetch(method: str, address: str) -> Answer:
        asked.append(address)
        return Answer(200)

    found = check_links(["http://a/", "http://b/#x", "http://a/", "/c", "mailto:a@b.cn"], fetch)
    assert [c.address for c in found] == ["http://a/", "http://b/#x"]
    assert sorted(asked) == ["http://a/", "http://b/"]


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255",
     "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1", "x"],
)  # fmt: skip
def test_no_public_address(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["114.114.114.114", "2400:3200::1", "64:ff9b::7272:7272"])
def test_public_addresses(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0/", "http://2130706433/", "http://0x7f.1/", "http://[::ffff:127.0.0.1]/",
     "https://169.254.169.254/latest/meta-data", "http://127.0.0.1:22/"],
)  # fmt: skip
def test_nothing_inside_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("asked"))
    with pytest.raises((Forbidden, Unreachable)):
        fetcher()("GET", address)


def test_a_name_with_one_inner_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(0, 0, 0, "", (ip, 80)) for ip in ("114.114.114.114", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: both)
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("asked"))
    with pytest.raises(Forbidden):
        fetcher()("GET", "http://rebinding.example/")


class _Site(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        status = {"/": 200, "/moved": 302, "/inside": 302}.get(self.path.partition("?")[0], 404)
        self.send_response(
            405 if self.command == "HEAD" and self.path == "/get" else 200 if self.path == "/get" else status
        )
        if status == 302:
            self.send_header("Location", "/?%E4%B8%AD")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_real_server(site: str) -> None:
    found = check_links([f"{site}/", f"{site}/moved", f"{site}/get", f"{site}/没有?问=答"], allow_private=True)
    assert [c.verdict for c in found] == ["alive", "alive", "alive", "dead"]
    assert check_links([f"{site}/"])[0].verdict == "unsure"  # not asked


def test_a_server_that_says_nothing() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        fetch = fetcher(allow_private=True, seconds=0.3)
        checked = check_link(f"http://127.0.0.1:{silent.getsockname()[1]}/", fetch)
    assert (checked.verdict, checked.reason) == ("dead", "等了 0.3 秒没有回应。")


def test_a_server_that_says_a_byte_now_and_then() -> None:
    def drip(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            talk, _ = listener.accept()
            with talk:
                talk.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                for _ in range(100):
                    talk.sendall(b"a")
                    time.sleep(0.1)

    with socket.socket() as slow:
        slow.bind(("127.0.0.1", 0))
        slow.listen()
        thread = threading.Thread(target=drip, args=[slow], daemon=True)
        thread.start()
        begun = time.perf_counter()
        checked = check_link(f"http://127.0.0.1:{slow.getsockname()[1]}/", fetcher(allow_private=True, seconds=0.5))
        assert (checked.verdict, checked.reason) == ("dead", "等了 0.5 秒没有回应。")
        assert time.perf_counter() - begun < 5
        thread.join(15)


@given(st.text(st.characters(), max_size=60))
def test_any_address_at_all(address: str) -> None:
    assert sort_of(address) in ("internal", "external", "attachment", "anchor", "mailto", "unusable")
    links(f'<p><a href="{address.replace(chr(34), "")}">x</a></p>')
