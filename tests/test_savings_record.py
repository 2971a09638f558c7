"""The two tables of 2023 as typed data: every cell audited, what they do not state kept open, and what follows from that."""

from __future__ import annotations

import attrs
import pytest

from bucks_cs.audit import Slip, Status, restatement, total
from bucks_cs.indicators import Withheld
from bucks_cs.periods import FinancialYear
from bucks_cs.record import audit as audit_record
from bucks_cs.record import document, figure, pressures, savings_lines
from bucks_cs.savings import (
    Basis,
    PrintedSign,
    Recurrence,
    SavingKind,
    annual_level,
    as_cumulative,
    cash_over,
    gap,
    pounds,
    profile,
    read_money,
    total_cash,
    total_level,
)

Y0, Y1, Y2, Y3 = (FinancialYear.starting(year) for year in (2022, 2023, 2024, 2025))
PAPER = "transformation-minutes-2023"
RECURRING = Recurrence.RECURRING


def thousands(number):
    """A number of thousands of pounds."""
    return pounds(number * 100_000)


# What is printed


TABLE_2 = {
    "edge-of-care-team": (390, 390, 780),
    "parent-and-child-provision": (620, 300, 920),
    "in-house-placements": (0, 1_325, 1_325),
}


def printed(place):
    """A figure of the Director's response, letter for letter."""
    return figure(f"{PAPER}/{place}").as_printed


@pytest.mark.parametrize("key", TABLE_2)
def test_each_row_of_the_second_table_adds_up(key):
    """390 + 390 = 780, 620 + 300 = 920 and 0 + 1,325 = 1,325, each cell as it is printed."""
    budgeted, future, whole = (printed(f"response-table-2/{key}/{column}") for column in ("2023-24", "future", "total"))
    assert [budgeted, future, whole] == [f"{number:,}" for number in TABLE_2[key]]
    found = total([budgeted, future], printed=whole, scale="£'000")[0]
    assert found.status is Status.AGREES
    made = savings_lines().line(key)
    assert (made.figure(Y1), made.unplaced.saving) == (thousands(TABLE_2[key][0]), thousands(TABLE_2[key][1]))


@pytest.mark.parametrize(("column", "whole"), [("2023-24", "1,010"), ("future", "2,015"), ("total", "3,025")])
def test_each_column_of_the_second_table_adds_up(column, whole):
    """390 + 620 + 0 = 1,010; 390 + 300 + 1,325 = 2,015; 780 + 920 + 1,325 = 3,025."""
    cells = [printed(f"response-table-2/{key}/{column}") for key in (*TABLE_2, "total")]
    assert cells[-1] == whole
    assert total(cells[:-1], printed=cells[-1], scale="£'000")[0].status is Status.AGREES


def test_the_audit_of_the_record_finds_every_row_and_column_to_hold():
    """All seven relations of the second table."""
    found = [one for one in audit_record() if "table 2" in one.label]
    assert len(found) == 7
    assert all(one.agrees for one in found)


def test_the_text_prints_a_thousand_times_the_table():
    """£1,325m in the text is £1,325k in the table: a slip of scale, times 1,000."""
    text, cell = printed("response-3/in-house-placements"), printed("response-table-2/in-house-placements/total")
    assert (text, cell) == ("£1,325m", "1,325")
    assert read_money(text).amount == 1_000 * read_money(cell, heading="£'000").amount
    (found,) = restatement(cell, text, scale={"first": "£'000"})
    assert found.status is Status.DISAGREES
    assert Slip.SCALE in {one.slip for one in found.suggestions if one.instead == "£1.325m"}


def test_the_lines_are_what_the_document_prints(documents):
    """Each description, and each figure with the sign and the heading it is printed with, letter for letter."""
    for made in savings_lines():
        assert made.description in documents["004"]
        for one in (*made.amounts, *([made.unplaced] if made.unplaced else [])):
            assert one.as_printed in documents["004"]
            sign = -1 if made.printed.sign is PrintedSign.BELOW_ZERO else 1
            assert read_money(one.as_printed, heading=made.printed.heading).amount == sign * one.saving
    assert "Better Buckinghamshire" in documents["004"]


def test_what_the_tables_do_not_state_is_left_unstated():
    """The basis, the recurrence, the kind, and whether another programme counts them already."""
    for made in savings_lines():
        assert (made.basis, made.recurrence, made.kind) == (Basis.UNSTATED, Recurrence.UNSTATED, SavingKind.UNSTATED)
        assert made.already_counted_in is None
        assert made.source.publisher == "Buckinghamshire Council"
    status = savings_lines().line("in-house-placements").status
    assert (status.status.value, status.on) == ("proposed", document(PAPER).dated)
    assert savings_lines() is savings_lines()


# What follows


def locality(**fields):
    """The line of table 1, with what somebody states of it."""
    return attrs.evolve(savings_lines().line("locality-based-model"), **fields)


def test_the_locality_line_saves_one_of_two_amounts_a_year():
    """332 + 2,331 + 2,883 = 5,546 thousand if each year is on top of the one before, 2,883 if each is against a base year."""
    found = annual_level(locality(recurrence=RECURRING), year=Y3)
    assert [(one.basis, one.lower, one.upper) for one in found.readings] == [
        (Basis.INCREMENTAL, thousands(5_546), thousands(5_546)),
        (Basis.CUMULATIVE, thousands(2_883), thousands(2_883)),
    ]
    assert (found.lower, found.upper, found.is_resolved) == (thousands(2_883), thousands(5_546), False)
    assert found.why == "whether each year is on top of the year before or against a base year is not stated"
    assert annual_level(locality(), year=Y3).span == found.span


