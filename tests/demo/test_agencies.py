"""The county's agencies: each tells how its disclosure office is reached, and nothing of it is real."""

from __future__ import annotations

import re

from gongkai.demo.agencies import agencies
from gongkai.demo.parts import groups, load

REACHED = ("ogi_office", "address", "postcode", "phone", "fax", "email", "office_hours")
"""What art. 12 wants of the guide, field by field."""


def test_every_agency_says_all_that_the_guide_needs() -> None:
    missing = [(one.name, name) for one in agencies(2) for name in REACHED if not one.fields.get(name)]
    assert missing == []


def test_numbers_and_addresses_are_invented_and_of_one_agency_each() -> None:
    made = agencies(2)
    assert all(re.fullmatch(r"0990-55[56]\d{4}", one.fields[name]) for one in made for name in ("phone", "fax"))
    assert all(one.fields["email"].endswith(".example") for one in made)
    for name in ("phone", "fax", "email", "credit_code"):
        assert len({one.fields[name] for one in made}) == len(made)


def test_whoever_numbers_documents_has_a_mark_for_them() -> None:
    some = {name for group in ("@departments", "@office", "@townships") for name in groups()[group]}
    assert some <= load("vocabulary")["prefix"].keys()
