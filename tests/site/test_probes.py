"""/healthz, /readyz, /metrics and the numbers of requests, in-process."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from gongkai.site import health, logs

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client()


def test_it_answers_whatever_the_host_is_called(client: Client) -> None:
    for address in ("/healthz", "/readyz", "/metrics"):
        answer = client.get(address, headers={"host": "10.0.0.9:8000"})
        assert answer.status_code == 200, address
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_ready_names_each_part(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/readyz").json() == dict.fromkeys(("database", "migrations", "disk", "restore"), True)
    monkeypatch.setattr(settings, "VAR", settings.VAR / "nowhere")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["disk"], answer.json()["database"]) == (503, False, True)


def test_not_ready_while_a_migration_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.migrations.executor import MigrationExecutor

    monkeypatch.setattr(health, "_is_migrated", False)
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one"])
    assert client.get("/readyz").status_code == 503
    monkeypatch.undo()
    assert client.get("/readyz").status_code == 200


def test_not_ready_while_a_restore_is_unfinished(client: Client) -> None:
    mark = settings.VAR / "restore-unfinished"
    mark.touch()
    try:
        assert client.get("/readyz").json()["restore"] is False
    finally:
        mark.unlink()


def test_metrics_count_by_route_and_never_by_what_a_visitor_chooses(client: Client) -> None:
    for address in (
        "/report-check/b/secret-token-1/",
        "/report-check/b/secret-token-2/",
        "/no-such-page-1",
        "/no-such-page-2",
    ):
        client.get(address)
    client.generic("ODDMETHOD", "/healthz")
    text = client.get("/metrics").text
    assert "secret-token" not in text and "no-such-page" not in text and "ODDMETHOD" not in text
    families = {family.name: family for family in text_string_to_metric_families(text)}
    counted = {
        (s.labels["route"], s.labels["method"]): s.value
        for s in families["gongkai_requests"].samples
        if s.name.endswith("_total")
    }
    assert counted["reporting:batch", "GET"] >= 2 and ("none", "GET") in counted and ("healthz", "other") in counted
    assert {s.labels["queue"] for s in families["gongkai_queue"].samples} >= {"uploads_waiting", "tasks_failed"}
    assert families["gongkai_audit_entries"].samples[0].value == 0


def test_metrics_are_for_this_machine_or_with_the_token(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9").status_code == 404
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9", HTTP_AUTHORIZATION="Bearer ").status_code == 404
    monkeypatch.setitem(settings.ENV, "GONGKAI_METRICS_TOKEN", "口令-1")
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9", HTTP_AUTHORIZATION="Bearer 口令-2").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9", HTTP_AUTHORIZATION="Bearer 口令-1").status_code == 200


def test_each_request_has_a_number_and_keeps_the_proxys(client: Client) -> None:
    one, other = client.get("/healthz")["X-Request-ID"], client.get("/healthz")["X-Request-ID"]
    assert one != other and len(one) == 16
    assert client.get("/healthz", HTTP_X_REQUEST_ID="abcd-1234-x")["X-Request-ID"] == "abcd-1234-x"
    assert client.get("/healthz", HTTP_X_REQUEST_ID="a b\nc" * 5)["X-Request-ID"] != "a b\nc" * 5


def record_of(
    level: int, message: str, *args: Any, error: BaseException | None = None, **extra: Any
) -> logging.LogRecord:
    record = logging.LogRecord(
        "some", level, __file__, 1, message, args, error and (type(error), error, error.__traceback__)
    )
    record.__dict__.update(extra)
    return record


def test_a_log_line_is_json_and_names_no_person() -> None:
    name, number = "李" + "敏", str(110101199003070011)
    try:
        try:
            raise KeyError(number)
        except KeyError as inner:
            raise ValueError(name) from inner
    except ValueError as error:
        record = record_of(logging.ERROR, "failed", error=error, fields={"route": "start", "ms": 3.5})
    token = logs.REQUEST.set("abcd")
    try:
        line = logs.Json().format(record)
        text = logs.Line().format(record)
    finally:
        logs.REQUEST.reset(token)
    made = json.loads(line)
    assert (made["level"], made["message"], made["request"], made["route"]) == ("ERROR", "failed", "abcd", "start")
    assert "builtins.KeyError" in made["failure"] and "test_probes.py" in made["failure"]
    assert "李敏" not in line + text and "110101199003070011" not in line + text
    assert "[abcd]" in text and "route=start" in text


def test_djangos_own_lines_have_the_route_not_the_address(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="django.request"):
        client.get("/report-check/b/secret-token/")
    (record,) = [r for r in caplog.records if r.name == "django.request"]
    assert "secret-token" not in logs.Json().format(record) and "batch" in logs.Json().format(record)
