"""Make ``record/officially/official_facts.csv`` from the published files: the rows that the record is set beside.

Each measure has one extraction below, which names its file's columns and its filter; the file itself, the release and the
place in it are those of ``bucks_cs.record.officially.measures``, so that what is shipped says where it is from. Areas are LA
numbers, and ONS codes above an authority, whatever code the release gives an authority (Buckinghamshire's plans of 2023 are
under the code of the county council that ended in 2020). Of Buckinghamshire it is every year that the file has, so that a
figure's series can be read beside its definition; where it is placed among others, of that year all authorities of the South
East too, or its ten statistical neighbours of 2021, with England and the region.

Two rows are in no file and are written out here: the grade of November 2017, from the report's own first page, and the
39,100 plans of 31 March 2010, at second hand.

Run from the root of the repository::

    python tools/build_official_facts.py ../shared/published

The same files give the same bytes; ``tests/test_record_official.py`` checks that the committed file is up to date.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from published_rows import (
    BUCKS,
    COLUMNS,
    ENGLAND,
    REGION_NAME,
    SOUTH_EAST,
    Fact,
    Numbers,
    Published,
    Row,
    children,
    fact,
    in_south_east,
    of_file,
    of_lait,
)

from bucks_cs import ehcp
from bucks_cs.periods import AcademicYear, CalendarYear, Month, Period, ReportingYear, Snapshot
from bucks_cs.record.officially.measures import OFFICIAL_MEASURES

FACTS = Path(__file__).resolve().parents[1] / "src" / "bucks_cs" / "record" / "officially" / "official_facts.csv"

NEIGHBOURS = frozenset(("936", "869", "868", "919", "931", "850", "867", "873", "823", "358"))
"""Row 825 of neighbours/New_Statistical_Neighbour_Groupings_April_2021.csv; the test compares them."""


def reporting(*years: int, ends: tuple[int, int] = (3, 31)) -> dict[str, Period]:
    """Reporting years, by the year they end in."""
    return {str(year): ReportingYear(year, ends=ends) for year in years}


def snapshots(month: int, day: int, years: Iterable[int]) -> dict[str, Period]:
    """Days of years."""
    return {str(year): Snapshot(dt.date(year, month, day)) for year in years}


def january(*years: int) -> dict[str, Period]:
    """The January of an academic year, by its number in the files: 202122 is that of 2022."""
    return {f"{year - 1}{year % 100}": Month.of(year, 1) for year in years}


def plans(published: Published) -> Iterator[Fact]:
    """Education, health and care plans: in time, maintained, by need."""
    years: dict[str, Period] = {str(year): CalendarYear.starting(year) for year in range(2019, 2025)}
    issued, placed = "All EHC plans issued", in_south_east(2019, 2020, 2021)
    for measure, value, top, bottom in (
        (
            *(ehcp.ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS.key, "PC_plans_issued_20_weeks_ex"),
            *("plans_issued_20_weeks_ex", "plans_issued_den_ex"),
        ),
        (
            *(ehcp.ISSUED_IN_TIME_INCLUDING_EXCEPTIONS.key, "pc_plans_issued_within_20_weeks"),
            *("plans_issued_within_20_weeks", "plans_issued_den"),
        ),
    ):
        yield from of_file(published, measure, years, value=value, parts=(top, (bottom,)), wanted=placed, breakdown=issued)
    maintained = ehcp.PLANS.key
    yield from of_file(published, maintained, january(*range(2019, 2026)), value="ehcplans", breakdown="All EHC plans")
    needs = published.single(
        OFFICIAL_MEASURES[maintained].file_of_parts or "",
        time_period="202425", old_la_code=BUCKS, breakdown="All EHC plans",
    )  # fmt: skip
    for need in (each.value for each in ehcp.PrimaryNeed if each.published_as is each):
        yield fact(maintained, BUCKS, Month.of(2025, 1), {"value": needs[f"number_{need.lower()}"]}, of=need)


def workforce(published: Published) -> Iterator[Fact]:
    """Social workers in post and from agencies (of 2019 in the South East), vacancies, who left, and cases held."""
    autumns, years = snapshots(9, 30, range(2017, 2026)), reporting(*range(2017, 2026), ends=(9, 30))
    for base in ("fte", "headcount"):
        parts = (f"agency_{base}", (f"agency_{base}", f"inpost_{base}"))
        yield from of_file(
            published, f"workforce.agency_rate_{base}", autumns,
            value=f"agency_rate_{base}", parts=parts, wanted=in_south_east(2019),
        )  # fmt: skip
    for measure, column in (
        ("social_workers_in_post_fte", "inpost_fte"),
        ("cases", "cases"),
        ("caseload_fte", "caseload_fte"),
    ):
        yield from of_file(published, f"workforce.{measure}", autumns, value=column)
    vacant = ("vacancy_fte", ("vacancy_fte", "inpost_fte"))
    yield from of_file(published, "workforce.vacancy_rate_fte", autumns, value="vacancy_rate_fte", parts=vacant)
    left = ("leavers_fte", ("inpost_fte",))
    yield from of_file(published, "workforce.turnover_rate_fte", years, value="turnover_rate_fte", parts=left)


def demand(published: Published) -> Iterator[Fact]:
    """Referrals, enquiries, conferences, plans and children in need."""

    def or_england(row: Row) -> bool:
        return row["geographic_level"] == "National" or row["old_la_code"] == BUCKS

    near = NEIGHBOURS | {BUCKS, SOUTH_EAST, ENGLAND}
    people = children(published)
    years = reporting(*range(2013, 2026))
    yield from of_file(published, "demand.referrals", years, value="referral_count", wanted=or_england)
    others = reporting(*range(2016, 2022), 2024, 2025)
    yield from of_lait(published, "demand.referrals_per_10_000", others, over=people)
    yield from of_lait(published, "demand.referrals_per_10_000", reporting(2022, 2023), wanted=near.__contains__, over=people)
    for measure, part, placed in (
        ("rereferrals", "rereferral", in_south_east(2021, 2022, 2023, 2024)),
        ("no_further_action", "no_further_action", in_south_east()),
        ("assessed_not_in_need", "not_in_need", in_south_east()),
    ):
        parts = (f"{part}_count", ("referral_count",))
        yield from of_file(published, f"demand.{measure}", years, value=f"{part}_percent", parts=parts, wanted=placed)
    since_2016 = reporting(*range(2016, 2026))
    for measure in ("demand.section_47_enquiries_per_10_000", "demand.initial_child_protection_conferences_per_10_000"):
        yield from of_lait(published, measure, since_2016, over=people)
    days = snapshots(3, 31, range(2013, 2026))
    at_31_march = "demand.children_subject_to_a_child_protection_plan"
    yield from of_file(published, at_31_march, days, value="CPP_At31", wanted=or_england)
    yield from of_file(published, "demand.children_in_need", days, value="At31_episodes")


def in_care(published: Published) -> Iterator[Fact]:
    """Children looked after, how many for every 10,000, and those of them who are unaccompanied."""
    days = snapshots(3, 31, range(2016, 2026))
    yield from of_lait(published, "looked_after.children", days)
    yield from of_file(
        published, "looked_after.children_per_10_000", days, value="rate_per_10000",
        parts=("children_count", ("population_estimate",)), population_type="Children looked after on 31 March each year",
    )  # fmt: skip
    yield from of_lait(published, "uasc.looked_after", days)


def population(published: Published) -> Iterator[Fact]:
    """Children of Buckinghamshire: in low income; at mid-2020 as first published, and the series rebased."""
    yield from of_lait(published, "poverty.children_in_relative_low_income", reporting(2022, 2023))
    original = published.single(OFFICIAL_MEASURES["population.aged_0_to_17_original"].file or "", code="E06000060")
    middle = Snapshot(dt.date(2020, 6, 30))
    for oldest in (17, 18):
        people = str(sum(float(original[f"age_{age}"] or "") for age in range(oldest + 1)))
        yield fact(f"population.aged_0_to_{oldest}_original", BUCKS, middle, {"value": people})
    years = snapshots(6, 30, range(2012, 2025))
    yield from of_file(published, "demand.children_at_mid_year", years, value="population_estimate")


def inspections(published: Published) -> Iterator[Fact]:
    """The authority in December 2021, its area's SEND in March 2022, its schools by grade."""
    file = OFFICIAL_MEASURES["inspections.overall_effectiveness"].file or ""
    found = published.sheet(file, "ILACS_inspection_history", header=2)
    history = [row for row in found if row["Local authority name"] == "Buckinghamshire"]
    first = min(history, key=lambda row: row["Inspection date"] or "")
    began = Snapshot(day(first["Inspection date"]))
    grade, report = (first[name] for name in ("Overall effectiveness", "Publication date"))
    yield fact("inspections.overall_effectiveness", BUCKS, began, {}, said=(grade or "").lower())
    yield fact("inspections.first_day", BUCKS, began, {}, said=began.start.isoformat())
    yield fact("inspections.report_published", BUCKS, Snapshot(day(report)), {}, said=day(report).isoformat())
    file = OFFICIAL_MEASURES["inspections.area_send_first_day"].file or ""
    areas = published.sheet(file, "Area_SEND_up_to_31_Aug_2022", header=4)
    area = next(row for row in areas if row["Area name"] == "Buckinghamshire")
    began = Snapshot(day(area["Inspection start date"]))
    weaknesses = area["Number significant weaknesses identified in written statement of action"]
    yield fact("inspections.area_send_first_day", BUCKS, began, {}, said=began.start.isoformat())
    yield fact("inspections.area_send_weaknesses", BUCKS, began, {"value": weaknesses})
    yield from schools(published)


