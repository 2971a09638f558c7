"""DfE's files of EHC plans: every percentage worked out again from its parts, and every row the reading it should be."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import math
from collections import Counter
from fractions import Fraction

import polars as pl
import pytest

from bucks_cs import ehcp
from bucks_cs.ehcp import EHCPCohort, PrimaryNeed
from bucks_cs.frames.engine import Engine
from bucks_cs.periods import CalendarYear, Snapshot

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
TIMELINESS, REQUESTS, ASSESSMENTS = "timeliness_20_week", "requests", "assessments"
NEEDS, CASELOAD, MI = "sen_needs_all_plans", "caseload", "sen2_mi"
ENGLAND, LONDON, EAST = "E92000001", "E12000007", "E12000006"


def path_of(published, file):
    """Where a file is."""
    return published / "ehc_plans" / f"{file}.csv"


@pytest.fixture(scope="module")
def table(published):
    """A published file as polars with every cell as text, read once."""
    return functools.cache(lambda file: pl.read_csv(path_of(published, file), infer_schema=False))


@pytest.fixture(scope="module")
def rows_in(published):
    """The rows of a published file by Python's own reader, read once."""

    def rows(file):
        with path_of(published, file).open(encoding="utf-8-sig", newline="") as opened:
            return list(csv.DictReader(opened))

    return functools.cache(rows)


@pytest.fixture(scope="module")
def readings_in(published):
    """What a reader of this library makes of a published file, read once."""
    return functools.cache(lambda read, file, by=None: read(path_of(published, file), **({} if by is None else {"by": by})))


# Published truth: percentages from their components.

IN_A_YEAR, OVER = "plans_issued_gt20weeks_ltYear", "plans_issued_gt_1_year"
CODES = ("asd", "hi", "mld", "msi", "oth", "pd", "pmld", "semh", "slcn", "sld", "spld", "vi", "need_unknown")
# File, part, whole (columns that make it), percentage, how many rows have all three, and how many of those agree.
SHARES = [
    (TIMELINESS, "plans_issued_within_20_weeks", ("plans_issued_den",), "pc_plans_issued_within_20_weeks", 12_166, 12_166),
    (TIMELINESS, "plans_issued_20_weeks_ex", ("plans_issued_den_ex",), "PC_plans_issued_20_weeks_ex", 12_033, 12_033),
    (TIMELINESS, IN_A_YEAR, ("plans_issued_den",), f"pc_{IN_A_YEAR}", 11_526, 11_526),
    (TIMELINESS, f"{IN_A_YEAR}_ex", ("plans_issued_den_ex",), f"PC_{IN_A_YEAR}_ex", 11_393, 11_393),
    (TIMELINESS, OVER, ("plans_issued_den",), f"pc_{OVER}", 11_526, 11_526),
    (TIMELINESS, f"{OVER}_ex", ("plans_issued_den_ex",), f"PC_{OVER}_ex", 11_393, 11_393),
    *(
        (REQUESTS, part, ("requests_received_in_year",), percent, 12_096, 12_096)
        for part, percent in (
            ("requests_decided_to_assess", "request_assess_pc"),
            ("requests_decided_not_to_assess", "request_not_assess_pc"),
            ("requests_decision_not_made", "request_outstanding_pc"),
            ("requests_withdrawn", "request_withdrawn_pc"),
        )
    ),
    *(
        (ASSESSMENTS, part, ("assess_in_year",), f"{part}_pc", checked, checked)
        for part, checked in (
            *(("assess_issued", 11_900), ("assess_not_issued", 11_900)),
            *(("assess_not_made", 11_740), ("assess_withdrawn", 11_900)),
        )
    ),
    *(
        (ASSESSMENTS, part, ("outcome_decision_within_time", "outcome_decision_over_time"), f"{part}_pc", 5_902, 5_902)
        for part in ("outcome_decision_within_time", "outcome_decision_over_time")
    ),
    *(
        (
            *(NEEDS, f"number_{code}", ("ehc_plans",), f"{code.removeprefix('need_')}_pc"),
            *(13_846, 13_845 if code in {"sld", "spld"} else 13_846),
        )
        for code in CODES
    ),
    *(
        (CASELOAD, part, ("ehcplans",), percent, checked, agree)
        for part, percent, checked, agree in (
            ("mainstream_total", "mainstream_total_pc", 25_092, 25_089),
            ("special_total", "special_total_pc", 25_092, 25_089),
            ("ap_pru_total", "AP_PRU_total_pc", 25_092, 25_092),
            ("fe_total", "fe_total_pc", 25_092, 25_089),
            ("ed_elsewhere", "ed_elsewhere_pc", 25_092, 25_090),
            ("nm_early_years", "nm_early_years_pc", 25_092, 25_092),
            ("placement_unknown", "placement_unknown_pc", 24_446, 24_446),
        )
    ),
]
IDS = [f"{file}-{percent}" for file, _, _, percent, *_ in SHARES]
_NUMBER = r"^[0-9]+(\.[0-9]+)?$"


