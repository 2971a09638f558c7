"""Provenance: no number without a source, a rule by the date it held, and the editions of a figure side by side."""

from __future__ import annotations

import calendar
import copy
import csv
import datetime as dt
import locale
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs.errors import BucksError, InvalidValue, MissingSource, NotInForce, Unreadable
from bucks_cs.provenance import DateBounds, Dated, InForce, NoOfficialSource, Source, Vintage, Vintages, published
from bucks_cs.units import quantity

CABINET = Source(
    title="Children's Services Update", publisher="Buckinghamshire Council", date=dt.date(2022, 10, 11), place="paragraph 3.19"
)
NOBODY = NoOfficialSource(reason="each authority counts for itself")
DAY = dt.timedelta(days=1)
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
HALF_PAST_NINE = dt.datetime(2022, 1, 1, 9, 30)


def refused(call, kind):
    """The error of ours that a call raises, with nothing behind it."""
    with pytest.raises(kind) as caught:
        call()
    assert isinstance(caught.value, BucksError)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    return str(caught.value)


def force(value, since, until=None):
    """A value in force."""
    return InForce(value=value, since=since, until=until, source=CABINET)


# Dates of publication


@given(day=st.dates())
def test_a_whole_date_is_read_as_that_day(day):
    """As ISO 8601 writes it."""
    assert published(day.isoformat()) == day


@given(year=st.integers(1, 9999), month=st.integers(1, 12))
def test_a_month_is_read_as_the_bounds_of_it(year, month):
    """From its first day to its last: the day after the last is in another month."""
    bounds = published(f"{year:04}-{month:02}")
    assert bounds.earliest == dt.date(year, month, 1)
    assert bounds.latest.month == month
    assert bounds.latest.toordinal() - bounds.earliest.toordinal() + 1 == calendar.monthrange(year, month)[1]
    assert bounds.why == "only the month is printed"


@given(year=st.integers(1, 9999))
def test_a_year_is_read_as_the_bounds_of_it(year):
    """From 1 January to 31 December."""
    bounds = published(f"{year:04}")
    assert (bounds.earliest, bounds.latest) == (dt.date(year, 1, 1), dt.date(year, 12, 31))
    assert bounds.why == "only the year is printed"


def test_the_last_day_of_february_is_that_of_its_year():
    """2020 was a leap year, and 1900 none."""
    assert published("2020-02").latest == dt.date(2020, 2, 29)
    assert published("2021-02").latest == dt.date(2021, 2, 28)
    assert published("1900-02").latest == dt.date(1900, 2, 28)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "2022-10-11 ", "11/10/2022", "11 October 2022", "2022-10-1", "2022-1", "22", "202210", "20221011", "2022-13",
        "2022-02-30", "2021-02-29", "2022-00-01", "2022-01-00", "2022-04-31", "0000", "0000-01-01", "2022-10-11T09:30",
        "2022-00", "2022--11", "２０２２", "٢٠٢٢", "-2022", "2022\n", "2022-10-",
    ],
)
def test_another_form_or_a_day_there_is_not_is_refused(text):
    """And not repeated: its length and the forms that are read."""
    said = refused(lambda: published(text), Unreadable)
    characters = "1 character" if len(text) == 1 else f"{len(text)} characters"
    assert said == f"cannot read a text of {characters} as a date: expected 2022-10-11, 2013-03 or 2013."


@given(text=st.text(max_size=12) | st.text("0123456789-", max_size=11))
def test_any_text_is_a_date_or_bounds_or_refused(text):
    """Nothing else comes out, and what is read says the same as what was printed."""
    try:
        read = published(text)
    except Unreadable:
        return
    first = read if isinstance(read, dt.date) else read.earliest
    assert first.isoformat().startswith(text)


@pytest.mark.parametrize("value", [2022, None, dt.date(2022, 1, 1), b"2022"])
def test_what_is_not_text_is_not_read(value):
    """A date needs no reading, and a number may be anything."""
    refused(lambda: published(value), InvalidValue)


# Bounds


@given(one=DATES, other=DATES)
def test_bounds_are_in_order(one, other):
    """The latest is never before the earliest; one day may be both."""
    earliest, latest = sorted((one, other))
    assert DateBounds(earliest=earliest, latest=latest, why="printed so").latest == latest
    if one != other:
        refused(lambda: DateBounds(earliest=latest, latest=earliest, why="printed so"), InvalidValue)


