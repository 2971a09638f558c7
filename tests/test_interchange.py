"""JSON and TOML: what goes out comes back the same, and what is broken is refused without being repeated."""

from __future__ import annotations

import datetime as dt
import json
import tomllib

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs.errors import InvalidValue, Unreadable
from bucks_cs.indicators import Better, Break, Indicator, Interval, Kind, Measure, Reading, Withheld
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.periods import (
    AcademicYear,
    CalendarYear,
    FinancialYear,
    Month,
    MonthlyAverage,
    Period,
    ReportingYear,
    Snapshot,
    Span,
)
from bucks_cs.provenance import DateBounds, Dated, InForce, NoOfficialSource, Source, published
from bucks_cs.units import quantity

TOKEN = "Qx7childNameQx7"

CABINET = Source(
    title="Children's Services Update", publisher="Buckinghamshire Council", date=dt.date(2022, 10, 11), place="paragraph 3.19"
)
BY_MONTH = Source(
    title="The “Framework”", publisher="DfE", date=published("2013-03"), place="£ 4", url="https://example.org/a?b=1"
)

REREFERRALS = Indicator(
    key="demand.rereferrals",
    title="Re-referrals",
    counts="referrals within 12 months of an earlier one of the same child",
    leaves_out="referrals of unborn children",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.LOWER,
    sources=(BY_MONTH, NoOfficialSource(reason="a local cut")),
    breaks=(
        Break(on=dt.date(2020, 4, 1), what="one council from five", certain=True, area="825", source=CABINET),
        Break(on=dt.date(2021, 1, 1), what="a new system", certain=False, source=NoOfficialSource(reason="seen in the figures")),
    ),
)

PERIODS = (
    FinancialYear("2022-23"),
    AcademicYear("2022/23"),
    CalendarYear("2022"),
    ReportingYear("2023", ends=(3, 31)),
    Month("January 2020"),
    Snapshot("31 March 2025"),
    MonthlyAverage("January 2020", "March 2020"),
    MonthlyAverage("January 2020", "March 2020", exact=False),
    Span("1 April 2022", "30 September 2022"),
)


@attrs.frozen(kw_only=True)
class StagedIndicator(Indicator):
    """An indicator of a subject, with something more to say: as `DemandIndicator` is."""

    stage: str
    timescale: int | None


@attrs.frozen(kw_only=True)
class Promise:
    """An object such as a subject may have: a period of its own, amounts and choices inside."""

    period: Period | None
    amounts: tuple[int | float | str, ...] = ()
    known: dict[str, DateBounds | dt.date] = attrs.field(factory=dict)
    why: Withheld = Withheld.NOT_AVAILABLE
    done: bool = False


def both_ways(thing, cls=None):
    """The object after a round trip in each format."""
    kind = cls or type(thing)
    return from_json(to_json(thing), kind), from_toml(to_toml(thing), kind)


@pytest.mark.parametrize(
    "thing",
    [CABINET, BY_MONTH, NoOfficialSource(reason="none"), REREFERRALS, REREFERRALS.breaks[0]],
    ids=lambda x: type(x).__name__,
)
def test_a_definition_and_its_sources_come_back_equal_from_both_formats(thing):
    """Also a date that is known only to its month, an accent, a quotation mark and a pound sign."""
    assert both_ways(thing) == (thing, thing)


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_a_reading_over_each_kind_of_period_comes_back_equal(period):
    """With its interval, its parts, its source, and a dim that was not recorded."""
    reading = Reading.of(
        REREFERRALS, 22.6, area="E92000001", period=period, dims={"team": "East", "need": None}, lower=22.5, upper=22.7,
        interval=Interval.CONFIDENCE, level=0.95, numerator=142900.0, denominator=632830.0, source=CABINET,
    )  # fmt: skip
    assert both_ways(reading) == (reading, reading)
    assert both_ways(reading)[0].period.kind == period.kind


@pytest.mark.parametrize("gap", list(Withheld))
def test_a_gap_comes_back_as_the_same_gap(gap):
    """None turns into a number, null or another reason."""
    reading = Reading.of(REREFERRALS, gap, period=PERIODS[0])
    found = both_ways(reading)
    assert found == (reading, reading)
    assert {one.withheld for one in found} == {gap}
    assert json.loads(to_json(reading))["value"] == {"withheld": gap.value}


numbers = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)


