"""Indicators and readings: what a measure means, one number of it, and why there is none."""

from __future__ import annotations

import copy
import csv
import datetime as dt
import html.parser
import itertools
import math
import pickle

import attrs
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs.errors import BucksError, InvalidValue, MissingSource, UnitError, Unreadable
from bucks_cs.indicators import (
    Better,
    Break,
    Indicator,
    Interval,
    Kind,
    Measure,
    Reading,
    Withheld,
    definition_table,
    told_apart,
    with_unit,
    written,
)
from bucks_cs.periods import FinancialYear, Month, MonthlyAverage, ReportingYear, Snapshot
from bucks_cs.provenance import NoOfficialSource, Source
from bucks_cs.units import quantity

TOKEN = "Qx7childNameQx7"
CABINET = Source(
    title="Children's Services Update", publisher="Buckinghamshire Council", date=dt.date(2022, 10, 11), place="paragraph 3.19"
)
NOBODY = NoOfficialSource(reason="each authority counts for itself")
NEW_COUNCIL = Break(on=dt.date(2020, 4, 1), what="one council from five", certain=True, area="825", source=CABINET)
NEW_SYSTEM = Break(on=dt.date(2021, 1, 1), what="a new case system", certain=False, source=NOBODY)

CONTACTS = Indicator(
    key="demand.contacts", title="Contacts", counts="requests or information received before any is accepted as a referral",
    measure=Measure.COUNT, kind=Kind.FLOW, unit="contact", better=Better.NEITHER, sources=NOBODY,
)
REREFERRALS = Indicator(
    key="demand.rereferrals", title="Re-referrals", counts="referrals within 12 months of an earlier one of the same child",
    leaves_out="referrals of unborn children", measure=Measure.SHARE, kind=Kind.FLOW, unit="percent", better=Better.LOWER,
    sources=(CABINET, NOBODY), breaks=(NEW_SYSTEM, NEW_COUNCIL),
)
PLANS = Indicator(
    key="demand.plans_rate", title="Children with a child protection plan", counts="children with a plan at the date",
    measure=Measure.RATE, kind=Kind.STOCK, unit="per_10_000", per=10_000, better=Better.NEITHER, sources=CABINET,
)
SAVINGS = Indicator(
    key="savings.delivered", title="Savings delivered", counts="pounds of planned savings made", measure=Measure.AMOUNT,
    kind=Kind.FLOW, unit="GBP", better=Better.HIGHER, sources=CABINET,
)
CASELOAD = Indicator(
    key="workforce.caseload", title="Average caseload", counts="cases held by a social worker", measure=Measure.MEAN,
    kind=Kind.STOCK, unit="case/FTE", better=Better.LOWER, sources=CABINET,
)
YEAR = FinancialYear("2022-23")
EARLY = MonthlyAverage("January 2020", "March 2020")


def refused(call, kind):
    """The error of ours that a call raises, with nothing behind it."""
    with pytest.raises(kind) as caught:
        call()
    assert isinstance(caught.value, BucksError)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert TOKEN not in str(caught.value) + repr(caught.value.args)
    return str(caught.value)


# Withheld

# Every mark that PROVENANCE.md lists, and what DfE's guidance says it is (see the docstring of Withheld).
MARKS = {
    "c": Withheld.CONFIDENTIAL, "x": Withheld.NOT_AVAILABLE, "z": Withheld.NOT_APPLICABLE, ":": Withheld.NOT_AVAILABLE,
    "-": Withheld.NOT_AVAILABLE, "low": Withheld.LOW, "k": Withheld.LOW, "u": Withheld.LOW_RELIABILITY,
}


@pytest.mark.parametrize(("mark", "reason"), [*MARKS.items(), ("~", Withheld.LOW)])
@pytest.mark.parametrize("form", ["{}", "[{}]", " {} ", " [{}]\n"])
def test_each_published_mark_is_read_as_its_reason(mark, reason, form):
    """Bare, in the square brackets of spreadsheets, with space around, in either case."""
    assert Withheld.read(form.format(mark)) is reason
    assert Withheld.read(form.format(mark).upper()) is reason


def test_the_marks_of_this_test_are_those_seen_in_the_published_files(published):
    """The list in PROVENANCE.md, but for blank, is read whole."""
    text = (published / "PROVENANCE.md").read_text(encoding="utf-8")
    listed = text[text.index("Marks seen:"):]
    assert {mark for mark in MARKS if f"`{mark}`" in listed} == set(MARKS)
    assert listed.count("`") == 2 * len(MARKS)


