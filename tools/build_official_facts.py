"""Make ``record/officially/official_facts.csv`` from the published files: the few rows that the record is set beside.

Each measure has one extraction below, which names its file's columns and its filter; the file itself, the release and the
place in it are those of ``bucks_cs.record.officially.measures``, so that what is shipped says where it is from. Areas are LA
numbers, and ONS codes above an authority, whatever code the release gives an authority (Buckinghamshire's plans of 2023 are
under the code of the county council that ended in 2020): Buckinghamshire alone, or, where it is placed among others, all
authorities of the South East, or its ten statistical neighbours of 2021, with England and the region.

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
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import polars as pl

from bucks_cs import ehcp
from bucks_cs.periods import AcademicYear, CalendarYear, Month, Period, ReportingYear, Snapshot
from bucks_cs.record.officially.measures import OFFICIAL_MEASURES

FACTS = Path(__file__).resolve().parents[1] / "src" / "bucks_cs" / "record" / "officially" / "official_facts.csv"

COLUMNS = (
    *("measure", "area", "part", "period_kind", "period_start", "period_end"),
    *("value", "numerator", "denominator", "said", "withheld"),
)

BUCKS, SOUTH_EAST, ENGLAND = "825", "E12000008", "E92000001"
NEIGHBOURS = frozenset(("936", "869", "868", "919", "931", "850", "867", "873", "823", "358"))
"""Row 825 of neighbours/New_Statistical_Neighbour_Groupings_April_2021.csv; the test compares them."""

REGION_NAME, LAIT_AREAS = "South East", {"England": ENGLAND, "South East": SOUTH_EAST}
MARKS = {"c": "c", "x": "x", "z": "z", "u": "u", "low": "low", "k": "low", ":": "x", "-": "x"}

Fact = dict[str, str]
Row = dict[str, str | None]
Numbers = dict[str, str | None]


def number(text: str | None) -> tuple[str, str]:
    """A published number without its binary noise, or the mark that stands in its place."""
    cell = (text or "").strip()
    if cell in MARKS:
        return "", MARKS[cell]
    value = round(float(cell), 6)
    return (f"{value:.0f}" if value == int(value) else repr(value)), ""


def fact(measure: str, area: str, period: Period, numbers: Numbers, *, of: str = "", said: str = "") -> Fact:
    """One row of the file, of the numbers there are: a value, a numerator, a denominator."""
    made = {"measure": measure, "area": area, "part": of, "said": said, "period_kind": str(period.kind)}
    made |= {"period_start": period.start.isoformat(), "period_end": period.end.isoformat(), "withheld": ""}
    for name in ("value", "numerator", "denominator"):
        made[name], mark = number(numbers[name]) if name in numbers else ("", "")
        if name == "value":
            made["withheld"] = mark
    return {column: made[column] for column in COLUMNS}


class Published:
    """The folder of published files, each read once, every cell as text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, list[Row]] = {}

    def rows(self, file: str) -> list[Row]:
        """The rows of a CSV file, or of the interactive tool's table."""
        if file not in self._read:
            self._read[file] = list(self._rows(self.folder / file))
        return self._read[file]

    @staticmethod
    def _rows(path: Path) -> Iterator[Row]:
        if path.suffix == ".parquet":
            wanted = [measure.source.place.removeprefix("measure ") for measure in OFFICIAL_MEASURES.values()]
            table = (
                pl.read_parquet(path)
                .filter(pl.col("Short Desc").is_in(wanted))
                .with_columns(pl.col("LA Number").cast(pl.Int64).cast(pl.String))
            )
            yield from table.iter_rows(named=True)
        else:
            with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
                yield from csv.DictReader(file)

    def sheet(self, file: str, name: str, *, header: int) -> list[Row]:
        """The rows of a worksheet."""
        table = pl.read_excel(self.folder / file, sheet_name=name, read_options={"header_row": header}, infer_schema_length=0)
        return list(table.iter_rows(named=True))

    def single(self, file: str, **filters: str) -> Row:
        """The one row with these cells."""
        found = [row for row in self.rows(file) if all(row[name] == cell for name, cell in filters.items())]
        if len(found) != 1:
            raise SystemExit(f"{file}: {len(found)} rows where one was looked for")
        return found[0]


