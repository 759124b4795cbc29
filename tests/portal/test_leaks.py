"""What is not public is nowhere: every address of the site, for everyone who may not see it, by every name it might have.

Each record carries a marker of its own in its title, text, number, particulars, notes and files. The addresses come from the
URL configuration, so that a new one is walked, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import get_resolver

from gongkai.agencies.models import Agency, Posting, Staff
from gongkai.agencies.posts import POSTS
from gongkai.disclosure import shown
from gongkai.disclosure.models import Attachment, FileEvent, Link, Record, Version
from gongkai.portal.models import Topic
from tests.county import PASSWORD, agency, signed_in
from tests.county import county as people
from tests.office.test_matrix import SAMPLES, is_ours, leaves
from tests.portal.some_records import a_file, a_record, a_version, bring

__all__ = ["people"]
pytestmark = pytest.mark.usefixtures("people")

WORD = "秘闻"
"""Stands in everything that is hidden, and in no address."""
HIDDEN = ("draft", "in_review", "returned", "approved", "withdrawn", "on_application", "withheld", "next", "removed")
PUBLIC = ("published", "forced")


def marker(name: str) -> str:
    return f"qzx{name.replace('_', '')}qzx"


@dataclass
class Some:
    """What the walk looks for, and by which names."""

    records: dict[str, Record] = field(default_factory=dict)
    files: dict[str, Attachment] = field(default_factory=dict)


def text(name: str) -> dict[str, Any]:
    """A text full of the marker, in places that lists filter by."""
    mark = marker(name)
    return {
        "title": f"{WORD}{mark}标题", "body": f"<p>{WORD}{mark}正文</p>", "abstract": f"{WORD}{mark}概述", "column": "meetings",
        "document_no": f"青政发〔2026〕{mark}号", "keywords": f"{WORD},{mark}", "source": mark, "issuing_body": mark,
        "item": "A20_01", "theme": "财政、金融、审计\\财政", "field": 3, "genre": "办法", "is_normative": True,
        "particulars": {"topics": f"{mark}议题", "decisions": f"{mark}议定"}, "attribute_reason": f"{mark}理由",
    }  # fmt: skip


def attached(record: Record, name: str) -> Attachment:
    mark = marker(name)
    return a_file(record, f"{mark}.pdf", f"%PDF-1.7 {mark}".encode(), text=f"{WORD}{mark}附件正文")


def told(record: Record, name: str) -> None:
    """The file of a record begins, with the marker in a note that is nobody else's."""
    kind = "imported" if record.is_public or name == "withdrawn" else "drafted"
    who = marker(name) if kind == "drafted" else "某人"
    FileEvent.objects.create(record=record, number=1, kind=kind, who=who, digest="0", note=who)


@pytest.fixture
def some() -> Some:
    """A record in every state, with a file each, at one agency."""
    made, home = Some(), agency("财政局")
    for name in ("draft", "in_review", "returned", "approved", "withdrawn", "published"):
        made.records[name] = a_record(home, name, **text(name))
    for name in ("on_application", "withheld"):
        made.records[name] = a_record(home, "approved", **(text(name) | {"attribute": name}))
    made.records["forced"] = a_record(home, "published", **text("forced"))
    for name, record in made.records.items():
        made.files[name] = attached(record, name)
        told(record, name)
    for name, record in made.records.items():
        if name != "published":
            Link.objects.create(source=record, target=made.records["published"], kind="interprets")
    # published, and its next version is being written
    made.records["next"] = a_record(home, "published", **text("published"))
    Record.objects.filter(pk=made.records["next"].pk).update(state="draft", **text("next"))
    made.records["next"].refresh_from_db()
    version = made.records["next"].versions.get()
    made.files["next"] = attached(made.records["next"], "next")
    Version.objects.filter(pk=version.pk).update(files=[])
    # published twice, the second time without its file and without a word
    record = made.records["removed"] = a_record(
        home, "published", **(text("published") | {"abstract": marker("removed")})
    )
    made.files["removed"] = attached(record, "removed")
    Attachment.objects.filter(record=record).update(is_removed=True)
    Record.objects.filter(pk=record.pk).update(abstract="")
    record.refresh_from_db()
    a_version(record, erratum="删去一个附件")
    for name in ("next", "removed"):
        told(made.records[name], name)
    for record in made.records.values():
        bring(record)
    # records of another agency that are tied to them
    other = a_record(agency("教育局"), title="教育局的文件", column="relief")
    for record in made.records.values():
        Link.objects.create(source=record, target=other, kind="related")
    topic = Topic.objects.create(agency=home, slug="leak", title="专题", is_shown=True)
    topic.sections.create(heading="全部", column="meetings")
    assert shown.compare() == []
    return made


