"""The ground that readers of published files stand on: years, topics, headings, rounding, and another file of a user's own."""

from __future__ import annotations

import csv
import datetime as dt
import pickle

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import FrameProblems, InvalidValue, Unreadable, UnsupportedFrame
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Withheld
from bucks_cs.periods import AcademicYear, CalendarYear, FinancialYear, Month, ReportingYear, Snapshot, parse
from bucks_cs.provenance import NoOfficialSource, Source, published
from bucks_cs.published_files import (
    EXACT,
    TO_ONE_DECIMAL,
    TO_TEN_ABOVE,
    Heading,
    Published,
    PublishedFile,
    PublishedRows,
    Rounding,
    Timing,
    ToolMeasure,
    Topic,
    area_keys,
    dropped,
    kept,
    published_rows,
    read_interactive_tool,
    read_published,
    readings_of,
    renamed,
)
from bucks_cs.testing import as_engine

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ENGLAND = "E92000001"
MADE_UP = Source(title="Made up", publisher="Nobody", date=published("2026"), place="this test")
DFE = Source(title="Schools", publisher="Department for Education", date=published("2026"), place="data files")


def indicator(name, *, measure=Measure.COUNT, kind=Kind.FLOW):
    """An indicator of children."""
    unit = "percent" if measure is Measure.SHARE else "child"
    return Indicator(
        key=f"test.{name}", title=name, counts="children", measure=measure, kind=kind, unit=unit, better=Better.NEITHER,
        sources=NoOfficialSource(reason="made up for a test"),
    )  # fmt: skip


PUPILS = indicator("pupils")
ON_ROLL = indicator("on_roll", kind=Kind.STOCK)
ABSENT = indicator("absent", measure=Measure.SHARE)
YEARS = Timing(identifiers="Academic year")


def a_file(**more):
    """A file of pupils, with some of it changed."""
    of = {
        "name": "pupils",
        "about": "pupils",
        "publication": DFE,
        "timing": YEARS,
        "latest_release": 2025,
        "headings": {
            "pupils": kept("pupil_count", 2024, 2025),
            "absent": kept("absent_count", 2024, 2025),
            "absent_percent": kept("absent_pc", 2024, 2025),
        },
    }
    return PublishedFile(**(of | more))


MEASURES = (
    Published(indicator=PUPILS, value="pupils", rounding=EXACT),
    Published(indicator=ABSENT, value="absent_percent", part="absent", whole="pupils", rounding=TO_ONE_DECIMAL),
)
BY_TOPIC = {
    "age": Topic(texts="Age", prefixes="Aged "),
    "sex": Topic(texts=("Sex", "Gender"), not_recorded=("Unknown", "Not known")),
}


def rows(*cells, **columns):
    """Rows of the file: of authorities, each given as (LA number, year, pupils)."""
    made = {
        "time_period": [str(year) for _, year, _ in cells],
        "time_identifier": ["Academic year"] * len(cells),
        "geographic_level": ["Local authority"] * len(cells),
        "country_code": [ENGLAND] * len(cells),
        "region_code": ["E12000008"] * len(cells),
        "old_la_code": [code for code, *_ in cells],
        "pupil_count": [str(count) for *_, count in cells],
        "absent_count": ["1"] * len(cells),
        "absent_pc": ["10.0"] * len(cells),
    }
    return pl.DataFrame(made | columns, schema_overrides=dict.fromkeys(made, pl.String))


ONE = ("825", 202425, 10)


def rows_of(native):
    """The rows of a frame of any engine."""
    return collect(enter(native)[0]).with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


# Years.


@pytest.mark.parametrize(
    ("identifier", "ends"),
    [("Calendar year", None), ("Academic year", None), ("Financial year", None), ("Reporting year", (9, 30))],
)
def test_every_year_is_the_one_that_parse_reads_beside_its_identifier(identifier, ends):
    """All of the calendar, by what the periods themselves read; a stock is of the last day."""
    calendar = pl.DataFrame(Timing(identifiers=identifier, ends=ends).calendar())
    assert len(calendar) == 100
    for row in calendar.iter_rows(named=True):
        period = parse(row["__time_period"], time_identifier=identifier, ends=ends)
        assert (row["kind"], row["start"], row["end"]) == (str(period.kind), period.start, period.end)
        assert (row["stock_kind"], row["stock_start"], row["stock_end"]) == ("snapshot", period.end, period.end)
        assert row["year"] == period.end.year
        assert row["__identifier"] == identifier.lower()