def test_the_locality_line_saves_one_of_two_sums_of_cash():
    """332 + 2,663 + 5,546 = 8,541 thousand, or 332 + 2,331 + 2,883 = 5,546, over the three years."""
    found = cash_over(locality(recurrence=RECURRING), first=Y1, last=Y3)
    assert [one.lower for one in found.readings] == [thousands(8_541), thousands(5_546)]
    assert found.span == "£5,546,000 to £8,541,000"


def test_once_the_basis_is_stated_there_is_one_answer():
    """Each of the two, and the same line on either basis."""
    incremental = locality(basis=Basis.INCREMENTAL, recurrence=RECURRING)
    cumulative = locality(basis=Basis.CUMULATIVE, base_year=Y0, recurrence=RECURRING)
    assert annual_level(incremental, year=Y3).amount == thousands(5_546)
    assert annual_level(cumulative, year=Y3).amount == thousands(2_883)
    assert list(as_cumulative(incremental).by_year.values()) == [thousands(332), thousands(2_663), thousands(5_546)]


def test_the_two_tables_together_are_a_range_by_year():
    """By hand, in thousands: 332 + 1,010 = 1,342 in 2023-24 however it is read. In 2024-25 at the least 2,331 (table 1 against a
    base year, and table 2 once and for all in 2023-24, with nothing of its future yet), at the most 2,663 + 3,025 = 5,688; in
    2025-26 2,883 to 5,546 + 3,025 = 8,571.
    """
    found = profile(savings_lines(), years=savings_lines().years)
    assert [(one.year, one.amount.lower, one.amount.upper) for one in found.years] == [
        (Y1, thousands(1_342), thousands(1_342)),
        (Y2, thousands(2_331), thousands(5_688)),
        (Y3, thousands(2_883), thousands(8_571)),
    ]
    readings = total_level(savings_lines(), years=(Y1, Y2, Y3))
    assert readings.at(period=Y1).number == 1_342_000
    later = readings.at(period=Y3)
    assert (later.value, later.bound("lower"), later.bound("upper")) == (Withheld.UNRESOLVED, 2_883_000, 8_571_000)
    assert total_level(savings_lines(), years=Y1, by="workstream").at(workstream="Strategic Commissioning").number == 1_010_000


def test_the_years_that_table_2_leaves_as_future_are_named():
    """2,015 thousand in all, which may fall in 2024-25 or 2025-26 or after."""
    found = profile(savings_lines(), years=(Y1, Y2, Y3))
    assert [(one.line, one.figure.saving, one.among) for one in found.not_named] == [
        (key, thousands(future), (Y2, Y3)) for key, (_, future, _) in TABLE_2.items()
    ]
    assert all(one.figure.said == "Future Savings" for one in found.not_named)
    assert "not named" in str(found)


def test_cash_of_both_tables_holds_the_future_once():
    """By hand, in thousands, over the three years. The least: 5,546 of table 1, and of table 2 1,010 once. The most: 8,541, and
    of table 2 three years of 1,010 and two of the future 2,015, all of it from 2024-25 on: 8,541 + 3,030 + 4,030 = 15,601.
    """
    found = total_cash(savings_lines(), first=Y1, last=Y3).at()
    assert (found.bound("lower"), found.bound("upper")) == (6_556_000, 15_601_000)


# The gap


def test_the_pressures_are_against_two_plans_and_two_years(documents):
    """£5m over the budget of 2022-23, and £13.3m above the original plan in 2023-24, as the councillor puts them."""
    over, increase = pressures()
    assert (over.year, over.amount, increase.year, increase.amount) == (Y0, pounds(500_000_000), Y1, pounds(1_330_000_000))
    assert "22-23 will close at £5m over Budget" in documents["004"]
    assert "a further increase of £13.3m versus the original Council Budget/MTFP" in documents["004"]
    assert "original" in increase.against
    assert "original" not in over.against


def test_the_lines_close_none_of_2022_23():
    """No line has a figure before 2023-24: all of the £5m is left."""
    found = gap(pressures()[0], lines=savings_lines(), year=Y0)
    assert (found.savings.amount, found.remaining.amount, found.is_closed) == (pounds(0), pounds(500_000_000), False)


def test_the_lines_do_not_close_2023_24_however_they_are_read():
    """£1.342m of £13.3m: £11.958m is left if all of it is over and above, and £13.3m if none of it is."""
    found = gap(pressures()[1], lines=savings_lines(), year=Y1)
    assert found.savings.amount == thousands(1_342)
    assert (found.closes.lower, found.closes.upper) == (pounds(0), thousands(1_342))
    assert (found.remaining.lower, found.remaining.upper) == (thousands(11_958), thousands(13_300))
    assert found.is_closed is False
    assert "counted already elsewhere" in found.remaining.why
    stated = [attrs.evolve(one, already_counted_in=(), kind=SavingKind.CASHABLE) for one in savings_lines()]
    assert gap(pressures()[1], lines=stated, year=Y1).remaining.amount == thousands(11_958)
