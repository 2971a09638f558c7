"""A savings line: what it is made of, what it refuses, how it says itself, and that it comes back from a document the same."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys

import attrs
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import BucksError, InvalidValue, MissingSource, NotFound, UnitError
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.periods import CalendarYear, FinancialYear
from bucks_cs.provenance import DateBounds, NoOfficialSource, Source
from bucks_cs.savings import (
    Basis,
    Delivered,
    Dependency,
    PrintedForm,
    PrintedSign,
    Recurrence,
    SavingKind,
    SavingsLine,
    SavingsProgramme,
    Status,
    StatusOn,
    UnplacedSaving,
    YearSaving,
    in_pence,
    pounds,
)
from bucks_cs.units import quantity

Y1, Y2, Y3, Y4 = (FinancialYear.starting(year) for year in (2023, 2024, 2025, 2026))
PLAN = Source(title="Medium-term financial plan", publisher="A council", date=dt.date(2023, 2, 22), place="appendix 2")
TOKEN = "Zebedee" + "Quux"


def line(**fields):
    """A line with what every line needs, unless the test says otherwise."""
    made = {"key": "a", "description": "A saving", "programme": "P", "amounts": {Y1: pounds(10_000)}, "source": PLAN}
    return SavingsLine(**(made | fields))


def whole_line():
    """A line with every field filled."""
    return line(
        workstream="Commissioning",
        cost_centre="CC 1",
        owner="Head of service",
        amounts=(YearSaving(year=Y1, saving=pounds(33_200_010), as_printed="-332.0001"), YearSaving(year=Y2, saving=pounds(-5))),
        unplaced=UnplacedSaving(said="Future", after=Y2, saving=pounds(10_000), as_printed="-0.1"),
        basis=Basis.CUMULATIVE,
        base_year=Y1.previous(),
        recurrence=Recurrence.RECURRING,
        kind=SavingKind.INCOME,
        status=StatusOn(status=Status.AT_RISK, on=dt.date(2023, 9, 30)),
        delivered=(Delivered(year=Y1, saving=pounds(1_000), as_at=dt.date(2023, 9, 30)),),
        depends_on=(Dependency(on="b", same_pounds=pounds(500), why="the same children"), Dependency(on="c")),
        already_counted_in=("Better Buckinghamshire",),
        printed=PrintedForm(heading="£'000", sign=PrintedSign.BELOW_ZERO),
    )


# What it is made of


def test_a_line_without_a_source_is_refused():
    """No source, no number."""
    with pytest.raises(MissingSource):
        line(source=None)
    assert line(source=NoOfficialSource(reason="made up")).source == NoOfficialSource(reason="made up")


def test_a_line_says_itself_in_a_sentence():
    """As a head of service would read it, with the pence where there are any and the basis in words."""
    assert str(whole_line()) == (
        "A saving (P, Commissioning): £332,000.10 in 2023-24, −£0.05 in 2024-25, £100 in years after 2024-25 that are not named "
        "('Future'); each year against 2022-23; recurring; at risk on 30 September 2023."
    )
    assert str(line()) == "A saving (P): £100 in 2023-24; basis not stated; recurring or one-off not stated."


def test_a_line_shows_itself_in_a_notebook_escaped():
    """As a table with a caption; what an author wrote as markup is text."""
    html = line(description="A <b>saving</b>")._repr_html_()
    assert "<caption>A &lt;b&gt;saving&lt;/b&gt;</caption>" in html
    assert "£100" in html
    assert "not stated" in html


def test_a_line_is_a_key_and_survives_pickling():
    """Equal lines are one in a set, and a pickled one is equal."""
    assert len({whole_line(), whole_line(), line()}) == 2
    assert pickle.loads(pickle.dumps(whole_line())) == whole_line()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        whole_line().key = "b"


def test_a_line_and_a_programme_come_back_from_json_and_toml_the_same():
    """With every field filled, with next to none, and with the figures as printed."""
    programme = SavingsProgramme(name="All", lines=(whole_line(), line(key="b"), line(key="c")), source=PLAN)
    bounded = StatusOn(status=Status.AGREED, on=DateBounds(earliest=Y1.start, latest=Y1.end, why="only the year is printed"))
    for thing in (whole_line(), line(), line(already_counted_in=()), line(status=bounded), programme):
        assert from_json(to_json(thing), type(thing)) == thing
        assert from_toml(to_toml(thing), type(thing)) == thing


@given(st.integers(-(10**14), 10**14))
@settings(max_examples=50)
def test_an_amount_is_the_same_pence_after_every_round_trip(pence):
    """Up to a thousand billion pounds each way, to the penny, through pounds, JSON and TOML."""
    assert in_pence(pounds(pence)) == pence
    there = line(amounts={Y1: pounds(pence)})
    assert in_pence(from_json(to_json(there), SavingsLine).figure(Y1)) == pence
    assert in_pence(from_toml(to_toml(there), SavingsLine).figure(Y1)) == pence


@given(st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=50))
def test_delivered_pounds_add_up_to_the_penny(pence):
    """The sum of pence as integers, by Python's own arithmetic."""
    years = [FinancialYear.starting(2000 + n) for n in range(len(pence))]
    parts = tuple(Delivered(year=y, saving=pounds(p), as_at=y.end) for y, p in zip(years, pence, strict=True))
    assert in_pence(line(delivered=parts).delivered_to_date) == sum(pence)