@pytest.mark.parametrize(
    ("year", "month", "expected"),
    [
        (AcademicYear("2024/25"), 1, "January 2025"),
        (AcademicYear("2024/25"), 7, "July 2025"),
        (AcademicYear("2024/25"), 8, "August 2024"),
        (AcademicYear("2024/25"), 10, "October 2024"),
        (FinancialYear("2024-25"), 3, "March 2025"),
        (FinancialYear("2024-25"), 4, "April 2024"),
        (CalendarYear(2025), 1, "January 2025"),
        (ReportingYear(2025, ends=(3, 31)), 1, "January 2025"),
    ],
)
def test_a_stock_of_a_month_is_of_the_one_in_its_year(year, month, expected):
    """By hand: an academic year begins in August, a financial one in April."""
    named = {"calendar year": "Calendar year", "academic year": "Academic year", "financial year": "Financial year"}
    identifier = named.get(str(year.kind), "Reporting year")
    timing = Timing(identifiers=identifier, ends=(3, 31) if identifier == "Reporting year" else None, month=month)
    assert timing.stock(year) == Month(expected)
    day = Month(expected).start
    known = Timing(identifiers=identifier, ends=timing.ends, month=month, days={day.year: day})
    assert known.stock(year) == Snapshot(day)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"identifiers": "Tax year"}, "Timing.identifiers: expected one or more of Calendar year"),
        ({"identifiers": ()}, "Timing.identifiers"),
        ({"identifiers": 2025}, "Timing.identifiers"),
        ({"identifiers": ("Calendar year", "Calendar year")}, "each once"),
        ({"identifiers": "Reporting year"}, "Timing.ends"),
        ({"identifiers": "Calendar year", "ends": (3, 31)}, "Timing.ends"),
        ({"identifiers": "Reporting year", "ends": (2, 29)}, "a month and a day that every year has"),
        ({"identifiers": "Calendar year", "month": 13}, "month"),
        ({"identifiers": "Calendar year", "days": {2025: dt.date(2025, 1, 16)}}, "Timing.month"),
        ({"identifiers": "Calendar year", "month": 1, "days": {2025: dt.date(2024, 1, 16)}}, "Timing.days"),
        ({"identifiers": "Calendar year", "month": 1, "days": {2025: "16 January"}}, "Timing.days"),
    ],
)
def test_a_timing_that_cannot_be_is_refused(given, message):
    """By the argument."""
    with pytest.raises((InvalidValue, Unreadable), match=message):
        Timing(**given)


def test_a_stock_of_no_period_is_refused():
    """And of no kind of year that is not one."""
    with pytest.raises(InvalidValue, match="year: expected a period"):
        Timing(identifiers="Calendar year").stock(2025)


def test_years_of_two_kinds_in_one_file_keep_their_kinds():
    """Flows of different years are not the same; their errors name both forms."""
    both = a_file(timing=Timing(identifiers=("Academic year", "Calendar year")))
    mixed = rows(ONE, ("825", 2025, 11), time_identifier=["Academic year", "Calendar year"])
    found = read_published(mixed, both, MEASURES[:1])
    assert [(reading.period, reading.number) for reading in found] == [(AcademicYear("2024/25"), 10), (CalendarYear(2025), 11)]
    with pytest.raises(FrameProblems, match=r"time_period: is no year of four digits or six digits \(1 row\)"):
        read_published(mixed.with_columns(time_period=pl.Series(["202425", "202425"])), both, MEASURES[:1])
    with pytest.raises(FrameProblems, match=r"time_identifier: is not Academic year or Calendar year \(2 rows\)"):
        read_published(mixed.with_columns(time_identifier=pl.lit("Reporting year")), both, MEASURES[:1])


def test_without_a_time_identifier_years_are_of_the_first_kind():
    """As in files that have lost the column."""
    found = read_published(rows(ONE).drop("time_identifier"), a_file(), MEASURES[:1])
    assert found.at().period == AcademicYear("2024/25")


@pytest.mark.parametrize("year", ["2024", "202526 ", "202424", "202400", "", "2024/25", "189900"])
def test_only_two_years_that_follow_each_other_are_an_academic_year(year):
    """Spaces apart."""
    frame = rows(ONE).with_columns(time_period=pl.lit(year))
    if year.strip() == "202526":
        assert read_published(frame, a_file(), MEASURES[:1]).at().period == AcademicYear("2025/26")
        return
    with pytest.raises(FrameProblems, match=r"time_period: is no year of six digits \(1 row\)"):
        read_published(frame, a_file(), MEASURES[:1])


