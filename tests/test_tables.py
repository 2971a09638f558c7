"""Tables of readings: what stands where, with which unit, what a gap looks like, and a page that a screen reader can follow."""

from __future__ import annotations

import builtins
import datetime as dt
import re
from html.parser import HTMLParser

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import demand, record, tables, trend
from bucks_cs.errors import AcrossBreak, BucksError, InvalidValue, MissingExtra, UnknownColumn
from bucks_cs.indicators import Better, Break, Indicator, Interval, Kind, Measure, Reading, Withheld
from bucks_cs.periods import CalendarYear, FinancialYear, Month, Snapshot
from bucks_cs.provenance import NoOfficialSource, Source
from bucks_cs.readings import Readings
from bucks_cs.tables import Layout, html, layout, page_table
from bucks_cs.tables.layouts import decimals
from bucks_cs.testing import in_every_engine
from test_no_cell_leaks import everything_of

MADE_UP = NoOfficialSource(reason="made up for a test")
FROM = Source(title="A made-up return", publisher="Nobody", date=dt.date(2022, 10, 11), place="table 2")


def indicator(name, title, **more):
    """A made-up indicator, a count of visits unless told otherwise."""
    how = {"measure": Measure.COUNT, "kind": Kind.FLOW, "unit": "contact", "better": Better.NEITHER, "sources": MADE_UP}
    return Indicator(key=f"made_up.{name}", title=title, counts="what a test needs", **{**how, **more})


VISITS = indicator("visits", "Visits")
SEEN = indicator("seen", "Seen in time", measure=Measure.SHARE, unit="percent")
RATE = indicator("rate", "Visit rate", measure=Measure.RATE, unit="per_10_000", per=10_000)
YEARS = [FinancialYear("2020-21"), FinancialYear("2021-22")]

BY_TEAM = Readings.of(
    [
        Reading.of(VISITS, 1375, period=YEARS[0], dims={"first_team": "East"}, source=FROM),
        Reading.of(VISITS, Withheld.CONFIDENTIAL, period=YEARS[1], dims={"first_team": "East"}, source=FROM),
        Reading.of(VISITS, 12, period=YEARS[0], dims={"first_team": None}, source=FROM),
        Reading.of(SEEN, 46.25, period=YEARS[0], dims={"first_team": "East"}, source=FROM),
        Reading.of(SEEN, 50, period=YEARS[1], dims={"first_team": "East"}, source=FROM),
    ]
)


class Page(HTMLParser):
    """The rows of a table, the scope of its headings, each cell's headings by their ids, and what it asks for."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.names, self.cells, self.asks, self.group = [], {}, [], [], {}
        self.at = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.asks += [given[name] for name in ("src", "href") if name in given]
        if tag == "tr":
            self.rows.append([])
        elif tag == "div" and not self.group:
            self.group = given
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
            self.at = (tag, given)

    def handle_endtag(self, tag):
        if tag in {"td", "th"}:
            kind, given = self.at
            text = self.rows[-1][-1] = self.rows[-1][-1].strip()
            if "id" in given:
                assert given["id"] not in self.names, "an id stands once"
                self.names[given["id"]] = (text, given.get("scope"))
            if kind == "td" and "headers" in given:
                self.cells.append((text, given["headers"].split()))
            self.at = None

    def handle_data(self, data):
        if self.at:
            self.rows[-1][-1] += data


# What stands where


def test_a_row_for_each_group_and_period_and_a_column_for_each_indicator():
    """Units in the headings; the area, which is every row's own, has no column; what was never read is None."""
    found = layout(BY_TEAM)
    assert found.keys == ("First team", "Period")
    assert found.figures == ("Visits (contacts)", "Seen in time (%)")
    assert found.rows == (
        ("East", "2020-21", 1375.0, 46.25),
        ("East", "2021-22", "[c]", 50.0),
        ("not recorded", "2020-21", 12.0, None),
    )
    assert (found.title, found.subtitle) == ("Visits and Seen in time", "")
    assert found.marks == (("[c]", "suppressed to protect confidentiality"),)
    assert found.below == (
        "[c]: suppressed to protect confidentiality.",
        "[no figure]: there is no figure for this row and column.",
    )
    assert found.sources == (str(FROM),)