@pytest.mark.parametrize(
    "file",
    [
        "children_in_need/c3_factors_identified_at_end_of_assessment_2018_to_2025.csv",
        "children_in_need/d5_cpps_at31march_by_duration_2013_to_2025.csv",
        "children_looked_after/la_care_leavers_activity.csv",
        "home_education/ehe_academic_year.csv",
        "social_work_workforce/csww_indicators_2017_to_2025.csv",
    ],
)
def test_every_cell_of_figures_in_dfes_files_is_a_number_blank_or_a_mark_that_is_read(published, file):
    """In Buckinghamshire's and England's rows of the columns of figures: nothing else stands there."""
    with (published / file).open(encoding="utf-8-sig", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row.get("old_la_code") == "825" or row["geographic_level"] == "National"]
    words = (
        "time_",
        "geographic",
        "country",
        "region",
        "_code",
        "la_name",
        "breakdown",
        "age",
        "characteristic",
        "category",
        "type",
    )
    numeric = [name for name in rows[0] if not any(word in name for word in words)]
    cells = {row[name] for row in rows for name in numeric}
    marks = {cell for cell in cells if cell and not cell.replace(",", "").replace(".", "").replace("-", "").isdigit()}
    assert marks <= set(MARKS)
    assert all(isinstance(Withheld.read(mark), Withheld) for mark in marks)


@pytest.mark.parametrize(
    "printed", ["", " ", "..", ".", "*", "n/a", "0", "s", "[c", "c]", "[]", "[[c]]", "cx", "[c][x]", "NaN", "lo w", TOKEN]
)
def test_what_has_no_one_meaning_is_not_read(printed):
    """Blank and .. above all; the error does not repeat it, since it may have been a cell."""
    said = refused(lambda: Withheld.read(printed), Unreadable)
    assert said.endswith("expected c, u, x, no_history, unresolved, low, z, k, ~, : or -.")


@pytest.mark.parametrize("printed", [None, 0, float("nan"), b"c"])
def test_what_is_no_text_is_no_mark(printed):
    """A null of a frame is not read as a reason."""
    refused(lambda: Withheld.read(printed), InvalidValue)


@pytest.mark.parametrize("reason", Withheld)
def test_a_reason_reads_back_as_it_is_written(reason):
    """By its value, in brackets, and with a space as a table prints it."""
    for printed in (reason.value, f"[{reason.value}]", reason.value.replace("_", " ")):
        assert Withheld.read(printed) is reason
    assert str(reason) == reason.meaning


def test_the_reasons_have_meanings_of_their_own():
    """None is another, and none is zero."""
    assert len({reason.meaning for reason in Withheld}) == len(Withheld) == 7
    assert all(reason != 0 and reason for reason in Withheld)


ORDER = ["c", "u", "x", "no_history", "unresolved", "low", "z"]


@given(gaps=st.lists(st.sampled_from(ORDER)))
def test_a_result_of_several_gaps_takes_the_first_reason_in_order(gaps):
    """c, u, x, no_history, unresolved, low, z, whatever the order they come in."""
    found = Withheld.first(Withheld(gap) for gap in gaps)
    assert found == (Withheld(sorted(gaps, key=ORDER.index)[0]) if gaps else None)


def test_which_of_two_reasons_comes_first_does_not_depend_on_their_order():
    """Each pair, both ways round."""
    for one, other in itertools.combinations(ORDER, 2):
        assert (
            Withheld.first([Withheld(one), Withheld(other)]) is Withheld.first([Withheld(other), Withheld(one)]) is Withheld(one)
        )


# Breaks


def test_a_break_says_what_changed_when_and_how_sure_that_is():
    """Certain where a publication says so."""
    assert str(NEW_COUNCIL) == "1 April 2020, in 825: one council from five (certain)"
    assert str(NEW_SYSTEM) == "1 January 2021: a new case system (inferred from the figures, not published)"


def test_a_break_of_which_only_the_year_is_known_says_between_when_it_lies():
    """An annual figure cannot place the day; a last day that is the first is a known day."""
    year = attrs.evolve(NEW_COUNCIL, on=dt.date(2023, 4, 1), latest=dt.date(2024, 3, 31))
    assert str(year) == "between 1 April 2023 and 31 March 2024, in 825: one council from five (certain)"
    assert str(attrs.evolve(year, latest=year.on)) == "1 April 2023, in 825: one council from five (certain)"
    refused(lambda: attrs.evolve(year, latest=dt.date(2023, 3, 31)), InvalidValue)
    refused(lambda: attrs.evolve(year, latest="2024-03-31"), InvalidValue)


@pytest.mark.parametrize(
    ("earlier", "later", "lies"),
    [
        ((2023, 3, 31), (2023, 4, 1), True),
        ((2023, 4, 1), (2023, 12, 31), True),
        ((2023, 6, 1), (2023, 7, 1), True),
        ((2024, 3, 30), (2024, 3, 31), True),
        ((2023, 1, 1), (2024, 12, 31), True),
        ((2024, 3, 31), (2024, 4, 30), False),
        ((2023, 1, 1), (2023, 3, 31), False),
        ((2023, 6, 1), (2023, 6, 1), False),
    ],
)
def test_a_break_that_may_lie_anywhere_in_a_year_lies_between_any_two_dates_that_share_a_day_with_it(earlier, later, lies):
    """From the day after the earlier date up to the later one; between a day and itself lies nothing."""
    year = attrs.evolve(NEW_COUNCIL, on=dt.date(2023, 4, 1), latest=dt.date(2024, 3, 31))
    found = changed(breaks=year).breaks_between(dt.date(*earlier), dt.date(*later), area="825")
    assert found == ((year,) if lies else ())