# Topics.


def broken_down(*groups, topic="Age", **more):
    """Rows of groups, and the total."""
    cells = [ONE] * (len(groups) + 1)
    return rows(*cells, breakdown_topic=["All pupils", *[topic] * len(groups)], breakdown=["All pupils", *groups], **more)


def test_totals_are_the_rows_whose_group_is_called_what_its_topic_is():
    """And each topic is asked for by name."""
    file = a_file(topics=BY_TOPIC)
    frame = broken_down("Aged 10", "aged 11", "12", "Unknown")
    assert len(read_published(frame, file, MEASURES)) == 2
    by_age = read_published(frame, file, MEASURES[:1], by="age")
    assert by_age.by == ("age",)
    assert by_age.frame["age"].to_list() == ["10", "11", "12", None]
    assert read_published(broken_down("Not known", topic="Gender"), file, MEASURES[:1], by="sex").at().dims == (("sex", None),)


def test_two_groups_that_come_to_the_same_are_refused():
    """``Aged 10`` and ``10`` of one area and year."""
    with pytest.raises(FrameProblems, match=r"area, time_period, breakdown: more than one row has the same \(2 rows\)"):
        read_published(broken_down("Aged 10", "10"), a_file(topics=BY_TOPIC), MEASURES, by="age")


def test_a_blank_group_is_refused_and_a_blank_topic_is_no_total():
    """Null or empty."""
    file = a_file(topics=BY_TOPIC)
    for blank in ("", None):
        with pytest.raises(FrameProblems, match=r"breakdown: is blank \(1 row\)"):
            read_published(broken_down("Aged 10", blank), file, MEASURES, by="age")
    empty = rows(ONE, breakdown_topic=[None], breakdown=[None])
    with pytest.raises(FrameProblems, match="breakdown: no row is a total"):
        read_published(empty.with_columns(pl.col("breakdown", "breakdown_topic").cast(pl.String)), file, MEASURES)


def test_rows_of_other_topics_need_not_be_readable():
    """Only what is asked for is looked at."""
    frame = broken_down("Aged 10", pupil_count=["10", "n/a"])
    assert read_published(frame, a_file(topics=BY_TOPIC), MEASURES[:1]).at().number == 10
    with pytest.raises(FrameProblems, match=r"pupil_count: is neither a number nor one of c, x, z, .* \(1 row\)"):
        read_published(frame, a_file(topics=BY_TOPIC), MEASURES[:1], by="age")


@pytest.mark.parametrize("by", ["ages", "", 3, ("age",)])
def test_a_topic_that_the_file_has_not_is_refused(by):
    """With those it has."""
    with pytest.raises(InvalidValue, match="by: expected None, or one of age, sex"):
        read_published(broken_down(), a_file(topics=BY_TOPIC), MEASURES, by=by)
    with pytest.raises(InvalidValue, match="by: expected None: this file is not broken down in rows"):
        read_published(rows(ONE), a_file(), MEASURES, by=by)


def test_a_file_with_topics_needs_their_columns():
    """Both are named."""
    with pytest.raises(FrameProblems) as caught:
        read_published(rows(ONE), a_file(topics=BY_TOPIC), MEASURES)
    assert [problem.column for problem in caught.value.problems] == ["breakdown_topic", "breakdown"]


# Headings and releases.


def test_the_release_is_told_by_the_headings_the_newest_year_and_the_lag():
    """Figures of 2023/24 in a release named 2025 are a lag of 1."""
    file = a_file(
        headings={
            "pupils": renamed("Pupils", "pupil_count", read_in=(2022,), since=2024, read_after=(2024, 2025)),
            "absent": dropped("Absent", 2022, until=2023),
        },
        optional=frozenset({"absent"}),
        lag=1,
    )
    old = rows(("825", 202122, 10)).rename({"pupil_count": "Pupils", "absent_count": "Absent"})
    of_2023 = read_published(old, file, MEASURES[:1]).source
    assert (of_2023.title, of_2023.publisher, of_2023.date) == ("Schools, reporting year 2023", DFE.publisher, published("2023"))
    new = read_published(rows(("825", 202324, 10)), file, MEASURES[:1]).source
    assert (new.title, new.place) == ("Schools, reporting year 2025", "data file pupils, pupils")
    part = read_published(rows(("825", 202021, 10)), file, MEASURES[:1]).source
    assert (part.date.earliest, part.date.latest) == (dt.date(2024, 1, 1), dt.date(2025, 12, 31))


