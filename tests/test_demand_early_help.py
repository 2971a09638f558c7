"""Early help: what came after it against a plain loop on every engine, what is not due, two groups, and the record."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import demand, record
from bucks_cs.demand import (
    EARLY_HELP_NOT_FOLLOWED_UP,
    REFERRED_AFTER_EARLY_HELP,
    EarlyHelpEpisodes,
    EarlyHelpReach,
    ReferralGroup,
    difference_in_referrals,
    early_help_not_followed_up,
    mark_referred_after_early_help,
    referred_after_early_help,
)
from bucks_cs.errors import (
    EngineMismatch,
    FrameProblems,
    ImpossibleFigure,
    InvalidValue,
    NotComparable,
    UnitError,
    UnknownColumn,
    UnsupportedFrame,
)
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Better, Interval, Reading, Withheld
from bucks_cs.periods import CalendarYear, FinancialYear, MonthlyAverage, Snapshot, Span
from bucks_cs.provenance import DateBounds, NoOfficialSource
from bucks_cs.rates import proportion
from bucks_cs.testing import as_engine, frames
from bucks_cs.units import quantity

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
HELPED = {"child_id": pl.String, "start_date": pl.Date, "end_date": pl.Date, "team": pl.String}
REFERRED = {
    "child_id": pl.String, "referral_date": pl.Date, "decision_date": pl.Date, "seen_date": pl.Date,
    "no_further_action": pl.Boolean, "closure_date": pl.Date, "closure_reason": pl.String,
}  # fmt: skip
YEAR = FinancialYear("2021-22")
FOLLOWED_TO = dt.date(2023, 3, 31)


def day(text):
    """A day, or None."""
    return None if text is None else dt.date.fromisoformat(text)


def helped(*rows):
    """Episodes from (child, start, end) or (child, start, end, team)."""
    there = [dict(zip(HELPED, (row[0], day(row[1]), day(row[2]), row[3] if len(row) > 3 else None), strict=True)) for row in rows]
    return pl.DataFrame(there, schema=HELPED)


def referred(*rows):
    """Referrals from (child, day)."""
    there = [{"child_id": child, "referral_date": day(text), "no_further_action": False} for child, text in rows]
    return pl.DataFrame(there, schema=REFERRED)


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    return collect(enter(native)[0]).with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


def share(episodes, referrals, *, within=12, followed_to=FOLLOWED_TO, period=YEAR, **more):
    """The one reading of a frame."""
    return referred_after_early_help(
        episodes, referrals=referrals, within=within, followed_to=followed_to, period=period, **more
    ).at()


def marks(episodes, referrals, *, within=12, followed_to=FOLLOWED_TO):
    """(in_denominator, in_numerator, not_due) of each row, in the order of the rows."""
    back = mark_referred_after_early_help(episodes, referrals=referrals, within=within, followed_to=followed_to)
    return [(row["in_denominator"], row["in_numerator"], row["not_due"]) for row in rows_of(back)]


# The loop: what a person with two ledgers would do.


def months_later(start, months):
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(start.month - 1 + months, 12)
    for last in (start.day, 30, 29, 28):
        try:
            return dt.date(start.year + year, month + 1, min(last, start.day))
        except ValueError:
            continue
    raise AssertionError


WITHIN = 6
LOOP_TO = dt.date(2022, 8, 31)
PERIODS = (FinancialYear("2020-21"), YEAR, CalendarYear(2021), *Span("2021-11-01", "2022-04-30").months(), CalendarYear(2035))


@pytest.fixture(scope="module")
def events():
    """10,000 episodes of 4,000 children and their referrals, and what the loop says of each episode."""
    draw = random.Random(1998)
    first = dt.date(2020, 1, 1)
    episodes = []
    while len(episodes) < 10_000:
        child, start = f"C{draw.randrange(4_000)}", first + dt.timedelta(days=draw.randrange(1_000))
        length = draw.choice([0, 1, 30, 60, 120, 300])
        end = None if draw.random() < 0.15 else start + dt.timedelta(days=length)
        if draw.random() < 0.05:
            end = draw.choice([dt.date(2021, 8, 31), dt.date(2022, 2, 28), dt.date(2020, 2, 29)])
            start = min(start, end)
        episodes.append((child, start, end, draw.choice(["North", "South", None])))
    there = set()
    for child, _, end, _ in episodes:
        if end is not None and draw.random() < 0.3:
            there.add((child, months_later(end, WITHIN) + dt.timedelta(days=draw.choice([-1, 0, 0, 1]))))
        if end is not None and draw.random() < 0.2:
            there.add((child, end + dt.timedelta(days=draw.randrange(-60, 300))))
    referrals = sorted(there)
    spells, days_of = defaultdict(list), defaultdict(list)
    for child, start, end, _ in episodes:
        spells[child].append((start, end))
    for child, when in referrals:
        days_of[child].append(when)
    said = [told(child, end, spells, days_of) for child, _, end, _ in episodes]
    frame = pl.DataFrame([dict(zip(HELPED, row, strict=True)) for row in episodes], schema=HELPED)
    rows = [{"child_id": child, "referral_date": when, "no_further_action": False} for child, when in referrals]
    return episodes, said, frame, pl.DataFrame(rows, schema=REFERRED)


def told(child, end, spells, days_of):
    """(counts, referred after, not due, day of the referral) of an episode."""
    if end is None:
        return False, False, False, None
    after = min((when for when in days_of[child] if when >= end), default=None)
    went_on = any(start <= end and (until is None or until > end) for start, until in spells[child])
    last = months_later(end, WITHIN)
    if went_on:
        return False, False, False, after
    if last > LOOP_TO:
        return False, False, True, after
    return True, after is not None and after <= last, False, after


@pytest.mark.long
def test_the_ten_thousand_episodes_hold_what_they_are_there_for(events):
    """Referred and not, not due, gone on, on the last day and a day too late."""
    episodes, said, *_ = events
    assert sum(part for _, part, *_ in said) > 300
    assert sum(counts and not part for counts, part, *_ in said) > 300
    assert sum(not_due for _, _, not_due, _ in said) > 300
    ended = [(row, told_of) for row, told_of in zip(episodes, said, strict=True) if row[2] is not None]
    assert sum(not told_of[0] and not told_of[2] for _, told_of in ended) > 300
    assert sum(told_of[0] and told_of[3] == months_later(row[2], WITHIN) for row, told_of in ended) > 100
    late = sum(told_of[0] and told_of[3] == months_later(row[2], WITHIN) + dt.timedelta(days=1) for row, told_of in ended)
    assert late > 50


def agrees_with_the_loop(native, events, more):
    """Every row of the drill-down, and every number by team and period."""
    episodes, said, *_ = events
    ask = {"within": WITHIN, "followed_to": LOOP_TO}
    back = mark_referred_after_early_help(native, referrals=more, **ask)
    assert type(back) is type(native)
    found = rows_of(back)
    assert list(found[0]) == [*HELPED, "in_denominator", "in_numerator", "not_due", "referred_date"]
    names = ("in_denominator", "in_numerator", "not_due", "referred_date")
    key = list(HELPED)
    got = Counter((*(row[name] for name in key), *(row[name] for name in names)) for row in found)
    assert got == Counter((*row, *told_of) for row, told_of in zip(episodes, said, strict=True))
    whole, part, waiting = Counter(), Counter(), Counter()
    for (_, _, end, team), (counts, again, not_due, _) in zip(episodes, said, strict=True):
        for period in PERIODS:
            if end is not None and period.start <= end <= period.end:
                place = (team, str(period.kind), period.start)
                whole[place] += counts
                part[place] += again
                waiting[place] += not_due
    shares = rows_of(referred_after_early_help(native, referrals=more, period=PERIODS, by="team", **ask).frame)
    counts = rows_of(early_help_not_followed_up(native, period=PERIODS, by="team", **ask).frame)
    assert len(shares) == len(counts) == 3 * len(PERIODS)
    for row in shares:
        place = (row["team"], row["period_kind"], row["period_start"])
        assert (row["numerator"], row["denominator"]) == (part[place], whole[place])
        assert row["withheld"] == (None if whole[place] else "z")
        assert row["value"] == (pytest.approx(100 * part[place] / whole[place]) if whole[place] else None)
    assert {(row["team"], row["period_kind"], row["period_start"]): row["value"] for row in counts} == {
        place: waiting[place] for place in ((row["team"], row["period_kind"], row["period_start"]) for row in counts)
    }
    assert sum(waiting.values()) > 100


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_episodes_are_what_a_plain_loop_says_on_every_engine(engine, events):
    """Rows and numbers, by team with one that is not recorded; the referrals of the same kind."""
    agrees_with_the_loop(as_engine(events[2], engine), events, as_engine(events[3], engine))


@pytest.mark.spark
def test_ten_thousand_episodes_are_what_a_plain_loop_says_on_spark(spark, events):
    """The same on Spark."""
    agrees_with_the_loop(
        as_engine(events[2], Engine.PYSPARK, spark=spark), events, as_engine(events[3], Engine.PYSPARK, spark=spark)
    )


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_a_small_frame_of_any_kind_is_counted_with_eager_referrals(engine):
    """The referrals may be in memory elsewhere, and are carried over."""
    episodes = helped(("A", "2021-04-01", "2021-06-30"), ("B", "2021-04-01", "2021-07-01"), ("C", "2021-04-01", None))
    found = referred_after_early_help(
        as_engine(episodes, engine), referrals=referred(("A", "2021-12-30")), within=6, followed_to=FOLLOWED_TO, period=YEAR
    )
    (row,) = rows_of(found.frame)
    assert found.engine is engine
    assert (row["numerator"], row["denominator"], row["value"]) == (1, 2, 50)


# Days.


@pytest.mark.parametrize(
    ("end", "when", "counts"),
    [
        ("2021-06-30", "2021-06-29", False),  # while the help was open
        ("2021-06-30", "2021-06-30", True),  # the day itself
        ("2021-06-30", "2022-06-30", True),  # the anniversary
        ("2021-06-30", "2022-07-01", False),
        ("2020-02-29", "2021-02-28", True),  # a year from a leap day ends with February
        ("2020-02-29", "2021-03-01", False),
    ],
)
def test_a_referral_counts_from_the_day_the_help_ended_to_the_anniversary(end, when, counts):
    """Of one child, within 12 months."""
    assert marks(helped(("A", "2020-01-01", end)), referred(("A", when))) == [(True, counts, False)]


@pytest.mark.parametrize(
    ("end", "followed_to", "due"),
    [
        ("2021-06-30", "2022-06-30", True),  # the last day is followed
        ("2021-06-30", "2022-06-29", False),
        ("2020-02-29", "2021-02-28", True),
        ("2020-02-29", "2021-02-27", False),
        ("2021-08-31", "2022-08-31", True),
    ],
)
def test_an_ending_is_due_once_its_last_day_is_followed(end, followed_to, due):
    """It is left out even where the child has been referred already, and then counted beside the share."""
    rows = marks(helped(("A", "2020-01-01", end)), referred(("A", end)), followed_to=day(followed_to))
    assert rows == [(due, due, not due)]
    count = early_help_not_followed_up(
        helped(("A", "2020-01-01", end)), within=12, followed_to=day(followed_to), period=CalendarYear(int(end[:4]))
    )
    assert count.at().number == (0 if due else 1)


def test_help_that_goes_on_in_another_episode_has_not_ended():
    """Begun before or on the day, and open after it; a new one the day after is another beginning."""
    assert marks(helped(("A", "2021-04-01", "2021-06-30"), ("A", "2021-05-01", "2021-08-31")), referred()) == [
        (False, False, False), (True, False, False),
    ]  # fmt: skip
    assert marks(helped(("A", "2021-04-01", "2021-06-30"), ("A", "2021-06-30", None)), referred())[0] == (False, False, False)
    assert marks(helped(("A", "2021-04-01", "2021-06-30"), ("A", "2021-07-01", None)), referred())[0] == (True, False, False)
    assert marks(helped(("A", "2021-04-01", "2021-06-30"), ("B", "2021-05-01", None)), referred())[0] == (True, False, False)


def test_the_episode_that_goes_on_may_have_begun_long_before_the_period():
    """And end long after it: the share knows of it as the drill-down does."""
    episodes = helped(("A", "2015-04-01", "2022-12-31"), ("A", "2021-05-01", "2021-08-31"))
    reading = share(episodes, referred(("A", "2021-09-01")))
    assert (reading.value, reading.denominator) == (Withheld.NOT_APPLICABLE, 0)


def test_two_episodes_that_end_on_one_day_are_two_endings_each_in_its_own_team():
    """And another child's referral is none of them."""
    episodes = helped(("A", "2021-04-01", "2021-06-30", "North"), ("A", "2021-05-01", "2021-06-30", "South"))
    found = referred_after_early_help(
        episodes, referrals=referred(("A", "2021-09-01"), ("B", "2021-09-01")), within=12, followed_to=FOLLOWED_TO, period=YEAR,
        by="team",
    )  # fmt: skip
    assert [(reading.numerator, reading.denominator) for reading in found] == [(1, 1), (1, 1)]
    assert share(episodes, referred(("B", "2021-09-01"))).number == 0


