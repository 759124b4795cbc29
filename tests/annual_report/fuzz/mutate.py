"""Damage as it happens and as it is made: bytes changed, lost, doubled, moved; parts of archives as well."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib

_TAG = re.compile(rb"<[^<>]{1,400}>")
_PRESENTS = (
    b"\0", b"\xff\xff\xff\xff", b"<", b">", b"&", b"]]>", b"&#0;", b"&e;", b"|", b"\t", b"\n" * 50, b"9" * 40, b"-1",
    b"</w:tbl>", b"<w:tbl>", b"<table>", b"<td colspan=99999999>", b'w:val="-1"', b"\xed\xa0\x80", b"\xef\xbf\xbe",
    b"<![CDATA[", b"<!--", b"%PDF-", b"PK\x03\x04", b"0 0 obj", b"stream\n", b"/Kids [1 0 R]", "（一）".encode(), "一、".encode(),
)  # fmt: skip


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The file damaged: inside its parts where it is an archive, or all over."""
    if data.startswith(b"PK\x03\x04") and rng.random() < 0.7:
        return _archive(data, rng)
    return damaged(data, rng)


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Bytes changed in one to four ways."""
    for _ in range(rng.randint(1, 4)):
        data = rng.choice(_WAYS)(data, rng)
    return data


def _archive(data: bytes, rng: random.Random) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = old.namelist()
        chosen = {rng.choice(names), max(names, key=lambda n: old.getinfo(n).file_size)}
        for name in names:
            content = old.read(name)
            if name in chosen and rng.random() < 0.8:
                content = damaged(content, rng)
                if rng.random() < 0.5 and name.endswith(".xml"):
                    content = _well_formed(content)
            if rng.random() > 0.03:
                new.writestr(name, content)
    return buffer.getvalue()


def _well_formed(content: bytes) -> bytes:
    """Still XML, so that the damage gets past the parser."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return content
    return content if root is None else etree.tostring(root)


def _span(data: bytes, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + int(rng.expovariate(1 / max(1, len(data) // 20))))


def _flip(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 30)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _lose(data: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: _span(data, rng)[0]]


def _double(data: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 1, 2, 20)) + data[end:]


def _move(data: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    rest = data[:start] + data[end:]
    at = rng.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(_PRESENTS) + data[at:]


def _swap_tags(data: bytes, rng: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    if len(tags) < 2:
        return data
    a, b = sorted(rng.sample(range(len(tags)), 2))
    first, second = tags[a], tags[b]
    between = data[first.end() : second.start()]
    return data[: first.start()] + second[0] + between + first[0] + data[second.end() :]


def _numbers(data: bytes, rng: random.Random) -> bytes:
    """Another number in place of one: a length, a span, an offset."""
    numbers = list(re.finditer(rb"\d{1,9}", data))
    if not numbers:
        return data
    hit = rng.choice(numbers)
    return data[: hit.start()] + rng.choice((b"0", b"-1", b"7", b"65536", b"999999999999")) + data[hit.end() :]


def _inflated(data: bytes, rng: random.Random) -> bytes:
    """Inside one packed stream of a PDF."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S))
    if not streams:
        return data
    hit = rng.choice(streams)
    try:
        content = zlib.decompress(hit[1])
    except zlib.error:
        return data
    return data[: hit.start(1)] + zlib.compress(_flip(content, rng)) + data[hit.end(1) :]


_WAYS = (_flip, _lose, _cut, _double, _move, _insert, _insert, _swap_tags, _numbers, _numbers, _inflated)