def test_a_figure_that_is_not_asked_for_may_be_missing_or_unreadable():
    """A file of fifty columns is not refused for one that nobody reads."""
    frame = rows(ONE).with_columns(absent_pc=pl.lit("n/a")).drop("absent_count")
    found = published_rows(frame, a_file(), figures=("pupils",))
    assert isinstance(found, PublishedRows)
    assert (found.figures, found.latest, found.by) == (frozenset({"pupils"}), 2025, ())
    assert readings_of(found, MEASURES, source=MADE_UP).at().number == 10
    with pytest.raises(FrameProblems, match=r"absent_count: there is no such column"):
        published_rows(frame, a_file())


def test_measures_of_figures_that_were_not_read_are_passed_over_and_no_measure_is_refused():
    """As a release without a column has none of its measure."""
    found = published_rows(rows(ONE), a_file(), figures=("pupils",))
    assert readings_of(found, MEASURES, source=MADE_UP).indicators == (PUPILS,)
    with pytest.raises(InvalidValue, match="measures: expected one or more Published measures"):
        readings_of(found, MEASURES[1:], source=MADE_UP)
    for measures in ((), ("pupils",), (None,)):
        with pytest.raises(InvalidValue, match="measures"):
            read_published(rows(ONE), a_file(), measures)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"headings": {}}, "PublishedFile.headings"),
        ({"headings": {"pupils": ()}}, "PublishedFile.headings"),
        ({"headings": {"pupils": ("pupil_count",)}}, "PublishedFile.headings"),
        ({"optional": frozenset({"other"})}, "PublishedFile.optional"),
        ({"timing": "Academic year"}, "a Timing"),
        ({"publication": "DfE"}, "a Source"),
        ({"latest_release": "2025"}, "PublishedFile.latest_release"),
        ({"lag": True}, "PublishedFile.lag"),
    ],
)
def test_a_file_that_cannot_be_is_refused(more, message):
    """By the argument."""
    with pytest.raises(InvalidValue, match=message):
        a_file(**more)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Heading(text="a", read_in=()), "Heading.read_in"),
        (lambda: Heading(text="a", read_in=("2025",)), "a release"),
        (lambda: Topic(texts=()), "Topic.texts"),
        (lambda: Topic(texts=(1,)), "Topic"),
        (lambda: Rounding(above=0), "Rounding.above"),
        (lambda: Rounding(authority="10"), "Rounding.authority"),
        (lambda: Published(indicator="a", value="b", rounding=EXACT), "an Indicator"),
        (lambda: Published(indicator=PUPILS, value="b", rounding=10), "a Rounding"),
        (lambda: read_published(rows(ONE), None, MEASURES), "file: expected a PublishedFile"),
        (lambda: published_rows(rows(ONE), a_file(), figures=("other",)), "figures: expected some of pupils"),
        (lambda: read_published("nowhere.csv", a_file(), MEASURES), "the path of a CSV file that is there"),
    ],
)
def test_what_is_none_of_ours_is_refused_by_name(make, message):
    """No error of Python's own."""
    with pytest.raises(InvalidValue, match=message):
        make()


def test_what_is_no_frame_is_refused():
    """As everywhere."""
    with pytest.raises(UnsupportedFrame):
        read_published([1, 2], a_file(), MEASURES)


def test_an_error_names_the_publisher_whose_file_it_is():
    """DfE by its letters."""
    for publication, whose in ((DFE, "DfE's data file pupils"), (MADE_UP, "Nobody's data file pupils")):
        with pytest.raises(FrameProblems, match=whose):
            read_published(rows(("999", 202425, 10)), a_file(publication=publication), MEASURES)


def test_files_and_measures_are_values():
    """Equal, and pickled whole."""
    assert a_file() == a_file()
    assert pickle.loads(pickle.dumps(a_file(topics=BY_TOPIC))) == a_file(topics=BY_TOPIC)
    assert pickle.loads(pickle.dumps(MEASURES)) == MEASURES


# Figures.