def test_across_periods_the_unit_stands_in_the_heading_of_the_row():
    """Of each indicator its own, and figures of one indicator are shown to as many decimals: 46.25 and 50 to two."""
    found = layout(BY_TEAM, across="period")
    assert found.keys == ("Indicator", "First team")
    assert found.figures == ("2020-21", "2021-22")
    assert found.rows == (
        ("Visits (contacts)", "East", 1375.0, "[c]"),
        ("Visits (contacts)", "not recorded", 12.0, None),
        ("Seen in time (%)", "East", 46.25, 50.0),
    )
    assert [row[0] for row in found.decimals] == [0, 0, 2]


def test_across_a_group_or_areas():
    """A column for each, those not recorded last; and areas by their names."""
    teams = layout(BY_TEAM.where(indicator=VISITS), across="first_team")
    assert teams.headings == ("Period", "East", "not recorded")
    assert teams.title == "Visits (contacts)"
    areas = Readings.of([Reading.of(RATE, 7, period=YEARS[0], area="826"), Reading.of(RATE, 9, period=YEARS[0], area="825")])
    found = layout(areas, across="area")
    assert (found.title, found.subtitle) == ("Visit rate (per 10,000)", "2020-21")
    assert found.figures == ("Buckinghamshire", "Milton Keynes")
    assert found.rows == ((9.0, 7.0),)


def test_what_every_row_shares_is_said_above():
    """Area, group and period; the caller's own area goes without saying."""
    one = [Reading.of(VISITS, 3, period=YEARS[0], area="825", dims={"team": "East"}),
           Reading.of(SEEN, 4, period=YEARS[0], area="825", dims={"team": "East"})]  # fmt: skip
    assert layout(Readings.of(one)).subtitle == "Buckinghamshire, Team: East, 2020-21"
    assert layout(Readings.of([Reading.of(VISITS, 3, period=YEARS[0])])).subtitle == "2020-21"


def test_a_title_of_ones_own_does_not_lose_the_unit():
    """It goes to the subtitle, and where that is one's own too, to the notes."""
    one = BY_TEAM.where(indicator=VISITS)
    assert layout(one, across="period", title="How often").subtitle == "Visits (contacts)"
    found = layout(one, across="period", title="How often", subtitle="By team")
    assert (found.title, found.subtitle, found.notes) == ("How often", "By team", ("Figures are of Visits (contacts).",))
    assert layout(one, title="How often").figures == ("Visits (contacts)",)


def test_indicators_keep_their_order_and_periods_are_in_that_of_time():
    """Though readings sort indicators by their keys, and the first indicator begins later."""
    late, early, last = FinancialYear("2021-22"), FinancialYear("2019-20"), FinancialYear("2022-23")
    found = layout(
        Readings.of([Reading.of(VISITS, 1, period=late), Reading.of(SEEN, 2, period=early), Reading.of(SEEN, 3, period=last)])
    )
    assert found.figures == ("Visits (contacts)", "Seen in time (%)")
    assert [row[0] for row in found.rows] == ["2019-20", "2021-22", "2022-23"]
    assert layout(BY_TEAM.where(indicator=SEEN), across="period").figures == ("2020-21", "2021-22")


def test_a_title_names_few_indicators_and_counts_many():
    """Three by name, four by number."""
    some = [indicator(f"i{n}", f"Title {n}") for n in range(4)]
    of = [Reading.of(one, 1, period=YEARS[0]) for one in some]
    assert layout(Readings.of(of[:3])).title == "Title 0, Title 1 and Title 2"
    assert layout(Readings.of(of)).title == "4 indicators"


# Nothing falls into another's cell


def test_two_things_of_one_name_are_told_apart():
    """Two indicators of one title, one area under two codes, a year twice over, and a group called as the empty one is."""
    twin = indicator("visits_again", "Visits")
    found = layout(Readings.of([Reading.of(VISITS, 1, period=YEARS[0]), Reading.of(twin, 2, period=YEARS[0])]))
    assert found.figures == ("Visits (contacts) (made_up.visits)", "Visits (contacts) (made_up.visits_again)")
    codes = [Reading.of(VISITS, value, period=YEARS[0], area=area) for value, area in ((1, "825"), (2, "E06000060"))]
    assert [row[0] for row in layout(Readings.of(codes)).rows] == ["Buckinghamshire (825)", "Buckinghamshire (E06000060)"]
    teams = [Reading.of(VISITS, value, period=YEARS[0], dims={"team": team}) for value, team in ((1, "not recorded"), (2, None))]
    assert layout(Readings.of(teams)).rows == (("not recorded (in these words)", 1.0), ("not recorded (left empty)", 2.0))
    same = [Reading.of(VISITS, 1, period=CalendarYear(2021)), Reading.of(VISITS, 2, period=Snapshot(dt.date(2021, 12, 31)))]
    assert len(layout(Readings.of(same)).rows) == 2