def worked_out(data, part, whole, percent):
    """Each row that has a percentage and its parts, and whether one decimal of the share is what is printed.

    In whole numbers: |100 * part / whole - printed| <= 0.05 is 2 * |1000 * part - (10 * printed) * whole| <= whole.
    """
    has = pl.all_horizontal(pl.col(part, percent, *whole).str.contains(_NUMBER).fill_null(value=False))
    there = data.filter(has)
    assert there[percent].str.contains(r"^[0-9]+(\.[0-9])?$").all(), "a percentage of more than one decimal"
    numbers = there.with_columns(
        p=pl.col(part).cast(pl.Int64),
        t=pl.sum_horizontal(pl.col(*whole).cast(pl.Int64)),
        tenths=(pl.col(percent).cast(pl.Float64) * 10).round().cast(pl.Int64),
    ).filter(pl.col("t") > 0)
    return numbers.with_columns(agrees=2 * (1000 * pl.col("p") - pl.col("tenths") * pl.col("t")).abs() <= pl.col("t"))


@pytest.mark.parametrize(("file", "part", "whole", "percent", "checked", "agree"), SHARES, ids=IDS)
def test_every_percentage_of_every_area_year_and_group_follows_from_its_parts(table, file, part, whole, percent, checked, agree):
    """Authorities, regions and England; totals and every breakdown: counts of agreed are exact."""
    found = worked_out(table(file), part, whole, percent)
    missed = (
        found.filter(~pl.col("agrees")).select("time_period", "geographic_level", "region_name", "la_name", "breakdown").rows()
    )
    said = f"{file}, {percent}: {found['agrees'].sum():,} of {len(found):,} agree; not {missed}"
    assert (len(found), found["agrees"].sum()) == (checked, agree), said


def test_the_percentages_of_the_four_files_agree_in_999_of_1000():
    """And 11 of the caseload's 174,998 do not: the numbers of the page on reading a release."""
    files = (TIMELINESS, REQUESTS, ASSESSMENTS, NEEDS, CASELOAD)
    summed = {of: [sum(row[n] for row in SHARES if row[0] == of) for n in (4, 5)] for of in files}
    assert summed == {
        TIMELINESS: [70_037, 70_037],
        REQUESTS: [48_384, 48_384],
        ASSESSMENTS: [59_244, 59_244],
        NEEDS: [179_998, 179_996],
        CASELOAD: [174_998, 174_987],
    }
    # With the decisions within 6 weeks and after, of which 23,725 of 24,090 are of the two parts beside them.
    checked, agree = (sum(summed[of][n] for of in files[:4]) + extra for n, extra in ((0, 24_090), (1, 23_725)))
    assert (checked, agree, round(100 * agree / checked, 2)) == (381_753, 381_386, 99.9)


def six_weeks(rows_in):
    """Each row with decisions in six weeks and after, and both percentages, in whole numbers and tenths."""
    names = ("request_outcome_six_weeks", "request_outcome_over_6_weeks")
    for row in rows_in(REQUESTS):
        try:
            counts = [int(row[name]) for name in names]
            tenths = [int(Fraction(row[f"{name}_pc"]) * 10) for name in names]
        except ValueError:
            continue
        yield row, counts, tenths