def test_an_interval_is_wilsons_and_a_group_with_no_endings_is_z():
    """1 of 3; and a team whose only child is still helped."""
    rows = [(child, "2021-04-01", "2021-06-30", "North") for child in "ABC"]
    episodes = helped(*rows, ("D", "2021-04-01", None, "South"))
    found = referred_after_early_help(
        episodes, referrals=referred(("A", "2021-09-01")), within=12, followed_to=FOLLOWED_TO, period=YEAR, by="team"
    )
    north, expected = found.at(team="North"), proportion(1, 3)
    assert north.interval is Interval.CONFIDENCE
    assert (north.bound("lower"), north.bound("upper")) == pytest.approx((100 * expected.lower, 100 * expected.upper))
    assert found.at(team="South").value is Withheld.NOT_APPLICABLE


def test_the_months_are_in_the_definition_so_that_two_windows_are_never_one():
    """Under one key, with titles of their own."""
    episodes, referrals = helped(("A", "2021-04-01", "2021-06-30")), referred()
    six, twelve = (
        referred_after_early_help(episodes, referrals=referrals, within=months, followed_to=FOLLOWED_TO, period=YEAR)
        for months in (6, 12)
    )
    assert six.indicators[0].key == twelve.indicators[0].key == REFERRED_AFTER_EARLY_HELP.key
    assert six.indicators[0].title == "Referrals after early help ended (within 6 months)"
    assert "(on the same day)" in share(episodes, referrals, within=0).indicator.title
    with pytest.raises(InvalidValue, match="one definition under a key"):
        type(six).concat([six, twelve])