def test_a_group_called_as_a_column_is_told_from_it():
    """A team named Period, across teams; and two by columns whose headings would be alike."""
    one = [Reading.of(VISITS, value, period=year, dims={"team": "Period"}) for value, year in enumerate(YEARS)]
    assert layout(Readings.of(one), across="team").headings == ("Period", "Team: Period")
    two = [Reading.of(VISITS, 1, period=YEARS[0], dims={"team": "a", "Team": "b"}),
           Reading.of(VISITS, 2, period=YEARS[0], dims={"team": "c", "Team": "d"})]  # fmt: skip
    assert layout(Readings.of(two)).keys == ("team", "Team")


@settings(max_examples=30)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from([VISITS, SEEN, RATE]), st.sampled_from(["825", "826", None]),
                  st.sampled_from(["East", "West", "not recorded", None]), st.sampled_from(YEARS)),
        st.one_of(st.floats(-1e6, 1e6), st.sampled_from(list(Withheld))), min_size=1, max_size=20,
    ),
    st.sampled_from(["indicator", "area", "team", "period"]),
)  # fmt: skip
def test_every_reading_stands_in_one_cell_and_nothing_else_does(of, across):
    """The cells that are not empty are the values and symbols there were, as many times as there were."""
    some = [Reading.of(one, value, area=area, dims={"team": team}, period=year) for (one, area, team, year), value in of.items()]
    found = layout(Readings.of(some), across=across)
    cells = [cell for row in found.rows for cell in row[len(found.keys) :] if cell is not None]
    said = [f"[{value.value.replace('_', ' ')}]" if isinstance(value, Withheld) else value for value in of.values()]
    assert sorted(map(str, cells)) == sorted(map(str, said))
    assert len(set(found.rows)) == len(found.rows)
    assert {mark for mark, _ in found.marks} == {cell for cell in cells if isinstance(cell, str)}


# Intervals, gaps, breaks


def bounded(value, low, high, kind=Interval.CONFIDENCE, **more):
    """A share with an interval."""
    ends = {"lower": low, "upper": high, "interval": kind, **({"level": 0.95} if kind is Interval.CONFIDENCE else {})}
    return Reading.of(SEEN, value, **{"period": YEARS[0], **ends, **more})


def test_an_interval_has_two_columns_beside_its_figure():
    """With its kind and level in the heading; a figure without one has no bounds, and a gap's are withheld as it is."""
    found = layout(
        Readings.of([bounded(50, 40.5, 61, area="825"), Reading.of(SEEN, 20, period=YEARS[0], area="826"),
                     Reading.of(SEEN, Withheld.CONFIDENTIAL, period=YEARS[0], area="867")])
    )  # fmt: skip
    assert found.figures == (
        "Seen in time (%)",
        "Seen in time (%): 95% confidence interval, lower",
        "Seen in time (%): 95% confidence interval, upper",
    )
    assert [row[1:] for row in found.rows] == [(50.0, 40.5, 61.0), (20.0, None, None), ("[c]", "[c]", "[c]")]
    assert found.decimals[0] == (0, 1, 1)


def test_a_withheld_value_with_bounds_has_them_and_its_symbol():
    """And a bound on one side alone has none on the other."""
    ends = {"period": YEARS[0], "interval": Interval.BOUNDS}
    found = layout(
        Readings.of([Reading.of(VISITS, Withheld.UNRESOLVED, area="825", lower=1.0, upper=3.0, **ends),
                     Reading.of(VISITS, Withheld.UNRESOLVED, area="826", lower=1.0, **ends)])
    )  # fmt: skip
    assert found.figures[1:] == ("Visits (contacts): bounds, lower", "Visits (contacts): bounds, upper")
    assert [row[1:] for row in found.rows] == [("[unresolved]", 1.0, 3.0), ("[unresolved]", 1.0, None)]


