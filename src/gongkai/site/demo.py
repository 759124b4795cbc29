"""The fictional county, whole: agencies, staff, accounts that can sign in, the site's identity, records, the reports.

For this machine only: everyone has one password, kept in a file of the data folder, and the phone's second factor is
played by `gongkai demo code ACCOUNT`.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.agencies import demo as agencies_demo
from gongkai.agencies.models import Posting, Staff
from gongkai.agencies.policy import Policy
from gongkai.agencies.staffing import first_password
from gongkai.disclosure import demo as records_demo
from gongkai.portal.demo import collect, identify
from gongkai.reporting.demo import prepare_demo

_DEVICE = "演示验证器"


def prepare(scale: int = 1) -> None:
    """Make what is not there yet; harmless when it is."""
    password = _password()
    for account in agencies_demo.fill(password, scale):
        if Policy(account).needs_second_factor:
            TOTPDevice.objects.create(user=account, name=_DEVICE, confirmed=True, tolerance=1)
    identify()
    collect()
    records_demo.fill(scale)
    prepare_demo()


def _file() -> Path:
    folder: Path = settings.VAR
    return folder / "demo-password"


def _password() -> str:
    """The password of all demo accounts: made once, readable by the owner only."""
    try:
        descriptor = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _file().read_text("ascii").strip()
    password = first_password()
    with os.fdopen(descriptor, "w") as file:
        file.write(password)
    return password


def accounts() -> list[str]:
    """The accounts in lines to print: who can sign in as what. Empty where there is no demo."""
    if not _file().exists():
        return []
    postings = Posting.objects.filter(until=None, agency__name="青禾县人民政府办公室").select_related("staff", "agency")
    lines = [f"演示账号（密码都是 {_password()} ）："]
    order = [choice for choice, _ in Posting._meta.get_field("post").choices or ()]
    for posting in sorted(postings, key=lambda p: (order.index(p.post), p.pk)):
        if not posting.staff.has_usable_password():
            continue  # one of those who only appear in the files of records
        asks = TOTPDevice.objects.filter(user=posting.staff, name=_DEVICE).exists()
        lines.append(f"  {posting.staff.username:<12}{posting.get_post_display()}{'（要验证码）' if asks else ''}")
    return [*lines, "  验证码：.venv/bin/gongkai demo code 账号"]


def code(username: str) -> str | None:
    """The figures a phone would show now for a demo account; None for any other account."""
    staff = Staff.objects.filter(username=username).first()
    device = TOTPDevice.objects.filter(user=staff, name=_DEVICE).first() if staff else None
    if device is None:
        return None
    return f"{totp(device.bin_key, device.step, device.t0, device.digits):0{device.digits}d}"