def test_a_break_concerns_its_area_or_every_area():
    """825 and no other; or all."""
    assert NEW_COUNCIL.concerns("825")
    assert not NEW_COUNCIL.concerns("826")
    assert NEW_SYSTEM.concerns("825")
    assert NEW_SYSTEM.concerns("E92000001")


def test_a_break_concerns_its_authority_under_every_code_and_the_areas_it_is_part_of():
    """Buckinghamshire is 825, was E10000002 and is E06000060, and lies in the South East (E12000008) and England."""
    own, above = ("825", "E10000002", "E06000060"), ("E12000008", "E92000001")
    assert set(NEW_COUNCIL.codes) == set(own)
    assert set(NEW_COUNCIL.codes_above) == set(above)
    assert all(NEW_COUNCIL.concerns(area) for area in own + above)
    assert [area for area in own + above if NEW_COUNCIL.is_inside(area)] == list(above)
    # Milton Keynes, its code, another region, a joint return of others, and an area of nobody's.
    for area in ("826", "E06000042", "E12000009", "314 / 318", "Wessex"):
        assert not NEW_COUNCIL.concerns(area)
    days = dt.date(2020, 3, 31), dt.date(2020, 4, 1)
    assert REREFERRALS.breaks_between(*days, area="E10000002") == REREFERRALS.breaks_between(*days, area="E92000001")
    assert REREFERRALS.breaks_between(*days, area="E10000002") == (NEW_COUNCIL,)


def test_a_break_in_a_part_of_london_or_of_a_joint_return_concerns_the_whole():
    """Camden (202) is in Inner London, London and England; Kingston (314) returns with Richmond (318)."""
    camden, kingston = (attrs.evolve(NEW_COUNCIL, area=area) for area in ("202", "314"))
    assert set(camden.codes_above) == {"E13000001", "E12000007", "E92000001"}
    assert kingston.is_inside("314 / 318")
    assert kingston.is_inside("E09000021 / E09000027")
    assert not camden.concerns("314 / 318")


def test_a_break_of_a_region_or_of_an_area_that_no_look_up_has_concerns_that():
    """And England, where it is a region."""
    south_east, team = (attrs.evolve(NEW_COUNCIL, area=area) for area in ("E12000008", "the east team"))
    assert (south_east.concerns("E12000008"), south_east.concerns("E92000001"), south_east.concerns("826")) == (True, True, False)
    assert (team.concerns("the east team"), team.concerns("E92000001"), team.area_name) == (True, False, "the east team")


@pytest.mark.parametrize(
    "wrong", [{"on": "2020-04-01"}, {"on": dt.datetime(2020, 4, 1)}, {"what": None}, {"certain": 1}, {"area": 825}], ids=repr
)
def test_the_parts_of_a_break_are_of_their_kinds(wrong):
    """A certain that is 1 may be a probability."""
    refused(lambda: attrs.evolve(NEW_COUNCIL, **wrong), InvalidValue)


@pytest.mark.parametrize("source", [None, "", TOKEN])
def test_a_break_has_a_source(source):
    """Or says that there is none, and why."""
    assert refused(lambda: attrs.evolve(NEW_COUNCIL, source=source), MissingSource).startswith(
        "a break in a series has no source"
    )


@pytest.mark.parametrize(
    ("earlier", "later", "area", "found"),
    [
        ((2020, 3, 31), (2020, 4, 1), "825", [NEW_COUNCIL]),
        ((2020, 4, 1), (2020, 12, 31), "825", []),
        ((2020, 4, 1), (2021, 1, 1), "825", [NEW_SYSTEM]),
        ((2020, 3, 31), (2021, 1, 1), "825", [NEW_COUNCIL, NEW_SYSTEM]),
        ((2020, 3, 31), (2021, 1, 1), "826", [NEW_SYSTEM]),
        ((2019, 1, 1), (2020, 3, 31), "825", []),
        ((2021, 1, 1), (2025, 1, 1), "825", []),
        ((2020, 4, 1), (2020, 4, 1), "825", []),
        ((2021, 1, 1), (2020, 3, 31), "825", [NEW_COUNCIL, NEW_SYSTEM]),
    ],
)
def test_a_break_lies_between_two_dates_from_the_day_before_it_to_its_own_day(earlier, later, area, found):
    """On its own day the series is new already. In order of date, whichever date is given first."""
    assert list(REREFERRALS.breaks_between(dt.date(*earlier), dt.date(*later), area=area)) == found


# Indicators


def changed(**fields):
    """The share of re-referrals with something else in it."""
    return attrs.evolve(REREFERRALS, **fields)


@pytest.mark.parametrize(
    "key", ["demand.rereferrals", "a.b", "a.b.c", "a1.b_2", "demand.contacts/change", "demand.contacts/change_points"]
)
def test_a_key_is_subject_and_function(key):
    """In lower case, with what trend adds to it."""
    assert changed(key=key).key == key


@pytest.mark.parametrize(
    "key",
    [
        "",
        "demand",
        "demand.",
        ".contacts",
        "Demand.contacts",
        "demand.re-referrals",
        "demand contacts",
        "1a.b",
        "a.b/",
        "a.b/C",
        "a.é",
        "a.b\n",
        TOKEN,
    ],
)
def test_a_key_of_another_form_is_refused_and_not_repeated(key):
    """The form is shown."""
    assert refused(lambda: changed(key=key), InvalidValue) == (
        'Indicator.key: expected "subject.function" in lower case, such as "demand.rereferrals".'
    )