def test_decisions_in_six_weeks_are_of_a_whole_that_is_not_published(rows_in):
    """The two parts alone give 23,725 of 24,090 percentages; with a whole number of others beside them all 24,090 follow."""
    alone, follow, others, nothing = Counter(), 0, Counter(), 0
    for _, counts, tenths in six_weeks(rows_in):
        together = sum(counts)
        if together == 0:
            nothing += 1
            continue
        for which, count, tenth in zip(("in time", "late"), counts, tenths, strict=True):
            alone[which] += 2 * abs(1000 * count - tenth * together) <= together
        # 100 count / whole within half a tenth of what is printed: whole from 2000 count / (2 tenths + 1) to / (2 tenths - 1).
        least = max([together, *(math.ceil(Fraction(2000 * n, 2 * tenth + 1)) for n, tenth in zip(counts, tenths, strict=True))])
        most = [Fraction(2000 * n, 2 * tenth - 1) for n, tenth in zip(counts, tenths, strict=True) if tenth]
        follow += least <= min(most)
        others[least == together] += 1
    assert (dict(alone), nothing) == ({"in time": 11_800, "late": 11_925}, 48)
    assert follow == sum(others.values()) == 12_045
    assert others == {True: 11_785, False: 260}


def test_surrey_has_its_needs_amended_and_the_percentages_of_before(table):
    """656 plans went from severe to specific: its percentages, its region and England are those of before."""
    data = table(NEEDS).filter(pl.col("breakdown") == "All EHC plans")
    (surrey,) = data.filter(pl.col("la_name") == "Surrey").to_dicts()
    assert [surrey[name] for name in ("number_sld", "sld_pc", "number_spld", "spld_pc")] == ["595", "7.8", "665", "0.1"]
    moved = 656
    for count, percent in ((595 + moved, "7.8"), (665 - moved, "0.1")):
        assert abs(Fraction(100 * count, int(surrey["ehc_plans"])) - Fraction(percent)) <= Fraction(1, 20)
    by_level = {}
    for level in ("National", "Regional", "Local authority"):
        rows = data.filter(pl.col("geographic_level") == level)
        by_level[level] = {code: rows[f"number_{code}"].cast(pl.Int64).sum() for code in CODES}
    assert by_level["National"] == by_level["Regional"]
    shift = {code: n - by_level["National"][code] for code, n in by_level["Local authority"].items()}
    assert {code: n for code, n in shift.items() if n} == {"sld": -moved, "spld": moved, "semh": 1, "slcn": -1}
    others = table(NEEDS).filter(pl.col("number_asd") == "x")
    assert set(others["la_name"]) == {"Surrey"}
    assert len(others) == 93


def test_percentages_of_settings_that_miss_are_of_the_three_areas_with_hackney_and_peterborough_in_them(table):
    """January 2024: both gave a total and nothing else, and the data guidance says that figures do not add up."""
    missed = Counter()
    for file, part, whole, percent, *_ in SHARES:
        if file == CASELOAD:
            found = worked_out(table(file), part, whole, percent).filter(~pl.col("agrees"))
            missed.update(found.select("time_period", pl.col("region_name").fill_null("England"), "la_name").rows())
    assert set(missed) == {("202324", place, None) for place in ("England", "London", "East of England")}
    assert missed.total() == 11
    # All seven percentages of each follow from the plans whose setting is told, which are what the groups add up to.
    groups = [(part, percent) for file, part, _, percent, *_ in SHARES if file == CASELOAD]
    totals = table(CASELOAD).filter((pl.col("time_period") == "202324") & (pl.col("breakdown") == "All EHC plans"))
    of_three = totals.filter(
        (pl.col("geographic_level") == "National")
        | ((pl.col("geographic_level") == "Regional") & pl.col("region_code").is_in([LONDON, EAST]))
    )
    told = {}
    for row in of_three.iter_rows(named=True):
        whole = sum(int(row[part]) for part, _ in groups)
        told[row["region_name"]] = (whole, int(row["ehcplans"]))
        assert all(
            abs(Fraction(100 * int(row[part]), whole) - Fraction(row[percent])) <= Fraction(1, 20) for part, percent in groups
        )
    assert told == {None: (572_829, 576_474), "London": (90_353, 93_539), "East of England": (65_093, 65_552)}
    both = table(CASELOAD).filter(
        (pl.col("time_period") == "202324") & pl.col("la_name").is_in(["Hackney", "Peterborough"])
        & (pl.col("breakdown") == "All EHC plans")
    )  # fmt: skip
    assert sorted(both.select("la_name", "ehcplans", "mainstream_total").rows()) == [
        *(("Hackney", "3525", "x"), ("Peterborough", "2625", "x")),
    ]