def everything(answer: Any) -> str:
    """All that an answer says: its body as it comes, its headers, addresses in plain."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = body.decode("utf-8", "replace")
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    return f"{said} {unquote(headers)} {unquote(said) if '%' in said else ''}"


def found(client: Client, addresses: Iterable[str], names: Iterable[str]) -> list[tuple[str, str]]:
    """Where a marker of these names is seen, but for an answer that only repeats the address."""
    seen = []
    for address in addresses:
        answer = client.get(address)
        if answer.status_code == 429:  # the walk is faster than the API allows
            cache.clear()
            answer = client.get(address)
        said = everything(answer).replace(address, "")
        seen += [(address, name) for name in names if marker(name) in said]
    return seen


KEYS = {
    "kind": ["all", "normative", "item", "agency", "column"],
    "key": ["A20_01", "meetings", "3", "4", "{agency}"],
    "slug": ["leak", "all"],
    "number": ["1", "2"],
    "name": ["{file}"],
    "choice": ["large"],
    "address": [""],
}


def public_addresses(some: Some) -> list[str]:
    """Every address that is no office's, with every record and file by its number, list by its key."""
    home = some.records["draft"].agency_id
    numbers = {record.pk for record in some.records.values()} | {file.pk for file in some.files.values()} | {home}
    numbers |= set(Version.objects.values_list("pk", flat=True))
    made: list[str] = []
    for route, pattern in leaves(get_resolver().url_patterns):
        if route.startswith(("office/", "report-check/")) or pattern.name == "display":
            continue
        some_of = [f"/{route}"]
        for name in pattern.pattern.converters:
            converter = type(pattern.pattern.converters[name]).__name__.removesuffix("Converter").lower()
            hole = f"<{ {'string': 'str'}.get(converter, converter) }:{name}>"
            values = (
                [str(n) for n in sorted(numbers)]
                if name == "pk"
                else KEYS.get(name, ["x", "1", *map(str, sorted(numbers))])
            )
            some_of = [one.replace(hole, value) for one in some_of for value in values]
        made += some_of
    made = [one.replace("{agency}", str(home)).replace("{file}", "x.pdf") for one in made]
    assert not any("<" in one for one in made), [one for one in made if "<" in one]
    lists = ("/content/all/", "/content/normative/", "/content/all/records.csv", "/search")
    made += [f"{one}?{ask}" for one in lists for ask in (
        "year=2026", "genre=办法", "validity=in_force", "order=oldest", "item=A20_01", f"q={WORD}", "q=正文", "q=附件正文",
        f"q={WORD}+没有的词", f"q={WORD}&sort=normative", "q=议题", f"q={WORD}&order=newest&year=2026",
    )]  # fmt: skip
    made += [
        f"/search/feed.xml?q={WORD}",
        "/search/feed.xml?year=2026",
        f"/search/records.csv?q={WORD}",
        "/search/records.csv?q=附件正文&order=oldest",
        "/search/records.csv?year=2026",
        f"/api/v1/search?q={WORD}",
        "/api/v1/search?q=附件正文&limit=100",
        "/api/v1/records?year=2026",
    ]
    return list(dict.fromkeys(made))


def guesses(some: Some) -> list[str]:
    """Addresses at which a file might lie, if it were served as a file."""
    made = []
    for file in some.files.values():
        here = [
            file.path,
            file.sha256,
            f"{file.sha256}.pdf",
            file.name,
            f"{file.pk}/{file.name}",
            f"records/{file.name}",
        ]
        above = ["", "media/", "static/", "files/", "documents/", "images/", "thumbnails/", "office/documents/", "content/",
                 "files/records/", "var/media/", "office/records/attachments/"]  # fmt: skip
        made += [f"/{a}{one}" for a in above for one in here]
        made += [
            f"/files/{file.sha256}/{file.name}",
            f"/files/{file.pk}/{file.name}",
            f"/content/{file.record_id}/{file.name}",
        ]
    return made


def test_the_walk_sees_what_is_public(some: Some) -> None:
    """A walk that sees nothing proves nothing."""
    seen = found(Client(), public_addresses(some), PUBLIC)
    record, file = some.records["published"], some.files["published"]
    addresses = {address for address, name in seen if name == "published"}
    assert {f"/content/{record.pk}/", f"/files/{file.pk}/x.pdf", f"/search?q={WORD}", "/content/all/records.csv",
            "/content/normative/feed.xml", f"/search/feed.xml?q={WORD}", f"/search/records.csv?q={WORD}", "/topics/leak/", "/topics/leak/1/records.csv", "/topics/leak/1/feed.xml", "/content/column/meetings/"} <= addresses  # fmt: skip
    assert {name for _, name in seen} == set(PUBLIC)
    assert len(addresses) > 40