@pytest.mark.parametrize(
    "wrong",
    [{"earliest": "2013"}, {"latest": None}, {"earliest": HALF_PAST_NINE}, {"why": ""}, {"why": "  "}, {"why": None}],
    ids=repr,
)
def test_bounds_need_two_dates_and_a_reason(wrong):
    """A time of day is no part of a date of publication."""
    good = {"earliest": dt.date(2013, 3, 1), "latest": dt.date(2013, 3, 31), "why": "only the month is printed"}
    refused(lambda: DateBounds(**{**good, **wrong}), InvalidValue)


def test_bounds_say_why():
    """In a sentence."""
    undated = DateBounds(earliest=dt.date(2022, 2, 11), latest=dt.date(2022, 5, 25), why="it answers the report of that day")
    assert str(undated) == "between 11 February 2022 and 25 May 2022 (it answers the report of that day)"


# Sources


def test_a_source_says_publisher_title_date_and_place():
    """As a reader would look it up."""
    assert str(CABINET) == "Buckinghamshire Council, Children's Services Update, 11 October 2022, paragraph 3.19"
    vague = attrs.evolve(CABINET, date=published("2022-10"))
    assert str(vague) == (
        "Buckinghamshire Council, Children's Services Update, "
        "between 1 October 2022 and 31 October 2022 (only the month is printed), paragraph 3.19"
    )


@pytest.mark.parametrize("empty", ["", "  ", "\n", None])
@pytest.mark.parametrize("part", ["title", "publisher", "date", "place"])
def test_a_source_needs_all_its_parts(part, empty):
    """Title, publisher, date and place: one that is empty makes it none."""
    if part == "date" and empty is not None:
        refused(lambda: attrs.evolve(CABINET, date=empty), InvalidValue)
    else:
        said = refused(lambda: attrs.evolve(CABINET, **{part: empty}), MissingSource)
        assert said.startswith(f"a Source with no {part} has no source: ")


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": 5}, {"publisher": ["DfE"]}, {"place": 3.19}, {"date": "2022-10-11"}, {"date": HALF_PAST_NINE}, {"url": 5},
        {"note": None},
    ],
    ids=repr,
)
def test_the_parts_of_a_source_are_of_their_kinds(wrong):
    """A date as text is to be read first; a time of day is no part of it."""
    said = refused(lambda: attrs.evolve(CABINET, **wrong), InvalidValue)
    assert said.startswith(f"Source.{next(iter(wrong))}: expected ")


def test_a_source_cannot_be_made_without_naming_its_parts():
    """Python says which are missing."""
    with pytest.raises(TypeError, match="'publisher', 'date', and 'place'"):
        Source(title="Children's Services Update")


def test_the_same_source_at_another_place():
    """All else stays."""
    elsewhere = CABINET.at("paragraph 4.2")
    assert elsewhere.place == "paragraph 4.2"
    assert elsewhere.at("paragraph 3.19") == CABINET
    refused(lambda: CABINET.at(" "), MissingSource)


@pytest.mark.parametrize("reason", ["", "  ", None])
def test_no_official_source_needs_a_reason(reason):
    """It is a statement and no way round one."""
    assert str(NOBODY) == "no official source: each authority counts for itself"
    refused(lambda: NoOfficialSource(reason=reason), MissingSource)


def test_a_reason_is_text():
    """A number is no reason."""
    refused(lambda: NoOfficialSource(reason=5), InvalidValue)


# Values in force

# The share of the population that unaccompanied children may be: 0.07% until 23 August 2022 and 0.1% from the 24th.
THRESHOLD = Dated(
    what="threshold",
    values=(force(0.07, dt.date(2016, 7, 1), dt.date(2022, 8, 23)), force(0.10, dt.date(2022, 8, 24))),
)
# A rule that lapsed in between.
LAPSED = Dated(
    what="suspension",
    values=(
        force("first", dt.date(2020, 4, 1), dt.date(2020, 9, 24)),
        force("second", dt.date(2021, 1, 1), dt.date(2021, 3, 31)),
    ),
)