def test_ten_pence_and_twenty_are_thirty_whatever_floats_say():
    """0.1 + 0.2 is 0.30000000000000004 as floats, and 30 pence here; half a penny is refused."""
    assert YearSaving(year=Y1, saving=quantity(0.1 + 0.2, "GBP")) == YearSaving(year=Y1, saving=pounds(30))
    assert in_pence(quantity(numpy.int64(5), "GBP")) == 500
    with pytest.raises(InvalidValue):
        YearSaving(year=Y1, saving=quantity(0.005, "GBP"))
    for wrong, error in ((5, InvalidValue), (quantity("£7000/week"), UnitError), (quantity(0.005, "GBP"), InvalidValue)):
        with pytest.raises(error, match="forecast"):
            in_pence(wrong, what="forecast")


def test_a_year_without_a_figure_is_a_gap_and_not_nought():
    """Between the first and the last, and between the base year and the first; 0 is a figure."""
    gappy = line(amounts={Y3: pounds(0), Y1: pounds(100)})
    assert gappy.gaps == (Y2,)
    assert gappy.figure(Y2) is None
    assert gappy.figure(Y3) == pounds(0)
    late = line(basis=Basis.CUMULATIVE, base_year=Y1, amounts={Y3: pounds(100)})
    assert late.gaps == (Y2,)
    assert (gappy.first_year, gappy.last_year, gappy.years) == (Y1, Y3, (Y1, Y2, Y3))


def test_figures_are_kept_in_order_of_year():
    """However they are given."""
    assert line(amounts={Y3: pounds(1), Y1: pounds(2)}) == line(amounts={Y1: pounds(2), Y3: pounds(1)})