@given(value=numbers, text=st.text(min_size=1), area=st.none() | st.text(), dim=st.none() | st.text())
def test_any_number_and_any_text_come_back_as_they_were(value, text, area, dim):
    """A float to its last bit; text with quotes, line ends and signs of every script."""
    reading = Reading.of(REREFERRALS, value, area=area, period=PERIODS[4], dims={text: dim})
    for found in both_ways(reading):
        assert found == reading
        assert (found.number, found.area, found.dims) == (float(value), area, ((text, dim),))


def test_a_quantity_keeps_its_own_unit_and_a_whole_number_stays_whole():
    """12 working days are written as 12 and working_day, and come back as they were."""
    visits = attrs.evolve(REREFERRALS, measure=Measure.MEAN, unit="week")
    reading = Reading(indicator=visits, period=PERIODS[0], value=quantity(14, "day"))
    assert json.loads(to_json(reading))["value"] == {"value": 14, "unit": "day"}
    found = from_toml(to_toml(reading), Reading)
    assert (found.value.magnitude, str(found.value.units), type(found.value.magnitude)) == (14, "day", int)


def test_json_says_what_it_holds_with_dates_as_iso_text():
    """By hand from the object: the head, the ISO date, the bounds of a month, the text of a period for its reader."""
    reading = Reading.of(REREFERRALS, 21.0, period=FinancialYear("2022-23"), source=CABINET)
    document = json.loads(to_json(reading))
    assert document["bucks_cs"] == "reading/1"
    assert document["source"]["date"] == "2022-10-11"
    assert document["indicator"]["sources"][0]["date"]["earliest"] == "2013-03-01"
    assert document["period"] == {
        "kind": "financial year",
        "start": "2022-04-01",
        "end": "2023-03-31",
        "text": str(reading.period),
    }
    assert document["indicator"]["better"] == "lower"


def test_toml_has_dates_of_its_own_and_leaves_out_what_is_none():
    """TOML has no null."""
    document = tomllib.loads(to_toml(CABINET))
    assert document == {
        "bucks_cs": "source/1",
        "title": "Children's Services Update",
        "publisher": "Buckinghamshire Council",
        "date": dt.date(2022, 10, 11),
        "place": "paragraph 3.19",
        "note": "",
    }


@pytest.mark.parametrize("timescale", [None, 45])
def test_a_class_built_on_another_comes_back_as_itself_also_where_only_its_base_is_named(timescale):
    """As an Indicator it is read, and a StagedIndicator it is; also inside a Reading."""
    shared = {a.name: getattr(REREFERRALS, a.name) for a in attrs.fields(Indicator)}
    staged = StagedIndicator(**shared, stage="referral", timescale=timescale)
    assert both_ways(staged, Indicator) == (staged, staged)
    assert both_ways(staged) == (staged, staged)
    reading = Reading.of(staged, 1.0, period=PERIODS[0])
    assert both_ways(reading) == (reading, reading)
    assert type(both_ways(reading)[1].indicator) is StagedIndicator
    assert json.loads(to_json(staged))["bucks_cs"] == "staged_indicator/1"


def test_an_indicator_is_not_taken_for_one_that_is_built_on_it():
    """It lacks what the other has."""
    with pytest.raises(Unreadable):
        from_json(to_json(REREFERRALS), StagedIndicator)


@pytest.mark.parametrize("period", [None, *PERIODS], ids=str)
def test_an_object_of_a_subject_of_ones_own_needs_no_hook(period):
    """Periods, choices, unions and mappings inside attrs classes are known."""
    promise = Promise(
        period=period,
        amounts=(1, 2.5, "over 3"),
        known={"a b": dt.date(2022, 5, 25), "c": BY_MONTH.date},
        why=Withheld.LOW,
        done=True,
    )
    assert both_ways(promise) == (promise, promise)


def test_a_rule_by_date_in_force_comes_back_equal():
    """Generic classes are read as what they are of."""
    rule = Dated(what="threshold", values=(InForce(value=0.07, since=dt.date(2016, 7, 1), source=CABINET),))
    assert from_json(to_json(rule), Dated[float]) == rule


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("write", [to_json, to_toml])
def test_a_number_that_is_not_finite_is_not_written(number, write):
    """JSON has none, and no figure is."""
    with pytest.raises(InvalidValue, match="finite numbers"):
        write(Promise(period=None, amounts=(number,)))


@pytest.mark.parametrize(
    "thing", [3, "text", None, {"a": 1}, Promise(period=None, amounts=(object(),)), Promise(period=None, known={1: None})]
)
@pytest.mark.parametrize("write", [to_json, to_toml])
def test_what_no_document_holds_is_refused(thing, write):
    """Data that is no object of the library, or an object with something else inside."""
    with pytest.raises(InvalidValue):
        write(thing)