def test_each_side_of_a_change_has_its_value():
    """The last day of the one, and the first of the other."""
    assert THRESHOLD.on(dt.date(2022, 8, 23)) == 0.07
    assert THRESHOLD.on(dt.date(2022, 8, 24)) == 0.10
    assert THRESHOLD.on(dt.date(2016, 7, 1)) == 0.07
    assert THRESHOLD.on(dt.date(2100, 1, 1)) == 0.10
    assert THRESHOLD.in_force(dt.date(2022, 8, 23)).until == dt.date(2022, 8, 23)


@pytest.mark.parametrize("on", [dt.date(2020, 3, 31), dt.date(2020, 9, 25), dt.date(2020, 12, 31), dt.date(2021, 4, 1)])
def test_before_between_and_after_nothing_was_in_force_and_the_error_lists_what_was(on):
    """A gap between values is a gap: the value before it is not carried on."""
    said = refused(lambda: LAPSED.on(on), NotInForce)
    known = "1 April 2020 to 24 September 2020; 1 January 2021 to 31 March 2021"
    assert said == f"suspension: nothing in force on {on.isoformat()}; known: {known}."


def test_an_error_lists_a_value_that_still_holds():
    """To now."""
    said = refused(lambda: THRESHOLD.on(dt.date(2016, 6, 30)), NotInForce)
    assert said.endswith("known: 1 July 2016 to 23 August 2022; 24 August 2022 to now.")


def day(n):
    """The n-th day after 1 January 1950."""
    return dt.date(1950, 1, 1) + dt.timedelta(days=n)


EDGES = st.lists(st.integers(1, 40_000), min_size=2, max_size=8, unique=True).map(sorted)


