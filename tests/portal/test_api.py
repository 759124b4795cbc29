"""The API: every answer is what its schema says, and nothing but what is public."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from gongkai.agencies.doer import SYSTEM
from gongkai.agencies.models import Agency, today
from gongkai.disclosure.catalogue import actions
from gongkai.disclosure.catalogue.models import PRINTED, CatalogueRow
from gongkai.disclosure.models import Record, Shown
from gongkai.portal import record_lists
from gongkai.portal.api import limits
from gongkai.portal.api.routes import ROUTES
from tests.portal.some_county import an_agency
from tests.portal.some_records import NOON, a_record

pytestmark = pytest.mark.usefixtures("identity")
API = "/api/v1/"


def get(client: Client, address: str, status: int = 200, **more: Any) -> Any:
    """The answer, held to the schema that the document has for this address and status."""
    answer = client.get(address if address.startswith("http") else API + address, **more)
    assert answer.status_code == status, answer.content.decode()
    assert answer["Access-Control-Allow-Origin"] == "*"
    if status == 304:
        return answer
    data = answer.json()
    held(client, address, status, data)
    return data


def held(client: Client, address: str, status: int, data: Any) -> None:
    document = json.loads(client.get(API + "openapi.json").content)
    path = "/" + address.removeprefix("http://testserver" + API).partition("?")[0]
    parts = path.split("/")
    template = f"/{parts[1]}/{{id}}" if len(parts) == 3 else path
    if template in document["paths"]:
        answers = document["paths"][template]["get"]["responses"]
        assert str(status) in answers, f"{template} does not say that it may answer {status}"
        media = next(iter(answers[str(status)]["content"].values()))
        name = media["schema"]["$ref"].rpartition("/")[2]
    else:
        name = "Problem"
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data)


def test_it_works(client: Client, records: dict[str, Record]) -> None:
    found = get(client, "records")
    assert [row["title"] for row in found["items"]][:2] == [
        "青禾县2026年征地补偿标准",
        "青禾县农业补贴管理办法（修订）",
    ] or found
    assert found["total"] == len(found["items"]) == Shown.objects.count() == 6
    assert found["next"] is None


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_only_allows_reading(client: Client, method: str) -> None:
    answer = getattr(client, method)(API + "records")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_the_document_is_openapi(client: Client) -> None:
    document = json.loads(client.get(API + "openapi.json").content)
    OpenAPIV31SpecValidator(document).validate()
    assert document["servers"] == [{"url": "http://testserver/api/v1"}]
    assert set(document["paths"]) == {route.template for route in ROUTES}


def test_every_address_answers_as_it_says(client: Client, records: dict[str, Record], county: Agency) -> None:
    pks = {"record": records["in_force"].pk, "agency": county.pk}
    for route in ROUTES:
        asked = "&".join(f"{one.name}={one.example}" for one in route.parameters if one.required)
        get(client, route.path.replace("<int:pk>", str(pks.get(route.name))) + (f"?{asked}" if asked else ""))


def test_the_root_names_every_list_and_each_answers(client: Client, county: Agency) -> None:
    links = get(client, "")["links"]
    lists = {route.name for route in ROUTES if not route.has_id} - {"root"}
    assert set(links) == lists | {"openapi", "documentation"}
    for name, address in links.items():
        assert client.get(address + ("?q=低保" if name == "search" else "")).status_code == 200, name
    assert client.get("/api/").json()["links"]["v1"] == "http://testserver/api/v1/"


# ------------------------------------------------------------------ what is public


def test_only_what_is_public(client: Client, records: dict[str, Record]) -> None:
    """Neither in a list nor by its number, nor as what another is tied to."""
    said = json.dumps([get(client, "records?limit=100"), get(client, f"records/{records['standard'].pk}")])
    assert "草稿" not in said.encode().decode("unicode_escape") and "撤回" not in said.encode().decode("unicode_escape")
    get(client, f"records/{records['draft'].pk}", 404)
    gone = get(client, f"records/{records['withdrawn'].pk}", 410)
    assert gone["reason"] == "数据有误，更正后重新公布" and "名单" not in json.dumps(gone, ensure_ascii=False)


def test_the_public_version_not_the_working_copy(client: Client, records: dict[str, Record]) -> None:
    record = records["standard"]
    Record.objects.filter(pk=record.pk).update(title="改到一半的标题", body="<p>改到一半</p>", abstract="改到一半")
    assert "改到一半" not in json.dumps(get(client, f"records/{record.pk}"), ensure_ascii=False)


def test_a_record_whole(client: Client, records: dict[str, Record]) -> None:
    found = get(client, f"records/{records['standard'].pk}")
    assert [v["number"] for v in found["versions"]] == [2, 1]
    assert found["versions"][0]["erratum"] == "更正城关区片的每亩金额"
    file = found["attachments"][0]
    assert (file["name"], file["media_type"]) == ("标准.pdf", "application/pdf")
    handed = client.get(file["url"].removeprefix("http://testserver"))
    assert b"".join(handed.streaming_content) == b"%PDF-1.7 standard"
    handed.close()
    assert "<table>" in found["body"] and found["keywords"] == ["征地", "补偿"]
    assert found["links"] == []  # what it is tied to is a draft


def test_particulars_of_its_column(client: Client, records: dict[str, Record]) -> None:
    found = get(client, f"records/{records['meeting'].pk}")
    assert found["particulars"] == {
        "会议类别": "政府常务会议", "召开日期": "2026-03-01", "议题": "审议补贴办法", "议定事项": "原则同意"
    }  # fmt: skip


def test_columns_say_what_their_records_state(client: Client, records: dict[str, Record]) -> None:
    found = {one["key"]: one for one in get(client, "columns")["items"]}
    assert set(found) == set(record_lists.columns()) and "normative" not in found  # it has no list, but a library
    meetings = found["meetings"]
    assert (meetings["name"], meetings["records"]) == ("政府会议", 1)
    assert meetings["particulars"][0] == {
        "key": "kind", "label": "会议类别", "kind": "choice", "choices": ["政府全体会议", "政府常务会议", "专题会议"]
    }  # fmt: skip
    stated = get(client, f"records/{records['meeting'].pk}")["particulars"]
    assert set(stated) <= {one["label"] for one in meetings["particulars"]}
    assert "elements" not in {one["key"] for one in found["interpretation"]["particulars"]}  # the office's own


def test_links_are_read_from_both_ends(client: Client, records: dict[str, Record]) -> None:
    links = get(client, f"records/{records['in_force'].pk}")["links"]
    assert {(link["kind"], link["label"], link["record"]["id"]) for link in links} == {
        ("interprets", "政策解读", records["reading"].pk), ("repeals", "废止的文件", records["repealed"].pk),
        ("consults", "征求意见情况", records["meeting"].pk),
    }  # fmt: skip


# ------------------------------------------------------------------ the standard catalogue


def in_catalogue(agency: Agency, level2: str, **more: Any) -> CatalogueRow:
    given = {"field": 12, "level1": "征地管理政策", "content": level2, "limit": "20个工作日", "publisher": agency.name}
    return actions.add(SYSTEM, agency, level2=level2, **(given | more))


def test_the_catalogue_is_the_public_table(client: Client, records: dict[str, Record]) -> None:
    row, standard = CatalogueRow.objects.get(), records["standard"]
    (found,) = get(client, "catalogue")["items"]
    assert {name: found[name] for name in PRINTED} == {name: getattr(row, name) for name in PRINTED}
    assert (found["agency"], found["field"]) == ({"id": row.agency_id, "name": row.agency.name}, 12)
    assert (found["standing"], found["records"], found["months"]) == ("current", 1, None)
    (newest,) = found["newest"]  # neither the draft nor what was withdrawn
    assert (newest["id"], newest["title"]) == (standard.pk, standard.title)
    assert get(client, newest["self"].removeprefix("http://testserver" + API))["title"] == standard.title
    for address in (found["url"], newest["url"]):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
    actions.retire(SYSTEM, row)
    assert get(client, "catalogue")["items"] == []


def test_the_catalogue_stands_as_what_is_public_says(client: Client, records: dict[str, Record]) -> None:
    """A draft that waits, though overdue, is nobody's business; nor is the date of a correction that is being written."""
    agency = records["standard"].agency
    standing = {
        "每月更新": in_catalogue(agency, "每月更新", months=1), "还没有": in_catalogue(agency, "还没有"),
        "依申请": in_catalogue(agency, "依申请", on_own=False, on_application=True),
    }  # fmt: skip
    late = a_record(agency, at=NOON)
    Record.objects.filter(pk=late.pk).update(catalogue_row=standing["每月更新"], formed_on=today())
    Record.objects.filter(pk=records["draft"].pk).update(due_on=NOON.date(), catalogue_row=standing["还没有"])
    waiting = a_record(agency, "draft")
    Record.objects.filter(pk=waiting.pk).update(
        due_on=NOON.date(), catalogue_row=CatalogueRow.objects.get(level2="补偿标准")
    )
    assert {row["level2"]: row["standing"] for row in get(client, "catalogue")["items"]} == {
        "补偿标准": "current", "每月更新": "late", "还没有": "empty", "依申请": "on_application"
    }  # fmt: skip