def test_intervals_of_two_kinds_or_levels_have_columns_of_their_own():
    """In the order of the kinds, whatever figures they are of."""
    found = layout(
        Readings.of([bounded(5, 4, 6, area="825"), bounded(5, 3, 7, area="826", level=0.99),
                     bounded(5, 1, 9, Interval.PREDICTION, area="867")])
    )  # fmt: skip
    kinds = [heading.split(": ")[1].removesuffix(", lower") for heading in found.figures[1::2]]
    assert kinds == ["95% confidence interval", "99% confidence interval", "prediction interval"]
    assert [row[1:] for row in found.rows] == [
        (5.0, 4.0, 6.0, None, None, None, None),
        (5.0, None, None, 3.0, 7.0, None, None),
        (5.0, None, None, None, None, 1.0, 9.0),
    ]


def test_intervals_of_rounding_are_shown_where_asked_for_and_none_where_none_are():
    """What a figure was before it was rounded says little to a reader, unless she asks."""
    rounded = Readings.of([bounded(50, 49.5, 50.5, Interval.ROUNDING)])
    assert layout(rounded).figures == ("Seen in time (%)",)
    assert layout(rounded, intervals=Interval.ROUNDING).figures[1:] == (
        "Seen in time (%): before rounding, lower",
        "Seen in time (%): before rounding, upper",
    )
    assert layout(Readings.of([bounded(50, 40, 60)]), intervals=()).figures == ("Seen in time (%)",)


@pytest.mark.parametrize("gap", Withheld)
def test_each_gap_has_its_symbol_and_what_it_means_and_none_is_a_number(gap):
    """As the sentence of the reading says it."""
    found = layout(Readings.of([Reading.of(VISITS, gap, period=YEARS[0])]))
    ((cell,),) = found.rows
    assert Withheld.read(cell) is gap
    assert found.below == (f"{cell}: {gap.meaning}.",)
    page = Page(html(found, name="t"))
    assert [text for text, _ in page.cells] == [cell]
    assert [found.below[0]] in page.rows


def test_a_break_is_said_once_for_all_the_indicators_it_concerns():
    """With the name of the area, and only where it lies within what is shown."""
    cut = Break(on=dt.date(2021, 4, 1), what="a new form", certain=True, area="825", source=MADE_UP)
    one, two = indicator("one", "One", breaks=cut), indicator("two", "Two", breaks=cut)
    both = [Reading.of(each, 1, period=year, area="825") for each in (one, two) for year in YEARS]
    end = "with care across a break in the series, 1 April 2021, in Buckinghamshire: a new form (certain)."
    assert layout(Readings.of(both)).notes == (f"One; Two: read {end}",)
    assert layout(Readings.of(both[:2])).notes == (f"Read {end}",)
    assert layout(Readings.of(both[1:2])).notes == ()
    elsewhere = [Reading.of(one, 1, period=year, area="826") for year in YEARS]
    assert layout(Readings.of(elsewhere)).notes == ()


def test_a_break_within_the_first_period_is_said_since_no_change_is_given_across_it():
    """Wherever trend.change refuses two periods, the table of the two says why; of one period there is nothing to compare."""
    cut = Break(on=dt.date(2020, 6, 1), latest=dt.date(2020, 9, 30), what="a new form", certain=False, area="825", source=MADE_UP)
    of = indicator("one", "One", breaks=cut)
    for area, years, says in (
        ("825", YEARS, True), ("825", YEARS[:1], False), ("E92000001", YEARS, True), ("826", YEARS, False), (None, YEARS, True),
    ):  # fmt: skip
        found = [Reading.of(of, n, period=year, area=area) for n, year in enumerate(years, start=1)]
        notes = layout(Readings.of(found)).notes
        assert bool(notes) == says, area
        if len(years) > 1:
            try:
                trend.change(*found)
            except AcrossBreak:
                assert says, area
            else:
                assert not says, area
    assert notes[0].startswith("Read with care, if this is Buckinghamshire, across a break in the series, between 1 June 2020")


# How many decimals


@pytest.mark.parametrize(
    ("numbers", "places"),
    [
        ([], 0), ([0.0], 0), ([512, 730.0], 0), ([1e15], 0), ([46.2], 1), ([46.25, 50], 2), ([0.125], 3), ([1 / 3], 1),
        ([100 / 3, 0.0421], 2), ([100 / 3, -0.0421], 2), ([0.1 + 0.2, 0.3], 1), ([2 / 3, 1e-17], 1), ([0.00012], 4),
    ],
)  # fmt: skip
def test_figures_are_shown_to_as_many_decimals_as_they_need(numbers, places):
    """Three at most; where they go on, one, or so many that nothing but zero is shown as zero: 0.0421 as 0.04."""
    assert decimals(numbers) == places


