"""The fictional county for tests, and its people signed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.access import actions as access
from gongkai.agencies.demo import fill
from gongkai.agencies.doer import Doer
from gongkai.agencies.models import Agency, Staff

PASSWORD = "Qinghe-test-2026"
KEY = "3132333435363738393031323334353637383930"


@pytest.fixture
def county(db: None) -> None:
    fill(PASSWORD)


def agency(name: str) -> Agency:
    return Agency.objects.get(name=f"青禾县{name}")


def person(username: str) -> Staff:
    return Staff.objects.get(username=username)


def doer(username: str) -> Doer:
    return Doer(person(username), "192.0.2.1")


def code(device: TOTPDevice, ahead: int = 0) -> str:
    """The six figures the phone shows now, or so many half minutes later."""
    return f"{totp(device.bin_key, device.step, device.t0, device.digits, drift=ahead):06d}"


def with_factor(staff: Staff) -> TOTPDevice:
    return TOTPDevice.objects.create(user=staff, name="手机验证器", key=KEY, confirmed=True)


def signed_in(username: str) -> Client:
    """A browser in which this person has given every proof, through the real screens."""
    client, staff = Client(), person(username)
    answer = client.post("/office/login/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    if access.needs_factor(staff):
        device = TOTPDevice.objects.filter(user=staff).first() or with_factor(staff)
        device.last_t = -1  # the same half minute serves several sign-ins of a test
        device.save()
        answer = client.post("/office/second-factor/", {"code": code(device)})
        assert answer.status_code == 302, answer.content.decode()
    return client


def later(minutes: float) -> object:
    return timezone.now() + timedelta(minutes=minutes)