@given(edges=EDGES, open_ended=st.booleans(), on=st.integers(0, 40_100))
def test_on_any_date_there_is_the_one_value_whose_days_it_is_in(edges, open_ended, on):
    """Against a plain search through the numbers of the days."""
    pairs = [list(pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
    if open_ended:
        pairs[-1][1] = 10**6
    rule = Dated(
        what="rule", values=[force(n, day(first), day(last) if last < 10**6 else None) for n, (first, last) in enumerate(pairs)]
    )
    inside = [n for n, (first, last) in enumerate(pairs) if first <= on <= last]
    if inside:
        assert [rule.on(day(on))] == inside
    else:
        with pytest.raises(NotInForce):
            rule.on(day(on))
    assert [value.value for value in rule if value.holds(day(on))] == inside


@pytest.mark.parametrize(
    "values",
    [
        (),
        (force(1, dt.date(2020, 1, 1), dt.date(2020, 6, 30)), force(2, dt.date(2020, 6, 30))),
        (force(1, dt.date(2020, 1, 1)), force(2, dt.date(2021, 1, 1))),
        (force(1, dt.date(2021, 1, 1), dt.date(2021, 12, 31)), force(2, dt.date(2020, 1, 1), dt.date(2020, 12, 31))),
        (force(1, dt.date(2020, 1, 1), dt.date(2020, 1, 1)), force(1, dt.date(2020, 1, 1), dt.date(2020, 1, 1))),
        (45, 15),
    ],
    ids=["none", "one day in two", "one open before another", "out of order", "the same twice", "not in force"],
)
def test_no_two_values_hold_on_one_day_and_they_are_in_order(values):
    """Nor is there a rule of no values."""
    refused(lambda: Dated(what="rule", values=values), InvalidValue)


def test_a_value_is_in_force_for_a_day_at_least():
    """One day may be both its first and its last."""
    day = dt.date(2022, 1, 1)
    assert force(1, day, day).holds(day)
    assert not force(1, day, day).holds(day + DAY)
    refused(lambda: force(1, day, day - DAY), InvalidValue)


@pytest.mark.parametrize("since", ["2022", None, HALF_PAST_NINE])
def test_a_value_is_in_force_from_a_date(since):
    """And until one, or None."""
    refused(lambda: force(1, since), InvalidValue)
    if since is not None:
        refused(lambda: force(1, dt.date(2022, 1, 1), since), InvalidValue)


@pytest.mark.parametrize("on", ["2022", None, HALF_PAST_NINE, 2022])
def test_a_rule_is_asked_for_a_date(on):
    """Not a TypeError from a comparison inside."""
    for call in (lambda: THRESHOLD.on(on), lambda: THRESHOLD.in_force(on), lambda: THRESHOLD.values[0].holds(on)):
        refused(call, InvalidValue)


@pytest.mark.parametrize("source", [None, "", "an Act", 5])
def test_no_value_in_force_and_no_vintage_without_a_source(source):
    """What is no source is none."""
    refused(lambda: InForce(value=1, since=dt.date(2022, 1, 1), source=source), MissingSource)
    refused(lambda: Vintage(name="original", value=1, source=source), MissingSource)


def test_a_rule_can_be_of_anything_and_says_its_types():
    """A limit in working days, a code; the checkers of types see which (tests/typing/ground.py)."""
    limit = Dated[quantity(1, "day").__class__](what="limit", values=[force(quantity(45, "working_day"), dt.date(2013, 4, 15))])
    assert limit.on(dt.date(2022, 1, 1)) == quantity(45, "working_day")
    assert InForce[str](value="E06000060", since=dt.date(2020, 4, 1), source=NOBODY).value == "E06000060"
    assert limit.values == tuple(limit)


# Vintages

POPULATION = Vintages(
    what="Buckinghamshire, aged 0 to 17, mid-2020",
    editions=[Vintage(name="original", value=126_804, source=CABINET), Vintage(name="rebased", value=122_495, source=CABINET)],
)


def test_a_vintage_is_asked_for_by_name():
    """ONS published the mid-2020 population twice; neither is chosen silently."""
    assert POPULATION.names == ("original", "rebased")
    assert POPULATION.named("original").value == 126_804
    assert POPULATION.named("rebased").value == 122_495
    assert [edition.value for edition in POPULATION] == [126_804, 122_495]
    assert not hasattr(POPULATION, "value")


def test_a_vintage_there_is_not_is_refused_with_those_there_are():
    """The name that was asked for is not repeated."""
    said = refused(lambda: POPULATION.named("latest"), InvalidValue)
    assert said == "vintage of Buckinghamshire, aged 0 to 17, mid-2020: expected 'original' or 'rebased'."


@pytest.mark.parametrize("editions", [(), (1, 2), (*POPULATION, Vintage(name="original", value=1, source=NOBODY))])
def test_editions_are_vintages_with_names_of_their_own(editions):
    """And there is one at least."""
    refused(lambda: Vintages(what="population", editions=editions), InvalidValue)


def test_both_vintages_of_mid_2020_are_in_the_published_files(published):
    """ONS before the census of 2021, ages 0 to 17 added up: 126,804. Rebased to it, as DfE's file has it: 122,495."""
    population = published / "population"
    with (population / "ons_mid2020_single_year_of_age_unrebased.csv").open(encoding="utf-8-sig", newline="") as file:
        before = [row for row in csv.DictReader(file) if row["code"] == "E06000060"]
    with (population / "ons_mid-year_population_estimates_2012_to_2024.csv").open(encoding="utf-8-sig", newline="") as file:
        after = [row for row in csv.DictReader(file) if (row["old_la_code"], row["time_period"]) == ("825", "2020")]
    assert [sum(float(row[f"age_{age}"]) for age in range(18)) for row in before] == [POPULATION.named("original").value]
    assert [int(row["population_estimate"]) for row in after] == [POPULATION.named("rebased").value]


# All of them


@pytest.mark.parametrize(
    "thing", [CABINET, attrs.evolve(CABINET, date=published("2013-03")), NOBODY, THRESHOLD, LAPSED, POPULATION], ids=repr
)
def test_each_is_frozen_comparable_hashable_and_picklable(thing):
    """As objects of the library are."""
    field = attrs.fields(type(thing))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(thing, field, "other")
    for again in (pickle.loads(pickle.dumps(thing)), copy.deepcopy(thing)):
        assert again == thing
        assert hash(again) == hash(thing)
        assert str(again) == str(thing)


def test_months_are_in_english_whatever_the_machine_speaks():
    """A source reads the same in every office; calendar.month_name of the C locale is the independent list."""
    assert locale.setlocale(locale.LC_TIME) in {"C", "C.UTF-8", "en_GB.UTF-8", "en_US.UTF-8"}
    for month in range(1, 13):
        assert str(attrs.evolve(CABINET, date=dt.date(2022, month, 1))).split(", ")[2] == f"1 {calendar.month_name[month]} 2022"