@pytest.mark.parametrize("sources", [(), [], None, "a book", (CABINET, "a book"), 5, (None,)], ids=repr)
def test_no_indicator_without_a_source(sources):
    """Nor with something else for one."""
    assert refused(lambda: changed(sources=sources), MissingSource).startswith("the indicator demand.rereferrals has no source")


def test_one_source_or_break_may_be_given_without_a_list():
    """It is one of one."""
    assert CONTACTS.sources == (NOBODY,)
    assert changed(breaks=NEW_COUNCIL).breaks == (NEW_COUNCIL,)
    assert changed(breaks=[NEW_COUNCIL]).breaks == (NEW_COUNCIL,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": 5},
        {"title": None},
        {"title": " "},
        {"counts": ""},
        {"counts": 5},
        {"leaves_out": None},
        {"measure": "share"},
        {"measure": TOKEN},
        {"kind": "flow"},
        {"kind": Better.LOWER},
        {"better": None},
        {"better": TOKEN},
        {"unit": None},
        {"breaks": TOKEN},
        {"breaks": 5},
        {"breaks": (NEW_COUNCIL, TOKEN)},
        {"per": TOKEN},
    ],
    ids=repr,
)
def test_the_parts_of_an_indicator_are_of_their_kinds_and_say_something(wrong):
    """attrs' own validators would repeat what was given."""
    refused(lambda: changed(**wrong), InvalidValue)


@pytest.mark.parametrize("unit", ["%", "per_1_000", "child", "percentage_point"])
def test_a_share_is_in_percent(unit):
    """And in nothing else; its text is the registry's own."""
    assert refused(lambda: changed(unit=unit), UnitError).startswith("demand.rereferrals is a share, and the unit of a share is ")


@pytest.mark.parametrize("unit", ["pct", "", TOKEN, "5 plan"])
def test_an_unknown_unit_is_refused(unit):
    """As `units.unit` does."""
    refused(lambda: changed(unit=unit), UnitError)


def rate(**fields):
    """The rate of plans with something else in it."""
    return attrs.evolve(PLANS, **fields)


def test_a_rate_says_per_how_many_and_nothing_else_does():
    """A rate without per is no rate, and a share has none."""
    for call in (lambda: rate(per=None), lambda: changed(per=10_000), lambda: attrs.evolve(CONTACTS, per=1)):
        refused(call, InvalidValue)


@pytest.mark.parametrize("per", [0, -10_000, True, 10_000.0])
def test_per_is_a_whole_number_of_people(per):
    """One at least."""
    refused(lambda: rate(per=per), InvalidValue)


@pytest.mark.parametrize(("per", "unit"), [(10_000, "per_10_000"), (10_000, "per_10k"), (1_000, "per_1_000"), (100, "percent")])
def test_the_unit_of_a_rate_is_the_one_it_is_per(per, unit):
    """10,000 of one per 10,000 is one."""
    assert rate(per=per, unit=unit).per == per


@pytest.mark.parametrize(
    ("per", "unit"),
    [(1_000, "per_10_000"), (10_000, "per_1_000"), (10_000, "percent"), (10_000, "child"), (100_000, "per_10_000")],
)
def test_a_rate_in_the_unit_of_another_is_refused(per, unit):
    """60.9 per 10,000 would be taken for 60.9 per 1,000."""
    assert refused(lambda: rate(per=per, unit=unit), UnitError).startswith(
        f"demand.plans_rate is a rate per {per:,}, and its unit, "
    )


def test_measures_with_a_numerator_and_a_denominator():
    """Shares, rates and means have both; a count, an amount, a quantile and a change have not."""
    assert {measure for measure in Measure if measure.is_ratio} == {Measure.SHARE, Measure.RATE, Measure.MEAN}