def test_no_percent_but_100_is_shown_as_100():
    """99.96 to one decimal would be 100.0."""
    assert decimals([99.96, 100 / 3], percent=True) == 2
    assert decimals([99.96, 100 / 3]) == 1


@settings(max_examples=100)
@given(st.lists(st.floats(-1e9, 1e9).filter(lambda number: number == 0 or abs(number) > 1e-2), min_size=1, max_size=8))
def test_no_figure_that_is_not_zero_is_shown_as_zero(numbers):
    """To so many decimals each is told from zero, unless the others are some 10^12 times its size."""
    places = decimals(numbers)
    assert all(float(f"{abs(number):.{places}f}") > 0 for number in numbers if abs(number) > 1e-12 * max(map(abs, numbers)))


# Engines


@pytest.mark.parametrize("across", ["indicator", "period", "first_team"])
def test_readings_of_every_engine_give_the_same_layout(across):
    """Polars, lazy polars, pandas, pyarrow and DuckDB, field by field."""
    expected = layout(BY_TEAM, across=across)
    for engine, frame in in_every_engine(BY_TEAM.frame):
        readings = Readings.from_frame(frame, indicators=BY_TEAM.indicators, by="first_team", source=FROM)
        assert layout(readings, across=across) == expected, engine


@pytest.mark.spark
def test_readings_of_spark_give_the_same_layout(spark):
    """As on every other engine."""
    frame = spark.createDataFrame(BY_TEAM.frame.to_arrow())
    readings = Readings.from_frame(frame, indicators=BY_TEAM.indicators, by="first_team", source=FROM)
    assert layout(readings) == layout(BY_TEAM)


# The page


def test_a_page_has_every_figure_under_its_headings():
    """Each cell names the ids of its row's headings and of its column's; symbols stand in the place of figures."""
    page = Page(html(BY_TEAM, name="teams"))
    said = {text: [page.names[name][0] for name in heads] for text, heads in page.cells}
    assert said == {
        "1,375": ["East", "2020-21", "Visits (contacts)"],
        "46.25": ["East", "2020-21", "Seen in time (%)"],
        "[c]": ["East", "2021-22", "Visits (contacts)"],
        "50.00": ["East", "2021-22", "Seen in time (%)"],
        "12": ["not recorded", "2020-21", "Visits (contacts)"],
        "[no figure]": ["not recorded", "2020-21", "Seen in time (%)"],
    }
    scopes = {scope for text, scope in page.names.values() if text in {"Visits (contacts)", "Period", "First team"}}
    assert scopes == {"col"}
    assert page.rows[-3:] == [[text] for text in (*layout(BY_TEAM).below, f"Source: {FROM}.")]
    assert page.asks == []


def test_figures_of_different_units_in_one_column_are_each_shown_to_their_own_decimals():
    """Counts whole, percents to two decimals, one under the other."""
    page = Page(html(BY_TEAM, name="teams", across="period"))
    assert [text for text, _ in page.cells] == ["1,375", "[c]", "12", "[no figure]", "46.25", "50.00"]


def test_below_zero_a_figure_has_a_true_minus_and_parted_thousands():
    """As everywhere in the library."""
    page = Page(html(Readings.of([Reading.of(VISITS, -12345.5, period=YEARS[0])]), name="t"))
    assert [text for text, _ in page.cells] == ["−12,345.5"]


def test_the_box_of_a_table_is_a_group_with_its_title_that_takes_the_keyboard():
    """It scrolls, and what scrolls must be reached."""
    page = Page(html(BY_TEAM, name="teams"))
    assert {name: page.group[name] for name in ("id", "role", "tabindex")} == {"id": "teams", "role": "group", "tabindex": "0"}
    assert page.names[page.group["aria-labelledby"]] == ("Visits and Seen in time", None)
    assert "overflow-x:auto" in page.group["style"]