def key_of(row: Row) -> str:
    """What the facts call an area of a DfE data file."""
    level = row["geographic_level"]
    return str({"National": ENGLAND, "Regional": row["region_code"]}.get(level or "", row["old_la_code"]))


def in_south_east(row: Row) -> bool:
    """Whether it is England, the South East or one of its authorities."""
    return row["geographic_level"] == "National" or row["region_name"] == REGION_NAME


def of_file(
    published: Published,
    measure: str,
    years: dict[str, Period],
    *,
    value: str,
    parts: tuple[str, tuple[str, ...]] | None = None,
    wanted: Callable[[Row], bool] = lambda row: row["old_la_code"] == BUCKS,
    **filters: str,
) -> Iterator[Fact]:
    """A measure of a DfE data file: the column of its value, and those of its numerator and (summed) denominator."""
    for row in published.rows(OFFICIAL_MEASURES[measure].file or ""):
        if row["time_period"] not in years or not wanted(row) or any(row[name] != cell for name, cell in filters.items()):
            continue
        numbers: Numbers = {"value": row[value]}
        if parts:
            numbers["numerator"] = row[parts[0]]
            cells = [row[name] or "" for name in parts[1]]
            numbers["denominator"] = next((cell for cell in cells if cell in MARKS), None) or str(sum(map(float, cells)))
        yield fact(measure, key_of(row), years[row["time_period"] or ""], numbers)


def children(published: Published) -> dict[tuple[str, str], str]:
    """Children aged 0 to 17 by area and year of the estimate."""
    file = OFFICIAL_MEASURES["demand.children_at_mid_year"].file or ""
    return {(key_of(row), str(row["time_period"])): str(row["population_estimate"]) for row in published.rows(file)}


def of_lait(
    published: Published,
    measure: str,
    years: dict[str, Period],
    *,
    wanted: Callable[[str], bool] = lambda area: area == BUCKS,
    over: dict[tuple[str, str], str] | None = None,
) -> Iterator[Fact]:
    """A measure of the interactive tool; ``over`` gives the children that a rate is divided by, those of the mid-year before."""
    name = OFFICIAL_MEASURES[measure].source.place.removeprefix("measure ")
    referrals = {
        (key_of(row), row["time_period"]): row["referral_count"]
        for row in published.rows(OFFICIAL_MEASURES["demand.referrals"].file or "")
    }
    for row in published.rows(OFFICIAL_MEASURES[measure].file or ""):
        place, year = row["LA and Regions"] or "", (row["Years"] or "").split(" ")[0]
        area = LAIT_AREAS.get(place) or row["LA Number"] or ""
        if row["Short Desc"] != name or year not in years or not wanted(area):
            continue
        numbers: Numbers = {"value": row["Values"]}
        if over is not None:
            numbers["denominator"] = over[area, str(int(year) - 1)]
        if measure == "demand.referrals_per_10_000":
            numbers["numerator"] = referrals[area, year]
        yield fact(measure, area, years[year], numbers)


def reporting(*ends: int) -> dict[str, Period]:
    """Reporting years to 31 March, by the year they end in."""
    return {str(end): ReportingYear(end, ends=(3, 31)) for end in ends}


def snapshots(month: int, day: int, years: Iterable[int]) -> dict[str, Period]:
    """Days of years."""
    return {str(year): Snapshot(dt.date(year, month, day)) for year in years}


def january(*years: int) -> dict[str, Period]:
    """The January of an academic year, by its number in the files: 202122 is that of 2022."""
    return {f"{year - 1}{year % 100}": Month.of(year, 1) for year in years}


def plans(published: Published) -> Iterator[Fact]:
    """Education, health and care plans: in time, maintained, by need."""
    years: dict[str, Period] = {str(year): CalendarYear.starting(year) for year in (2019, 2020, 2021)}
    issued = "All EHC plans issued"
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
        yield from of_file(published, measure, years, value=value, parts=(top, (bottom,)), wanted=in_south_east, breakdown=issued)
    maintained = ehcp.PLANS.key
    yield from of_file(published, maintained, january(*range(2019, 2026)), value="ehcplans", breakdown="All EHC plans")
    needs = published.single(
        OFFICIAL_MEASURES[maintained].file_of_parts or "",
        time_period="202425", old_la_code=BUCKS, breakdown="All EHC plans",
    )  # fmt: skip
    for need in (each.value for each in ehcp.PrimaryNeed if each.published_as is each):
        yield fact(maintained, BUCKS, Month.of(2025, 1), {"value": needs[f"number_{need.lower()}"]}, of=need)


