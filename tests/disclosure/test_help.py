"""What a machine looks through besides personal data: links that lead nowhere, and this site's own words."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.content.links import Answer, Unreachable
from gongkai.disclosure import dead_links, help, words
from gongkai.disclosure.models import OwnWords
from tests.county import doer, signed_in
from tests.disclosure.test_actions import HANDLER, a_draft, published, told

pytestmark = pytest.mark.usefixtures("county")

CSV = "词语,类别,建议,程度,例外\n区片综合地价,规范表述,片区综合地价,请核对,区片综合地价表\n,规范表述,x,提示,\n".encode()


def fetch(method: str, address: str) -> Answer:
    if "gone" in address:
        return Answer(404)
    if "down" in address:
        raise Unreachable("服务器没有应答。")
    return Answer(200)


def test_links_that_lead_nowhere_are_named() -> None:
    there = published()
    draft = a_draft()
    body = "".join(
        f'<p><a href="{address}">{text}</a></p>'
        for text, address in (
            ("好", "https://www.example.org/a"), ("没了", "https://www.example.org/gone"),
            ("停机", "https://down.example.org/"), ("公开的", f"/content/{there.pk}/"),
            ("草稿", f"/content/{draft.pk}/"), ("没有这一页", "/content/no/such/page/at/all"), ("指南", "/guide/"),
        )
    )  # fmt: skip
    found = dead_links.check(a_draft(body=body), fetch)
    assert [one.text for one in found] == ["没了", "停机", "草稿", "没有这一页"]
    assert found[1].reason == "服务器没有应答。"


def test_the_office_checks_links() -> None:
    record = a_draft(body='<p><a href="/content/999999/">附表</a></p>')
    client = signed_in(HANDLER)
    assert "检查链接" in client.get(f"/office/records/{record.pk}/").content.decode()
    page = client.post(f"/office/records/{record.pk}/links/").content.decode()
    assert "1 个链接打不开" in page
    assert "本站没有这个页面" in page


def test_own_words_are_found_beside_those_of_the_program() -> None:
    record = a_draft()
    assert "区片综合地价" not in [slip.text for _, slip in help.of(record).slips]
    found = words.replace(doer("xu.zhen"), CSV, "词库.csv")
    assert len(found.terms) == 1
    assert "区片综合地价" in [slip.text for _, slip in help.of(record).slips]
    words.replace(doer("xu.zhen"), "词语,类别\n别的词,错别字\n".encode(), "词库.csv")
    assert "区片综合地价" not in [slip.text for _, slip in help.of(record).slips]


@pytest.mark.parametrize(
    ("data", "told_is"),
    [(b"\xff\xfe\x00", "UTF-8"), ("词语,类别\n".encode(), "没有可用的词语"), (b"a,b\n1,2\n", "至少有“词语”一列")],
)
def test_what_is_no_lexicon_changes_nothing(data: bytes, told_is: str) -> None:
    words.replace(doer("xu.zhen"), CSV, "词库.csv")
    before = OwnWords.objects.get().sha256
    assert told_is in told(words.replace, doer("xu.zhen"), data, "词库.csv")
    assert OwnWords.objects.get().sha256 == before


def test_the_office_takes_and_gives_the_lexicon() -> None:
    client = signed_in("xu.zhen")
    sent: Any = {"file": SimpleUploadedFile("词库.csv", CSV)}
    assert "本地词库已经更新，共1个词语" in client.post("/office/records/lexicon/", sent, follow=True).content.decode()
    assert "区片综合地价" in client.get("/office/records/lexicon/").content.decode()
    assert client.get("/office/records/lexicon/own.csv").content.decode("utf-8-sig").startswith("词语,类别")
    assert client.post("/office/records/lexicon/").status_code == 422
    assert signed_in(HANDLER).get("/office/records/lexicon/").status_code == 403