@settings(max_examples=25)
@given(
    frames(EarlyHelpEpisodes, max_rows=8, columns={
        "child_id": st.sampled_from("AB"), "start_date": st.dates(dt.date(2021, 1, 1), dt.date(2021, 3, 1)),
        "end_date": st.none() | st.dates(dt.date(2021, 3, 1), dt.date(2021, 6, 1)),
    }),
    st.lists(st.tuples(st.sampled_from("AB"), st.dates(dt.date(2021, 1, 1), dt.date(2022, 6, 1))), max_size=6, unique=True),
    st.integers(0, 12),
)  # fmt: skip
def test_a_longer_window_finds_no_fewer_and_what_is_left_out_is_all_the_rest(episodes, days, months):
    """Whatever the rows: due, not due, gone on and open are all there are, and 12 months hold what fewer hold."""
    rows = referred(*((child, when.isoformat()) for child, when in days))
    short, long = marks(episodes, rows, within=months), marks(episodes, rows, within=12)
    for (counts, part, not_due), (counts_long, part_long, not_due_long) in zip(short, long, strict=True):
        assert not (counts and not_due)
        assert counts >= part
        assert (counts or not_due) == (counts_long or not_due_long)
        assert not (part and counts_long and not part_long)


# Refusals.

ONE, NONE = helped(("A", "2021-04-01", "2021-06-30", "North")), referred()


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"within": -1}, InvalidValue, r"^within: a whole number of months|^within: "),
        ({"within": 1.5}, InvalidValue, r"^within: "),
        ({"within": True}, InvalidValue, r"^within: "),
        ({"followed_to": "2023-03-31"}, InvalidValue, r"^followed_to: "),
        ({"followed_to": dt.datetime(2023, 3, 31)}, InvalidValue, r"^followed_to: "),
        ({"period": Snapshot("31 March 2022")}, InvalidValue, r"^period: "),
        ({"period": MonthlyAverage("2021-04", "2021-09")}, InvalidValue, r"^period: "),
        ({"period": []}, InvalidValue, r"^period: "),
        ({"by": "locality"}, UnknownColumn, "locality"),
        ({"by": "child_id"}, InvalidValue, "child_id"),
        ({"confidence": 95}, InvalidValue, "confidence"),
        ({"area": 825}, InvalidValue, "area"),
        ({"referrals": 42}, UnsupportedFrame, "int"),
        ({"referrals": None}, UnsupportedFrame, "None"),
        ({"referrals": NONE.drop("referral_date")}, FrameProblems, "referral_date"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_an_argument_that_cannot_be_is_refused_by_its_name(arguments, error, says):
    """None of them as an error of another's."""
    given_ones = {"referrals": NONE, "within": 12, "followed_to": FOLLOWED_TO, "period": YEAR}
    with pytest.raises(error, match=says) as caught:
        referred_after_early_help(ONE, **(given_ones | arguments))
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


@pytest.mark.parametrize("name", ["in_denominator", "In_Numerator", "not_due", "referred_date"])
def test_it_is_not_broken_down_by_what_it_marks_itself(name):
    """A frame marked before has such columns."""
    frame = ONE.with_columns(pl.lit(value=True).alias(name))
    with pytest.raises(InvalidValue, match="does not make itself"):
        referred_after_early_help(frame, referrals=NONE, within=12, followed_to=FOLLOWED_TO, period=YEAR, by=name)
    marked = mark_referred_after_early_help(frame, referrals=NONE, within=12, followed_to=FOLLOWED_TO)
    assert marked.columns == [*HELPED, "in_denominator", "in_numerator", "not_due", "referred_date"]


def test_two_lazy_engines_are_refused():
    """Neither is carried in silence into the other."""
    with pytest.raises(EngineMismatch):
        share(as_engine(ONE, Engine.DUCKDB), NONE.lazy())


def test_help_that_ended_before_it_began_is_refused_with_no_cell():
    """By column and count; a token in the child's number is nowhere."""
    token = "SECRET-CHILD-7"
    broken = helped((token, "2021-06-30", "2021-04-01"))
    with pytest.raises(FrameProblems, match="ended before it started") as caught:
        share(broken, NONE)
    error = caught.value
    assert token not in f"{error} {error!r} {error.args} {error.__cause__} {error.__context__}"


def test_an_empty_frame_has_a_share_of_nothing():
    """z, and no ending left out; a frame with other headings is read under its own."""
    assert share(helped(), NONE).value is Withheld.NOT_APPLICABLE
    assert early_help_not_followed_up(helped(), within=12, followed_to=FOLLOWED_TO, period=YEAR).at().number == 0
    own = ONE.rename({"child_id": "earl_person_id", "start_date": "earl_episode_start_date", "end_date": "earl_episode_end_date"})
    assert share(own, referred(("A", "2021-09-01"))).number == 100


def test_what_is_measured_says_that_no_statistic_has_it():
    """Early help has no national definition, and no census."""
    for indicator in (REFERRED_AFTER_EARLY_HELP, EARLY_HELP_NOT_FOLLOWED_UP):
        (source,) = indicator.sources
        assert isinstance(source, NoOfficialSource)
        assert "no national definition" in source.reason
        assert indicator in demand.INDICATORS


# Two groups.


@pytest.mark.parametrize(
    ("first", "second", "limits"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((0, 10), (0, 10), (-0.2775, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_the_interval_is_that_of_newcombes_own_examples(first, second, limits):
    """Newcombe (1998), table II, method 10, all eight contrasts (a) to (h)."""
    found = difference_in_referrals(
        ReferralGroup(name="helped", referred=second[0], children=second[1]),
        without_help=ReferralGroup(name="not helped", referred=first[0], children=first[1]),
    )
    assert found.points.m_as("percentage_point") == pytest.approx(100 * (first[0] / first[1] - second[0] / second[1]))
    assert tuple(limit.m_as("percentage_point") / 100 for limit in found.points_between) == pytest.approx(limits, abs=6e-5)


def test_the_difference_as_referrals_is_of_the_children_with_help():
    """20 points of 80 children are 16 referrals; the limits in the same way; and the sentence says that it is no effect."""
    ours, others = ReferralGroup(name="helped", referred=48, children=80), ReferralGroup(name="waiting", referred=56, children=70)
    found = difference_in_referrals(ours, without_help=others)
    assert found.fewer_referrals.m_as("referral") == pytest.approx(16)
    lower, upper = (limit.m_as("referral") for limit in found.fewer_referrals_between)
    assert (lower, upper) == pytest.approx((0.0524 * 80, 0.3339 * 80), abs=0.005)
    assert found.title == "Difference between two groups in the share referred: no effect of early help"
    assert str(found).startswith(found.title)
    more = difference_in_referrals(others, without_help=ours)
    assert more.fewer_referrals.m_as("referral") == pytest.approx(-14)


@settings(max_examples=50)
@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_a_difference_lies_within_its_limits_and_turns_its_sign_with_the_groups(ours, others, data):
    """And within 100 points either way."""
    one = ReferralGroup(name="one", referred=data.draw(st.integers(0, ours)), children=ours)
    other = ReferralGroup(name="other", referred=data.draw(st.integers(0, others)), children=others)
    found, turned = difference_in_referrals(one, without_help=other), difference_in_referrals(other, without_help=one)
    points = found.points.magnitude
    lower, upper = (limit.magnitude for limit in found.points_between)
    assert -100 - 1e-9 <= lower <= points + 1e-9 <= upper + 2e-9 <= 100 + 3e-9
    assert turned.points.magnitude == pytest.approx(-points)
    assert [limit.magnitude for limit in turned.points_between] == pytest.approx([-upper, -lower])


def test_referrals_avoided_are_refused_where_there_is_nothing_to_compare_with():
    """By name, and with what would be needed."""
    group = ReferralGroup(name="helped", referred=1, children=2)
    with pytest.raises(NotComparable, match=r"referrals avoided by early help cannot be compared: .*a group without it"):
        difference_in_referrals(group)
    for wrong in (42, "a group", (1, 2)):
        with pytest.raises(InvalidValue, match=r"^without_help: "):
            difference_in_referrals(group, without_help=wrong)
        with pytest.raises(InvalidValue, match=r"^with_help: "):
            difference_in_referrals(wrong, without_help=group)
    with pytest.raises(InvalidValue, match="confidence"):
        difference_in_referrals(group, without_help=group, confidence=95)


def test_a_group_is_taken_from_a_reading_and_refused_where_that_has_no_numbers():
    """1 of 2 followed; and one withheld, or with no numerator."""
    reading = share(helped(("A", "2021-04-01", "2021-06-30"), ("B", "2021-04-01", "2021-06-30")), referred(("A", "2021-09-01")))
    group = ReferralGroup.of(reading, name="helped in 2021-22")
    assert (group.referred, group.children, str(group)) == (1, 2, "helped in 2021-22: 1 of 2 referred (50%)")
    gap = Reading.of(REFERRED_AFTER_EARLY_HELP, Withheld.NO_HISTORY, period=YEAR)
    # 2 and 4 are whole numbers above and below, but of a rate.
    rate = Reading.of(demand.REFERRALS_PER_10_000, 5_000, period=YEAR, numerator=2, denominator=4)
    for wrong in (gap, rate, 42, None):
        with pytest.raises(InvalidValue, match=r"^reading: "):
            ReferralGroup.of(wrong, name="helped")


def test_two_groups_that_were_followed_for_different_months_are_not_set_beside_each_other():
    """Six months find fewer than twelve of the same children: the difference would be of the window and not of the help."""
    episodes = helped(("A", "2021-04-01", "2021-06-30"), ("B", "2021-04-01", "2021-06-30"))
    referrals = referred(("A", "2022-03-01"))
    six, twelve = (
        ReferralGroup.of(share(episodes, referrals, within=months), name=f"followed for {months} months") for months in (6, 12)
    )
    assert (six.referred, twelve.referred) == (0, 1)
    with pytest.raises(NotComparable, match="within 6 months and within 12"):
        difference_in_referrals(six, without_help=twelve)
    # Of the same months they are, and so is a group whose numbers alone are known.
    own = ReferralGroup(name="waiting", referred=1, children=2)
    assert difference_in_referrals(twelve, without_help=attrs.evolve(twelve, referred=2)).points.magnitude == pytest.approx(50)
    assert difference_in_referrals(six, without_help=own).points.magnitude == pytest.approx(50)


def test_a_referral_before_the_help_ended_leaves_its_ending_among_all():
    """Closed three days after the referral that took its place: the share is 0, and the ending is in it."""
    reading = share(helped(("A", "2021-04-01", "2021-06-30")), referred(("A", "2021-06-27")))
    assert (reading.numerator, reading.denominator) == (0, 1)
    assert "because of them" in REFERRED_AFTER_EARLY_HELP.leaves_out


def test_neither_way_is_better_and_the_definition_says_who_counts_as_not_referred():
    """A referral after the help is no sign that it failed; the rows do not know who moved away."""
    assert REFERRED_AFTER_EARLY_HELP.better is Better.NEITHER
    assert "moved away or turned 18" in REFERRED_AFTER_EARLY_HELP.counts


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"with_help": 1}, InvalidValue), ({"without_help": None}, InvalidValue), ({"confidence": "95%"}, InvalidValue),
        ({"points": 20}, InvalidValue), ({"points_between": 5}, InvalidValue), ({"points_between": (1, 2)}, InvalidValue),
        ({"points": quantity(20, "person")}, UnitError), ({"points": quantity(40, "percentage_point")}, ImpossibleFigure),
        ({"points": quantity(5, "percentage_point")}, ImpossibleFigure),
    ],
)  # fmt: skip
def test_a_difference_that_cannot_be_is_refused(fields, error):
    """It lies between its limits, in percentage points."""
    group = ReferralGroup(name="helped", referred=1, children=2)
    limits = (quantity(10, "percentage_point"), quantity(30, "percentage_point"))
    whole = {
        "with_help": group, "without_help": group, "points": quantity(20, "percentage_point"), "points_between": limits,
        "confidence": 0.95,
    }  # fmt: skip
    assert demand.DifferenceInReferrals(**whole).points_between == limits
    with pytest.raises(error):
        demand.DifferenceInReferrals(**(whole | fields))


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"counted_as": "helped"}, InvalidValue),
        ({"name": " "}, InvalidValue), ({"name": 1}, InvalidValue), ({"referred": 1.0}, InvalidValue),
        ({"referred": True}, InvalidValue), ({"referred": -1}, InvalidValue), ({"children": 0, "referred": 0}, ImpossibleFigure),
        ({"referred": 3}, ImpossibleFigure),
    ],
)  # fmt: skip
def test_a_group_that_cannot_be_is_refused(fields, error):
    """A share is of a whole, and of somebody."""
    with pytest.raises(error, match="ReferralGroup"):
        ReferralGroup(**({"name": "helped", "referred": 1, "children": 2} | fields))


