"""XML of untrusted files: no entities, no network, no document type, no unreasonable depth."""

from __future__ import annotations

from lxml import etree

from gongkai.annual_report.reading.limits import MAX_XML
from gongkai.annual_report.reading.stream import NotReadable

_DAMAGED = "文件的内容已损坏或不完整，无法读取；请重新另存后再试。"


def parse(data: bytes) -> etree._Element:
    """The root element. NotReadable for anything that an honest office program does not write."""
    if len(data) > MAX_XML:
        raise NotReadable("文件解开后过大，为安全起见没有读取。")
    # Seen before parsing, because defaults in a document type already expand while parsing.
    if b"<!DOCTYPE" in data or b"<\0!\0D\0O\0C\0" in data:
        raise NotReadable("文件带有不安全的内容（外部实体定义），没有读取。")
    # A parser of its own for each call: parsers keep state and are not shared between threads.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotReadable(_DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotReadable("文件带有不安全的内容（外部实体定义），没有读取。")
    return root
