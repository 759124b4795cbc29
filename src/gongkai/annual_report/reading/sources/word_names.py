"""The names of WordprocessingML that a reader looks for, in the transitional and the strict namespace."""

from __future__ import annotations

from functools import cache

from lxml import etree

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


class WordNames:
    """Qualified names of one namespace."""

    def __init__(self, namespace: str) -> None:
        w = f"{{{namespace}}}"
        self.body, self.paragraph, self.run, self.text = f"{w}body", f"{w}p", f"{w}r", f"{w}t"
        self.table, self.row, self.cell = f"{w}tbl", f"{w}tr", f"{w}tc"
        self.tab, self.hyphen, self.math_text = f"{w}tab", f"{w}noBreakHyphen", f"{_MATHS}t"
        self.inked = (self.text, self.math_text, self.tab, f"{w}ptab", f"{w}br", f"{w}cr", self.hyphen)
        self.run_properties, self.row_properties, self.cell_properties = f"{w}rPr", f"{w}trPr", f"{w}tcPr"
        self.grid_before, self.grid_span = f"{w}gridBefore", f"{w}gridSpan"
        self.vertical_merge, self.horizontal_merge = f"{w}vMerge", f"{w}hMerge"
        self.in_table = (
            self.cell, self.paragraph, self.row, self.grid_span, self.vertical_merge, self.horizontal_merge,
            self.grid_before, *self.inked,
        )  # fmt: skip
        self.foreign, self.control, self.gallery = f"{w}altChunk", f"{w}sdt", f"{w}docPartGallery"
        self.style, self.style_name, self.style_id = f"{w}style", f"{w}name", f"{w}styleId"
        self.paragraph_style, self.run_style = f"{w}pStyle", f"{w}rStyle"
        self.vanish, self.box = f"{w}vanish", f"{w}txbxContent"
        self.hidden, self.cell_deleted = f"{w}hidden", f"{w}cellDel"
        # Cut out with all they hold: deleted and moved-away text, the phonetic half of ruby, the second
        # drawing of the same text box. The same names inside `marks` only note a fact about a paragraph.
        self.rare = (
            self.vanish, self.box, self.hidden, self.cell_deleted,
            f"{w}del", f"{w}moveFrom", f"{w}rt", f"{_COMPATIBILITY}Fallback",
        )  # fmt: skip
        self.marks = frozenset((self.run_properties, f"{w}pPr", f"{w}numPr"))
        self.wrappers = frozenset(
            f"{w}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink")
        ) | {f"{_COMPATIBILITY}AlternateContent", f"{_COMPATIBILITY}Choice"}
        self._value = f"{w}val"

    def value(self, node: etree._Element) -> str | None:
        """The `val` attribute."""
        return node.get(self._value)

    def is_on(self, node: etree._Element) -> bool:
        """Whether a toggle property is switched on."""
        return self.value(node) not in ("0", "false", "off")


@cache
def _names(namespace: str) -> WordNames:
    return WordNames(namespace)


def word_names(root_tag: str) -> WordNames | None:
    """The names to read a document by, told from its root; None where it is no Word document."""
    namespace = root_tag[1:].partition("}")[0]
    return _names(namespace) if namespace in _NAMESPACES else None