def workforce(published: Published) -> Iterator[Fact]:
    """Agency workers in the South East, and cases held."""
    autumn = snapshots(9, 30, (2019,))
    for base in ("fte", "headcount"):
        parts = (f"agency_{base}", (f"agency_{base}", f"inpost_{base}"))
        yield from of_file(
            published, f"workforce.agency_rate_{base}", autumn,
            value=f"agency_rate_{base}", parts=parts, wanted=in_south_east,
        )  # fmt: skip
    yield from of_file(published, "workforce.cases", snapshots(9, 30, (2019, 2022)), value="cases")


def demand(published: Published) -> Iterator[Fact]:
    """Referrals, enquiries, conferences, plans and children in need."""

    def or_england(row: Row) -> bool:
        return row["geographic_level"] == "National" or row["old_la_code"] == BUCKS

    near = NEIGHBOURS | {BUCKS, SOUTH_EAST, ENGLAND}
    people = children(published)
    years = reporting(*range(2013, 2026))
    yield from of_file(published, "demand.referrals", years, value="referral_count", wanted=or_england)
    yield from of_lait(published, "demand.referrals_per_10_000", reporting(2022, 2023), wanted=near.__contains__, over=people)
    yield from of_file(
        published, "demand.rereferrals", reporting(2021, 2022, 2023, 2024), value="rereferral_percent",
        parts=("rereferral_count", ("referral_count",)), wanted=in_south_east,
    )  # fmt: skip
    for measure in ("demand.section_47_enquiries_per_10_000", "demand.initial_child_protection_conferences_per_10_000"):
        yield from of_lait(published, measure, reporting(2020, 2022, 2023), over=people)
    at_31_march = "demand.children_subject_to_a_child_protection_plan"
    yield from of_file(published, at_31_march, snapshots(3, 31, range(2013, 2026)), value="CPP_At31", wanted=or_england)
    yield from of_file(published, "demand.children_in_need", snapshots(3, 31, range(2013, 2023)), value="At31_episodes")
    yield from of_lait(published, "looked_after.children", snapshots(3, 31, range(2016, 2026)))
    yield from of_lait(published, "uasc.looked_after", snapshots(3, 31, (2022, 2023)))


def population(published: Published) -> Iterator[Fact]:
    """Children of Buckinghamshire: in low income; at mid-2020 as first published, and the series rebased."""
    yield from of_lait(published, "poverty.children_in_relative_low_income", reporting(2022, 2023))
    original = published.single(OFFICIAL_MEASURES["population.aged_0_to_17_original"].file or "", code="E06000060")
    middle = Snapshot(dt.date(2020, 6, 30))
    for oldest in (17, 18):
        people = str(sum(float(original[f"age_{age}"] or "") for age in range(oldest + 1)))
        yield fact(f"population.aged_0_to_{oldest}_original", BUCKS, middle, {"value": people})
    years = snapshots(6, 30, range(2012, 2023))
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
    for year in ("2021", "2022"):
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
    """Results of the four years to 2019, of Buckinghamshire and England; of 2018-19 the other authorities of the region too."""
    lait = published.rows(OFFICIAL_MEASURES["attainment.phonics"].file or "")
    region = {row["LA Number"] for row in lait if row["Region"] == REGION_NAME} | {SOUTH_EAST}
    earlier: dict[str, Period] = {str(year): AcademicYear.ending(year) for year in (2016, 2017, 2018)}
    for measure in (key for key in OFFICIAL_MEASURES if key.startswith("attainment.")):
        yield from of_lait(published, measure, earlier, wanted={BUCKS, ENGLAND}.__contains__)
        last: dict[str, Period] = {"2019": AcademicYear.ending(2019)}
        yield from of_lait(published, measure, last, wanted=(region | {BUCKS, ENGLAND}).__contains__)


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
    found = [row for part in (plans, workforce, demand, population, inspections, attainment) for row in part(published)]
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
