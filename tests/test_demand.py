"""The pathway: what each stage counts, how soon the next must follow, and counts as readings."""

from __future__ import annotations

import csv
import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bucks_cs.demand as door
from bucks_cs import demand
from bucks_cs.demand import PATHWAY, Activity, DemandIndicator, Stage, Timescale, activity, sources
from bucks_cs.errors import FrameProblems, InvalidValue, MissingSource, NotInForce, UnknownColumn
from bucks_cs.indicators import Indicator, Kind, Measure, Withheld
from bucks_cs.periods import Month
from bucks_cs.provenance import NoOfficialSource, Source
from bucks_cs.readings import Readings
from bucks_cs.units import quantity
from bucks_cs.working_days import add
from made_up import LAZY, MAKE, in_duckdb, kind_of, said

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet")


@pytest.fixture(params=MAKE, ids=str)
def engine(request):
    """The name of each engine but Spark."""
    return request.param


# The pathway


def test_every_stage_is_counted_once_in_the_order_of_the_pathway():
    """Contact, referral, assessment, section 47 enquiry, conference, plan; then the two states."""
    assert [indicator.stage for indicator in PATHWAY] == list(Stage)
    assert [stage.value for stage in Stage] == [
        "contact", "referral", "assessment", "section 47 enquiry", "initial child protection conference", "child protection plan",
        "child in need", "child with an allocated social worker",
    ]  # fmt: skip
    assert len({indicator.key for indicator in PATHWAY}) == len(PATHWAY) == 8


def test_the_indicators_are_every_one_that_the_door_has_each_under_a_key_of_its_own():
    """Those of the pathway, what is worked out along it, and those of no stage of it; no two share a key."""
    assert set(PATHWAY) < set(demand.INDICATORS)
    by_name = {getattr(demand, name) for name in demand.__all__ if isinstance(getattr(demand, name), Indicator)}
    assert set(demand.INDICATORS) == by_name
    assert len({indicator.key for indicator in demand.INDICATORS}) == len(demand.INDICATORS)
    off_it = {indicator.key for indicator in demand.INDICATORS if not isinstance(indicator, DemandIndicator)}
    assert {"demand.children_at_mid_year", "demand.home_educated_in_the_year"} < off_it


def test_a_stock_says_that_children_are_counted_and_once_each():
    """DfE publishes open episodes; the measure counts children with one, in children, and its definition says so."""
    for indicator in PATHWAY:
        if indicator.kind is Kind.STOCK:
            assert indicator.counts.startswith("children ")
            assert "each once" in indicator.counts
            assert indicator.unit == "child"
    assert "open episodes" not in demand.CHILDREN_IN_NEED.counts


def test_a_flow_is_counted_on_the_day_that_the_published_total_is_counted_on():
    """Assessments when they end, enquiries when they start, each conference, and those of children who move in with a plan."""
    assert "completed (authorised) in the period, whenever they began" in demand.ASSESSMENTS.counts
    assert "enquiries started" in demand.SECTION_47_ENQUIRIES.counts
    conferences = demand.INITIAL_CHILD_PROTECTION_CONFERENCES
    assert "each counted where a child has more than one" in conferences.counts
    assert "moves in from another authority with a plan among them" in conferences.counts


def test_what_the_tool_says_of_assessments_enquiries_and_conferences_is_what_is_counted_here(published):
    """The sentences of the data dictionary by which the three flows are counted, word for word."""
    text = " ".join((published / "lait" / "lait_data_dictionary.csv").read_text(encoding="utf-8-sig").split())
    for words in (
        "a count of continuous assessments with an end date recorded within the collection year",
        "Section 47 enquiries which started during the year",
        "If a child was the subject of more than one ICPC during the reporting year, then each ICPC will be included",
        "Includes ICPCs conducted when a child who is the subject of an existing child protection plan transfers to a new local "
        "authority",
        "a child should not have more than one episode of need at any point in time",
    ):
        assert words in text


def test_each_step_is_followed_by_the_next_and_the_last_by_none():
    """The two states are no steps."""
    assert [stage.next for stage in Stage] == [*list(Stage)[1:6], None, None, None]