@pytest.mark.parametrize(
    ("indicator", "sentence"),
    [
        (CONTACTS, "Contacts: requests or information received before any is accepted as a referral, a flow, in contacts."),
        (
            REREFERRALS,
            "Re-referrals: referrals within 12 months of an earlier one of the same child, a flow, in %. "
            "Leaves out referrals of unborn children.",
        ),
        (PLANS, "Children with a child protection plan: children with a plan at the date, a stock, per 10,000."),
        (SAVINGS, "Savings delivered: pounds of planned savings made, a flow, in £."),
        (CASELOAD, "Average caseload: cases held by a social worker, a stock, in cases per FTE."),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_an_indicator_is_a_sentence(indicator, sentence):
    """What is counted, flow or stock, in what, and what is left out."""
    assert str(indicator) == sentence


# Readings


def reading(indicator=REREFERRALS, value=22.5, **fields):
    """A reading of a financial year."""
    return Reading.of(indicator, value, **{"period": YEAR, **fields})


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (
            Reading.of(CONTACTS, 12_157, area="825", period=EARLY, source=CABINET),
            "Contacts in 825, monthly average, January 2020 to March 2020: 12,157 contacts "
            "(Buckinghamshire Council, Children's Services Update, 11 October 2022, paragraph 3.19)",
        ),
        (reading(CONTACTS, 1), "Contacts, 2022-23: 1 contact"),
        (reading(CONTACTS, 0), "Contacts, 2022-23: 0 contacts"),
        (
            reading(value=22.46, lower=20.1, upper=25, interval=Interval.CONFIDENCE, level=0.95, numerator=321, denominator=1429),
            "Re-referrals, 2022-23: 22.5% (95% confidence interval 20.1 to 25), 321 of 1,429",
        ),
        (
            reading(value=22.46, lower=20.1, upper=25, interval=Interval.PREDICTION, level=0.975),
            "Re-referrals, 2022-23: 22.5% (97.5% prediction interval 20.1 to 25)",
        ),
        (
            reading(CONTACTS, 1375, lower=1374.5, upper=1375.5, interval=Interval.ROUNDING),
            "Contacts, 2022-23: 1,375 contacts (before rounding 1,374.5 to 1,375.5)",
        ),
        (
            reading(value=67.1, lower=67.05, upper=67.15, interval=Interval.ROUNDING),
            "Re-referrals, 2022-23: 67.1% (before rounding 67.05 to 67.15)",
        ),
        (reading(value=5, upper=6, interval=Interval.BOUNDS), "Re-referrals, 2022-23: 5% (bounds at most 6)"),
        (reading(value=5, lower=0, interval=Interval.BOUNDS), "Re-referrals, 2022-23: 5% (bounds at least 0)"),
        (reading(SAVINGS, -332_000), "Savings delivered, 2022-23: −£332,000"),
        (reading(SAVINGS, 450_000.25), "Savings delivered, 2022-23: £450,000.2"),
        (reading(value=Withheld.CONFIDENTIAL), "Re-referrals, 2022-23: suppressed to protect confidentiality"),
        (
            reading(SAVINGS, Withheld.UNRESOLVED, lower=1_000_000, upper=1_200_000, interval=Interval.BOUNDS),
            "Savings delivered, 2022-23: unresolved: the source can be read in more than one way (bounds 1,000,000 to 1,200,000)",
        ),
        (
            Reading.of(PLANS, 60.9, area="825", period=Snapshot("31 March 2022"), numerator=752, denominator=123_510),
            "Children with a child protection plan in 825, 31 March 2022: 60.9 per 10,000, 752 over 123,510",
        ),
        (
            Reading.of(CASELOAD, 17.44, period=Snapshot("30 September 2022")),
            "Average caseload, 30 September 2022: 17.4 cases per FTE",
        ),
        (
            reading(CONTACTS, 3, dims={"team": "East", "primary need": None}, period=Month("January 2020")),
            "Contacts, team East, primary need not recorded, January 2020: 3 contacts",
        ),
        (
            Reading.of(CONTACTS, 3, period=ReportingYear(2022, ends=(3, 31)), source=NOBODY),
            "Contacts, year to 31 March 2022: 3 contacts (no official source: each authority counts for itself)",
        ),
        (reading(value=0.034), "Re-referrals, 2022-23: 0.03%"),
    ],
    ids=range(18),
)
def test_a_reading_is_a_sentence_that_a_head_of_service_would_read(made, sentence):
    """Count, share with interval, rate, mean, money below nothing, each sort of bounds, withheld, broken down, not recorded."""
    assert str(made) == sentence


@pytest.mark.parametrize(
    ("unit", "per", "said"),
    [("per_1_000", 1_000, "6.1 per 1,000"), ("percent", 100, "6.1 per 100"), ("dimensionless", 1, "6.1 per 1")],
)
def test_a_rate_is_said_per_as_many_as_it_is_per(unit, per, said):
    """Also per 100, where it is not the share that a % would say, and per 1, where it has no unit."""
    made = Reading.of(attrs.evolve(PLANS, unit=unit, per=per), 6.09, period=Snapshot("31 March 2022"))
    assert str(made).endswith(f"31 March 2022: {said}")


def test_a_share_that_is_not_all_of_them_is_not_said_to_be_100_percent():
    """Nor is its upper limit, and 100 that floats have made 100.00000000000001 is 100."""
    limits = {"lower": 99.94, "upper": 99.998, "interval": Interval.CONFIDENCE, "level": 0.95}
    made = reading(value=99.99, numerator=9_999, denominator=10_000, **limits)
    assert str(made).endswith("99.99% (95% confidence interval 99.9 to 99.998), 9,999 of 10,000")
    assert str(reading(value=100.00000000000001)).endswith(": 100%")


def test_the_rate_of_plans_in_dfes_tool_follows_from_its_parts():
    """752 of 123,510 children is 60.886 per 10,000 (see the page on years that differ); the sentence says 60.9."""
    made = Reading.of(PLANS, 752 / 123_510 * 10_000, period=Snapshot("31 March 2022"), numerator=752, denominator=123_510)
    assert "60.9 per 10,000, 752 over 123,510" in str(made)


