"""The links of an HTML body: what each is, and which are dead. The checker asks only what it is allowed to ask."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, urljoin, urlsplit

from gongkai.content.markup import attributes_of, tokens

Sort = Literal["internal", "external", "attachment", "anchor", "mailto", "unusable"]
Verdict = Literal["alive", "dead", "unsure"]
_SECONDS: Final = 10.0
_REDIRECTS: Final = 5
_AGENT: Final = "Mozilla/5.0 (compatible; gongkai-links)"
_MOST_AT_ONCE: Final = 8
# A server that answers so is there, but will not say: no proof that a reader would see nothing.
_UNSURE: Final = frozenset((401, 403, 405, 406, 408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a text: its address, the words that carry it, and what it is."""

    address: str
    text: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one request: a status and, for 3xx, where to."""

    status: int
    location: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether an address leads anywhere, with one Chinese sentence where it does not."""

    address: str
    verdict: Verdict
    reason: str = ""
    status: int = 0
    final: str = ""


class Unreachable(Exception):
    """A request that brought no answer; the message is one Chinese sentence."""


class Forbidden(Exception):
    """An address that may not be asked; the message is one Chinese sentence."""


Fetch = Callable[[str, str], Answer]
"""(method, address) -> Answer. Unreachable or Forbidden where there is none."""


def links(html: str, own_hosts: Iterable[str] = ()) -> tuple[Link, ...]:
    """The links and pictures of cleaned HTML, in order. `own_hosts`: names of the own site, without port."""
    own = {host.lower() for host in own_hosts}
    found: list[Link] = []
    is_open: tuple[str, list[str]] | None = None
    for token in tokens(html):
        if not token.name:
            if is_open is not None:
                is_open[1].append(token.text)
        elif token.name == "a":
            if is_open is not None:
                found.append(Link(is_open[0], _words(is_open[1]), sort_of(is_open[0], own)))
            address = attributes_of(token).get("href") if not token.is_end else None
            is_open = (address, []) if address is not None else None
        elif token.name == "img" and (source := attributes_of(token).get("src")):
            found.append(Link(source, attributes_of(token).get("alt", ""), sort_of(source, own)))
    return tuple(found)


