"""The reference page says what the program does: every right, address and logged verb."""

from tests import reference


def test_the_reference_is_what_make_reference_writes() -> None:
    assert reference.OUTPUT.read_text("utf-8") == reference.text()


def test_every_address_says_what_it_is_for() -> None:
    assert [route for route, view in reference.ours().items() if not reference._first_line(view)] == []