GOOD = json.loads(to_json(Reading.of(REREFERRALS, 21.0, area=TOKEN, period=PERIODS[0], source=CABINET)))


def without(*path, to=None):
    """The good document with one place of it changed, or left out."""
    document = json.loads(json.dumps(GOOD))
    part = document
    for step in path[:-1]:
        part = part[step]
    if to is None:
        del part[path[-1]]
    else:
        part[path[-1]] = to
    return document


BROKEN = {
    "no head": without("bucks_cs"),
    "a head of another kind": without("bucks_cs", to=f"{TOKEN}/1"),
    "a later form": without("bucks_cs", to="reading/2"),
    "a field too many": without(TOKEN, to=TOKEN),
    "a field too few": without("indicator", "title"),
    "a number for text": without("indicator", "title", to=7),
    "text for a number": without("value", "value", to=TOKEN),
    "a truth for a number": without("value", "value", to=True),
    "an unknown unit": without("value", "unit", to=TOKEN),
    "an unknown gap": without("value", to={"withheld": TOKEN}),
    "a value that is neither": without("value", to={TOKEN: TOKEN}),
    "an unknown choice": without("indicator", "better", to=TOKEN),
    "a date that is none": without("source", "date", to="2022-02-30"),
    "a date in words": without("source", "date", to=TOKEN),
    "a date without its day": without("source", "date", to="2022-10"),
    "a date in compact form": without("source", "date", to="20221011"),
    "a kind of period that is none": without("period", "kind", to=TOKEN),
    "a period of other days": without("period", "end", to="2023-03-30"),
    "a period with more": without("period", TOKEN, to=TOKEN),
    "no period": without("period", to=TOKEN),
    "no source": without("indicator", "sources", to=[]),
    "an empty source": without("source", "title", to=""),
    "a source that is text": without("source", to=TOKEN),
    "a key of another form": without("indicator", "key", to=f"{TOKEN} {TOKEN}"),
    "an unknown class": without("indicator", "class", to=TOKEN),
    "an unknown class of a subject": {**GOOD, "indicator": {**GOOD["indicator"], "class": TOKEN, "key": "errors.made"}},
    "a class that is no indicator": {**GOOD, "indicator": {**GOOD["indicator"], "class": "BucksError", "key": "errors.made"}},
    "a class that is no text": without("indicator", "class", to=[TOKEN]),
    "a list": [TOKEN],
    "nothing": None,
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_document_is_refused_without_a_word_of_it(what):
    """Ours is raised with no cause and no context, and says neither the text nor any part of it."""
    text = json.dumps(BROKEN[what])
    with pytest.raises(Unreadable) as caught:
        from_json(text, Reading)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    assert TOKEN not in f"{error} {error!r} {error.args} {error.fields}"
    assert error.length == len(text)


@pytest.mark.parametrize("text", ["", "{", f'{{"{TOKEN}": NaN}}', f"{TOKEN} = ", "[" * 100_000, '{"bucks_cs": 1', "\x00", "= 3"])
@pytest.mark.parametrize("read", [from_json, from_toml])
def test_text_of_neither_format_is_refused_without_a_word_of_it(text, read):
    """Broken, empty, or nested beyond reason."""
    with pytest.raises(Unreadable) as caught:
        read(text, Source)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert TOKEN not in f"{caught.value} {caught.value.args}"


def test_the_good_document_that_the_broken_ones_were_made_from_is_read():
    """So that each of them fails for what was changed."""
    assert from_json(json.dumps(GOOD), Reading).number == 21.0


def test_the_error_names_the_field_that_is_wrong():
    """Names of this library's own, as many levels down as they go."""
    with pytest.raises(Unreadable, match=r"The trouble is at indicator, sources, number 1, date"):
        from_json(json.dumps(without("indicator", "sources", 0, "date", to="soon")), Reading)


def test_a_document_of_a_child_of_the_class_asked_for_is_told_from_one_of_its_parent():
    """A Source document is no NoOfficialSource document."""
    with pytest.raises(Unreadable, match="a JSON document of NoOfficialSource"):
        from_json(to_json(CABINET), NoOfficialSource)


def test_toml_takes_a_time_of_day_for_no_date():
    """A datetime is a date in Python, and no date of publication."""
    text = to_toml(CABINET).replace("2022-10-11", "2022-10-11T09:30:00")
    with pytest.raises(Unreadable):
        from_toml(text, Source)
