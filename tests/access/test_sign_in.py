"""The way in, through the real screens: passwords, lock-out, second factor, sessions, and what the log says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.access import actions
from gongkai.access.models import Enrolment, SignIn
from gongkai.agencies.doer import Refused
from gongkai.agencies.models import Staff
from gongkai.audit.models import Entry
from tests.county import PASSWORD, code, doer, person, signed_in, with_factor

pytestmark = pytest.mark.usefixtures("county")


def enter(client: Client, username: str, password: str = PASSWORD, **more: str) -> object:
    return client.post("/office/login/", {"username": username, "password": password, **more})


def logged(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_the_office_asks_who_you_are_and_brings_you_back() -> None:
    client = Client()
    answer = client.get("/office/agencies/?q=教育")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/office/login/?next=")
    page = client.get(answer["Location"]).content.decode()
    assert 'name="next" value="/office/agencies/?q=' in page
    answer = enter(client, "lin.he", next="/office/agencies/?q=x")
    assert answer["Location"] == "/office/agencies/?q=x"  # type: ignore[index]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/office/", "/report-check/", "javascript:1"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(elsewhere: str) -> None:
    assert enter(Client(), "lin.he", next=elsewhere)["Location"] == "/office/"  # type: ignore[index]


def test_a_wrong_name_and_a_wrong_password_are_told_alike() -> None:
    pages = []
    for username in ("lin.he", "nobody.here"):
        answer = enter(Client(), username, "wrong")
        assert answer.status_code == 422  # type: ignore[attr-defined]
        text = answer.content.decode().replace(username, "X")  # type: ignore[attr-defined]
        pages.append(text.split("csrfmiddlewaretoken")[0] + text.split("密码不正确")[1][:40])
    assert pages[0] == pages[1]
    assert logged("access.refuse") == 2


def test_five_failures_lock_and_the_page_says_until_when() -> None:
    client = Client()
    for _ in range(5):
        enter(client, "lin.he", "wrong")
    page = enter(client, "lin.he").content.decode()  # type: ignore[attr-defined]
    until = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=15))
    assert f"请在 {until:%H:%M} 之后再试" in page
    assert enter(client, "zhou.qing").status_code == 302  # type: ignore[attr-defined]
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert enter(client, "lin.he").status_code == 302  # type: ignore[attr-defined]


def test_someone_without_a_post_is_not_let_in() -> None:
    staff = person("lin.he")
    staff.postings.update(until=timezone.localdate())
    client = Client()
    enter(client, "lin.he")
    assert client.get("/office/agencies/").status_code != 200


def test_a_suspended_account_is_not_let_in_and_an_open_session_ends() -> None:
    client = signed_in("lin.he")
    Staff.objects.filter(username="lin.he").update(is_active=False)
    assert client.get("/office/").status_code == 302
    assert enter(Client(), "lin.he").status_code == 422  # type: ignore[attr-defined]


# ------------------------------------------------------------------------------------------------------ second factor


def test_a_post_that_decides_sets_up_a_second_factor_before_anything_else() -> None:
    client = Client()
    enter(client, "luo.ping")
    assert client.get("/office/agencies/")["Location"].startswith("/office/second-factor/")
    page = client.get("/office/second-factor/").content.decode()
    assert "<svg" in page
    key = Enrolment.objects.get().key
    assert client.get("/office/second-factor/").content and Enrolment.objects.get().key == key
    assert client.post("/office/second-factor/", {"code": "000000"}).status_code == 422
    shown = client.post("/office/second-factor/", {"code": code(TOTPDevice(key=key))}).content.decode()
    assert "备用码" in shown
    assert client.get("/office/agencies/").status_code == 200
    assert logged("access.set_up_factor") == 1
    assert key not in str(list(Entry.objects.values_list("details", flat=True)))


def test_a_code_serves_once() -> None:
    device = with_factor(person("luo.ping"))
    used = code(device)
    first, second = Client(), Client()
    for client in (first, second):
        enter(client, "luo.ping")
    assert first.post("/office/second-factor/", {"code": used}).status_code == 302
    assert second.post("/office/second-factor/", {"code": used}).status_code == 422
    assert second.get("/office/agencies/").status_code == 302


def test_a_recovery_code_serves_once() -> None:
    with_factor(person("luo.ping"))
    (one, *_) = actions.recovery_codes(doer("luo.ping"), person("luo.ping"))
    for expected in (302, 422):
        client = Client()
        enter(client, "luo.ping")
        assert client.post("/office/second-factor/", {"code": one}).status_code == expected


def test_guessing_codes_is_slowed_down() -> None:
    with_factor(person("luo.ping"))
    client = Client()
    enter(client, "luo.ping")
    told = [client.post("/office/second-factor/", {"code": f"{n:06d}"}).content.decode() for n in range(3)]
    assert "之后再试" in told[-1]
    assert logged("access.refuse_code") == 3


def test_who_needs_none_may_choose_one_and_is_then_asked() -> None:
    with_factor(person("lin.he"))
    client = Client()
    enter(client, "lin.he")
    assert client.get("/office/")["Location"].startswith("/office/second-factor/")


def test_an_administrator_takes_a_lost_factor_away_but_not_his_own() -> None:
    with_factor(person("shen.mu"))
    other = signed_in("shen.mu")
    actions.recovery_codes(doer("shen.mu"), person("shen.mu"))
    actions.remove_factor(doer("luo.ping"), person("shen.mu"))
    assert not TOTPDevice.objects.filter(user=person("shen.mu")).exists()
    assert not StaticDevice.objects.filter(user=person("shen.mu")).exists()
    assert other.get("/office/").status_code == 302
    with pytest.raises(Refused, match="不能取消自己"):
        actions.remove_factor(doer("luo.ping"), person("luo.ping"))
    with pytest.raises(Refused, match="由管理员办理"):
        actions.remove_factor(doer("lin.he"), person("shen.mu"))


# ----------------------------------------------------------------------------------------------------------- passwords


def test_a_first_password_must_be_changed_before_anything_else() -> None:
    Staff.objects.filter(username="lin.he").update(must_change_password=True)
    client = Client()
    enter(client, "lin.he")
    assert client.get("/office/agencies/")["Location"] == "/office/password/"
    form = {"old": PASSWORD, "new": "Another-pass-2026", "again": "Another-pass-2026"}
    assert client.post("/office/password/", form | {"again": "x"}).status_code == 422
    assert client.post("/office/password/", form).status_code == 302
    assert client.get("/office/agencies/").status_code == 200


def test_an_old_password_must_be_changed() -> None:
    old = timezone.now() - timedelta(days=settings.PASSWORD_DAYS)
    Staff.objects.filter(username="lin.he").update(password_changed_at=old)
    client = Client()
    enter(client, "lin.he")
    assert client.get("/office/")["Location"] == "/office/password/"


def test_a_new_password_ends_every_other_session() -> None:
    here, there = signed_in("lin.he"), signed_in("lin.he")
    form = {"old": PASSWORD, "new": "Another-pass-2026", "again": "Another-pass-2026"}
    assert here.post("/office/password/", form).status_code == 302
    assert here.get("/office/agencies/").status_code == 200
    assert there.get("/office/agencies/").status_code == 302


# ------------------------------------------------------------------------------------------------------------ sessions


def test_a_third_session_ends_the_oldest() -> None:
    clients = [signed_in("lin.he") for _ in range(settings.SESSIONS_EACH + 1)]
    assert [client.get("/office/agencies/").status_code for client in clients] == [302] + [200] * settings.SESSIONS_EACH
    assert Session.objects.count() == settings.SESSIONS_EACH


@pytest.mark.parametrize("ended", ["idle", "old"])
def test_a_session_ends_when_idle_and_when_old(ended: str) -> None:
    client, now = signed_in("lin.he"), timezone.now()
    if ended == "idle":
        SignIn.objects.update(seen_at=now - timedelta(minutes=settings.IDLE_MINUTES))
    else:
        SignIn.objects.update(at=now - timedelta(seconds=settings.SESSION_COOKIE_AGE), seen_at=now)
    answer = client.get("/office/agencies/")
    assert answer.status_code == 302
    assert "ended=1" in answer["Location"]
    assert "登录已过期" in client.get(answer["Location"]).content.decode()
    assert logged("access.end") == 1


def test_use_keeps_a_session_open() -> None:
    client = signed_in("lin.he")
    SignIn.objects.update(seen_at=timezone.now() - timedelta(minutes=settings.IDLE_MINUTES - 1))
    assert client.get("/office/agencies/").status_code == 200
    assert SignIn.objects.get().seen_at > timezone.now() - timedelta(minutes=1)


def test_one_sees_and_ends_ones_other_sessions_but_nobody_elses() -> None:
    here, there, stranger = signed_in("lin.he"), signed_in("lin.he"), signed_in("zhou.qing")
    other = SignIn.objects.filter(staff=person("lin.he")).order_by("pk").last()
    assert other
    assert stranger.post(f"/office/account/sessions/{other.pk}/end/").status_code == 404
    assert here.post(f"/office/account/sessions/{other.pk}/end/").status_code == 302
    assert there.get("/office/").status_code == 302
    assert here.get("/office/").status_code == 200


def test_signing_out_ends_the_session_and_needs_a_post() -> None:
    client = signed_in("lin.he")
    assert client.get("/office/logout/").status_code == 405
    client.post("/office/logout/")
    assert client.get("/office/").status_code == 302
    assert not SignIn.objects.exists()
    assert logged("access.sign_out") == 1


def test_a_session_key_changes_when_signing_in() -> None:
    client = Client()
    client.get("/office/login/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    enter(client, "lin.he")
    assert client.session.session_key != before


def test_nothing_of_the_office_is_kept_by_a_cache() -> None:
    assert "no-store" in signed_in("lin.he").get("/office/agencies/")["Cache-Control"]