def schools(published: Published) -> Iterator[Fact]:
    """Schools of every state-funded kind by grade; a grade that no school of a kind has is no row of the file."""
    measure, grades = "inspections.schools_by_grade", ("Outstanding", "Good", "Requires improvement", "Inadequate")
    # Of 2020 nothing says that the day is that of the other years.
    for year in ("2019", "2021", "2022", "2023"):
        counts = dict.fromkeys(grades, 0.0)
        for row in published.rows(OFFICIAL_MEASURES[measure].file or ""):
            here = row["la_name"] == "Buckinghamshire" and row["Year"] == year
            if here and row["Measure"] == "Overall effectiveness (number of schools)":
                counts[row["Overall effectiveness"] or ""] += float(row["Value"] or "")
        # The file names years; that they are of 31 August is said of its source, SCHOOLS_BY_GRADE.
        when = Snapshot(dt.date(int(year), 8, 31))
        for grade in grades:
            yield fact(measure, BUCKS, when, {"value": str(counts[grade])}, of=grade.lower())
        good, graded = counts["Outstanding"] + counts["Good"], sum(counts.values())
        parts: Numbers = {"value": str(100 * good / graded), "numerator": str(good), "denominator": str(graded)}
        yield fact("inspections.schools_good_or_outstanding", BUCKS, when, parts)