def test_dorset_and_the_city_of_london_have_no_share_without_exceptions_in_2024(readings_in):
    """They classed all new plans as having exceptions: DfE prints ``x``, though both counts are 0."""
    all_of_2024 = readings_in(ehcp.read_timeliness, TIMELINESS).where(period=CalendarYear(2024)).frame
    withheld = all_of_2024.filter(~pl.col("withheld").is_null())
    assert sorted(withheld.select("area", "withheld", "numerator", "denominator").rows()) == [
        *(("201", "x", 0.0, 0.0), ("838", "x", 0.0, 0.0)),
    ]
    assert set(withheld["indicator"]) == {"ehcp.issued_in_time_excluding_exceptions"}


MI_SHARES = [
    ("NewallEHC", "NewallEHC_AssnoneEHC_sum", "NewallEHC_pc", 1_226),
    ("AssnoneEHC", "NewallEHC_AssnoneEHC_sum", "AssnoneEHC_pc", 1_226),
    ("AssRefusedEHC", "InreqEHC", "AssRefusedEHC_pc", 969),
    ("IncExc20weekEHC", "TotIncExcEHC", "IncExc20weekRate", 1_219),
    ("NoExc20weekEHC", "TotNoExcEHC", "NoExc20weekRate", 1_209),
    ("NewEHCTribunal", "NewEHCMediation", "NewEHCTribunal_pc", 1_084),
]


@pytest.mark.parametrize(("part", "whole", "percent", "checked"), MI_SHARES, ids=[percent for *_, percent, _ in MI_SHARES])
def test_every_percentage_of_the_older_file_follows_from_its_parts(rows_in, part, whole, percent, checked):
    """Six figures of each (94.0938, 5.90621), and one decimal of the rates, which are printed 57.900000000000."""
    found = []
    for row in rows_in(MI):
        try:
            count, of, printed = (Fraction(row[name]) for name in (part, whole, percent))
        except ValueError:
            continue
        if of:
            rate = percent.endswith("Rate")
            assert not rate or (printed * 10).denominator == 1
            exponent = -1 if rate else math.floor(math.log10(printed)) - 5 if printed else -6
            found.append(abs(100 * count / of - printed) <= Fraction(1, 2) * Fraction(10) ** exponent)
    assert (len(found), sum(found)) == (checked, checked)


def test_what_two_releases_have_of_one_year_is_the_same(readings_in, rows_in):
    """Calendar years 2019 to 2021, in the release of 2022 and in that of 2025: what was known to be wrong in 2022 stands."""
    old = readings_in(ehcp.read_sen2_mi, MI)
    keys = ["indicator", "area", "period_start"]
    differ, compared = {}, {}
    for read, file, key in (
        (ehcp.read_requests, REQUESTS, "ehcp.requests"),
        (ehcp.read_requests, REQUESTS, "ehcp.refused"),
        (ehcp.read_timeliness, TIMELINESS, "ehcp.issued_in_time_including_exceptions"),
        (ehcp.read_timeliness, TIMELINESS, "ehcp.issued_in_time_excluding_exceptions"),
    ):
        figure = "numerator" if key == "ehcp.refused" else "value"
        new = readings_in(read, file).where(indicator=key).frame.select(*keys, pl.col(figure).alias("new"))
        both = old.where(indicator=key).frame.select(*keys, pl.col(figure).alias("old")).join(new, on=keys)
        both = both.filter(~pl.col("old").is_null() & ~pl.col("new").is_null())
        compared[key] = len(both)
        differ[key] = both.filter(pl.col("old") != pl.col("new")).height
    assert set(differ.values()) == {0}
    assert list(compared.values()) == [484, 484, 483, 483]
    corrected = {
        ("St. Helens", REQUESTS, "requests_decided_not_to_assess"): "0",
        ("Medway", ASSESSMENTS, "assess_not_issued"): "223",
    }
    for (authority, file, column), printed in corrected.items():
        (row,) = [row for row in rows_in(file) if row["la_name"] == authority and row["time_period"] == "2021"]
        assert row[column] == printed