def test_the_style_of_a_table_touches_nothing_else_on_the_page():
    """Every selector of every rule begins with its id, and it takes the page's colours."""
    text = html(BY_TEAM, name="teams")
    style = text[text.index("<style>") + 7 : text.index("</style>")]
    selectors = [part.strip() for rule in re.findall(r"([^{}]+)\{", style) for part in rule.split(",")]
    assert len(selectors) > 20
    assert all(part.startswith("#teams ") for part in selectors)
    assert style.rindex("color: inherit; background-color: transparent") > style.rindex("#FFFFFF")
    assert "\n\n" not in text


def test_what_looks_like_markup_is_text():
    """In the names of groups, titles and notes."""
    odd = "<b>x</b> & *y* [z](w) `v`"
    one = [Reading.of(VISITS, value, period=YEARS[0], dims={"team": team}) for value, team in ((1, odd), (2, "East"))]
    page = html(layout(Readings.of(one), title=odd), name="t")
    assert "<b>" not in page
    assert page.count("&lt;b&gt;x&lt;/b&gt; &amp; *y* [z](w) `v`") == 2


def test_a_column_without_one_figure_is_drawn_all_the_same():
    """All withheld, or none there."""
    gaps = [Reading.of(VISITS, Withheld.NOT_AVAILABLE, period=year) for year in YEARS]
    assert [text for text, _ in Page(html(Readings.of(gaps), name="t")).cells] == ["[x]", "[x]"]
    assert Page(html(Layout(title="None", keys=(), figures="A", rows=[(None,)]), name="t")).rows[2] == ["[no figure]"]


def test_a_table_of_great_tables_can_be_changed():
    """It is one of theirs, with all it can do."""
    made = page_table(BY_TEAM, name="teams")
    assert "By whom" in made.tab_header(title="By whom").as_raw_html()


def test_the_record_is_laid_out_as_it_is_printed():
    """The table of paragraph 3.19 of the report of October 2022: contacts 1,375 and 2,088, and so on down to 4,144."""
    found = layout(record.demand(), across="period")
    assert [row[1:] for row in found.rows] == [(1375, 2088), (902, 1282), (200, 256), (55, 74), (512, 730), (2283, 4144)]
    assert found.rows[3][0] == "Initial child protection conferences (conferences)"
    assert "paragraph 3.19, table" in found.sources[0]


def test_a_published_release_is_laid_out_with_its_gap(published):
    """Buckinghamshire, c1 of the reporting year 2025: 4,418 referrals and 26% in 2013, c for assessed as not in need in 2014."""
    file = published / "children_in_need" / "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    found = layout(demand.read_referrals(file).where(area="825"))
    assert found.subtitle == "Buckinghamshire"
    assert found.rows[0][:3] == ("year to 31 March 2013", 4418.0, 26.0)
    assert found.rows[1][found.headings.index("Referrals assessed as not in need (%)")] == "[c]"
    assert len(found.rows) == 13
    assert any("inferred from the figures, not published" in note for note in found.notes)


# Refusals


EMPTY = Readings.of([], by="team")
GOOD = {"title": "T", "keys": ("K",), "figures": ("F",), "rows": [("k", 1.0)]}