def test_the_catalogue_by_key_agency_and_field(client: Client, records: dict[str, Record]) -> None:
    first = CatalogueRow.objects.get()
    other = Agency.objects.get(name="青禾县财政局")
    made = [first, *(in_catalogue(other, f"事项{n}", field=12 if n % 2 else 8) for n in range(4))]
    address, met = "catalogue?limit=2", []
    while address:
        answer = get(client, address)
        met += [row["id"] for row in answer["items"]]
        assert answer["total"] == 5
        address = answer["next"]
    assert met == [row.pk for row in made]
    asked = {
        f"agency={other.pk}": made[1:],
        "field=8": [made[1], made[3]],
        f"field=12&agency={first.agency_id}": [first],
    }
    for query, rows in asked.items():
        assert [row["id"] for row in get(client, f"catalogue?{query}")["items"]] == [row.pk for row in rows], query
    assert get(client, "catalogue?field=99")["total"] == 0
    for query, name in (("field=x", "field"), ("agencies=1", "agencies"), ("after=x", "after"), ("limit=101", "limit")):
        assert [error["name"] for error in get(client, f"catalogue?{query}", 400)["errors"]] == [name]


def test_a_change_of_the_catalogue_is_seen_at_once(
    client: Client, records: dict[str, Record], django_capture_on_commit_callbacks: Any
) -> None:
    etag = client.get(API + "catalogue")["ETag"]
    get(client, "catalogue", 304, headers={"If-None-Match": etag})
    with django_capture_on_commit_callbacks(execute=True):
        actions.change(SYSTEM, CatalogueRow.objects.get(), content="补偿费用")
    assert get(client, "catalogue", headers={"If-None-Match": etag})["items"][0]["content"] == "补偿费用"