def test_a_figure_has_the_bounds_of_its_own_rounding():
    """10 at authorities and 100 above; a share ends at 100 and a count at 0."""
    coarse = Published(indicator=PUPILS, value="pupils", rounding=Rounding(authority=10, above=100))
    share = Published(indicator=ABSENT, value="absent_percent", rounding=Rounding(authority=1, above=1))
    frame = pl.concat([
        rows(ONE, absent_pc=["100"]),
        rows(("", 202425, 0), absent_pc=["0"]).with_columns(geographic_level=pl.lit("Regional")),
    ])  # fmt: skip
    found = read_published(frame, a_file(), [coarse, share])
    bounds = {
        (reading.indicator.key, reading.area): (reading.bound("lower"), reading.bound("upper"), reading.interval)
        for reading in found
    }
    rounding = Interval.ROUNDING
    assert bounds == {
        ("test.pupils", "825"): (5, 15, rounding),
        ("test.pupils", "E12000008"): (0, 50, rounding),
        ("test.absent", "825"): (99.5, 100, rounding),
        ("test.absent", "E12000008"): (0, 0.5, rounding),
    }
    exact = read_published(frame, a_file(), [Published(indicator=PUPILS, value="pupils", rounding=TO_TEN_ABOVE)])
    assert exact.at(area="825").interval is None
    assert exact.at(area="E12000008").bound("upper") == 5


def test_a_denominator_may_be_the_sum_of_two_figures_and_is_a_gap_where_one_is():
    """Or not published at all."""
    measure = Published(
        indicator=ABSENT, value="absent_percent", part="absent", whole=("absent", "pupils"), rounding=TO_ONE_DECIMAL
    )
    found = read_published(rows(ONE, ("840", 202425, "c")), a_file(), [measure])
    assert [(reading.area, reading.numerator, reading.denominator) for reading in found] == [("825", 1, 11), ("840", 1, None)]
    alone = Published(indicator=ABSENT, value="absent_percent", part="absent", rounding=TO_ONE_DECIMAL)
    assert read_published(rows(ONE), a_file(), [alone]).at().denominator is None


def test_a_column_for_each_group_becomes_a_row_for_each_group():
    """By the dims of the measures, which must be the same; and by a topic as well."""
    wide = [
        Published(indicator=PUPILS, value=value, rounding=EXACT, dims={"state": state})
        for value, state in (("pupils", "all"), ("absent", None))
    ]
    found = read_published(rows(ONE), a_file(), wide)
    assert found.by == ("state",)
    assert [(reading.dims, reading.number) for reading in found] == [((("state", "all"),), 10), ((("state", None),), 1)]
    both = read_published(broken_down("Aged 10"), a_file(topics=BY_TOPIC), wide, by="age")
    assert both.by == ("age", "state")
    with pytest.raises(InvalidValue, match="measures of the same dims"):
        read_published(rows(ONE), a_file(), [*wide, MEASURES[0]])


def test_a_stock_is_of_its_day_and_a_flow_of_its_year():
    """In one file."""
    stock = Published(indicator=ON_ROLL, value="pupils", rounding=EXACT)
    file = a_file(timing=Timing(identifiers="Academic year", month=1, days={2025: dt.date(2025, 1, 16)}))
    found = read_published(rows(ONE), file, [stock, MEASURES[0]])
    assert found.at(indicator=ON_ROLL).period == Snapshot("16 January 2025")
    assert found.at(indicator=PUPILS).period == AcademicYear("2024/25")


@settings(max_examples=settings.default.max_examples // 6)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(set(area_keys()["local authority"].values()))),
            st.integers(min_value=2000, max_value=2099),
            st.one_of(
                st.integers(min_value=0, max_value=10**7), st.sampled_from(["c", "x", "z", "low", "u", "k", ":", "[x]", " c "])
            ),
        ),
        max_size=20,
        unique_by=lambda cell: cell[:2],
    )
)
def test_any_rows_are_read_as_they_were_written(cells):
    """Each area and year once, its number or its reason."""
    frame = rows(*((code, f"{year}{(year + 1) % 100:02}", cell) for code, year, cell in cells))
    found = read_published(frame, a_file(), MEASURES[:1])
    got = {(reading.area, reading.period.start.year): reading.withheld or reading.number for reading in found}
    assert got == {
        (code, year): Withheld.read(cell.strip("[] ")) if isinstance(cell, str) else cell for code, year, cell in cells
    }


# A file of another publication, as a user would read it.