def test_a_value_in_another_unit_of_the_kind_is_turned_into_the_indicators():
    """2 years are 24 months; 0.5 of a pure number is 50%."""
    months = attrs.evolve(CASELOAD, unit="month")
    made = Reading(
        indicator=months, period=YEAR, value=quantity(2, "year"), upper=quantity(30, "month"), interval=Interval.BOUNDS
    )
    assert made.number == 24
    assert (made.bound("lower"), made.bound("upper")) == (None, 30)
    half = Reading(indicator=REREFERRALS, period=YEAR, value=quantity(1, "child") / quantity(2, "child"))
    assert half.number == pytest.approx(50)


@pytest.mark.parametrize("part", ["value", "lower", "upper"])
@pytest.mark.parametrize("unit", ["plan", "percent", "contact/month"])
def test_a_value_or_bound_of_another_kind_is_refused(part, unit):
    """A plan is no contact, and a contact a month is not one either."""
    parts = {"value": quantity(5, "contact"), "lower": quantity(4, "contact"), "upper": quantity(6, "contact")}
    parts[part] = quantity(5, unit)
    said = refused(lambda: Reading(indicator=CONTACTS, period=YEAR, interval=Interval.BOUNDS, **parts), UnitError)
    assert said == f"demand.contacts is in contact, and {quantity(5, unit).units} is something else."


def test_a_percent_is_not_points():
    """Nor a point a share."""
    refused(lambda: Reading(indicator=REREFERRALS, period=YEAR, value=quantity(5, "percentage_point")), UnitError)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("part", ["value", "lower", "upper", "numerator", "denominator"])
def test_a_number_that_is_none_is_refused(part, number):
    """A gap has a reason, and is not NaN."""
    parts = {"value": 5, "lower": 4, "upper": 6, "numerator": 1, "denominator": 2, part: number}
    refused(lambda: reading(interval=Interval.BOUNDS, **parts), InvalidValue)


def test_bounds_are_in_order():
    """The lower is not above the upper; one number may be both; across units too."""
    assert reading(lower=5, upper=5, interval=Interval.BOUNDS).bound("lower") == 5
    refused(lambda: reading(lower=6, upper=5, interval=Interval.BOUNDS), InvalidValue)
    days = attrs.evolve(CASELOAD, unit="day")
    refused(
        lambda: Reading(
            indicator=days,
            period=YEAR,
            value=quantity(5, "day"),
            lower=quantity(1, "week"),
            upper=quantity(6, "day"),
            interval=Interval.BOUNDS,
        ),
        InvalidValue,
    )


@pytest.mark.parametrize(
    "fields", [{"lower": 1}, {"upper": 1}, {"lower": 1, "upper": 2}, {"interval": Interval.BOUNDS}], ids=repr
)
def test_bounds_say_what_they_are_and_an_interval_has_bounds(fields):
    """Either without the other is refused."""
    assert refused(lambda: reading(**fields), InvalidValue).startswith("demand.rereferrals: interval")


@pytest.mark.parametrize("level", [0, 1, -0.5, 95, math.nan, TOKEN, True])
def test_a_level_is_a_probability(level):
    """95 is no level: 0.95 is."""
    fields = {"lower": 1, "upper": 2, "interval": Interval.CONFIDENCE}
    assert reading(level=0.95, **fields).level == 0.95
    refused(lambda: reading(level=level, **fields), InvalidValue)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": TOKEN},
        {"value": None},
        {"value": True},
        {"area": 825},
        {"period": "2022-23"},
        {"period": TOKEN},
        {"period": None},
        {"interval": "bounds"},
        {"source": TOKEN},
        {"numerator": TOKEN},
        {"denominator": True},
        {"lower": TOKEN},
        {"dims": {"team": 5}},
        {"dims": {5: "East"}},
        {"dims": {"": "East"}},
        {"dims": [("team", b"East")]},
    ],
    ids=repr,
)
def test_the_parts_of_a_reading_are_of_their_kinds(wrong):
    """And what was given is not repeated."""
    value = wrong.get("value", 5)
    rest = {name: part for name, part in wrong.items() if name != "value"}
    with pytest.raises((InvalidValue, UnitError)) as caught:
        reading(value=value, **rest)
    assert TOKEN not in str(caught.value)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_quantity_of_another_registry_is_refused():
    """pint's own weeks and dimensionless numbers are not ours, and a plain number has no unit."""
    for value in (pint.Quantity(5, "dimensionless"), 5, 5.0, "5%"):
        refused(lambda value=value: Reading(indicator=REREFERRALS, period=YEAR, value=value), InvalidValue)


def test_a_reading_of_plain_numbers_is_in_the_indicators_unit():
    """Value and bounds alike; quantities and reasons go through as they are."""
    plain = reading(value=22.5, lower=20, upper=25, interval=Interval.CONFIDENCE)
    full = Reading(
        indicator=REREFERRALS,
        period=YEAR,
        value=quantity(22.5, "percent"),
        lower=quantity(20, "percent"),
        upper=quantity(25, "percent"),
        interval=Interval.CONFIDENCE,
    )
    assert plain == full
    assert reading(value=22.5, lower=quantity(20, "percent"), upper=25, interval=Interval.CONFIDENCE) == full
    assert (plain.number, plain.withheld) == (22.5, None)
    gap = reading(value=Withheld.LOW)
    assert (gap.number, gap.withheld) == (None, Withheld.LOW)


