"""The county's records: the same every time, every state there, and every cache what the events say."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from io import BytesIO

import docx
import pypdfium2
import pytest
import python_calamine
from django.core.files.storage import default_storage

from gongkai.audit.models import Entry
from gongkai.demo.catalogue import rows
from gongkai.demo.records import records
from gongkai.disclosure import completeness, files, filing, interpretation, queries, review
from gongkai.disclosure.demo import fill
from gongkai.disclosure.models import Attachment, FileEvent, Link, Record, Serial, Version
from gongkai.search.models import Item
from gongkai.statute.catalogue import disclosure_items, is_index_number, themes
from gongkai.statute.document_numbers import is_document_number
from gongkai.statute.publication import parse_period, parse_time_limit
from gongkai.statute.validity import validity_on

DAY = date(2026, 11, 20)


def test_the_same_every_time_and_some_two_thousand() -> None:
    first, again = records(DAY), records(DAY)
    assert first == again
    assert 1900 <= len(first) <= 2600
    assert {one.published.year for one in first if one.published} == {2023, 2024, 2025, 2026}
    assert [file.content() for one in first[:300] for file in one.files] == [
        file.content() for one in again[:300] for file in one.files
    ]


def test_every_item_is_there_and_every_theme_exists() -> None:
    made = records(DAY)
    assert {one.fields["item"] for one in made} == {item.code for item in disclosure_items()}
    known = {f"{theme.name}\\{child}" for theme in themes() for child in theme.children}
    assert {one.fields["theme"] for one in made} <= known
    assert len({one.fields["theme"] for one in made}) >= 25
    assert len({one.fields.get("field") for one in made} - {None}) >= 20
    said = [{**one.fields, **one.fields.get("particulars", {}), "particulars": ""} for one in made]
    assert all("{" not in str(value) for fields in said for value in fields.values())


@pytest.mark.parametrize("field", [18, 20, 27, 28, 30, 32])
def test_what_every_county_does_is_told_of_in_each_year(field: int) -> None:
    made = [one for one in records(DAY) if one.fields.get("field") == field]
    assert {one.published.year for one in made if one.published} >= {2024, 2025, 2026}
    assert len(made) >= 5
    assert all(any(row.has(one) for row in rows()) for one in made)


def test_themes_are_of_nearly_every_class() -> None:
    assert len({one.fields["theme"].partition("\\")[0] for one in records(DAY)}) >= 17


def test_titles_are_rarely_the_same_and_numbers_never() -> None:
    made = records(DAY)
    assert max(Counter(one.fields["title"] for one in made).values()) <= 2
    numbers = [one.fields["document_no"] for one in made if one.fields.get("document_no")]
    assert len(numbers) == len(set(numbers)) > 200
    assert all(is_document_number(number) for number in numbers)


def test_a_second_county_has_its_own_names_and_words() -> None:
    first, second = records(DAY), records(DAY, copy=2)
    assert abs(len(first) - len(second)) < len(first) / 50
    assert all("青禾县" not in one.fields["title"] + one.fields["body"] + one.agency for one in second)
    same = {one.fields["body"] for one in first} & {one.fields["body"] for one in second}
    assert len(same) < len(first) / 20


@pytest.mark.parametrize("day", [date(2024, 6, 1), date(2025, 3, 1), date(2027, 1, 5), date(2028, 2, 29)])
def test_on_any_day_there_are_three_years(day: date) -> None:
    made = records(day)
    days = [one.published.date() for one in made if one.published]
    assert 1900 <= len(made) <= 2600
    assert timedelta(days=1080) < day - min(days) <= timedelta(days=1096)
    assert timedelta(days=0) < day - max(days) < timedelta(days=5)
    dates = [one.fields for one in made if one.fields.get("is_normative") and one.published]
    assert [fields["title"] for fields in dates if fields.get("expires_on") and fields["expires_on"] < day]
    assert {one.kind for one in made} >= {"amendment", "repeal"}
    assert sum(one.state == "imported" for one in made) > 50


def test_at_the_beginning_of_a_year_its_columns_are_not_empty() -> None:
    made = [one for one in records(date(2027, 1, 5)) if one.published and one.published.year == 2027]
    assert len({one.fields["column"] for one in made}) >= 3


@pytest.mark.parametrize("day", [DAY, date(2027, 1, 5), date(2028, 2, 29)])
def test_nothing_is_in_force_before_it_is_published(day: date) -> None:
    documents = [one for one in records(day) if one.fields.get("is_normative") and one.published]
    assert len(documents) > 30
    early = [one for one in documents if one.published and one.fields["effective_on"] < one.published.date()]
    assert early == []
    for one in documents:
        at_once = re.search(r"自(公布|印发)之日起施行", one.fields["body"])
        assert one.published
        assert bool(at_once) == (one.fields["effective_on"] == one.published.date())
    assert sum("之日起施行" in one.fields["body"] for one in documents) == 6


def test_an_interpretation_is_what_it_says() -> None:
    made = [one for one in records(DAY) if one.kind == "interpretation"]
    charts = [one for one in made if one.fields["particulars"]["form"] == "图表图解"]
    assert len(made) > 25
    assert 5 < len(charts) < len(made) / 2
    for one in made:
        said = one.fields["particulars"]
        assert f"解读人：{said['interpreter']}；" in one.fields["body"]
        assert said["form"] == ("图表图解" if one.files else "文字")
    for one in charts:
        content = one.files[0].content()
        text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
        assert all(step[0] in text and step[2] in text for step in one.files[0].rows)
        assert content == one.files[0].content()


def test_an_issue_of_the_gazette_holds_the_documents_it_lists() -> None:
    made = records(DAY)
    by_key = {one.key: one for one in made}
    issues = [one for one in made if one.kind == "gazette"]
    assert len(issues) > 14
    for issue in issues:
        [file] = issue.files
        inside = [by_key[key] for kind, key in issue.links if kind == "related"]
        assert len(inside) == issue.fields["body"].count("<li>") > 0
        assert issue.published
        for one in inside:
            assert f"{one.fields['title']}（{one.fields['document_no']}）" in issue.fields["body"]
            assert f"# {one.fields['title']}" in file.lines
            assert one.published
            assert one.published < issue.published
    listed = [key for issue in issues for _, key in issue.links]
    assert len(listed) == len(set(listed))


def test_the_pdf_of_an_issue_is_its_full_text_with_its_fonts() -> None:
    [file] = next(one for one in records(DAY) if one.kind == "gazette").files
    content = file.content()
    assert content == file.content()
    pages = pypdfium2.PdfDocument(content)
    printed = "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)
    missing = [line for line in file.lines if "".join(line.removeprefix("# ").split()) not in printed]
    assert missing == []
    if b"STSong" not in content:  # without a Chinese font on the machine there is nothing to put in
        assert b"/FontFile" in content


def test_attachments_open_and_hold_the_text() -> None:
    kinds = {}
    for one in records(DAY):
        for file in one.files:
            kinds.setdefault(file.kind, file)
    word = docx.Document(BytesIO(kinds["docx"].content()))
    assert [p.text for p in word.paragraphs] == list(kinds["docx"].lines)
    sheet = python_calamine.CalamineWorkbook.from_filelike(BytesIO(kinds["xlsx"].content())).get_sheet_by_index(0)
    assert sheet.to_python()[0] == list(kinds["xlsx"].rows[0])
    page = pypdfium2.PdfDocument(kinds["pdf"].content())[0]
    assert kinds["pdf"].lines[0][:20] in page.get_textpage().get_text_range()


@pytest.mark.usefixtures("county")
def test_the_county_in_the_database() -> None:
    """Filled once, looked at from every side."""
    filled = fill()
    for look in (
        every_state_is_there_and_every_cache_is_what_the_events_say,
        what_is_public_could_have_been_submitted_and_its_numbers_hold,
        events_are_by_people_who_hold_the_posts,
        normative_documents_have_every_validity_and_an_interpretation,
        files_are_kept_and_handed_out_with_their_record_only,
        a_second_time_makes_nothing_and_the_log_says_what_was_made,
    ):
        look(filled)


def every_state_is_there_and_every_cache_is_what_the_events_say(filled: int) -> None:
    rows = list(Record.objects.prefetch_related("events", "versions", "attachments").select_related("agency"))
    assert len(rows) == filled
    assert {row.state for row in rows} == set(review.STATES)
    wrong = []
    for row in rows:
        standing = filing.standing_of(row)
        cached = (standing.state, standing.is_public, standing.turn)
        if cached != (row.state, row.is_public, row.turn):
            wrong.append(row.title)
        if standing.is_public:
            assert row.versions.all()[0].content == row.content, row.title
            assert row.events.all()[len(row.events.all()) - 1].digest == row.digest() or standing.state == "draft"
    assert wrong == []
    assert {row.turn for row in rows} == {"", "first", "second", "secrecy", "legality", "final", "ratify"}
    kinds = set(FileEvent.objects.values_list("kind", flat=True))
    assert kinds == set(review.KINDS)
    assert sum(filing.standing_of(row).is_forced for row in rows) == 1
    assert {row.due_on is None for row in rows if row.is_not_disclosed} == {True}
    assert {row.attribute for row in rows} == {"proactive", "withheld", "on_application"}


def what_is_public_could_have_been_submitted_and_its_numbers_hold(filled: int) -> None:
    for row in Record.objects.filter(is_public=True).prefetch_related("attachments").select_related("agency"):
        assert completeness.missing(row) == [], row.title
        assert row.index_no
        assert is_index_number(row.index_no)
        assert row.published_at
        assert row.published_at.date() >= row.formed_on
    for serial in Serial.objects.all():
        held = Record.objects.filter(agency=serial.agency, formed_on__year=serial.year, index_no__isnull=False).count()
        assert held == serial.last


def events_are_by_people_who_hold_the_posts(filled: int) -> None:
    for event in FileEvent.objects.filter(kind="passed").select_related("record", "staff")[:400]:
        assert event.staff
        steps = {step.key: step for step in filing.steps_of(event.record)}
        held = {p.post for p in event.staff.postings.all() if p.agency_id == event.record.agency_id}
        assert held & set(steps[event.step].posts)


def normative_documents_have_every_validity_and_an_interpretation(filled: int) -> None:
    documents = Record.objects.filter(is_normative=True, is_public=True)
    assert {validity_on(DAY, row.validity_dates) for row in documents} == {"valid", "amended", "repealed", "expired"}
    assert [why for row in documents for why in interpretation.not_ready(row)] == []
    assert set(Link.objects.values_list("kind", flat=True)) == {
        "interprets",
        "amends",
        "repeals",
        "consults",
        "related",
    }
    for row in documents.exclude(repealed_on=None):
        assert row.links_in.filter(kind="repeals").exists()
        assert "废止" in row.versions.first().erratum


def files_are_kept_and_handed_out_with_their_record_only(filled: int) -> None:
    for attachment in Attachment.objects.select_related("record")[:60]:
        with default_storage.open(attachment.path) as file:
            content = file.read()
        assert len(content) == attachment.size
        assert files.why_not_keep(attachment.name, content) == []
        assert queries.may_download(None, attachment) == attachment.record.is_public
    assert set(Attachment.objects.values_list("kind", flat=True)) == {"word", "sheet", "pdf"}
    assert not Attachment.objects.filter(text__contains="\n# ").exists()
    assert Item.objects.filter(kind="record").count() == queries.public().count()


def a_second_time_makes_nothing_and_the_log_says_what_was_made(filled: int) -> None:
    versions = Version.objects.count()
    assert fill() == 0
    assert (Record.objects.count(), Version.objects.count()) == (filled, versions)
    entry = Entry.objects.get(verb="records.demo")
    assert entry.details["records"] == filled
    assert entry.details["events"] == FileEvent.objects.count()


def test_the_catalogue_of_the_county_says_only_what_can_be() -> None:
    made, history = rows(), records(DAY)
    assert len({row.fields["field"] for row in made}) >= 20
    said = [parse_time_limit(row.fields["limit"]) or parse_period(row.fields["limit"]) for row in made]
    assert all(limit or row.fields["months"] for row, limit in zip(made, said, strict=True))
    empty = [row for row in made if not any(row.has(record) for record in history)]
    assert 4 <= len(empty) <= 10 < len(made) / 10