@pytest.mark.parametrize("indicator", PATHWAY, ids=lambda indicator: indicator.key)
def test_each_says_what_it_counts_in_what_unit_and_who_says_so(indicator):
    """Counts of events are flows, of children on a day stocks; none is better high or low."""
    assert isinstance(indicator, DemandIndicator)
    assert indicator.key.startswith("demand.")
    assert indicator.measure is Measure.COUNT
    children = indicator.key.split(".")[1].startswith("children")
    assert indicator.kind is (Kind.STOCK if children else Kind.FLOW)
    assert (indicator.unit == "child") is children
    assert quantity(1, indicator.unit).magnitude == 1
    assert indicator.counts
    assert indicator.sources


def test_contacts_and_allocated_social_workers_have_no_official_series_and_say_why():
    """The children in need census has neither; all the others have an official source."""
    without = {i.key for i in PATHWAY if any(isinstance(source, NoOfficialSource) for source in i.sources)}
    assert without == {"demand.contacts", "demand.children_with_an_allocated_social_worker"}
    assert "census" in str(demand.CONTACTS.sources[0])
    assert "no return counts" in str(demand.CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER.sources[0])
    for indicator in PATHWAY:
        if indicator.key not in without:
            assert any(
                source.publisher == "Department for Education" for source in indicator.sources if isinstance(source, Source)
            )


def test_an_indicator_of_demand_without_a_source_cannot_be_made():
    """No source, no number."""
    import attrs

    with pytest.raises((MissingSource, TypeError)):
        attrs.evolve(demand.CONTACTS, sources=())


TIMESCALES = {
    "demand.referrals": (1, "working_day"),
    "demand.assessments": (45, "working_day"),
    "demand.initial_child_protection_conferences": (15, "working_day"),
    "demand.children_subject_to_a_child_protection_plan": (3, "month"),
}


def test_the_statutory_timescales_are_1_45_and_15_working_days():
    """A decision, an assessment, a conference; the first review of a plan within three months; the others have none."""
    found = {i.key: i.timescale.limits.on(dt.date(2022, 10, 11)) for i in PATHWAY if i.timescale is not None}
    assert found == {key: quantity(number, unit) for key, (number, unit) in TIMESCALES.items()}


@pytest.mark.parametrize("key", list(TIMESCALES)[:3])
def test_a_timescale_is_in_force_from_15_april_2013_and_unknown_the_day_before(key):
    """Working Together 2013; what applied before is not asserted, and asking for it is refused."""
    limits = next(i for i in PATHWAY if i.key == key).timescale.limits
    assert limits.on(dt.date(2013, 4, 15)).magnitude == TIMESCALES[key][0]
    with pytest.raises(NotInForce, match=r"nothing in force on 14 April 2013|nothing in force on 2013-04-14"):
        limits.on(dt.date(2013, 4, 14))
    assert isinstance(limits.in_force(dt.date(2022, 1, 1)).source, Source)


def test_a_timescale_reads_as_a_sentence():
    """One working day is one."""
    assert str(demand.REFERRALS.timescale) == "a decision on a referral within 1 working day of receiving it"
    assert str(demand.ASSESSMENTS.timescale) == "an assessment is completed within 45 working days of the referral"
    assert (
        str(demand.CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN.timescale)
        == "a first review of the plan within 3 months of the initial conference"
    )
    with pytest.raises(TypeError):
        Timescale(begins="a", ends="b", limits=15)


def test_fifteen_working_days_from_a_strategy_discussion_is_three_weeks_on():
    """11 October 2022 was a Tuesday, and no bank holiday follows within three weeks: Tuesday 1 November."""
    limit = demand.INITIAL_CHILD_PROTECTION_CONFERENCES.timescale.limits.on(dt.date(2022, 10, 11))
    assert add(dt.date(2022, 10, 11), int(limit.magnitude)) == dt.date(2022, 11, 1)


def test_buckinghamshires_own_standard_is_no_national_one():
    """Seen within five working days: its source is the council's own minutes."""
    assert sources.SEEN_LIMIT.on(dt.date(2022, 10, 11)) == quantity(5, "working_day")
    assert "Buckinghamshire" in sources.SEEN_LIMIT.in_force(dt.date(2022, 10, 11)).source.publisher