def workforce(published, *, joint_areas=True):
    """DfE's file of social workers, whose year ends on 30 September."""
    series = Source(
        title="Children's social work workforce", publisher="Department for Education", date=DFE.date, place="data files"
    )
    file = PublishedFile(
        name="csww_indicators", about="social workers", publication=series, latest_release=2025,
        timing=Timing(identifiers="Reporting year", ends=(9, 30)), joint_areas=joint_areas,
        headings={"inpost": kept("inpost_headcount", 2025), "agency_percent": kept("agency_rate_fte", 2025)},
    )  # fmt: skip
    return published / "social_work_workforce" / "csww_indicators_2017_to_2025.csv", file


def test_a_file_of_another_publication_is_read_row_by_row(published):
    """Every number and every reason of two columns, by Python's own reader."""
    path, file = workforce(published)
    measures = [
        Published(indicator=ON_ROLL, value="inpost", rounding=EXACT),
        Published(indicator=ABSENT, value="agency_percent", rounding=TO_ONE_DECIMAL),
    ]
    found = read_published(path, file, measures)
    got = {(row["indicator"], row["area"], row["period_end"]): row for row in found.frame.iter_rows(named=True)}
    with path.open(encoding="utf-8-sig", newline="") as opened:
        printed = list(csv.DictReader(opened))
    joint = [row for row in printed if "/" in row["old_la_code"]]
    assert len(got) == 2 * (len(printed) - len(joint)) > 2_000
    for row in (row for row in printed if row not in joint):
        level = {"Local authority": row["old_la_code"], "Regional": row["region_code"], "National": ENGLAND}
        for key, column in (("test.on_roll", "inpost_headcount"), ("test.absent", "agency_rate_fte")):
            reading = got[key, level[row["geographic_level"]], dt.date(int(row["time_period"]), 9, 30)]
            cell = row[column]
            is_number = cell.replace(".", "").isdigit()
            assert (reading["value"], reading["withheld"]) == (float(cell) if is_number else None, None if is_number else cell)
    assert found.source.title == "Children's social work workforce, reporting year 2025"


def test_rows_of_two_authorities_together_are_left_behind_where_a_file_is_known_to_have_them(published):
    """Kingston with Richmond, North with West Northamptonshire: 14 rows, refused in a file that has none."""
    path, file = workforce(published, joint_areas=False)
    measures = [Published(indicator=ON_ROLL, value="inpost", rounding=EXACT)]
    with pytest.raises(FrameProblems, match=r"area: has a code that no area of its level is known by \(14 rows\)"):
        read_published(path, file, measures)
    joint = rows(("314 / 318", 202425, 1), ONE)
    assert len(read_published(joint, a_file(joint_areas=True), MEASURES[:1])) == 1
    by_code = rows(("", 202425, 1), ONE, new_la_code=["E09000021/E09000027", None])
    assert len(read_published(by_code, a_file(joint_areas=True), MEASURES[:1])) == 1


def test_home_education_of_academic_years_is_read_with_what_rounds_to_nothing(published):
    """``low`` is a reason and not 0."""
    file = a_file(
        name="ehe_academic_year", publication=DFE,
        headings={"children": kept("ehe_anytime_full_year", 2025), "early_percent": kept("ehe_schtype_ey_pc", 2025)},
    )  # fmt: skip
    measures = [
        Published(indicator=PUPILS, value="children", rounding=Rounding(authority=10, above=100)),
        Published(indicator=ABSENT, value="early_percent", rounding=Rounding(authority=1, above=1)),
    ]
    found = read_published(published / "home_education" / "ehe_academic_year.csv", file, measures)
    england = found.at(indicator=PUPILS, area=ENGLAND, period=AcademicYear("2024/25"))
    assert (england.number, england.bound("lower"), england.bound("upper")) == (175_900, 175_850, 175_950)
    assert found.at(indicator=ABSENT, area=ENGLAND, period=AcademicYear("2024/25")).withheld is Withheld.LOW


# Engines.