# The issue's own figures.


def test_the_plans_of_buckinghamshire_in_seven_januaries_are_those_published(readings_in):
    """Under both of its codes, on the survey day of each year."""
    plans = readings_in(ehcp.read_caseload, CASELOAD).where(area="825")
    assert [(reading.period.start, reading.number) for reading in plans] == [
        (dt.date(2019, 1, 17), 4_054),
        (dt.date(2020, 1, 16), 4_595),
        (dt.date(2021, 1, 14), 4_910),
        (dt.date(2022, 1, 20), 5_415),
        (dt.date(2023, 1, 19), 5_890),
        (dt.date(2024, 1, 18), 6_697),
        (dt.date(2025, 1, 16), 7_217),
    ]


def test_the_shares_of_buckinghamshire_without_exceptions_are_those_published(readings_in):
    """2019 to 2024."""
    key = "ehcp.issued_in_time_excluding_exceptions"
    shares = readings_in(ehcp.read_timeliness, TIMELINESS).where(area="825", indicator=key)
    assert [(str(share.period), share.number) for share in shares] == [
        *(("2019", 40.0), ("2020", 74.7), ("2021", 82.0), ("2022", 67.1), ("2023", 49.0), ("2024", 32.1)),
    ]
    assert shares.at(period=CalendarYear(2019)).denominator == 673 - 28


# Every row is the reading it should be.

EVERY = [
    (ehcp.read_timeliness, TIMELINESS, "ehcp.issued_in_time_including_exceptions", "pc_plans_issued_within_20_weeks",
     "plans_issued_within_20_weeks", "plans_issued_den"),
    (ehcp.read_timeliness, TIMELINESS, "ehcp.issued_in_time_excluding_exceptions", "PC_plans_issued_20_weeks_ex",
     "plans_issued_20_weeks_ex", "plans_issued_den_ex"),
    (ehcp.read_requests, REQUESTS, "ehcp.requests", "requests_received_in_year", None, None),
    (ehcp.read_requests, REQUESTS, "ehcp.assessed", "request_assess_pc", "requests_decided_to_assess",
     "requests_received_in_year"),
    (ehcp.read_requests, REQUESTS, "ehcp.refused", "request_not_assess_pc", "requests_decided_not_to_assess",
     "requests_received_in_year"),
    (ehcp.read_requests, REQUESTS, "ehcp.decided_in_six_weeks", "request_outcome_six_weeks_pc",
     "request_outcome_six_weeks", None),
    (ehcp.read_assessments, ASSESSMENTS, "ehcp.plans_after_assessment", "assess_issued_pc", "assess_issued", "assess_in_year"),
    (ehcp.read_caseload, CASELOAD, "ehcp.plans", "ehcplans", None, None),
]  # fmt: skip
TOPICS = {"age": "Child or young persons age", "sex": "Sex", "ethnicity": "Ethnicity"}
UNKNOWN = {"Unknown", "Age unknown"}


def plainly(cell):
    """A cell as (number, symbol), read by Python."""
    try:
        return float(cell), None
    except ValueError:
        return None, cell


def area_of(row):
    """The area of a row, by hand: the LA number, or the code above it."""
    return {"Local authority": row["old_la_code"], "Regional": row["region_code"], "National": ENGLAND}[row["geographic_level"]]


def group_of(row):
    """The group of a row, by hand."""
    group = row["breakdown"]
    if group in UNKNOWN:
        return None
    return group.removeprefix("Aged ").removeprefix("age ") if "age" in row["breakdown_topic"] else group


# The totals of every measure, and each breakdown of one measure of each file.
BROKEN_DOWN = [(*measure, None) for measure in EVERY] + [
    (*measure, by) for measure in (EVERY[0], EVERY[4], EVERY[6], EVERY[7]) for by in TOPICS
]