def test_the_public_sees_nothing_that_is_hidden(some: Some) -> None:
    assert found(Client(), public_addresses(some), HIDDEN) == []
    office = [
        "/" + route
        for route, _ in leaves(get_resolver().url_patterns)
        if route.startswith("office/") and "<" not in route
    ]
    office = [one for one in office if "(?P" not in one]
    office += [f"/office/records/{record.pk}/" for record in some.records.values()]
    assert found(Client(), office, HIDDEN) == []


def test_no_file_lies_where_its_name_or_hash_points(some: Some) -> None:
    assert settings.MEDIA_URL == "/" or not default_storage.url("x").startswith("http")
    own = {f"/files/{file.pk}/{file.name}" for name, file in some.files.items() if name in PUBLIC}
    seen = found(Client(), guesses(some), (*HIDDEN, *PUBLIC))
    assert {address for address, _ in seen} == own


@pytest.mark.parametrize(
    ("post", "where"), [("handler", "财政局"), ("handler", "教育局"), ("competent", "人民政府办公室")]
)
def test_the_public_site_shows_no_more_to_those_who_signed_in(some: Some, post: str, where: str) -> None:
    staff = Staff.objects.create_user("someone", password=PASSWORD, full_name="某人", must_change_password=False)
    Posting.objects.create(staff=staff, agency=agency(where), post=post)
    client = signed_in("someone")
    one_each = [a for a in public_addresses(some) if not any(f"/{kind}/" in a for kind in ("item", "agency", "column"))]
    assert found(client, [*one_each, *(f"/files/{file.pk}/x" for file in some.files.values())], HIDDEN) == []


def office_addresses(client: Client, some: Some, home: Agency) -> list[str]:
    """Every screen of ours that is opened by GET, with every hidden record where it asks for one."""
    made: list[str] = []
    for route, pattern in leaves(get_resolver().url_patterns):
        if (
            not route.startswith("office/")
            or not is_ours(pattern)
            or "(?P" in route
            or "oidc" in route
            or "logout" in route
        ):
            continue
        view: Any = pattern.callback
        if "<" not in route:
            made += [f"/{route}", f"/{route}?q={WORD}"]
            continue
        of = getattr(view, "of", None)
        numbers = [SAMPLES[of](home).pk] if of else [1]
        if (
            of is Record
        ):  # of the other agency first; the rest are of one agency, so that a door shut for one is for all
            numbers = [Record.objects.get(title="教育局的文件").pk, *(one.pk for one in some.records.values())]
        for pk in numbers:
            filled = f"/{route}".replace("<int:pk>", str(pk)).replace("<str:pk>", str(pk))
            files = [file.pk for file in some.files.values() if file.record_id == pk] or [1]
            for name in ("attachment", "section", "posting", "page"):
                filled = filled.replace(f"<int:{name}>", str(files[0])).replace(f"<str:{name}>", str(files[0]))
            made.append(filled)
            status = client.get(filled).status_code
            if status == 405 or (status == 403 and pk != numbers[0]):
                break
    return [one for one in dict.fromkeys(made) if "<" not in one]


@pytest.mark.parametrize("post", [post for post in POSTS if post != "competent"])
def test_no_post_of_another_agency_sees_a_draft_in_the_office(some: Some, post: str) -> None:
    staff = Staff.objects.create_user("someone", password=PASSWORD, full_name="某人", must_change_password=False)
    Posting.objects.create(staff=staff, agency=agency("教育局"), post=post)
    client = signed_in("someone")
    assert found(client, office_addresses(client, some, agency("教育局")), HIDDEN) == []


def test_who_may_see_them_does(some: Some) -> None:
    staff = Staff.objects.create_user("someone", password=PASSWORD, full_name="某人", must_change_password=False)
    Posting.objects.create(staff=staff, agency=agency("财政局"), post="handler")
    client = signed_in("someone")
    seen = found(client, office_addresses(client, some, agency("财政局")), HIDDEN)
    assert {name for _, name in seen} == set(HIDDEN)


def test_what_is_withdrawn_goes_from_everywhere_at_once(some: Some, django_capture_on_commit_callbacks: Any) -> None:
    addresses, client = public_addresses(some), Client()
    assert found(client, addresses, ["published"])  # and is kept
    alike = [record for name, record in some.records.items() if name in ("published", "next", "removed")]
    with django_capture_on_commit_callbacks(execute=True):
        for record in alike:
            Record.objects.filter(pk=record.pk).update(is_public=False, state="withdrawn")
            FileEvent.objects.create(record=record, number=9, kind="withdrawn", who="某人", digest="0", note="有误")
            record.refresh_from_db()
            bring(record)
    assert found(client, addresses, ["published"]) == []
    assert client.get(f"/content/{alike[0].pk}/").status_code == 410
    assert client.get(f"/files/{some.files['published'].pk}/x.pdf").status_code == 404