# ------------------------------------------------------------------ search


def test_search_finds_what_the_site_finds(client: Client, records: dict[str, Record]) -> None:
    found = get(client, "search?q=征地补偿标准+区片")
    assert [row["id"] for row in found["items"]] == [records["standard"].pk]
    assert found["total"] == 1 and found["is_exact"] and "区片" in found["items"][0]["snippet"]
    assert get(client, "search?q=农业补贴&force=ended")["items"][0]["id"] == records["repealed"].pk
    assert get(client, "search?q=草稿")["items"] == []
    assert get(client, "search?q=没有这个词")["total"] == 0


def test_search_must_be_asked_something_and_goes_on(client: Client, records: dict[str, Record]) -> None:
    for address in ("search", "search?q=+"):
        assert get(client, address, 400)["errors"] == [{"name": "q", "detail": "必须给出"}]
    get(client, "search?q=%E2%80%8B", 400)
    assert get(client, "search?q=青禾县&agency=2000000000")["items"] == []
    titles, address = [], "search?q=青禾县&limit=2&order=oldest"
    while address:
        found = get(client, address)
        titles += [row["title"] for row in found["items"]]
        address = found["next"]
    assert len(titles) == len(set(titles)) == Shown.objects.filter(title__contains="青禾县").count()


# ------------------------------------------------------------------ filters and pages


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("is_normative=true", {"repealed", "in_force", "amended"}),
        ("is_normative=false", {"standard", "reading", "meeting"}),
        ("validity=repealed", {"repealed"}),
        ("is_normative=true&validity=in_force", {"in_force", "amended"}),
        ("column=land", {"standard"}),
        ("field=12", {"standard"}),
        ("item=A20_01&year=2026", {"in_force"}),
        ("genre=解读", {"reading"}),
        ("since=2026-03-01&until=2026-03-31", {"standard", "meeting"}),
        ("since=9999-12-31", set()),
        ("until=0001-01-01", set()),
        ("theme=国土资源、能源&is_normative=false", {"standard", "reading", "meeting"}),
        ("genre=", {"standard", "repealed", "in_force", "amended", "reading", "meeting"}),
    ],
)
def test_filters(client: Client, records: dict[str, Record], query: str, names: set[str]) -> None:
    found = get(client, f"records?{query}")
    assert {row["id"] for row in found["items"]} == {records[name].pk for name in names}
    assert found["total"] == len(names)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("agencey=1", "agencey"), ("agency=x", "agency"), ("agency=0", "agency"), ("item=A99", "item"),
        ("theme=没有", "theme"), ("validity=maybe", "validity"), ("year=99999", "year"), ("since=2026-13-01", "since"),
        ("since=20260101", "since"), ("since=2026-01-02&until=2026-01-01", "since"), ("is_normative=1", "is_normative"), ("limit=101", "limit"), ("limit=0", "limit"),
        ("order=random", "order"), ("genre=" + "长" * 21, "genre"), ("agency=%D9%A1", "agency"),
        ("agency=99999999999999999999", "agency"), ("column=%00", "column"), ("column=meeting", "column"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(client: Client, query: str, name: str) -> None:
    assert [error["name"] for error in get(client, f"records?{query}", 400)["errors"]] == [name]


@pytest.mark.parametrize("order", ["newest", "oldest", "formed", "changed"])
def test_pages_by_key_have_everything_once(client: Client, county: Agency, order: str) -> None:
    """Though several were published in the same moment, and one more meanwhile."""
    there = {a_record(county, at=NOON + timedelta(days=n // 3)).pk for n in range(8)}
    address: str | None = f"records?limit=3&order={order}&is_normative=false"
    met: list[int] = []
    while address:
        answer = get(client, address)
        met += [row["id"] for row in answer["items"]]
        address = answer["next"]
        if len(met) == 3 and order == "newest":
            a_record(county, at=NOON + timedelta(days=90))
    assert sorted(met) == sorted(there)


@pytest.mark.parametrize(
    "address",
    [
        "records?after=x", "records?after=1", "records?order=formed&after=99999999999999999-1", "records?after=１-１",
        "search?q=青禾县&after=x", "search?q=青禾县&after=1.2", "search?q=青禾县&after=١.١.١", "search?q=青禾县&after=1..1",
        "agencies?after=x", "catalogue?after=1-1",
    ],
)  # fmt: skip
def test_a_key_that_is_none_is_refused(client: Client, records: dict[str, Record], address: str) -> None:
    """On a page it begins at the beginning; a program would take the first page for the next."""
    (error,) = get(client, address, 400)["errors"]
    assert error["name"] == "after" and error["detail"]
    assert get(client, address.partition("after=")[0] + "after=")["items"] is not None  # none is asked for


def test_agencies_by_key(client: Client, county: Agency) -> None:
    first = get(client, "agencies?limit=2")
    second = get(client, first["next"])
    assert first["total"] == Agency.objects.count()
    assert len({row["id"] for row in first["items"] + second["items"]}) == 4
    one = get(client, f"agencies/{county.pk}")
    assert one == next(row for row in first["items"] + second["items"] if row["id"] == county.pk)


@pytest.mark.parametrize(
    "address", ["records/9999999", "agencies/9999999", f"records/{10**30}", "nothing", "records/x", ""]
)
def test_what_is_not_there(client: Client, address: str) -> None:
    answer = client.get(API + address if address else API + "records/0")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["detail"]


# ------------------------------------------------------------------ HTTP


def test_what_has_not_changed_is_not_sent_again(client: Client, records: dict[str, Record]) -> None:
    address = f"records/{records['reading'].pk}"
    etag = client.get(API + address)["ETag"]
    again = get(client, address, 304, headers={"If-None-Match": etag})
    assert again.content == b"" and again["ETag"] == etag
    records["reading"].shown.title = "改过的标题"
    records["reading"].shown.save()
    assert get(client, address, headers={"If-None-Match": etag})["title"] == "改过的标题"


def test_pages_of_others_may_read(client: Client) -> None:
    asked = client.options(API + "records", headers={"Origin": "https://other.example"})
    assert asked.status_code == 204 and asked["Access-Control-Allow-Headers"] == "If-None-Match"
    assert asked["Access-Control-Allow-Origin"] == "*" and "Access-Control-Allow-Credentials" not in asked


def test_the_next_page_is_in_the_header_too(client: Client, records: dict[str, Record]) -> None:
    answer = client.get(API + "records?limit=2")
    assert answer["Link"] == f'<{answer.json()["next"]}>; rel="next"'


def test_too_many_are_told_when(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "A_MINUTE", 3)
    answers = [client.get(API + "themes") for _ in range(9)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused and 1 <= int(refused[0]["Retry-After"]) <= 60
    assert refused[0].json()["retry_after"] == int(refused[0]["Retry-After"])
    assert client.get(API + "themes", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_fault_is_a_problem_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.portal import counted

    def broken(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(counted, "counts", broken)
    client.raise_request_exception = False
    answer = client.get(API + "themes")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")


MOST = {
    "records?limit=100": 2,
    "search?q=青禾县&limit=100": 9,
    "agencies?limit=100": 3,
    "items": 1,
    "themes": 1,
    "fields": 1,
    "columns": 1,
    "catalogue": 3,
    "": 1,
    "openapi.json": 1,
}


@pytest.mark.parametrize("address", MOST)
def test_few_queries_however_many_there_are(client: Client, county: Agency, address: str) -> None:
    for number in range(20):
        agency = an_agency(f"第{number}局", county)
        record, row = a_record(agency), in_catalogue(agency, f"事项{number}", months=1)
        Record.objects.filter(pk=record.pk).update(catalogue_row=row)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(API + address).status_code == 200
    assert len(captured) <= MOST[address], [query["sql"] for query in captured]


def test_a_record_asks_few(client: Client, records: dict[str, Record]) -> None:
    with CaptureQueriesContext(connection) as captured:
        get(client, f"records/{records['in_force'].pk}")
    assert len(captured) <= 5, [query["sql"] for query in captured]  # one of them by the test's own document


def test_moments_say_where_they_are(client: Client, records: dict[str, Record]) -> None:
    at = get(client, f"records/{records['standard'].pk}")["published_at"]
    assert timezone.datetime.fromisoformat(at) == NOON and at.endswith("+08:00")