@pytest.mark.parametrize(
    ("read", "file", "key", "value", "part", "whole", "by"), BROKEN_DOWN, ids=[f"{key}-{by}" for _, _, key, *_, by in BROKEN_DOWN]
)
def test_every_row_of_the_file_is_the_reading_it_says(readings_in, rows_in, read, file, key, value, part, whole, by):
    """By Python's own CSV reader: area, year, group, number or reason, parts and bounds."""
    found = readings_in(read, file, by).where(indicator=key).frame
    got = {(row["area"], row["period_end"].year, row[by] if by else None): row for row in found.iter_rows(named=True)}
    rows = [row for row in rows_in(file) if row["breakdown_topic"] == TOPICS.get(by, row["breakdown"])]
    assert len(got) == len(rows) > 100
    for row in rows:
        year = int(row["time_period"][:4]) + (file == CASELOAD)
        reading = got[area_of(row), year, group_of(row) if by else None]
        number, symbol = plainly(row[value])
        assert (reading["value"], reading["withheld"]) == (number, symbol)
        assert reading["numerator"] == (plainly(row[part])[0] if part else None)
        assert reading["denominator"] == (plainly(row[whole])[0] if whole else None)
        if number is None or part is None:
            assert (reading["lower"], reading["upper"], reading["interval"]) == (None, None, None)
        else:
            least, most = max(number - 0.05, 0), min(number + 0.05, 100)
            assert (reading["lower"], reading["upper"]) == pytest.approx((least, most))
            assert reading["interval"] == "rounding"
        days = (dt.date(year, 1, 1), dt.date(year, 12, 31))
        assert (reading["period_start"], reading["period_end"]) == ((ehcp.SURVEY_DAYS[year],) * 2 if file == CASELOAD else days)


@pytest.mark.parametrize("by", [None, "years_held"])
def test_a_column_for_each_need_becomes_a_row_for_each_need(readings_in, rows_in, by):
    """A null for the need that is not recorded; a count and its share of all plans."""
    found = readings_in(ehcp.read_needs, NEEDS, by).frame
    got = {
        (row["indicator"], row["area"], row["primary_need"], row[by] if by else None): row for row in found.iter_rows(named=True)
    }
    topic = {None: "All EHC plans", "years_held": "Years EHC plan in place"}[by]
    rows = [row for row in rows_in(NEEDS) if row["breakdown_topic"] == topic]
    assert len(got) == len(rows) * 13 * 2
    for row in rows:
        group = row["breakdown"] if by else None
        for code in CODES:
            need = None if code == "need_unknown" else code.upper()
            count, share = (got[f"ehcp.{key}", area_of(row), need, group] for key in ("plans", "share_of_plans"))
            assert (count["value"], count["withheld"]) == plainly(row[f"number_{code}"])
            assert (share["value"], share["withheld"]) == plainly(row[f"{code.removeprefix('need_')}_pc"])
            assert (share["numerator"], share["denominator"]) == (count["value"], float(row["ehc_plans"]))
            assert count["period_end"] == dt.date(2025, 1, 16)
            assert count["interval"] is None


def test_the_first_band_is_the_share_in_time_and_some_plans_are_in_no_band(readings_in):
    """In 44 and 42 of the totals of 2023 and 2024 the bands make less than the plans issued: in England 639 and 64 of them."""
    bands = readings_in(ehcp.read_timeliness_bands, TIMELINESS)
    assert bands.by == ("band",)
    missing = {}
    for basis in ("including_exceptions", "excluding_exceptions"):
        of_basis = bands.where(indicator=f"ehcp.issued_by_band_{basis}").frame
        summed = of_basis.group_by("area", "period_start").agg(
            in_bands=pl.col("numerator").sum(), printed=pl.col("value").count(), whole=pl.col("denominator").max()
        )
        full = summed.filter(pl.col("printed") == 3).with_columns(none=pl.col("whole") - pl.col("in_bands"))
        assert full["none"].min() == 0
        england = full.filter(pl.col("area") == ENGLAND).sort("period_start")["none"].to_list()
        missing[basis] = (len(summed), len(full), full.filter(pl.col("none") > 0).height, england)
        first = bands.where(indicator=f"ehcp.issued_by_band_{basis}", band="within 20 weeks").frame
        in_time = readings_in(ehcp.read_timeliness, TIMELINESS).where(indicator=f"ehcp.issued_in_time_{basis}").frame
        columns = ["area", "period_start", "value", "withheld", "numerator", "denominator"]
        assert first.select(columns).equals(in_time.select(columns))
    assert missing == {"including_exceptions": (970, 323, 44, [639, 64]), "excluding_exceptions": (970, 321, 42, [523, 61])}