def test_the_probable_break_of_2023_24_in_buckinghamshire_is_inferred_and_not_certain():
    """For area 825 alone, from the first day of the year in which referrals fell by nearly half."""
    (found,) = demand.REFERRALS.breaks
    assert (found.certain, found.area, found.on) == (False, "825", dt.date(2023, 4, 1))
    assert isinstance(found.source, NoOfficialSource)
    assert not [i.key for i in PATHWAY if i.breaks and i is not demand.REFERRALS]


def test_the_figures_of_the_probable_break_are_those_of_the_children_in_need_data(published):
    """File c1 of Children in need 2025: 12,157 referrals, then 6,620; no further action 49.0% of them, then 1.7%."""
    (path,) = (published / "children_in_need").glob("*c1*")
    with path.open(encoding="utf-8-sig", newline="") as file:
        of_825 = {row["time_period"]: row for row in csv.DictReader(file) if row["old_la_code"] == "825"}
    before, after = of_825["2023"], of_825["2024"]
    assert (int(before["referral_count"]), int(after["referral_count"])) == (12_157, 6_620)
    text = demand.REFERRALS.breaks[0].what
    assert "12,157" in text
    assert "6,620" in text
    shares = [f"{100 * int(row['no_further_action_count']) / int(row['referral_count']):.1f}%" for row in (before, after)]
    assert all(share in text for share in shares)


