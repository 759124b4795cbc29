"""The lexicon of wrong and sensitive expressions: what comes with the program, and what this site has added."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.doer import Doer, insist
from gongkai.agencies.models import Agency
from gongkai.audit.actions import record as log
from gongkai.content import lexicon_files
from gongkai.content.lexicon import Lexicon, starter_lexicon
from gongkai.disclosure.models import OwnWords

_kept: tuple[str, Lexicon] = ("", starter_lexicon())


def lexicon() -> Lexicon:
    """The whole lexicon; of a term that is in both, this site's row counts. One query, built anew after a change."""
    global _kept
    own = OwnWords.objects.only("sha256").first()
    mark = own.sha256 if own else ""
    if _kept[0] != mark:
        _kept = (mark, Lexicon([*starter_lexicon().terms, *own_terms().terms]) if mark else starter_lexicon())
    return _kept[1]


def own_terms() -> lexicon_files.Imported:
    """What this site has added."""
    own = OwnWords.objects.first()
    return lexicon_files.read_csv(own.csv.encode()) if own else lexicon_files.Imported(())


def why_not_import(by: Doer) -> list[str]:
    """Every reason against changing the lexicon: a right held over the whole site, at the topmost agency."""
    top = Agency.objects.filter(parent=None).order_by("order", "pk").first()
    return by.why_not("records.lexicon", top) if top else []


@transaction.atomic
def replace(by: Doer, data: bytes, name: str) -> lexicon_files.Imported:
    """Put a file's terms in the place of what this site had added. Nothing changes where no row can be read."""
    insist(why_not_import(by))
    try:
        found = lexicon_files.read_toml(data) if name.lower().endswith(".toml") else lexicon_files.read_csv(data)
    except ValueError as error:
        insist([str(error)])
        raise
    insist([] if found.terms else ["文件里没有可用的词语，词库没有改动。", *found.problems[:5]])
    OwnWords.keep(lexicon_files.write_csv(found.terms).decode("utf-8-sig"))
    log(by.actor(), "records.lexicon", label=name[:100], details={"terms": len(found.terms)})
    return found