def sort_of(address: str, own_hosts: Iterable[str] = ()) -> Sort:
    """What an address is, seen from a page of the site that answers to `own_hosts`."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return "unusable"
    if parts.scheme == "mailto":
        return "mailto"
    if parts.scheme == "attachment":
        return "attachment"
    if parts.scheme in ("http", "https"):
        return "unusable" if not host else "internal" if host in set(own_hosts) else "external"
    if parts.scheme or not address or "\\" in address:
        return "unusable"
    if parts.netloc:
        return "internal" if host in set(own_hosts) else "external"
    return "anchor" if address.startswith("#") else "internal"


def check_links(
    addresses: Iterable[str], fetch: Fetch | None = None, *, at_once: int = _MOST_AT_ONCE, allow_private: bool = False
) -> tuple[Checked, ...]:
    """What became of each http(s) address, every one asked once; the order is that of first mention.

    `fetch` is for tests and for proxies; the usual one reaches public addresses only, unless `allow_private`.
    """
    asker = fetch or fetcher(allow_private=allow_private)
    once = list(dict.fromkeys(a for a in addresses if a.lower().startswith(("http://", "https://"))))
    if not once:
        return ()
    with ThreadPoolExecutor(max(1, min(at_once, len(once)))) as pool:
        return tuple(pool.map(lambda address: check_link(address, asker), once))


def check_link(address: str, fetch: Fetch) -> Checked:
    """HEAD, and GET where HEAD is refused or unclear; redirects followed, each asked like the first."""
    checked = _follow("HEAD", address, fetch)
    if checked.verdict != "alive" and checked.status != 0:
        checked = _follow("GET", address, fetch)
    return checked


def _follow(method: str, address: str, fetch: Fetch) -> Checked:
    at = address.partition("#")[0]
    for _ in range(_REDIRECTS + 1):
        try:
            answer = fetch(method, at)
        except Forbidden as error:
            return Checked(address, "unsure", str(error), final=at)
        except Unreachable as error:
            return Checked(address, "dead", str(error), final=at)
        if answer.status in (301, 302, 303, 307, 308) and answer.location:
            at = urljoin(at, answer.location).partition("#")[0]
            if not at.lower().startswith(("http://", "https://")):
                return Checked(address, "dead", "转到了不能打开的地址。", answer.status, at)
            continue
        if answer.status < 400:
            return Checked(address, "alive", "", answer.status, at)
        if answer.status in _UNSURE:
            return Checked(
                address, "unsure", f"对方网站没有给出内容（{answer.status}），请人工打开看看。", answer.status, at
            )
        return Checked(address, "dead", f"网页不存在或者打不开（{answer.status}）。", answer.status, at)
    return Checked(address, "dead", "反复跳转，打不开。", 310, at)


# ------------------------------------------------------------------ asking


def fetcher(*, allow_private: bool = False, seconds: float = _SECONDS) -> Fetch:
    """The usual fetcher: one request, no cookies, no proxy, no body read.

    The name is resolved once and the very address that was checked is connected to, so that no second answer of the
    name server can lead inside. Only ports 80 and 443 unless `allow_private`.
    """

    def fetch(method: str, address: str) -> Answer:
        try:
            parts = urlsplit(address)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            host = (parts.hostname or "").encode("idna").decode("ascii")
        except (ValueError, UnicodeError) as error:
            raise Unreachable("地址写得不完整。") from error
        if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
            raise Unreachable("地址写得不完整。")
        if not allow_private and port not in (80, 443):
            raise Forbidden("地址的端口不在检查范围内，请人工打开看看。")
        ip = _resolved(host, port, allow_private)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
            "?" + quote(parts.query, safe="/%?:@!$&'()*+,;=~-._") if parts.query else ""
        )
        connection: http.client.HTTPConnection
        connection = (
            _Pinned(host, port, ip, seconds) if parts.scheme == "https" else _PinnedPlain(host, port, ip, seconds)
        )
        # A server that sends a byte now and then must not hold us: after `seconds` the line is cut.
        cut = threading.Timer(seconds, _cut, [connection])
        cut.daemon = True
        begun = time.monotonic()
        try:
            cut.start()
            connection.request(method, path, headers={"User-Agent": _AGENT, "Accept": "*/*", "Connection": "close"})
            response = connection.getresponse()
            if time.monotonic() - begun >= seconds:  # a line that was cut reads like a short answer
                raise TimeoutError
            return Answer(response.status, response.getheader("Location") or "")
        except ssl.SSLError as error:
            raise Unreachable("对方网站的安全证书有问题。") from error
        except TimeoutError as error:
            raise Unreachable(f"等了 {seconds:g} 秒没有回应。") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            late = time.monotonic() - begun >= seconds
            raise Unreachable(f"等了 {seconds:g} 秒没有回应。" if late else "连接不上对方网站。") from error
        finally:
            cut.cancel()
            with contextlib.suppress(OSError):
                connection.close()

    return fetch


def _cut(connection: http.client.HTTPConnection) -> None:
    with contextlib.suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)


def is_public(ip: str) -> bool:
    """Whether an IP address is one of the open internet; those hidden in IPv6 are unpacked first."""
    try:
        found = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            found = inner
    return found.is_global and not found.is_multicast and not found.is_reserved


def _resolved(host: str, port: int, allow_private: bool) -> str:
    try:
        answers = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise Unreachable("找不到这个网站，网址可能写错或者网站已经关闭。") from error
    if not allow_private and not all(map(is_public, answers)):
        raise Forbidden("这是内部网络的地址，公众打不开，也没有检查。")
    return answers[0]


class _PinnedPlain(http.client.HTTPConnection):
    """A connection to one IP address, whatever the name server says now."""

    def __init__(self, host: str, port: int, ip: str, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._ip = ip

    def connect(self) -> None:
        """Connect to the address that was checked."""
        self.sock = socket.create_connection((self._ip, self.port), self.timeout)


class _Pinned(http.client.HTTPSConnection):
    """The same with TLS, the certificate checked for the name."""

    def __init__(self, host: str, port: int, ip: str, seconds: float) -> None:
        self._checked = ssl.create_default_context()
        super().__init__(host, port, timeout=seconds, context=self._checked)
        self._ip = ip

    def connect(self) -> None:
        """Connect to the address that was checked, and speak TLS for the name."""
        plain = socket.create_connection((self._ip, self.port), self.timeout)
        self.sock = self._checked.wrap_socket(plain, server_hostname=self.host)


def _words(parts: list[str]) -> str:
    import html

    return " ".join(html.unescape("".join(parts)).split())