def same_everywhere(engine, spark=None):
    """Topics, dims, two kinds of year, gaps: as in polars."""
    file = a_file(topics=BY_TOPIC, timing=Timing(identifiers=("Academic year", "Calendar year"), month=1))
    wide = [
        Published(indicator=ON_ROLL, value=value, rounding=TO_TEN_ABOVE, dims={"state": state})
        for value, state in (("pupils", "all"), ("absent", None))
    ]
    frame = broken_down("Aged 10", "Unknown", "aged 11", pupil_count=["1", "c", "3", "x"])
    frame = frame.with_columns(
        time_identifier=pl.Series(["Academic year"] * 3 + ["Calendar year"]), time_period=pl.Series(["202425"] * 3 + ["2026"])
    )
    expected = rows_of(read_published(frame, file, wide, by="age").frame)
    readings = read_published(as_engine(frame, engine, spark=spark), file, wide, by="age")
    assert readings.engine is engine
    assert rows_of(readings.frame) == expected
    assert [row["value"] for row in expected if row["state"] == "all"] == [None, None, 3.0]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_every_kind_of_frame_gives_the_same_readings_in_its_own_kind(engine):
    """And a lazy one stays lazy."""
    same_everywhere(engine)


@pytest.mark.spark
def test_spark_gives_the_same_readings_in_its_own_kind(spark):
    """As the others."""
    same_everywhere(Engine.PYSPARK, spark)


# Rows told apart by columns of other names, and England rounded otherwise than regions.


def told_apart(*kinds, **more):
    """Rows of one authority and year, told apart by a column of their own."""
    frame = rows(*(("825", 202425, 1) for _ in kinds), **more)
    return frame.with_columns(group=pl.Series(list(kinds), dtype=pl.String))


APART = {"told_apart_by": {"group": ("started", "ceased")}}


def test_each_measure_is_read_from_its_own_rows_where_columns_tell_them_apart():
    """Two rows of one area and year, and one reading of each measure."""
    file = a_file(**APART)
    both = [attrs.evolve(MEASURES[0], rows={"group": ("started",)})]
    assert len(read_published(told_apart("started", "ceased"), file, both)) == 1
    assert len(read_published(told_apart("ceased"), file, both)) == 0
    with pytest.raises(FrameProblems, match=r"group: is not started or ceased \(1 row\)"):
        read_published(told_apart("started", "Started"), file, both)
    with pytest.raises(FrameProblems, match=r"group: is not started or ceased \(1 row\)"):
        read_published(told_apart("started", None), file, both)
    with pytest.raises(FrameProblems, match=r"area, time_period, group: more than one row has the same \(2 rows\)"):
        read_published(told_apart("started", "started"), file, both)
    with pytest.raises(FrameProblems, match=r"group: there is no such column"):
        read_published(told_apart("started").drop("group"), file, both)


@pytest.mark.parametrize("taken", ["kind", "time_period", "pupils"])
def test_columns_that_tell_rows_apart_have_names_of_their_own(taken):
    """kind is a column of the rows themselves, pupils a figure; and a file with topics has none."""
    with pytest.raises(InvalidValue, match=r"PublishedFile\.told_apart_by: expected none of .*pupils"):
        a_file(told_apart_by={taken: ("started",)})
    with pytest.raises(InvalidValue, match=r"PublishedFile\.told_apart_by"):
        a_file(topics=BY_TOPIC, **APART)


@pytest.mark.parametrize(
    "rows", [{"group": ("Started",)}, {"group": ("started", "moved")}, {"kind": ("started",)}], ids=["text", "a text", "column"]
)
def test_a_measure_of_rows_that_the_file_does_not_tell_apart_is_refused_and_is_no_empty_answer(rows):
    """A slip in a text would else read as a file without such rows."""
    file = a_file(**APART)
    with pytest.raises(InvalidValue, match=r"Published\.rows: expected columns that tell the file's rows apart"):
        read_published(told_apart("started", "ceased"), file, [attrs.evolve(MEASURES[0], rows=rows)])


NONSENSE = (42, "text", [1], {1: ("a",)}, {"a": "started"}, {"a": ()}, {"a": (1,)}, None)


@pytest.mark.parametrize("wrong", NONSENSE, ids=str)
def test_rows_that_are_no_texts_by_column_are_refused_by_name(wrong):
    """Of a measure, and of a file: a text alone would be its letters."""
    with pytest.raises(InvalidValue, match=r"Published\.rows: "):
        Published(indicator=PUPILS, value="pupils", rounding=EXACT, rows=wrong)
    with pytest.raises(InvalidValue, match=r"PublishedFile\.told_apart_by: "):
        a_file(told_apart_by=wrong)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("part", 1), ("part", ["pupils"]), ("whole", 1), ("whole", ()), ("whole", ("pupils", 1)), ("whole", ("pupils", None)),
        ("dims", 42), ("dims", None), ("dims", {1: "a"}), ("dims", {"need": 1}),
    ],
)  # fmt: skip
def test_a_part_a_whole_or_a_group_of_another_kind_is_refused_by_name(field, wrong):
    """Before any file is read."""
    with pytest.raises(InvalidValue, match=rf"Published\.{field}: "):
        Published(**({"indicator": PUPILS, "value": "pupils", "rounding": EXACT} | {field: wrong}))