def test_the_door_has_the_names_it_says_it_has_and_no_other():
    """Lazily, and with an error for a slip."""
    assert all(getattr(door, name) is not None for name in door.__all__)
    assert dir(door) == sorted(door.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'REFERALS'"):
        _ = door.REFERALS


@pytest.mark.parametrize("engine", ["pandas", "polars", "DuckDB"])
def test_from_an_export_to_a_number_by_team_takes_ten_lines(root, engine):
    """On each of the three, imports and the answer printed among them; the page itself runs with the docs."""
    page = (root / "docs" / "how-to" / "ten-lines.md").read_text(encoding="utf-8")
    _, _, section = page.partition(f"\n## {engine}\n")
    block = next(block for block in section.split("```python\n")[1:] if "rereferrals(checked" in block).partition("```")[0]
    lines = [line for line in block.splitlines() if line.startswith((">>> ", "... "))]
    assert len(lines) == 10
    assert lines[0].startswith(">>> import ")
    assert lines[-1].startswith(">>> print(")


# Counts as readings

KINDS = {
    "indicator": pl.String,
    "area": pl.String,
    "team": pl.String,
    "period_kind": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "count": pl.Float64,
    "withheld": pl.String,
}
MONTH = ("month", dt.date(2022, 9, 1), dt.date(2022, 9, 30))


def counts(*given_rows):
    """Rows of indicator, area, team, count and reason, for September 2022."""
    cells = [("demand." + key, area, team, *MONTH, number, reason) for key, area, team, number, reason in given_rows]
    return pl.DataFrame(cells, schema=KINDS, orient="row")


COUNTS = counts(
    ("referrals", "825", "North", 700.0, None),
    ("referrals", "825", "South", 582.0, None),
    ("contacts", "825", "North", None, "c"),
    ("contacts", None, "South", 2088.0, None),
)


def values(readings):
    """What there is, by indicator, area and team: the number or the reason, in the readings' own order."""
    return [(r.indicator.key, r.area, r.dims, r.number if r.withheld is None else r.withheld) for r in readings]


def test_counts_become_readings_of_the_callers_own_kind_sorted_with_gaps_carried(engine):
    """One a row: a count, or the reason there is none; nothing else runs on a lazy engine."""
    frame = MAKE[engine](COUNTS)
    found = activity(frame, by="team")
    assert isinstance(found, Readings)
    assert kind_of(found.frame) == kind_of(frame)
    assert found.is_lazy is (engine in LAZY)
    assert values(found) == [
        ("demand.contacts", "825", (("team", "North"),), Withheld.CONFIDENTIAL),
        ("demand.contacts", None, (("team", "South"),), 2088.0),
        ("demand.referrals", "825", (("team", "North"),), 700.0),
        ("demand.referrals", "825", (("team", "South"),), 582.0),
    ]
    assert (
        str(found.at(indicator="demand.referrals", team="North")) == "Referrals in 825, team North, September 2022: 700 referrals"
    )
    assert found.at(indicator="demand.contacts", area="825", team="North").withheld is Withheld.CONFIDENTIAL
    assert found.at(indicator="demand.contacts", area=None, team="South", period=Month.of(2022, 9)).number == 2088.0


def test_a_checked_frame_gives_the_same_readings_as_a_raw_one(engine):
    """And her own headings and types are conformed on the way."""
    raw = COUNTS.rename({"count": "Number", "area": "LA number", "period_start": "Start Date"}).with_columns(
        pl.col("Start Date").cast(pl.Datetime), pl.col("LA number").cast(pl.Int64)
    )
    expected = values(activity(COUNTS, by="team"))
    assert values(activity(MAKE[engine](raw), by="team")) == expected
    assert values(activity(Activity.conform(MAKE[engine](raw)), by="team")) == expected
    assert values(activity(Activity.conform(MAKE[engine](raw)), by=["team"])) == expected


def test_two_counts_of_one_thing_are_refused_with_their_rows(engine):
    """Without the team, the two of referrals are of one thing."""
    with pytest.raises(FrameProblems) as caught:
        activity(MAKE[engine](COUNTS))
    assert said(caught.value) == {("indicator, area, period_kind, period_start, period_end", "more than one row has the same", 2)}
    with pytest.raises(FrameProblems) as caught:
        activity(Activity.conform(MAKE[engine](COUNTS)))
    assert said(caught.value) == {("indicator, area, period_kind, period_start, period_end", "more than one row has the same", 2)}


def test_an_unknown_key_is_refused_with_the_known_ones(engine):
    """And is itself not repeated, for it is a cell."""
    with pytest.raises(FrameProblems) as caught:
        activity(MAKE[engine](counts(("referals", "825", None, 1.0, None))))
    assert said(caught.value) == {("indicator", "is no indicator of demand", 1)}
    assert f"Known: {', '.join(i.key for i in PATHWAY)}." in str(caught.value)
    assert "referals" not in str(caught.value)


def test_each_rule_of_the_activity_frame_is_said_with_its_rows(engine):
    """A gap with no reason, a reason beside a count, a count below 0, an end before its start, an unknown kind of period."""
    frame = pl.DataFrame(
        [
            ("demand.contacts", "825", "N", *MONTH, None, None),
            ("demand.contacts", "825", "S", *MONTH, 4.0, "c"),
            ("demand.contacts", "825", "E", *MONTH, -4.0, None),
            ("demand.contacts", "825", "W", "month", MONTH[2], MONTH[1], 4.0, None),
            ("demand.contacts", "825", "X", "fortnight", *MONTH[1:], 4.0, None),
            ("demand.contacts", "825", "Y", *MONTH, None, "secret"),
        ],
        schema=KINDS,
        orient="row",
    )
    with pytest.raises(FrameProblems) as caught:
        activity(MAKE[engine](frame), by="team")
    found = {(column, rows) for column, _, rows in said(caught.value)}
    assert found == {("count, withheld", 1), ("count", 1), ("period_start, period_end", 1), ("period_kind", 1), ("withheld", 1)}
    assert len(caught.value.problems) == 6


def test_further_columns_do_not_get_into_the_readings(engine):
    """Nor are her columns named lower, level or value taken for what those are in the long frame."""
    frame = COUNTS.with_columns(
        value=pl.lit("x"), lower=pl.lit("low"), level=pl.lit(7), period=pl.lit("September"), remark=pl.lit("y")
    )
    found = activity(MAKE[engine](frame), by="team")
    assert values(found) == values(activity(COUNTS, by="team"))
    assert {(r.lower, r.upper) for r in found} == {(None, None)}
    assert "remark" not in found.columns


@pytest.mark.parametrize(
    ("by", "error", "words"),
    [
        ("teem", UnknownColumn, r"by: the frame has no column 'teem'.* Did you mean 'team'\?"),
        ("area", InvalidValue, "by='area': expected a name that is not reserved"),
        ("value", InvalidValue, "by='value': expected a name that is not reserved"),
        (["team", "team"], InvalidValue, "names of columns, each once"),
        ([5], InvalidValue, "names of columns, each once"),
    ],
)
def test_by_is_a_column_that_there_is_once_and_is_not_reserved(by, error, words):
    """Each slip by name."""
    with pytest.raises(error, match=words):
        activity(COUNTS, by=by)


def test_no_rows_are_no_readings(engine):
    """A frame with nothing in it is a frame."""
    found = activity(MAKE[engine](COUNTS.head(0)), by="team")
    assert list(found) == []


def test_a_lazy_calculation_on_a_checked_frame_runs_no_query_but_for_its_own_rules(monkeypatch):
    """One for the frame's rules and those of the calculation together; one more where it was checked before."""
    ran = []
    collected = pl.LazyFrame.collect
    monkeypatch.setattr(pl.LazyFrame, "collect", lambda self, *a, **k: (ran.append(1), collected(self, *a, **k))[1])
    activity(COUNTS.lazy(), by="team")
    assert ran == [1]
    checked = Activity.conform(COUNTS.lazy())
    assert ran == [1] * 2
    activity(checked, by="team")
    assert ran == [1] * 3


def test_where_it_is_from_goes_along():
    """Optional for one's own data."""
    source = Source(title="Dashboard", publisher="A council", date=dt.date(2022, 10, 1), place="page 1")
    assert activity(COUNTS, by="team", source=source).source == source
    assert activity(COUNTS, by="team").source is None


@settings(max_examples=5)
@given(numbers=st.lists(st.none() | st.integers(0, 10**9), max_size=8))
def test_the_readings_are_the_counts_whatever_they_are(numbers):
    """As many, and the same; in polars and in DuckDB."""
    frame = counts(
        *(("contacts", "825", f"T{i:02}", number, None if number is not None else "x") for i, number in enumerate(numbers))
    )
    for native in (frame, in_duckdb(frame)):
        assert [reading.number for reading in activity(native, by="team")] == numbers


NO_SUCH_PERIODS = [
    ("month", dt.date(2022, 9, 1), dt.date(2022, 9, 1)),
    ("month", dt.date(2022, 9, 1), dt.date(2022, 10, 31)),
    ("calendar year", dt.date(2022, 4, 1), dt.date(2023, 3, 31)),
    ("financial year", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
    ("academic year", dt.date(2022, 9, 1), dt.date(2023, 8, 31)),
    ("snapshot", dt.date(2022, 9, 1), dt.date(2022, 9, 30)),
    ("monthly average", dt.date(2022, 9, 2), dt.date(2022, 9, 30)),
]


@pytest.mark.parametrize("engine", MAKE)
def test_a_period_with_the_days_of_no_such_period_is_refused(engine):
    """A month of one day is no month, and the year from April is no calendar year: each row is counted, and a good one is not."""
    good = ("month", dt.date(2022, 9, 1), dt.date(2022, 9, 30))
    rows = [("demand.contacts", "825", f"N{i}", *days, 4.0, None) for i, days in enumerate([*NO_SUCH_PERIODS, good])]
    with pytest.raises(FrameProblems) as caught:
        activity(MAKE[engine](pl.DataFrame(rows, schema=KINDS, orient="row")), by="team")
    found = [(problem.rule, problem.rows) for problem in caught.value.problems]
    assert found == [("the days are not those of such a period", len(NO_SUCH_PERIODS))]


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("month", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("calendar year", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
        ("financial year", dt.date(2023, 4, 1), dt.date(2024, 3, 31)),
        ("academic year", dt.date(2022, 8, 1), dt.date(2023, 7, 31)),
        ("reporting year", dt.date(2024, 10, 1), dt.date(2025, 9, 30)),
        ("snapshot", dt.date(2022, 9, 1), dt.date(2022, 9, 1)),
        ("monthly average within", dt.date(2020, 1, 1), dt.date(2020, 3, 31)),
        ("period", dt.date(2022, 9, 2), dt.date(2022, 9, 5)),
    ],
)
def test_a_period_of_each_kind_is_taken_and_read_back(kind, start, end):
    """The days of each kind as `periods` has them."""
    frame = pl.DataFrame([("demand.contacts", "825", "N", kind, start, end, 4.0, None)], schema=KINDS, orient="row")
    (reading,) = activity(frame, by="team")
    assert (reading.period.kind, reading.period.start, reading.period.end) == (kind, start, end)
