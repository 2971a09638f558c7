"""DfE's files of children's social workers: every cell the reading it should be, and every rate worked out again from its row."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import pickle
import re
from collections import Counter
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import workforce
from bucks_cs.audit import Status
from bucks_cs.errors import FrameProblems, InvalidValue, NotFound, UnsupportedFrame
from bucks_cs.frames.engine import Engine, collect, engine_of, enter
from bucks_cs.indicators import Withheld
from bucks_cs.periods import ReportingYear, Snapshot
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.testing import as_engine

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
FOLDER = "social_work_workforce"
SINCE_2023, TO_2022 = "csww_indicators_2017_to_2025.csv", "csww_headline_measures_2017_to_2022.csv"
FILES = (SINCE_2023, TO_2022)
ENGLAND = "E92000001"

# Each measure: its heading since the release of 2023, the one before, and whether it is of the year (Y) or the day (D).
COUNTED = {
    "social_workers_in_post_fte": ("inpost_fte", "social_worker_fte", "D"),
    "social_workers_in_post_headcount": ("inpost_headcount", "social_worker_headcount", "D"),
    "starters_fte": ("starters_fte", None, "Y"),
    "starters_headcount": ("starters_headcount", None, "Y"),
    "leavers_fte": ("leavers_fte", "leaver_fte", "Y"),
    "leavers_headcount": ("leavers_headcount", "leaver_headcount", "Y"),
    "agency_workers_fte": ("agency_fte", "agency_fte", "D"),
    "agency_workers_headcount": ("agency_headcount", "agency_headcount", "D"),
    "agency_cover_fte": ("agency_cover_fte", "agency_cover_fte", "D"),
    "vacancies_fte": ("vacancy_fte", "vacancy_fte", "D"),
    "case_holders_fte": ("case_holders_fte", "case_holders_fte", "D"),
    "cases": ("cases", "cases", "D"),
    "working_days_lost": ("working_days_lost_fte", "working_days_lost_fte", "Y"),
}
# Each rate besides: its part, and what that is of, under the headings since 2023.
RATES = {
    "turnover_rate_fte": ("turnover_rate_fte", "turnover_rate_fte_%", "Y", "leavers_fte", ["inpost_fte"]),
    "turnover_rate_headcount": (
        *("turnover_rate_headcount", "turnover_rate_headcount_%", "Y", "leavers_headcount", ["inpost_headcount"]),
    ),
    "agency_rate_fte": ("agency_rate_fte", "agency_worker_rate_fte_%", "D", "agency_fte", ["agency_fte", "inpost_fte"]),
    "agency_rate_headcount": (
        *("agency_rate_headcount", "agency_worker_rate_headcount_%", "D"),
        *("agency_headcount", ["agency_headcount", "inpost_headcount"]),
    ),
    "agency_cover_rate_fte": ("agency_cover_rate_fte", "agency_cover_rate_fte_%", "D", "agency_cover_fte", ["agency_fte"]),
    "vacancy_rate_fte": ("vacancy_rate_fte", "vacancy_rate_fte_%", "D", "vacancy_fte", ["vacancy_fte", "inpost_fte"]),
    "vacancy_agency_cover_rate_fte": (
        *("vacancy_agency_cover_rate_fte", "vacancy_agency_cover_rate_fte_%", "D", "agency_cover_fte", ["vacancy_fte"]),
    ),
    "caseload_fte": ("caseload_fte", "caseload_fte", "D", "cases", ["case_holders_fte"]),
    "absence_rate_fte": ("absence_rate_fte", "absence_rate_fte_%", "Y", "working_days_lost_fte", ["inpost_fte"]),
}
RENAMED = {old: new for new, old, *_ in (*COUNTED.values(), *RATES.values()) if old}
WHOLE = {"inpost_headcount", "starters_headcount", "leavers_headcount", "agency_headcount", "cases"}


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    return collect(enter(native)[0]).with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


@pytest.fixture(scope="module")
def rows_in(published):
    """The rows of either file by Python's own reader, under the headings since 2023, read once."""

    @functools.cache
    def read(name):
        with (published / FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
            return [{RENAMED.get(heading, heading): cell for heading, cell in row.items()} for row in csv.DictReader(file)]

    return read


@pytest.fixture(scope="module")
def readings_in(published):
    """What the reader makes of either file, by its path, read once."""
    return functools.cache(lambda name: workforce.read_social_work_workforce(published / FOLDER / name))


@pytest.fixture(scope="module")
def checks_of(published):
    """What is found of either file's rates, by its path, worked out once."""
    return functools.cache(lambda name: workforce.recomputed_rates(published / FOLDER / name))


def is_joint(row):
    """Whether a row is of two authorities that make one return."""
    return "/" in row["old_la_code"]


def area_of(row):
    """The area of a row, by hand: the LA number, or the code above it."""
    return {"Local authority": row["old_la_code"], "Regional": row["region_code"], "National": ENGLAND}[row["geographic_level"]]


@functools.cache
def plainly(cell):
    """A cell as (number, symbol), read by Python."""
    try:
        return Fraction(cell), None
    except ValueError:
        return None, cell


@functools.cache
def period_of(year, when):
    """The 30 September of a stock, or the year to it."""
    return Snapshot(dt.date(year, 9, 30)) if when == "D" else ReportingYear(year, ends=(9, 30))


# One row, as the release of 2025 has it; cells are changed in the tests.
BUCKINGHAMSHIRE_2025 = {
    "time_period": "2025",
    "time_identifier": "Reporting year",
    "geographic_level": "Local authority",
    "country_code": "E92000001",
    "region_code": "E12000008",
    "old_la_code": "825",
    "new_la_code": "E06000060",
    "inpost_fte": "231.6",
    "inpost_headcount": "242",
    "starters_fte": "50.8",
    "starters_headcount": "51",
    "leavers_fte": "23.2",
    "leavers_headcount": "24",
    "turnover_rate_fte": "10",
    "turnover_rate_headcount": "9.9",
    "agency_fte": "70",
    "agency_headcount": "70",
    "agency_rate_fte": "23.2",
    "agency_rate_headcount": "22.4",
    "agency_cover_fte": "65",
    "agency_cover_rate_fte": "92.9",
    "vacancy_fte": "79",
    "vacancy_rate_fte": "25.4",
    "vacancy_agency_cover_rate_fte": "82.3",
    "case_holders_fte": "150.4",
    "cases": "2720",
    "caseload_fte": "18.1",
    "working_days_lost_fte": "332",
    "absence_rate_fte": "0.6",
}


def one_row(**cells):
    """Buckinghamshire of 2025, with other cells where they are given."""
    return pl.DataFrame({name: [cells.get(name, cell)] for name, cell in BUCKINGHAMSHIRE_2025.items()})


# Every cell of both files is the reading it should be.


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_both_files_is_the_reading_it_says(readings_in, rows_in, name):
    """Area, days, number or reason and bounds of all 1,449 rows of 22 measures, and all 978 of 20, by Python's own CSV reader."""
    rows = [row for row in rows_in(name) if not is_joint(row)]
    measures = {key: of for key, of in (COUNTED | RATES).items() if of[0] in rows[0]}
    assert (len(rows), len(measures)) == {SINCE_2023: (1_449, 22), TO_2022: (978, 20)}[name]
    columns = ("value", "withheld", "period_kind", "period_start", "lower", "upper", "interval")
    found = {
        (row["indicator"], row["area"], row["period_end"]): tuple(row[column] for column in columns)
        for row in readings_in(name).frame.with_columns(pl.col("lower", "upper").round(6)).iter_rows(named=True)
    }
    assert len(found) == len(rows) * len(measures)
    shares = {"agency_rate_fte", "agency_rate_headcount", "agency_cover_rate_fte", "vacancy_rate_fte"}
    for row in rows:
        for key, (heading, _, when, *_) in measures.items():
            period = period_of(int(row["time_period"]), when)
            try:
                number, symbol = float(row[heading]), None
            except ValueError:
                number, symbol = None, row[heading]
            bounds = (None, None, None)
            if number is not None and heading not in WHOLE:
                most = 100 if key in shares else float("inf")
                bounds = (round(max(number - 0.05, 0), 6), round(min(number + 0.05, most), 6), "rounding")
            expected = (number, symbol, str(period.kind), period.start, *bounds)
            assert found[f"workforce.{key}", area_of(row), period.end] == expected


@pytest.mark.parametrize("name", FILES)
def test_every_rate_has_beside_it_what_it_is_of_as_printed(readings_in, rows_in, name):
    """Leavers of those in post; agency workers of them and those in post; days lost of FTE times 253, or 254 in a leap year."""
    rows = {(area_of(row), row["time_period"]): row for row in rows_in(name)}
    keys = {f"workforce.{key}": of for key, of in RATES.items()}
    seen = Counter()
    for got in readings_in(name).frame.iter_rows(named=True):
        if got["indicator"] not in keys:
            continue
        _, _, _, part, whole = keys[got["indicator"]]
        row = rows[got["area"], str(got["period_end"].year)]
        parts = [plainly(row[heading])[0] for heading in whole]
        of = None if None in parts else sum(parts)
        if of is not None and got["indicator"] == "workforce.absence_rate_fte":
            of *= 254 if got["period_end"].year in {2020, 2024} else 253
        assert got["numerator"] == (None if plainly(row[part])[0] is None else float(plainly(row[part])[0]))
        assert (got["denominator"] is None) == (of is None)
        assert of is None or got["denominator"] == pytest.approx(float(of), rel=1e-12)
        seen[got["indicator"]] += 1
    assert set(seen.values()) == {1_449 if name == SINCE_2023 else 978}


def test_two_authorities_with_one_return_are_left_behind_or_stand_under_the_first(readings_in, rows_in):
    """314 / 318 of nine years, 940 / 941 of five; in the release of 2022 Richmond and West Northamptonshire are `z`."""
    joint = Counter(row["old_la_code"] for row in rows_in(SINCE_2023) if is_joint(row))
    assert joint == {"314 / 318": 9, "940 / 941": 5}
    assert not [row for row in rows_in(TO_2022) if is_joint(row)]
    both = {"314", "318", "940", "941"}
    assert not readings_in(SINCE_2023).frame.filter(pl.col("area").is_in([*both, *joint])).height
    in_post = readings_in(TO_2022).where(indicator="workforce.social_workers_in_post_fte", period=period_of(2022, "D"))
    assert {reading.area: reading.number or reading.withheld for reading in in_post if reading.area in both} == {
        "314": 125.4,
        "318": Withheld.NOT_APPLICABLE,
        "940": 337.9,
        "941": Withheld.NOT_APPLICABLE,
    }


def test_readings_are_of_the_subjects_own_measures_and_their_release_is_told(readings_in):
    """All 22 are the door's, FTE and headcount apart; the older release has no starters, and the file of each is named."""
    for name, release, file, measures in (
        (SINCE_2023, 2025, "csww_indicators", {*COUNTED, *RATES}),
        (TO_2022, 2022, "csww_headline_measures", {*COUNTED, *RATES} - {"starters_fte", "starters_headcount"}),
    ):
        readings = readings_in(name)
        assert {indicator.key for indicator in readings.indicators} == {f"workforce.{key}" for key in measures}
        assert all(indicator in workforce.INDICATORS for indicator in readings.indicators)
        assert readings.source.title == f"Children's social work workforce, reporting year {release}"
        assert readings.source.place.startswith(f"data file {file}, ")


# Figures of Buckinghamshire.


def test_buckinghamshire_in_2025(readings_in):
    """Vacancy 25.4%, agency 23.2%, caseload 18.1 at 30 September 2025, and turnover 10.0% in the year to it."""
    day, year = period_of(2025, "D"), period_of(2025, "Y")
    here = readings_in(SINCE_2023).where(area="825")
    assert here.at(indicator="workforce.vacancy_rate_fte", period=day).number == 25.4
    assert here.at(indicator="workforce.agency_rate_fte", period=day).number == 23.2
    assert here.at(indicator="workforce.caseload_fte", period=day).number == 18.1
    assert here.at(indicator="workforce.turnover_rate_fte", period=year).number == 10.0
    # 79 of 79 + 231.6; 70 of 70 + 231.6; 2,720 cases of 150.4 FTE; 23.2 of 231.6.
    follows = {"vacancy_rate_fte": 79 / 310.6, "agency_rate_fte": 70 / 301.6, "turnover_rate_fte": 23.2 / 231.6}
    assert {key: round(100 * share, 1) for key, share in follows.items()} == {
        "vacancy_rate_fte": 25.4,
        "agency_rate_fte": 23.2,
        "turnover_rate_fte": 10.0,
    }
    assert round(2_720 / 150.4, 1) == 18.1


@pytest.mark.parametrize("name", FILES)
def test_the_30_percent_printed_in_january_2020_is_30_8_of_fte_and_29_8_of_heads(readings_in, name):
    """At 30 September 2019, in both releases: by headcount it rounds to the 30% of the minutes, and by FTE to 31%."""
    at = functools.partial(readings_in(name).at, area="825", period=Snapshot(dt.date(2019, 9, 30)))
    fte, heads = at(indicator="workforce.agency_rate_fte"), at(indicator="workforce.agency_rate_headcount")
    assert (fte.number, heads.number) == (30.8, 29.8)
    assert (round(fte.number), round(heads.number)) == (31, 30)
    assert (heads.numerator, heads.denominator) == (89, 299)
    assert (fte.numerator, fte.denominator) == (87.8, pytest.approx(284.9))


# Two vintages of one year.


def differing(readings_in, year, *, authorities):
    """The figures of a year that the two releases print differently, among areas that both have: area by indicator."""
    keys = ["indicator", "area", "period_end"]
    later, earlier = (readings_in(name).frame.select(*keys, "value", "withheld") for name in FILES)
    both = later.join(earlier, on=keys, suffix="_before").filter(pl.col("period_end") == dt.date(year, 9, 30))
    if authorities:
        both = both.filter(pl.col("area").str.len_chars() == 3)
    changed = [pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in ("value", "withheld")]
    return both.filter(pl.any_horizontal(changed))


def test_the_two_vintages_of_2019_differ_for_buckinghamshire_in_who_left_and_nothing_else(readings_in):
    """69.2 FTE left in the release of 2022 and 66.4 in that of 2025; 78 and 70 heads; the agency share is the same in both."""
    here = differing(readings_in, 2019, authorities=True).filter(pl.col("area") == "825")
    assert {row["indicator"].removeprefix("workforce."): (row["value_before"], row["value"]) for row in here.to_dicts()} == {
        "leavers_fte": (69.2, 66.4),
        "leavers_headcount": (78.0, 70.0),
        "turnover_rate_fte": (35.1, 33.7),
        "turnover_rate_headcount": (37.1, 33.3),
    }
    england = differing(readings_in, 2019, authorities=False).filter(pl.col("area") == ENGLAND)
    assert {row["indicator"].removeprefix("workforce."): (row["value_before"], row["value"]) for row in england.to_dicts()} == {
        "social_workers_in_post_fte": (30_720.1, 30_683.8),
        "social_workers_in_post_headcount": (32_917.0, 32_851.0),
        "leavers_fte": (4_652.6, 4_607.5),
        "leavers_headcount": (5_289.0, 4_963.0),
        "turnover_rate_fte": (15.1, 15.0),
        "turnover_rate_headcount": (16.1, 15.1),
        "case_holders_fte": (20_006.6, 20_003.8),
        "cases": (337_411.0, 337_202.0),
        "working_days_lost": (242_753.6, 241_345.6),
    }


def test_how_many_authorities_the_two_vintages_differ_in(readings_in):
    """Of the 150 that both have in 2019: heads who left in 97, those in post (FTE) in 20, vacancies in none."""
    found = Counter(differing(readings_in, 2019, authorities=True)["indicator"].str.strip_prefix("workforce.").to_list())
    assert {key: found[key] for key in COUNTED if not key.startswith("starters")} == {
        "social_workers_in_post_fte": 20,
        "social_workers_in_post_headcount": 38,
        "leavers_fte": 20,
        "leavers_headcount": 97,
        "agency_workers_fte": 0,
        "agency_workers_headcount": 0,
        "agency_cover_fte": 0,
        "vacancies_fte": 0,
        "case_holders_fte": 2,
        "cases": 12,
        "working_days_lost": 22,
    }


# Every rate, worked out again. An independent reckoning in fractions, corner by corner.

HALF = Fraction(1, 20)


def days_of(year):
    """253 working days; 254 in a year to 30 September that has a 29 February."""
    return 254 if year % 4 == 0 else 253


@functools.cache
def twentieths(cell, heading):
    """The least and the most that a printed figure can stand for, in twentieths: 231.6 is 4,631 to 4,633."""
    whole, _, decimal = cell.partition(".")
    middle = 20 * int(whole) + 2 * int(decimal or 0)
    return (middle, middle) if heading in WHOLE else (max(middle - 1, 0), middle + 1)


def reckoned(row, key, *, days=days_of):
    """Whether a rate of a row agrees, by hand: agrees, disagrees, or why it cannot be told."""
    heading, _, _, part, whole = RATES[key]
    gaps = {row[name] for name in (heading, part, *whole)} & {"c", "u", "x", "low", "z"}
    if gaps:
        return next(symbol for symbol in ("c", "u", "x", "low", "z") if symbol in gaps)
    times = 1 if key == "caseload_fte" else 100
    a_year = days(int(row["time_period"])) if key == "absence_rate_fte" else 1
    [rest] = [name for name in whole if name != part]
    # Each corner as a fraction: the numerator in twentieths, over what it is of in twentieths.
    found = [
        (times * numerator, a_year * (of + (numerator if part in whole else 0)))
        for numerator in twentieths(row[part], part)
        for of in twentieths(row[rest], rest)
    ]
    if any(of == 0 for _, of in found):
        return "z"
    low, high = twentieths(row[heading], heading)
    not_above = any(20 * numerator <= high * of for numerator, of in found)
    not_below = any(20 * numerator >= low * of for numerator, of in found)
    return "agrees" if not_above and not_below else "disagrees"


@pytest.mark.parametrize("name", FILES)
def test_every_check_is_the_one_reckoned_by_hand(checks_of, rows_in, name):
    """All 13,041 rates of the release of 2025 and all 8,802 of that of 2022, with the reason where one cannot be checked."""
    found = {
        (check.indicator.key, check.area, check.period.end.year): check.withheld.value if check.withheld else check.status.value
        for check in checks_of(name)
    }
    rows = [row for row in rows_in(name) if not is_joint(row)]
    by_hand = {(f"workforce.{key}", area_of(row), int(row["time_period"])): reckoned(row, key) for row in rows for key in RATES}
    assert found == by_hand
    assert len(found) == {SINCE_2023: 13_041, TO_2022: 8_802}[name]


# Rate by rate: agree, disagree, and cannot be checked for c, u, x, low and z.
FOUND = {
    SINCE_2023: {
        "absence_rate_fte": (1_424, 6, {"c": 4, "u": 4, "x": 3, "low": 3, "z": 5}),
        "agency_cover_rate_fte": (1_378, 9, {"u": 8, "x": 10, "low": 3, "z": 41}),
        "agency_rate_fte": (1_430, 5, {"u": 3, "x": 8, "low": 3}),
        "agency_rate_headcount": (1_444, 2, {"u": 1, "x": 2}),
        "caseload_fte": (1_444, 0, {"u": 1, "x": 4}),
        "turnover_rate_fte": (1_435, 4, {"u": 2, "x": 3, "z": 5}),
        "turnover_rate_headcount": (1_439, 2, {"u": 1, "x": 2, "z": 5}),
        "vacancy_agency_cover_rate_fte": (1_388, 9, {"u": 19, "x": 10, "low": 3, "z": 20}),
        "vacancy_rate_fte": (1_447, 0, {"x": 2}),
    },
    TO_2022: {
        "absence_rate_fte": (967, 0, {"c": 4, "x": 1, "z": 6}),
        "agency_cover_rate_fte": (936, 4, {"x": 6, "z": 32}),
        "agency_rate_fte": (971, 0, {"x": 3, "z": 4}),
        "agency_rate_headcount": (974, 0, {"z": 4}),
        "caseload_fte": (972, 0, {"x": 2, "z": 4}),
        "turnover_rate_fte": (971, 0, {"x": 1, "z": 6}),
        "turnover_rate_headcount": (972, 0, {"z": 6}),
        "vacancy_agency_cover_rate_fte": (946, 7, {"x": 6, "z": 19}),
        "vacancy_rate_fte": (974, 0, {"z": 4}),
    },
}


@pytest.mark.parametrize("name", FILES)
def test_how_many_agree_disagree_and_cannot_be_checked(checks_of, name):
    """12,829, 37 and 175 of the release of 2025; 8,683, 11 and 108 of that of 2022; and `counts` adds up to them."""
    checks = checks_of(name)
    for key, (agree, disagree, reasons) in FOUND[name].items():
        of_it = [check for check in checks if check.indicator.key == f"workforce.{key}"]
        statuses = Counter(check.status for check in of_it)
        assert (statuses[Status.AGREES], statuses[Status.DISAGREES]) == (agree, disagree)
        assert Counter(check.withheld.value for check in of_it if check.cannot_check) == reasons
        counted = checks.counts.filter(pl.col("indicator") == f"workforce.{key}").sum()
        assert counted.select("agrees", "disagrees", "cannot_check").row(0) == (agree, disagree, sum(reasons.values()))
    total = "12829 agree, 37 disagree, 175" if name == SINCE_2023 else "8683 agree, 11 disagree, 108"
    assert repr(checks) == f"RateChecks({total} cannot be checked)"


@pytest.mark.parametrize("name", FILES)
def test_no_rate_of_an_authority_disagrees(checks_of, rows_in, name):
    """In either release, of any year: those that do are of regions and England. The joint returns agree, too, by hand."""
    assert {len(check.area) for check in checks_of(name).disagrees} == {len("E12000008")}
    joint = Counter(reckoned(row, key) for row in rows_in(name) if is_joint(row) for key in RATES)
    assert joint == ({"agrees": 124, "x": 2} if name == SINCE_2023 else {})


@pytest.mark.parametrize(("name", "all_253", "all_254"), [(SINCE_2023, {2020: 15, 2024: 12}, 126), (TO_2022, {2020: 16}, 82)])
def test_absence_needs_both_253_days_and_254(rows_in, name, all_253, all_254):
    """With 253 alone 27 authorities' rates of 2020 and 2024 miss; with 254 alone 126 of the other years; with both, none."""
    rows = [row for row in rows_in(name) if row["geographic_level"] == "Local authority"]

    def missed(days):
        return Counter(int(row["time_period"]) for row in rows if reckoned(row, "absence_rate_fte", days=days) == "disagrees")

    assert missed(days_of) == {}
    assert missed(lambda _: 253) == all_253
    assert missed(lambda _: 254).total() == all_254
    assert not {2020, 2024} & set(missed(lambda _: 254))


# An authority whose part is withheld is in the figures of its region and of England, and not in their rate.
LEFT_OUT = {
    ("turnover_rate_fte", 2022): ["390"],
    ("turnover_rate_fte", 2024): ["394"],
    ("turnover_rate_headcount", 2022): ["390"],
    ("agency_rate_fte", 2023): ["319"],
    ("agency_rate_fte", 2024): ["330"],
    ("agency_rate_headcount", 2024): ["330"],
    ("agency_cover_rate_fte", 2017): ["314", "936"],
    ("agency_cover_rate_fte", 2023): ["319"],
    ("agency_cover_rate_fte", 2024): ["330"],
    ("vacancy_agency_cover_rate_fte", 2017): ["314", "936"],
    ("vacancy_agency_cover_rate_fte", 2018): ["317"],
    ("vacancy_agency_cover_rate_fte", 2024): ["330"],
    ("absence_rate_fte", 2023): ["343", "873"],
    ("absence_rate_fte", 2024): ["330", "801"],
}


def is_within(row, above):
    """Whether an authority's row is of a region, of London or of England."""
    if above["geographic_level"] == "National":
        return True
    name = above["region_name"]
    return row["region_name"] == name or (name == "London" and "London" in row["region_name"])


def share_of(row, heading, rows):
    """An authority's figure; where it is withheld, what its region's has beyond those of the others there."""
    number, _ = plainly(row[heading])
    if number is not None:
        return number
    [above] = [each for each in rows if each["geographic_level"] == "Regional" and each["region_name"] == row["region_name"]]
    others = [plainly(each[heading])[0] for each in rows if each is not row and is_within(each, above) and each["la_name"]]
    return max(Fraction(above[heading]) - sum(number for number in others if number is not None), Fraction(0))


@pytest.mark.parametrize("name", FILES)
def test_every_disagreement_is_of_a_region_or_england_and_goes_when_the_authority_without_the_part_is_left_out(
    checks_of, rows_in, name
):
    """Sutton, Birmingham, Gateshead and eight others: without them each of the 37, and of the 11, follows as printed."""
    explained = Counter()
    for check in checks_of(name).disagrees:
        key, year = check.indicator.key.removeprefix("workforce."), check.period.end.year
        rows = [row for row in rows_in(name) if int(row["time_period"]) == year]
        [above] = [row for row in rows if not row["la_name"] and area_of(row) == check.area]
        gone = [row for row in rows if row["old_la_code"][:3] in LEFT_OUT[key, year] and is_within(row, above)]
        heading, _, _, part, whole = RATES[key]
        assert gone
        assert all(plainly(row[part])[0] is None or plainly(row[whole[0]])[0] is None for row in gone)
        numerator, *of = (
            Fraction(above[name_]) - sum(share_of(row, name_, rows) for row in gone) for name_ in dict.fromkeys((part, *whole))
        )
        of = [numerator, *of] if part in whole else of
        days = days_of(year) if key == "absence_rate_fte" else 1
        # Each figure taken out is rounded, too: two or three to one decimal can move the rate by a hundredth.
        assert abs(100 * numerator / sum(of) / days - Fraction(above[heading])) <= HALF + Fraction(1, 100)
        explained[key] += 1
    assert explained.total() == {SINCE_2023: 37, TO_2022: 11}[name]


def test_the_printed_counts_of_the_page_are_those_of_the_files(checks_of, root):
    """The tables of docs/how-to/read-a-workforce-release.md, cell by cell: agree / disagree / cannot be checked."""
    page = (root / "docs" / "how-to" / "read-a-workforce-release.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| rate \| 2017.*\n\|[- |]+\n((?:\|.*\n)+)", page, re.MULTILINE)
    assert len(tables) == 2
    for name, table in zip(FILES, tables, strict=True):
        years: dict[str, list[str]] = {}
        for row in checks_of(name).counts.sort("indicator", "period_end").to_dicts():
            cell = f"{row['agrees']} / {row['disagrees']} / {row['cannot_check']}"
            years.setdefault(workforce_title(row["indicator"]), []).append(cell)
        printed = {line.split(" | ")[0].strip("| "): line.strip("|\n ").split(" | ")[1:] for line in table.splitlines()}
        assert printed == years


def workforce_title(key):
    """The title of an indicator of the subject."""
    return next(indicator.title for indicator in workforce.INDICATORS if indicator.key == key)


# What is found.


def test_a_check_says_what_is_printed_what_follows_and_whether_they_agree():
    """79 vacancies and 231.6 in post: 78.95 of 310.6 or so is 25.42%, 79.05 is 25.45%; both round to 25.4."""
    checks = workforce.recomputed_rates(one_row())
    vacancy = checks.at(indicator=workforce.VACANCY_RATE_FTE, area="825", period=period_of(2025, "D"))
    assert (vacancy.printed, vacancy.status, vacancy.withheld, vacancy.why) == (25.4, Status.AGREES, None, "")
    assert (vacancy.agrees, vacancy.disagrees, vacancy.cannot_check) == (True, False, False)
    assert vacancy.recomputed == pytest.approx(100 * 79 / 310.6)
    assert vacancy.lower == pytest.approx(100 * 78.95 / (78.95 + 231.65))
    assert vacancy.upper == pytest.approx(100 * 79.05 / (79.05 + 231.55))
    assert str(vacancy) == (
        "Vacancy rate of social workers (FTE), 825, 30 September 2025: printed 25.4, recomputed 25.435 (25.419 to 25.451): agrees"
    )
    assert repr(checks) == "RateChecks(9 agree, 0 disagree, 0 cannot be checked)"


def test_what_is_printed_is_a_table_and_each_rate_that_disagrees():
    """An agency rate of 24.2 where 69.95 of 69.95 + 231.65 is 23.193 and 70.05 of 70.05 + 231.55 is 23.226, and a gap."""
    checks = workforce.recomputed_rates(one_row(agency_rate_fte="24.2", cases="c", caseload_fte="c"))
    table, _, missed = str(checks).partition("\n\n")
    assert table.splitlines()[0].split() == ["rate", "agree", "disagree", "cannot", "be", "checked"]
    assert len(table.splitlines()) == 10
    assert re.search(r"Agency workers among social workers \(FTE\) +0 +1 +0$", table, re.MULTILINE)
    assert re.search(r"Average caseload .* 0 +0 +1 +\(suppressed to protect confidentiality 1\)$", table, re.MULTILINE)
    assert missed == (
        "Agency workers among social workers (FTE), 825, 30 September 2025: printed 24.2, "
        "recomputed 23.210 (23.193 to 23.226): disagrees."
    )


def test_more_disagreements_than_a_page_holds_are_counted():
    """Forty are printed, and how many more there are."""
    areas = ["301", "302", "303", "304", "305"]
    rows = pl.concat([one_row(old_la_code=area, new_la_code=":", **dict.fromkeys(RATES, "99.9")) for area in areas])
    checks = workforce.recomputed_rates(rows)
    assert len(checks.disagrees) == 45
    assert str(checks).splitlines()[-1] == "And 5 more."


SYMBOLS = {
    "c": Withheld.CONFIDENTIAL,
    "u": Withheld.LOW_RELIABILITY,
    "x": Withheld.NOT_AVAILABLE,
    "z": Withheld.NOT_APPLICABLE,
    "low": Withheld.LOW,
    ":": Withheld.NOT_AVAILABLE,
}


def a_year_a_symbol(column):
    """A row of each symbol in a column, of a year of its own from 2017."""
    years = enumerate(SYMBOLS, start=2017)
    return pl.concat([one_row(time_period=str(year), **{column: symbol}) for year, symbol in years])


def test_each_symbol_is_a_gap_with_its_reason_and_its_rate_cannot_be_checked():
    """In what is read, and in the two rates that are made of vacancies; the others are as before."""
    readings = workforce.read_social_work_workforce(a_year_a_symbol("vacancy_fte"))
    checks = workforce.recomputed_rates(a_year_a_symbol("vacancy_fte"))
    assert len(checks.cannot_check) == 2 * len(SYMBOLS)
    for year, why in enumerate(SYMBOLS.values(), start=2017):
        at = {"area": "825", "period": period_of(year, "D")}
        assert readings.at(indicator="workforce.vacancies_fte", **at).withheld is why
        rate = readings.at(indicator="workforce.vacancy_rate_fte", **at)
        assert (rate.number, rate.numerator, rate.denominator) == (25.4, None, None)
        found = checks.at(indicator="workforce.vacancy_rate_fte", **at)
        assert (found.status, found.withheld, found.recomputed) == (Status.CANNOT_CHECK, why, None)
        assert found.why == f"Vacancies for social workers (FTE): {why.meaning}"
        assert checks.at(indicator="workforce.vacancy_agency_cover_rate_fte", **at).withheld is why


def test_a_rate_that_is_withheld_still_says_what_follows_from_its_figures():
    """25.435 of 79 vacancies and 231.6 in post, and nothing printed to set it beside."""
    checks = workforce.recomputed_rates(a_year_a_symbol("vacancy_rate_fte"))
    for year, why in enumerate(SYMBOLS.values(), start=2017):
        found = checks.at(indicator="workforce.vacancy_rate_fte", area="825", period=period_of(year, "D"))
        assert (found.printed, found.status, found.withheld) == (None, Status.CANNOT_CHECK, why)
        assert found.why == f"the rate itself: {why.meaning}"
        assert found.recomputed == pytest.approx(100 * 79 / 310.6)
        assert "printed none, recomputed 25.435 (25.419 to 25.451): cannot check, since the rate itself" in str(found)
    assert len(checks.cannot_check) == len(SYMBOLS)


def test_of_several_gaps_the_first_reason_is_kept_and_all_are_said():
    """c before x, as in every other result of this library."""
    [found] = workforce.recomputed_rates(one_row(cases="x", caseload_fte="c")).cannot_check
    assert found.withheld is Withheld.CONFIDENTIAL
    assert found.why.count(";") == 1


@pytest.mark.parametrize("printed", ["0", "z"])
def test_nothing_is_divided_by_0_nor_by_what_may_be(printed):
    """No agency workers (0.0 rounded may be none), so no telling what share of them covers a vacancy; nobody at all in post."""
    none = dict.fromkeys(("agency_fte", "agency_cover_fte", "agency_rate_fte"), "0")
    checks = workforce.recomputed_rates(one_row(**none, agency_cover_rate_fte=printed))
    [found] = checks.cannot_check
    assert (found.indicator.key, found.withheld) == ("workforce.agency_cover_rate_fte", Withheld.NOT_APPLICABLE)
    assert "may be 0" in found.why or printed == "z"
    # 0 agency workers of 0 and 231.6 is 0%, which can be checked.
    assert checks.at(indicator="workforce.agency_rate_fte", area="825", period=period_of(2025, "D")).agrees is True
    # 2 vacancies and nobody in post is 100%, as the Isles of Scilly print it; leavers of nobody is no rate.
    empty = one_row(inpost_fte="0", vacancy_fte="2", vacancy_rate_fte="100", inpost_headcount="0", agency_headcount="0")
    found = {check.indicator.key: check.status for check in workforce.recomputed_rates(empty)}
    assert found["workforce.vacancy_rate_fte"] is Status.AGREES
    assert found["workforce.turnover_rate_fte"] is found["workforce.agency_rate_headcount"] is Status.CANNOT_CHECK
    assert found["workforce.absence_rate_fte"] is Status.CANNOT_CHECK


def test_a_year_whose_working_days_are_not_known_has_no_days_to_be_absent_from():
    """The convention is known from the year to 30 September 2017."""
    before = one_row(time_period="2016")
    absence = workforce.read_social_work_workforce(before).at(indicator="workforce.absence_rate_fte")
    assert (absence.number, absence.numerator, absence.denominator) == (0.6, 332, None)
    [found] = workforce.recomputed_rates(before).cannot_check
    assert (found.indicator.key, found.withheld) == ("workforce.absence_rate_fte", Withheld.NOT_AVAILABLE)
    assert found.why == "working days of the year: not available"


def test_what_is_found_can_be_asked_cut_and_pickled():
    """By rate, area and period; by status; and without the caller's engine."""
    checks = workforce.recomputed_rates(one_row(agency_rate_fte="24.2").lazy())
    [missed] = checks.disagrees
    assert checks.at(indicator="workforce.agency_rate_fte", area="825", period=period_of(2025, "D")) == missed
    assert (len(checks), len(checks.agrees), len(checks[2:4]), checks[0] in checks) == (9, 8, 2, True)
    again = pickle.loads(pickle.dumps(checks))
    assert (again, again.source) == (checks, checks.source)
    assert again.frame.equals(checks.frame.collect())
    with pytest.raises(NotFound, match="indicator, area, period"):
        checks.at(indicator="workforce.agency_rate_fte", area="826", period=period_of(2025, "D"))


def test_what_is_no_source_and_what_is_no_check_are_refused():
    """By name, by the reader and by the checks."""
    for read in (workforce.read_social_work_workforce, workforce.recomputed_rates):
        with pytest.raises(InvalidValue, match="source"):
            read(one_row(), source="the release of 2025")
    for wrong in ("the release of 2025", 5, dt.date(2025, 9, 30), [None]):
        with pytest.raises(InvalidValue, match="items"):
            workforce.RateChecks(wrong)
        with pytest.raises(InvalidValue, match="source"):
            workforce.RateChecks([], source=wrong)


def test_the_source_is_the_release_or_the_one_given():
    """For readings and for what is found of them."""
    own = NoOfficialSource(reason="rows of a test")
    assert workforce.read_social_work_workforce(one_row(), source=own).source is own
    assert workforce.recomputed_rates(one_row(), source=own).source is own
    assert workforce.recomputed_rates(one_row()).source.title == "Children's social work workforce, reporting year 2025"


# Properties.

TENTHS = st.integers(min_value=0, max_value=20_000)


def as_printed(number):
    """A number as DfE prints it: to one decimal, a half upwards."""
    return f"{float(Fraction(int(number * 10 + Fraction(1, 2)), 10)):.1f}"


@settings(max_examples=4)
@given(
    st.lists(
        st.tuples(*[st.fractions(min_value=0, max_value=500, max_denominator=1_000) for _ in range(4)], st.integers(0, 3_000)),
        min_size=10, max_size=30,
    )
)  # fmt: skip
def test_a_rate_of_unrounded_figures_agrees_with_the_rounded_ones(drawn):
    """Whatever the hidden decimals, DfE's arithmetic on them is never accused."""
    rows = []
    for number, (more_than_one, leavers, agency, others, cases) in enumerate(drawn):
        in_post, holders = more_than_one + 1, others + 1
        cells = {"inpost_fte": in_post, "leavers_fte": leavers, "agency_fte": agency, "case_holders_fte": holders}
        cells |= {"turnover_rate_fte": 100 * leavers / in_post, "agency_rate_fte": 100 * agency / (agency + in_post)}
        cells |= {"caseload_fte": cases / holders}
        printed = {name: as_printed(figure) for name, figure in cells.items()}
        rows.append(BUCKINGHAMSHIRE_2025 | {"time_period": str(2010 + number), "cases": str(cases)} | printed)
    checks = workforce.recomputed_rates(pl.DataFrame(rows))
    for key in ("turnover_rate_fte", "agency_rate_fte", "caseload_fte"):
        found = [check for check in checks if check.indicator.key == f"workforce.{key}"]
        assert {check.status for check in found} == {Status.AGREES}
        assert all(check.lower <= check.recomputed <= check.upper for check in found)


@settings(max_examples=4)
@given(st.lists(st.tuples(TENTHS, TENTHS, TENTHS, st.integers(0, 1_100)), min_size=10, max_size=40))
def test_any_printed_rate_agrees_exactly_where_a_corner_reckoning_has_it(drawn):
    """Any FTE to one decimal and any rate: as many are accused as should be, and no more."""
    rows = [
        BUCKINGHAMSHIRE_2025
        | {"time_period": str(2017 + number), "inpost_fte": f"{in_post / 10}", "agency_fte": f"{agency / 10}"}
        | {"vacancy_fte": f"{vacancy / 10}", "turnover_rate_fte": f"{rate / 10}"}
        | dict.fromkeys(("agency_rate_fte", "vacancy_rate_fte", "agency_cover_rate_fte"), f"{min(rate, 1_000) / 10}")
        for number, (in_post, agency, vacancy, rate) in enumerate(drawn)
    ]
    for check in workforce.recomputed_rates(pl.DataFrame(rows)):
        expected = reckoned(rows[check.period.end.year - 2017], check.indicator.key.removeprefix("workforce."))
        assert (check.withheld.value if check.withheld else check.status.value) == expected


# Refusals.


def test_missing_headings_are_all_named_with_the_releases_they_are_of():
    """And what has neither release's headings is told of both."""
    with pytest.raises(FrameProblems) as caught:
        workforce.read_social_work_workforce(one_row().drop("inpost_fte", "cases", "time_period"))
    message = str(caught.value)
    assert "social_worker_fte (releases to 2022) or inpost_fte (since the release of 2023): there is no such column" in message
    assert "cases: there is no such column" in message
    assert "time_period: there is no such column" in message
    with pytest.raises(FrameProblems):
        workforce.recomputed_rates(one_row().drop("inpost_fte"))


def test_headings_of_two_releases_in_one_file_are_refused():
    """Nobody can say which of the two columns is meant."""
    with pytest.raises(FrameProblems, match="leavers_fte: could be any of leaver_fte, leavers_fte"):
        workforce.read_social_work_workforce(one_row().with_columns(leaver_fte=pl.lit("23.2")))


def test_the_release_of_2023_and_later_need_no_starters():
    """They are read where they are."""
    without = workforce.read_social_work_workforce(one_row().drop("starters_fte", "starters_headcount"))
    assert len(without) == 20
    assert len(workforce.read_social_work_workforce(one_row())) == 22


@pytest.mark.parametrize(
    ("cells", "column", "rule"),
    [
        ({"cases": ""}, "cases", "is neither a number nor one of"),
        ({"cases": "2,720"}, "cases", "is neither a number nor one of"),
        ({"inpost_fte": "-1"}, "inpost_fte", "is below 0"),
        ({"vacancy_rate_fte": "100.1"}, "vacancy_rate_fte", "is not a percentage from 0 to 100"),
        ({"agency_rate_headcount": "101"}, "agency_rate_headcount", "is not a percentage from 0 to 100"),
        ({"time_period": "202425"}, "time_period", "is no year of four digits"),
        ({"time_identifier": "Academic year"}, "time_identifier", "is not Reporting year"),
        ({"geographic_level": "Ward"}, "geographic_level", "is not National, Regional or Local authority"),
        ({"old_la_code": "999", "new_la_code": "E06999999"}, "area", "has a code that no area of its level is known by"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_column_and_a_count(cells, column, rule):
    """Each on its own; what works rates out again reads with the same reader."""
    with pytest.raises(FrameProblems) as caught:
        workforce.read_social_work_workforce(one_row(**cells))
    found = [(problem.column, problem.rows) for problem in caught.value.problems if problem.rule.startswith(rule)]
    assert found == [(column, 1)]


def test_rates_that_are_no_shares_may_be_above_100(readings_in):
    """More left than are left, and more covered than is vacant: 17 rows of the release of 2022, 234.1% the most."""
    checks = workforce.recomputed_rates(one_row(leavers_fte="250", turnover_rate_fte="107.9"))
    assert checks.at(indicator="workforce.turnover_rate_fte", area="825", period=period_of(2025, "Y")).agrees is True
    cover = readings_in(TO_2022).where(indicator="workforce.vacancy_agency_cover_rate_fte").frame.filter(pl.col("value") > 100)
    assert (cover.height, cover["value"].max()) == (17, 234.1)
    assert cover.filter(pl.col("upper") < pl.col("value")).is_empty()


def test_two_rows_of_one_area_and_year_are_refused():
    """Even where one has the old code and one the new."""
    rows = pl.concat([one_row(old_la_code="", new_la_code="E10000002"), one_row(old_la_code="", new_la_code="E06000060")])
    with pytest.raises(FrameProblems, match=r"area, time_period: more than one row has the same \(2 rows\)"):
        workforce.read_social_work_workforce(rows)


@pytest.mark.parametrize("made", [workforce.read_social_work_workforce, workforce.recomputed_rates], ids=["read", "recomputed"])
def test_no_cell_is_in_an_error(made, caplog):
    """A token in every cell is in no message, repr, argument, cause, context or log."""
    token = "zq9-token"
    with pytest.raises(FrameProblems) as caught:
        made(pl.DataFrame({name: [token] for name in BUCKINGHAMSHIRE_2025}))
    error = caught.value
    assert len(error.problems) > 20
    assert not [text for text in (str(error), repr(error), repr(error.args), caplog.text) if token in text]
    assert (error.__cause__, error.__context__) == (None, None)


@pytest.mark.parametrize("made", [workforce.read_social_work_workforce, workforce.recomputed_rates], ids=["read", "recomputed"])
def test_a_path_that_leads_nowhere_and_what_is_no_frame_are_refused(made, tmp_path):
    """And neither is repeated."""
    with pytest.raises(InvalidValue, match="the path of a CSV file that is there") as caught:
        made(tmp_path / "secret.csv")
    assert "secret" not in str(caught.value)
    for nonsense in (None, [1, 2], 7):
        with pytest.raises(UnsupportedFrame):
            made(nonsense)


def test_a_file_with_no_rows_gives_nothing_and_a_source():
    """Readings of nothing, and nothing found."""
    none = one_row().head(0)
    assert len(workforce.read_social_work_workforce(none)) == 0
    checks = workforce.recomputed_rates(none)
    assert (len(checks), checks.frame.height, checks.counts.height) == (0, 0, 0)
    assert str(checks) == "rate  agree  disagree  cannot be checked"


# Engines.


def a_few_rows():
    """Buckinghamshire of three years, a gap, and a rate that disagrees."""
    return pl.concat(
        [
            one_row(),
            one_row(time_period="2024", agency_rate_fte="24.2"),
            one_row(time_period="2020", cases="c", caseload_fte="c", old_la_code="", new_la_code="E10000002"),
            one_row(old_la_code="314 / 318", new_la_code="E09000021 / E09000027"),
        ]
    )


@functools.cache
def in_polars():
    """What polars makes of a few rows: the readings, what is found, and the counts."""
    checks = workforce.recomputed_rates(a_few_rows())
    return [rows_of(frame) for frame in (workforce.read_social_work_workforce(a_few_rows()).frame, checks.frame, checks.counts)]


def same_everywhere(engine, spark=None):
    """The rows in any kind of frame give what they give in polars, in their own kind."""
    native = as_engine(a_few_rows(), engine, spark=spark)
    readings, checks = workforce.read_social_work_workforce(native), workforce.recomputed_rates(native)
    frames = [readings.frame, checks.frame, checks.counts]
    assert {engine_of(frame) for frame in frames} == {engine}
    assert [rows_of(frame) for frame in frames] == in_polars()
    assert [len(rows) for rows in in_polars()] == [3 * 22, 3 * 9, 3 * 9]
    assert repr(checks) == "RateChecks(25 agree, 1 disagree, 1 cannot be checked)"


@pytest.mark.wide
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_every_kind_of_frame_gives_the_same_in_its_own_kind(engine):
    """Readings, what is found, and the counts; a lazy frame gives lazy ones."""
    same_everywhere(engine)


@pytest.mark.spark
def test_spark_gives_the_same_in_its_own_kind(spark):
    """As the others."""
    same_everywhere(Engine.PYSPARK, spark)


def test_a_reader_that_guesses_types_changes_nothing():
    """Years and counts as whole numbers, FTE as decimals, LA numbers as decimals because England has none."""
    text = pl.concat([one_row(), one_row(geographic_level="National", old_la_code=None, new_la_code=None, region_code=None)])
    expected = workforce.read_social_work_workforce(text).frame
    guessed = pl.read_csv(text.write_csv().encode())
    assert guessed["inpost_fte"].dtype == pl.Float64
    assert workforce.read_social_work_workforce(guessed).frame.equals(expected)
    assert workforce.recomputed_rates(guessed).frame.equals(workforce.recomputed_rates(text).frame)


def test_a_whole_file_is_the_same_in_pandas(published, readings_in):
    """All rows of the release of 2022."""
    native = as_engine(pl.read_csv(published / FOLDER / TO_2022, infer_schema=False), Engine.PANDAS)
    assert rows_of(workforce.read_social_work_workforce(native).frame) == readings_in(TO_2022).frame.to_dicts()
