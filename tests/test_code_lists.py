"""Code lists: each edition holds until the day before the next, and nobody can write to one."""

from __future__ import annotations

import datetime as dt

import pytest

from bucks_cs.code_lists import code_list, every_code
from bucks_cs.errors import InvalidValue, NotInForce
from bucks_cs.provenance import Source

GUIDE = Source(title="A guide", publisher="A department", date=dt.date(2020, 1, 1), place="item 1")
FIRST = (dt.date(2020, 1, 1), GUIDE, {"B": "Both", "A": "One"})
SECOND = (dt.date(2024, 2, 29), GUIDE.at("item 2"), {"A": "One of them", "C": "Another"})


def test_an_edition_holds_until_the_day_before_the_next():
    """28 February 2024 is of the first, the 29th of the second, and nothing ends that; before the first there is none."""
    codes = code_list("things", FIRST, SECOND)
    assert dict(codes.on(dt.date(2024, 2, 28))) == {"B": "Both", "A": "One"}
    assert dict(codes.on(dt.date(2024, 2, 29))) == dict(codes.on(dt.date(2099, 1, 1))) == {"A": "One of them", "C": "Another"}
    assert codes.in_force(dt.date(2024, 2, 29)).source.place == "item 2"
    with pytest.raises(NotInForce):
        codes.on(dt.date(2019, 12, 31))


def test_every_code_is_there_once_in_the_order_of_the_editions():
    """B and A of the first, then C, which the second adds; one edition is its own codes."""
    assert every_code(code_list("things", FIRST, SECOND)) == ("B", "A", "C")
    assert every_code(code_list("things", FIRST)) == ("B", "A")


def test_what_was_given_can_change_and_the_list_does_not():
    """The codes are copied, and cannot be written to."""
    given = {"A": "One"}
    codes = code_list("things", (dt.date(2020, 1, 1), GUIDE, given))
    given["Z"] = "Last"
    assert every_code(codes) == ("A",)
    with pytest.raises(TypeError):
        codes.on(dt.date(2020, 1, 1))["Z"] = "Last"


def test_editions_out_of_order_or_none_are_refused():
    """By the error of a rule by date."""
    with pytest.raises(InvalidValue):
        code_list("things", SECOND, FIRST)
    with pytest.raises(InvalidValue):
        code_list("things")