@pytest.mark.parametrize(
    ("attempt", "what"),
    [
        (lambda: layout(EMPTY), "readings"),
        (lambda: layout(None), "readings"),
        (lambda: layout(pl.DataFrame({"a": [1]})), "readings"),
        (lambda: layout(BY_TEAM, across=3), "across"),
        (lambda: layout(BY_TEAM, intervals="confidence"), "intervals"),
        (lambda: layout(BY_TEAM, intervals=3), "intervals"),
        (lambda: layout(BY_TEAM, title=3), "Layout.title"),
        (lambda: layout(BY_TEAM, title=" "), "Layout.title"),
        (lambda: layout(BY_TEAM, subtitle=3), "Layout.subtitle"),
        (lambda: page_table("readings"), "table"),
        (lambda: page_table(EMPTY), "readings"),
        (lambda: page_table(BY_TEAM, name="Not a name"), "name"),
        (lambda: page_table(BY_TEAM, name=None), "name"),
        (lambda: html(BY_TEAM, name="1st"), "name"),
        (lambda: html(layout(BY_TEAM), name="t", across="period"), "across"),
        (lambda: Layout(**{**GOOD, "figures": ()}), "Layout.figures"),
        (lambda: Layout(**{**GOOD, "figures": (3,)}), "Layout.figures"),
        (lambda: Layout(**{**GOOD, "keys": None}), "Layout.keys"),
        (lambda: Layout(**{**GOOD, "figures": "K"}), "Layout"),
        (lambda: Layout(**{**GOOD, "rows": []}), "Layout.rows"),
        (lambda: Layout(**{**GOOD, "rows": None}), "Layout.rows"),
        (lambda: Layout(**{**GOOD, "rows": [("k",)]}), "Layout.rows"),
        (lambda: Layout(**{**GOOD, "rows": ["kf"]}), "Layout.rows"),
        (lambda: Layout(**{**GOOD, "rows": [(1, 1.0)]}), "Layout.rows"),
        (lambda: Layout(**{**GOOD, "rows": [("", 1.0)]}), "Layout.rows"),
        (lambda: Layout(**{**GOOD, "rows": [("k", float("nan"))]}), "Layout.rows"),
        (lambda: Layout(**{**GOOD, "rows": [("k", True)]}), "Layout.rows"),
        (lambda: Layout(**{**GOOD, "rows": [("k", dt.date(2022, 1, 1))]}), "Layout.rows"),
        (lambda: Layout(**{**GOOD, "rows": [("k", "")]}), "Layout.rows"),
        (lambda: Layout(**GOOD, decimals=[(1, 2)]), "Layout.decimals"),
        (lambda: Layout(**GOOD, decimals=[(-1,)]), "Layout.decimals"),
        (lambda: Layout(**GOOD, decimals=3), "Layout.decimals"),
        (lambda: Layout(**GOOD, marks=["[c]"]), "Layout.marks"),
        (lambda: Layout(**GOOD, notes=[None]), "Layout.notes"),
        (lambda: Layout(**GOOD, sources=3), "Layout.sources"),
        (lambda: Layout(**GOOD).column(3), "heading"),
    ],
)
def test_what_is_no_table_is_refused_by_name(attempt, what):
    """With the argument, and no error of another library."""
    with pytest.raises(InvalidValue) as caught:
        attempt()
    assert caught.value.what == what
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_column_that_is_not_there_is_refused_with_those_that_are():
    """Of the readings, and of the layout."""
    with pytest.raises(UnknownColumn, match=r"'frist_team'.*indicator, area, first_team, period.*Did you mean 'first_team'"):
        layout(BY_TEAM, across="frist_team")
    with pytest.raises(UnknownColumn, match="heading"):
        layout(BY_TEAM).column("Team")
    assert layout(BY_TEAM).column("Period") == ("2020-21", "2021-22", "2020-21")


@pytest.mark.parametrize("attempt", [lambda: page_table(BY_TEAM), lambda: html(BY_TEAM, name="t")])
def test_a_missing_library_is_named_with_the_extra_that_brings_it(monkeypatch, attempt):
    """As where it was never installed."""
    found = builtins.__import__

    def without(name, *rest):
        if name.split(".")[0] == "great_tables":
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"great-tables is not installed: pip install 'bucks_cs\[tables\]'") as caught:
        attempt()
    assert caught.value.__context__ is None
    assert layout(BY_TEAM).rows


def test_no_cell_is_shown_by_an_error():
    """A word of a cell, in whatever way a table is refused."""
    word = "Xanthippe"
    one = Readings.of([Reading.of(VISITS, 4711, period=Month("January 2022"), dims={"team": word})])
    laid = {**GOOD, "rows": [(word, 4711.0)]}
    for attempt in (
        lambda: layout(one, across="teams"),
        lambda: layout(one, across=word.encode()),
        lambda: html(one, name=word),
        lambda: page_table(word),
        lambda: Layout(**{**laid, "rows": [(word, 4711.0, 1)]}),
        lambda: Layout(**{**laid, "rows": [(word, float("inf"))]}),
        lambda: Layout(**laid, decimals=[(word,)]),
        lambda: Layout(**laid, marks=[word]),
    ):
        with pytest.raises(BucksError) as caught:
            attempt()
        said = everything_of(caught.value).split("Traceback")[0]
        assert word not in said
        assert "4711" not in said


def test_the_door_has_its_names_and_no_others():
    """As they are documented."""
    assert tables.__all__ == ["NO_FIGURE", "Cell", "Cover", "Layout", "Sheet", "html", "layout", "page_table", "write_workbook"]
    assert dir(tables) == sorted(tables.__all__)
    with pytest.raises(AttributeError, match="no attribute 'layouts_'"):
        _ = tables.layouts_