def test_a_figure_may_be_anywhere_in_its_interval_and_a_gap_without_one_anywhere():
    """A point where there is none; no end on a side without a bound."""
    within = {"lower": 20, "upper": 25, "interval": Interval.BOUNDS}
    assert reading(value=22.5).reach == (22.5, 22.5)
    assert reading(value=22.5, **within).reach == (20, 25)
    assert reading(value=Withheld.LOW, **within).reach == (20, 25)
    assert reading(value=Withheld.LOW, upper=25, interval=Interval.BOUNDS).reach == (-math.inf, 25)
    assert reading(value=22.5, lower=20, interval=Interval.BOUNDS).reach == (20, math.inf)
    assert reading(value=Withheld.LOW).reach == (-math.inf, math.inf)


@pytest.mark.parametrize("gap", Withheld)
def test_the_symbol_of_a_gap_is_read_back_as_that_gap(gap):
    """As it is printed in a table: in brackets, with spaces and no underscores."""
    assert gap.symbol == f"[{' '.join(gap.value.split('_'))}]"
    assert Withheld.read(gap.symbol) is gap


def test_a_bound_is_the_lower_or_the_upper():
    """And no other field of the reading."""
    refused(lambda: reading().bound("value"), InvalidValue)


def test_dims_may_be_a_dict_or_pairs():
    """In the order given; None is not recorded."""
    assert reading(dims={"team": "East", "need": None}).dims == (("team", "East"), ("need", None))
    assert reading(dims=[["team", "East"], ("need", None)]) == reading(dims={"team": "East", "need": None})


THINGS = [
    CONTACTS,
    REREFERRALS,
    PLANS,
    NEW_COUNCIL,
    reading(),
    reading(value=Withheld.LOW, source=NOBODY),
    reading(value=5, lower=4, upper=6, interval=Interval.CONFIDENCE, level=0.95, dims={"team": None}, area="825", source=CABINET),
]


@pytest.mark.parametrize("thing", THINGS, ids=range(len(THINGS)))
def test_each_is_frozen_comparable_hashable_and_picklable(thing):
    """By its parts; a copy is equal and of one hash."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(thing, attrs.fields(type(thing))[0].name, None)
    with pytest.raises((AttributeError, TypeError)):
        thing.something_else = 5
    for again in (pickle.loads(pickle.dumps(thing)), copy.copy(thing), copy.deepcopy(thing)):
        assert again == thing
        assert hash(again) == hash(thing)
        assert str(again) == str(thing)


def test_readings_differ_where_a_part_differs():
    """A value is no gap, a gap no zero, a bound no lack of one."""
    all_ = [
        reading(value=0),
        reading(value=1),
        *(reading(value=reason) for reason in Withheld),
        reading(value=0, area="825"),
        reading(value=0, lower=0, interval=Interval.BOUNDS),
        reading(value=0, dims={"team": None}),
        reading(CONTACTS, 0),
        reading(value=0, period=Month("May 2022")),
        reading(value=0, source=CABINET),
    ]
    for one, other in itertools.combinations(all_, 2):
        assert one != other
        assert other != one
    assert len(set(all_)) == len(all_)


def test_equal_values_in_two_units_of_a_kind_make_equal_readings():
    """A week and seven days: equal, and of one hash."""
    days = attrs.evolve(CASELOAD, unit="day")
    week, seven = (Reading(indicator=days, period=YEAR, value=value) for value in (quantity(1, "week"), quantity(7, "day")))
    assert week == seven
    assert hash(week) == hash(seven)


# As text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (12157.0, "12,157"),
        (47.13, "47.1"),
        (-2.0, "−2"),
        (0.0, "0"),
        (-0.0, "0"),
        (0.04, "0.04"),
        (0.034, "0.03"),
        (-0.004, "−0.004"),
        (0.05, "0.1"),
        (0.0996, "0.1"),
        (1e-7, "0.0000001"),
        (1_234_567.89, "1,234,567.9"),
        (7, "7"),
        (math.nan, "not a number"),
    ],
)
def test_a_number_is_written_with_at_most_one_decimal_but_never_as_a_zero_it_is_not(number, text):
    """0.04 is no 0: it gets the decimals that its first digit needs. A true minus."""
    assert written(number) == text


@given(number=st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_written_number_is_within_a_twentieth_or_half_a_digit_of_the_number(number):
    """And has its sign."""
    text = written(number)
    read = float(text.replace(",", "").replace("−", "-"))
    assert abs(read - number) <= max(0.0500001, abs(number) * 1e-15) or math.isclose(read, number, rel_tol=0.51)
    assert (read == 0) is (number == 0)
    assert math.copysign(1, read) == math.copysign(1, number) or number == 0


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (52, "percent", "52%"),
        (450_000, "GBP", "£450,000"),
        (-332_000, "GBP", "−£332,000"),
        (7000, "GBP/week", "£7,000 a week"),
        (-1, "GBP/week", "−£1 a week"),
        (1, "child", "1 child"),
        (2, "child", "2 children"),
        (1, "enquiry", "1 enquiry"),
        (0, "enquiry", "0 enquiries"),
        (1, "working_day", "1 working day"),
        (45, "working_day", "45 working days"),
        (1, "referral/month", "1 referral a month"),
        (1.04, "plan", "1 plan"),
        (1.4, "plan", "1.4 plans"),
        (-1, "plan", "−1 plan"),
        (1, "percentage_point", "1 percentage point"),
        (60.9, "per_10_000", "60.9 per 10,000"),
        (17.4, "case/FTE", "17.4 cases per FTE"),
        (2.5, "FTE", "2.5 FTE"),
        (3, "dimensionless", "3"),
        (3, "1/week", "3 a week"),
        (2, "children", "2 children"),
    ],
)
def test_a_number_is_written_with_its_unit(number, unit, text):
    """One and many, money by its sign before it, what it is per after it."""
    assert with_unit(number, unit) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (99.99, "99.99%"),
        (99.96, "99.96%"),
        (99.994, "99.994%"),
        (99.9, "99.9%"),
        (-99.99, "−99.99%"),
        (100.0, "100%"),
        (100.04, "100.04%"),
        (0.04, "0.04%"),
        (0.0, "0%"),
        (100 * (1 - 1e-15), "100%"),
    ],
)
def test_a_percent_that_is_not_0_or_100_is_not_written_as_one_of_them(number, text):
    """It gets as many decimals as tell it from that; contacts may be 100 where they are 99.99 on average."""
    assert with_unit(number, "percent") == text
    assert with_unit(99.99, "contact") == "100 contacts"


@given(part=st.integers(0, 10**9), whole=st.integers(1, 10**9))
def test_a_share_is_written_as_none_or_all_of_them_only_where_it_is(part, whole):
    """Whatever the count."""
    text = with_unit(min(part, whole) / whole * 100, "percent")
    assert (text == "0%") is (part == 0)
    assert (text == "100%") is (part >= whole)


@pytest.mark.parametrize(
    ("one", "other", "unit", "texts"),
    [
        (40, 50, "percent", ("40%", "50%")),
        (40, 40.04, "percent", ("40%", "40.04%")),
        (40.01, 40.04, "percent", ("40.01%", "40.04%")),
        (1, 1.04, "plan", ("1 plan", "1.04 plans")),
        (7_000, 7_000.001, "GBP/week", ("£7,000 a week", "£7,000.001 a week")),
        (0.1 + 0.2, 0.3, "percent", ("0.3%", "0.3%")),
        (5, 5, "contact", ("5 contacts", "5 contacts")),
    ],
)
def test_two_figures_that_differ_are_written_so_that_they_do(one, other, unit, texts):
    """With as many decimals as that takes; the last digits of a float are no difference."""
    assert told_apart(one, other, unit) == texts


# In a notebook


class Outline(html.parser.HTMLParser):
    """The tags of a piece of HTML, with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.open = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


