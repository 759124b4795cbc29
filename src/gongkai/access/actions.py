"""Verbs: sign in and out, prove a second factor, set one up, take one away."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import django_otp
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.access.models import Enrolment, SignIn
from gongkai.agencies.doer import Doer, Refused, address_of, doer_of, insist
from gongkai.agencies.models import Staff
from gongkai.agencies.policy import policy_of
from gongkai.agencies.staffing import why_not_administer
from gongkai.audit.actions import record
from gongkai.audit.actor import Actor

VERBS = {
    "access.sign_in": "登录",
    "access.refuse": "登录未成功",
    "access.sign_out": "退出",
    "access.end": "会话被结束",
    "access.second_factor": "通过二次验证",
    "access.refuse_code": "二次验证未通过",
    "access.set_up_factor": "启用二次验证",
    "access.remove_factor": "取消二次验证",
    "access.recovery_codes": "生成备用码",
}
"""The verbs of this file, as the log names them."""

RECOVERY_CODES = 8
_KEY_BYTES = 20


# --------------------------------------------------------------------------------------------------------- sign in, out


def sign_in(request: HttpRequest, username: str, password: str) -> Staff:
    """Check name and password and open a session. Refused says why; after too many failures, until when."""
    username = username.strip()[:150]
    staff = auth.authenticate(request, username=username, password=password)
    if staff is None:
        _note_refusal(request, username)
        locked = locked_until(request, username)
        if locked:
            raise Refused([f"密码多次不正确，请在 {timezone.localtime(locked):%H:%M} 之后再试，或请管理员重置密码。"])
        raise Refused(["账号或者密码不正确。"])
    assert isinstance(staff, Staff)
    open_session(request, staff)
    return staff


def locked_until(request: HttpRequest, username: str) -> datetime | None:
    """When this name may try again from this address; None where it may now."""
    if not AxesProxyHandler.is_locked(request, {"username": username}):
        return None
    last = AccessAttempt.objects.filter(username=username).order_by("-attempt_time").first()
    cool_off: timedelta = get_cool_off(request)
    return (last.attempt_time if last else timezone.now()) + cool_off


def _note_refusal(request: HttpRequest, username: str) -> None:
    someone = Actor("public", None, username, "", (), address_of(request))
    record(someone, "access.refuse", label=username)


def open_session(request: HttpRequest, staff: Staff, *, by_provider: bool = False) -> None:
    """Begin a session for someone whose identity is proved; the oldest of too many others end."""
    backend = None if hasattr(staff, "backend") else "gongkai.access.backends.PostBackend"
    auth.login(request, staff, backend=backend)
    if not request.session.session_key:
        request.session.save()
    with transaction.atomic():
        SignIn.objects.filter(session_key=request.session.session_key).delete()
        SignIn.objects.create(
            staff=staff,
            session_key=request.session.session_key,
            address=address_of(request)[:45],
            agent=request.headers.get("User-Agent", "")[:200],
            by_provider=by_provider,
        )
        for old in staff.sign_ins.order_by("-at", "-pk")[settings.SESSIONS_EACH :]:
            end(old)
        record(doer_of(request).actor(), "access.sign_in", staff, details={"by_provider": by_provider})


def end(session: SignIn) -> None:
    """End a session from outside: it is pushed out, or its person ends it from elsewhere."""
    SessionStore(session.session_key).delete()
    session.delete()


def end_all(staff: Staff) -> None:
    """End every session of someone."""
    for session in staff.sign_ins.all():
        end(session)


def keep_only(request: HttpRequest) -> None:
    """After a new password: this session goes on under a new key, every other one ends."""
    staff, old = request.user, request.session.session_key
    assert isinstance(staff, Staff)
    auth.update_session_auth_hash(request, staff)
    SignIn.objects.filter(session_key=old).update(session_key=request.session.session_key)
    for session in staff.sign_ins.exclude(session_key=request.session.session_key):
        end(session)


def sign_out(request: HttpRequest) -> None:
    """Close the session of this request."""
    if isinstance(request.user, Staff):
        record(doer_of(request).actor(), "access.sign_out", request.user)
    SignIn.objects.filter(session_key=request.session.session_key).delete()
    auth.logout(request)


def touch(request: HttpRequest) -> bool:
    """Note that the session is in use; False when it has ended, and then it is closed.

    Written at most once a minute.
    """
    session = SignIn.objects.filter(session_key=request.session.session_key).first()
    now = timezone.now()
    if session is None or session.ends_at <= now:
        if session is not None:
            record(doer_of(request).actor(), "access.end", session.staff)
        SignIn.objects.filter(session_key=request.session.session_key).delete()
        auth.logout(request)
        return False
    if now - session.seen_at > timedelta(minutes=1):
        SignIn.objects.filter(pk=session.pk).update(seen_at=now)
    return True


# ---------------------------------------------------------------------------------------------------------- second factor


def has_factor(staff: Staff) -> bool:
    """Whether a second factor is set up."""
    return TOTPDevice.objects.filter(user=staff, confirmed=True).exists()


def needs_factor(staff: Staff) -> bool:
    """Whether this person must prove a second factor: his post asks for it, or he chose it."""
    return policy_of(staff).needs_second_factor or has_factor(staff)


def enrolment_of(staff: Staff) -> Enrolment:
    """The second factor being set up: the same key until it is proved, so that a reload does not orphan a phone."""
    return Enrolment.objects.get_or_create(staff=staff, defaults={"key": secrets.token_hex(_KEY_BYTES)})[0]


def set_up_factor(request: HttpRequest, code: str) -> list[str]:
    """Prove the key being set up by its first code. Returns recovery codes, shown once."""
    staff = request.user
    assert isinstance(staff, Staff)
    with transaction.atomic():
        enrolment = Enrolment.objects.select_for_update().get(staff=staff)
        totp = TOTP(bytes.fromhex(enrolment.key))
        totp.time = timezone.now().timestamp()
        if not code.isascii() or not code.isdecimal() or not totp.verify(int(code), tolerance=1):
            raise Refused(["验证码不正确。请确认手机时间准确，输入此刻显示的6位数字。"])
        TOTPDevice.objects.filter(user=staff).delete()
        device = TOTPDevice.objects.create(
            user=staff, name="手机验证器", key=enrolment.key, confirmed=True, last_t=totp.t(), tolerance=1
        )
        enrolment.delete()
        record(doer_of(request).actor(), "access.set_up_factor", staff)
        codes = recovery_codes(doer_of(request), staff)
    django_otp.login(request, device)
    return codes


def recovery_codes(by: Doer, staff: Staff) -> list[str]:
    """New recovery codes for someone's own use; the former ones end."""
    device, _ = StaticDevice.objects.get_or_create(user=staff, defaults={"name": "备用码", "confirmed": True})
    device.token_set.all().delete()
    codes = [secrets.token_hex(5) for _ in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=code)
    record(by.actor(), "access.recovery_codes", staff)
    return codes