# The record.


def test_the_record_has_16_centres_and_fewer_than_1000_people_in_january_2020(documents):
    """Both are in one bullet of the minutes; "almost 1,000" is an upper bound."""
    assert "the 16 centres were well established" in documents["002"]
    assert "outreach teams were proactively working with almost 1,000 people" in documents["002"]
    reach = record.early_help()
    assert (reach.family_centres, reach.people_fewer_than) == (quantity(16, "centre"), quantity(1_000, "person"))
    assert (reach.at.earliest, reach.at.latest, reach.area) == (dt.date(2020, 1, 13), dt.date(2020, 1, 13), "825")
    assert "discussion 7" in str(reach.source)
    said = str(reach)
    assert said.startswith("16 family centres, and fewer than 1,000 people worked with by outreach teams, in 825. Source: ")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"family_centres": 16}, InvalidValue),
        ({"family_centres": quantity(16, "school")}, UnitError),
        ({"people_fewer_than": quantity(-1, "person")}, ImpossibleFigure),
        ({"family_centres": quantity(float("nan"), "centre")}, ImpossibleFigure),
        ({"people_fewer_than": quantity(float("inf"), "person")}, ImpossibleFigure),
        ({"worked_with_by": " "}, InvalidValue),
        ({"people_fewer_than": quantity(1_000, "child")}, UnitError),
        ({"at": dt.date(2020, 1, 13)}, InvalidValue),
        ({"area": 825}, InvalidValue),
        ({"source": "minutes"}, InvalidValue),
    ],
    ids=["a number", "schools", "below 0", "no number", "no end", "nobody", "children", "a day", "a number of an area", "text"],
)
def test_a_reach_that_cannot_be_is_refused(fields, error):
    """People are not children, and a centre is no school."""
    whole = {
        "area": "825",
        "at": DateBounds(earliest=dt.date(2020, 1, 13), latest=dt.date(2020, 1, 13), why="the day of the meeting"),
        "family_centres": quantity(16, "centre"),
        "people_fewer_than": quantity(1_000, "person"),
        "worked_with_by": "outreach teams",
        "source": NoOfficialSource(reason="made up"),
    }
    assert attrs.evolve(EarlyHelpReach(**whole)) == EarlyHelpReach(**whole)
    with pytest.raises(error):
        EarlyHelpReach(**(whole | fields))
