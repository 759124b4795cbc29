"""The fictional county in the database."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction

from gongkai.agencies import actions, staffing
from gongkai.agencies.doer import SYSTEM
from gongkai.agencies.models import Agency, Staff
from gongkai.demo.agencies import agencies, staff


@transaction.atomic
def fill(password: str, scale: int = 1) -> list[Staff]:
    """Enter the agencies and staff that are not there yet; returns the new accounts, all with this password."""
    known = {agency.name: agency for agency in Agency.objects.all()}
    for one in agencies(scale):
        if one.name not in known:
            known[one.name] = actions.found(
                SYSTEM, name=one.name, short_name=one.short_name, kind=one.kind, level=one.level,
                parent=known.get(one.parent), **one.fields,
            )  # fmt: skip
    for agency in known.values():
        if agency.reports_to_id is None and agency.parent_id:
            office = next((a for a in known.values() if a.is_competent and agency.path.startswith(a.realm)), None)
            if office and office.pk != agency.pk:
                Agency.objects.filter(pk=agency.pk, reports_to=None).update(reports_to=office)
    made = []
    encoded = make_password(password)  # once: it is slow by design
    accounts = set(Staff.objects.values_list("username", flat=True))
    for person in staff(scale):
        if person.username in accounts:
            continue
        account = Staff.objects.create(
            username=person.username,
            full_name=person.full_name,
            is_part_time=person.is_part_time,
            password=encoded,
            must_change_password=False,
        )
        for post in person.posts:
            staffing.appoint(SYSTEM, account, known[person.agency], post)
        made.append(account)
    return made