def prove(request: HttpRequest, code: str) -> None:
    """Prove the second factor by a code of the phone, or by a recovery code, which is used up."""
    staff = request.user
    assert isinstance(staff, Staff)
    device = django_otp.match_token(staff, code.strip().replace(" ", "").lower()[:20])
    if device is None:
        record(doer_of(request).actor(), "access.refuse_code", staff)
        blocked = [d for d in django_otp.devices_for_user(staff) if not d.verify_is_allowed()[0]]
        if blocked:
            until = blocked[0].verify_is_allowed()[1]["locked_until"]
            raise Refused([f"验证码多次不正确，请在 {timezone.localtime(until):%H:%M:%S} 之后再试。"])
        raise Refused(["验证码不正确，请输入手机上此刻显示的6位数字，或者一个没有用过的备用码。"])
    django_otp.login(request, device)
    record(doer_of(request).actor(), "access.second_factor", staff)


def why_not_remove_factor(by: Doer, staff: Staff) -> list[str]:
    """Every reason against taking someone's second factor away (a lost phone)."""
    reasons = why_not_administer(by, staff)
    if by.staff and by.staff.pk == staff.pk:
        reasons.append("不能取消自己的二次验证，请由另一位管理员办理。")
    return reasons


@transaction.atomic
def remove_factor(by: Doer, staff: Staff) -> None:
    """Take a second factor away; its person sets up a new one at the next sign-in. Open sessions end."""
    insist(why_not_remove_factor(by, staff))
    TOTPDevice.objects.filter(user=staff).delete()
    StaticDevice.objects.filter(user=staff).delete()
    end_all(staff)
    record(by.actor(), "access.remove_factor", staff)