NASTY = "<script>alert('x')</script> & \"<b>"


def test_an_indicator_in_a_notebook_is_a_table_with_headings_for_its_rows():
    """A caption, a heading with a scope for each row, all that is said, and no row for what is not."""
    outline = Outline(REREFERRALS._repr_html_())
    assert [tag for tag, _ in outline.tags][:2] == ["table", "caption"]
    assert all(attributes == {"scope": "row"} for tag, attributes in outline.tags if tag == "th")
    assert outline.open == []
    assert outline.text == [
        "Re-referrals",
        "Key",
        "demand.rereferrals",
        "Counts",
        "referrals within 12 months of an earlier one of the same child",
        "Leaves out",
        "referrals of unborn children",
        "Measure",
        "share",
        "Kind",
        "flow",
        "Unit",
        "%",
        "Better",
        "lower",
        "Sources",
        f"{CABINET}; {NOBODY}",
        "Breaks",
        f"{NEW_SYSTEM}; {NEW_COUNCIL}",
    ]
    assert "Breaks" not in CONTACTS._repr_html_()
    assert "Leaves out" not in CONTACTS._repr_html_()
    assert "10,000" in Outline(PLANS._repr_html_()).text


def test_a_reading_in_a_notebook_is_its_sentence():
    """The same as str."""
    made = reading(area="825", source=CABINET)
    assert Outline(made._repr_html_()).text == [str(made)]


def test_nothing_in_a_notebook_is_left_unescaped():
    """A title, a team or a place with markup in it is text, and makes no tag."""
    source = Source(title=NASTY, publisher=NASTY, date=dt.date(2022, 1, 1), place=NASTY)
    indicator = changed(title=NASTY, counts=NASTY, leaves_out=NASTY, sources=source, breaks=attrs.evolve(NEW_COUNCIL, what=NASTY))
    made = reading(indicator, dims={NASTY: NASTY}, area=NASTY, source=source)
    for page in (indicator._repr_html_(), made._repr_html_(), definition_table(NASTY, {NASTY: NASTY})):
        outline = Outline(page)
        assert {tag for tag, _ in outline.tags} <= {"table", "caption", "tbody", "tr", "th", "td", "p"}
        assert NASTY in "".join(outline.text)