def test_refusals_of_a_plan_are_of_those_in_time_and_those_late(readings_in, rows_in):
    """Two counts that make the denominator."""
    found = readings_in(ehcp.read_assessments, ASSESSMENTS).where(indicator="ehcp.no_plan_in_sixteen_weeks").frame
    got = {(row["area"], row["period_end"].year): row for row in found.iter_rows(named=True)}
    for row in rows_in(ASSESSMENTS):
        if row["breakdown_topic"] == row["breakdown"]:
            reading = got[area_of(row), int(row["time_period"])]
            in_time, late = (plainly(row[f"outcome_decision_{which}_time"])[0] for which in ("within", "over"))
            assert reading["value"] == plainly(row["outcome_decision_within_time_pc"])[0]
            assert (reading["numerator"], reading["denominator"]) == (in_time, None if in_time is None else in_time + late)


# Settings.


def test_establishments_make_the_whole_in_every_year_and_settings_since_2024(readings_in):
    """What is missing before is other placements, those awaiting provision and the permanently excluded."""
    whole = readings_in(ehcp.read_caseload, CASELOAD).frame.select("area", "period_end", whole="value")
    made = {}
    for by in ("establishment", "setting"):
        parts = readings_in(ehcp.read_caseload, CASELOAD, by).frame.filter(~pl.col("value").is_null())
        summed = parts.group_by("area", "period_end").agg(pl.col("value").sum()).join(whole, on=["area", "period_end"])
        counted = summed.group_by(pl.col("period_end").dt.year(), pl.col("value") == pl.col("whole")).len()
        made[by] = {(year, agrees): n for year, agrees, n in counted.rows()}
    # Years before 2024: 162, 161, 161, 162 and 162 areas; the areas of 2024 without settings are in the totals alone.
    assert made["establishment"] == {
        **{(year, True): n for year, n in zip(range(2019, 2024), (162, 161, 161, 162, 162), strict=True)},
        (2024, True): 158,
        (2024, False): 5,
        (2025, True): 161,
    }
    assert {key: n for key, n in made["setting"].items() if key[0] > 2023} == {
        (2024, True): 158,
        (2024, False): 3,
        (2025, True): 161,
    }
    assert {year: n for (year, agrees), n in made["setting"].items() if agrees and year <= 2023} == {
        2019: 10,
        2020: 11,
        2021: 6,
        2022: 8,
        2023: 80,
    }


def test_age_and_setting_together_make_each_of_the_two(readings_in):
    """Rows by columns."""
    both = readings_in(ehcp.read_caseload, CASELOAD, ("age", "setting"))
    assert both.by == ("age", "setting")
    of_825 = both.where(area="825", period=Snapshot("16 January 2025")).frame
    by_age = readings_in(ehcp.read_caseload, CASELOAD, "age").where(area="825", period=Snapshot("16 January 2025"))
    summed = dict(of_825.group_by("age").agg(pl.col("value").sum()).rows())
    assert summed == {reading.dims[0][1]: reading.number for reading in by_age}
    assert sum(summed.values()) == 7_217


def test_a_cohort_is_made_of_what_was_read(readings_in):
    """By need and by age, of one area and day."""
    read = [
        readings_in(ehcp.read_caseload, CASELOAD),
        readings_in(ehcp.read_caseload, CASELOAD, "age"),
        readings_in(ehcp.read_needs, NEEDS),
    ]
    cohort = EHCPCohort.of(read, area="825", at=Snapshot("16 January 2025"), source=read[0].source)
    assert cohort.plans == 7_217
    assert sum(count for _, count in cohort.by_age.counts) == 7_217
    assert cohort.by_primary_need[PrimaryNeed.MSI].magnitude == 43