def attainment(published: Published) -> Iterator[Fact]:
    """Results of Buckinghamshire; to 2019 of England, and of 2018-19 of the other authorities of the region too."""
    lait = published.rows(OFFICIAL_MEASURES["attainment.phonics"].file or "")
    region = {row["LA Number"] for row in lait if row["Region"] == REGION_NAME} | {SOUTH_EAST}
    earlier: dict[str, Period] = {str(year): AcademicYear.ending(year) for year in (2016, 2017, 2018)}
    for measure in (key for key in OFFICIAL_MEASURES if key.startswith("attainment.")):
        yield from of_lait(published, measure, earlier, wanted={BUCKS, ENGLAND}.__contains__)
        last: dict[str, Period] = {"2019": AcademicYear.ending(2019)}
        yield from of_lait(published, measure, last, wanted=(region | {BUCKS, ENGLAND}).__contains__)
        later: dict[str, Period] = {str(year): AcademicYear.ending(year) for year in range(2020, 2026)}
        yield from of_lait(published, measure, later)


def in_no_file() -> Iterator[Fact]:
    """The two that no data file here has; their measures say where each was read."""
    began = Snapshot(dt.date(2017, 11, 6))
    yield fact("inspections.overall_effectiveness_before", BUCKS, began, {}, said="inadequate")
    of_2010 = "demand.children_subject_to_a_child_protection_plan_in_2010"
    yield fact(of_2010, ENGLAND, Snapshot(dt.date(2010, 3, 31)), {"value": "39100"})


def day(cell: str | None) -> dt.date:
    """The day of a cell of a worksheet, which has a time at midnight."""
    return dt.date.fromisoformat((cell or "")[:10])


def build(folder: Path) -> str:
    """The whole file, as text."""
    published = Published(folder)
    found = [row for part in (plans, workforce, demand, in_care, population, inspections, attainment) for row in part(published)]
    found += in_no_file()
    order = list(OFFICIAL_MEASURES)
    if {row["measure"] for row in found} != set(order):
        raise SystemExit("a measure has no facts, or a fact has no measure")
    found.sort(key=lambda row: (order.index(row["measure"]), row["period_end"], row["area"], row["part"]))
    keys = [tuple(row[name] for name in COLUMNS[:6]) for row in found]
    if len(set(keys)) != len(keys):
        raise SystemExit("a fact is there twice")
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return text.getvalue()


if __name__ == "__main__":
    FACTS.write_text(build(Path(sys.argv[1])), encoding="utf-8", newline="\n")