@pytest.mark.parametrize("wrong", [42, None, MEASURES[0], "pupils", []], ids=["int", "none", "measure", "text", "empty"])
def test_measures_and_figures_that_are_no_lists_of_them_are_refused_by_name(wrong):
    """A measure by itself is no list of measures."""
    file, frame = a_file(**APART), told_apart("started")
    rows = published_rows(frame, file)
    with pytest.raises(InvalidValue, match=r"^measures: "):
        read_published(frame, file, wrong)
    with pytest.raises(InvalidValue, match=r"^measures: "):
        readings_of(rows, wrong, source=MADE_UP)
    with pytest.raises(InvalidValue, match=r"^rows: "):
        readings_of(42, MEASURES, source=MADE_UP)
    if wrong is not None:
        with pytest.raises(InvalidValue, match=r"^figures: "):
            published_rows(frame, file, figures=wrong)


@pytest.mark.parametrize("name", ["authority", "above", "england"])
@pytest.mark.parametrize("unit", [0, -1, True, "10", float("nan"), float("inf")])
def test_a_rounding_is_a_finite_number_above_0(name, unit):
    """An infinite one would make every figure unbounded in silence."""
    with pytest.raises(InvalidValue, match=rf"Rounding\.{name}: "):
        Rounding(**{name: unit})


def tool_measure(**more):
    """A measure of the interactive tool."""
    place = Source(title="Tool", publisher="DfE", date=dt.date(2025, 1, 1), place="measure Pupils")
    fields = {"source": place, "indicator": PUPILS, "rounding": EXACT, "period": AcademicYear.ending}
    return ToolMeasure(**(fields | more))


TOOL = pl.DataFrame(
    {"Short Desc": ["Pupils"] * 3, "Years": ["2025"] * 3, "LA Number": ["825", "980", "970"], "Values": ["60", "600", "6000"]}
)


@pytest.mark.parametrize(("england", "half"), [(100, 50), (None, 5)])
def test_the_interactive_tool_rounds_england_otherwise_too(england, half):
    """Exact of an authority, to 10 of a region, and of England as is said of it."""
    found = read_interactive_tool(TOOL, tool_measure(rounding=Rounding(above=10, england=england)))
    bounds = {reading.number: (reading.bound("lower"), reading.bound("upper")) for reading in found}
    assert bounds == {60: (None, None), 600: (595, 605), 6_000: (6_000 - half, 6_000 + half)}


@pytest.mark.parametrize("period", [str, lambda: 1, lambda year: 1 / 0, Snapshot, 42, None])
def test_a_period_of_the_tool_that_makes_no_period_is_refused_when_the_measure_is_made(period):
    """And not as another's error when a file is read."""
    with pytest.raises(InvalidValue, match=r"ToolMeasure\.period: ") as caught:
        tool_measure(period=period)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


@pytest.mark.parametrize("wrong", [42, None, "Pupils", [], [1]])
def test_measures_of_the_tool_that_are_none_are_refused_by_name(wrong):
    """One by itself is taken, or several."""
    assert len(read_interactive_tool(TOOL, [tool_measure()])) == len(read_interactive_tool(TOOL, tool_measure())) == 3
    with pytest.raises(InvalidValue, match=r"^measures: "):
        read_interactive_tool(TOOL, wrong)


def test_england_may_be_rounded_otherwise_than_regions():
    """To 100, and regions to 10; and as regions are, where nothing else is said."""
    for england, half in ((100, 50), (None, 5)):
        rounding = Rounding(authority=10, above=10, england=england)
        frame = rows(ONE).with_columns(geographic_level=pl.lit("National"), country_code=pl.lit(ENGLAND))
        reading = read_published(frame, a_file(), [attrs.evolve(MEASURES[0], rounding=rounding)]).at()
        assert reading.bound("upper") - reading.number == half
    with pytest.raises(InvalidValue, match=r"Rounding\.england"):
        Rounding(england=0)