@pytest.mark.parametrize(
    "fields",
    [
        {"amounts": {}},
        {"amounts": (YearSaving(year=Y1, saving=pounds(1)), YearSaving(year=Y1, saving=pounds(2)))},
        {"amounts": {CalendarYear(2023): pounds(1)}},
        {"amounts": {Y1: 450}},
        {"amounts": [TOKEN]},
        {"amounts": TOKEN},
        {"amounts": {Y1: quantity("£7000/week")}},
        {"amounts": {Y1: quantity(5, "plan")}},
        {"amounts": {Y1: quantity(float("nan"), "GBP")}},
        {"amounts": {Y1: quantity(1e13, "GBP")}},
        {"basis": Basis.CUMULATIVE},
        {"base_year": Y1},
        {"basis": Basis.CUMULATIVE, "base_year": Y1},
        {"basis": TOKEN},
        {"recurrence": TOKEN},
        {"kind": TOKEN},
        {"status": Status.AGREED},
        {"key": ""},
        {"key": 5},
        {"description": None},
        {"programme": " "},
        {"owner": 5},
        {"delivered": (TOKEN,)},
        {"depends_on": (TOKEN,)},
        {"depends_on": Dependency(on="a")},
        {"depends_on": (Dependency(on="b"), Dependency(on="b"))},
        {"already_counted_in": (5,)},
        {"printed": TOKEN},
        {"unplaced": TOKEN},
        {"amounts": {Y2: pounds(1)}, "unplaced": UnplacedSaving(said="Future", after=Y1, saving=pounds(1))},
        {"amounts": {}, "unplaced": UnplacedSaving(said="Future", after=Y1, saving=pounds(1)), "basis": Basis.CUMULATIVE,
         "base_year": Y2},
    ],
)
def test_what_cannot_be_is_refused_by_name_and_never_repeated(fields):
    """Each with an error of this library that shows no value of the input."""
    with pytest.raises((InvalidValue, UnitError)) as caught:
        line(**fields)
    error = caught.value
    assert TOKEN not in f"{error} {error!r} {error.args}"
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize(
    "make",
    [
        lambda: Delivered(year=Y1, saving=pounds(1), as_at=dt.date(2023, 3, 31)),
        lambda: Delivered(year=Y1, saving=pounds(1), as_at=dt.datetime(2023, 9, 30, 9)),
        lambda: Dependency(on="b", same_pounds=pounds(-1)),
        lambda: StatusOn(status="agreed", on=Y1.start),
        lambda: UnplacedSaving(said="", after=Y1, saving=pounds(1)),
        lambda: pounds(1.5),
        lambda: pounds(True),
        lambda: pounds(10**15),
        lambda: in_pence(5),
        lambda: line().figure("2023-24"),
    ],
)
def test_a_part_that_cannot_be_is_refused(make):
    """Each with an error of this library."""
    with pytest.raises(BucksError):
        make()


# Programmes


def test_a_programme_wants_a_key_for_each_line_and_no_circle():
    """Two lines of one key, or lines that stand on each other in a ring, cannot be added up."""
    with pytest.raises(InvalidValue):
        SavingsProgramme(name="All", lines=[line(), line()])
    ring = [line(key=key, depends_on=Dependency(on=on)) for key, on in (("a", "b"), ("b", "c"), ("c", "a"))]
    with pytest.raises(InvalidValue):
        SavingsProgramme(name="All", lines=ring)
    chain = [line(key=key, depends_on=Dependency(on=on)) for key, on in (("a", "b"), ("b", "c"))]
    assert len(SavingsProgramme(name="All", lines=chain)) == 2


def test_a_programme_knows_its_lines_and_its_years():
    """From the first year of any line to the last, with those between that no line has."""
    programme = SavingsProgramme(name="All", lines=[line(key="late", amounts={Y4: pounds(1)}), line()])
    assert programme.years == (Y1, Y2, Y3, Y4)
    assert [one.key for one in programme] == ["late", "a"]
    assert programme.line("a") == line()
    with pytest.raises(NotFound):
        programme.line("b")
    assert str(programme) == "All: 2 savings lines, 2023-24 to 2026-27."
    assert "<caption>All</caption>" in programme._repr_html_()


@pytest.mark.parametrize("lines", [[], [TOKEN], TOKEN, None])
def test_a_programme_of_no_lines_is_refused(lines):
    """Nothing, text, or something that is no line."""
    with pytest.raises(InvalidValue) as caught:
        SavingsProgramme(name="All", lines=lines)
    assert TOKEN not in str(caught.value)


def test_the_model_brings_in_no_frames():
    """A line can be made in a program that has neither polars nor pandas loaded."""
    asked = "print([name for name in ('polars', 'pandas', 'pyarrow') if name in sys.modules])"
    code = f"import sys; from bucks_cs.savings import SavingsLine, gap; {asked}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
