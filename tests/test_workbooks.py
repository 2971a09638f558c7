"""The workbook, read back from its file: in the order of a screen reader, one table a sheet, with nothing merged or blank."""

from __future__ import annotations

import builtins
import datetime as dt
import io
import re
import warnings
import zipfile
from xml.etree import ElementTree

import fastexcel
import pytest

from bucks_cs import record
from bucks_cs.errors import BucksError, InvalidValue, MissingExtra, UnknownColumn
from bucks_cs.indicators import Reading, Withheld
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.tables import Cover, Layout, Sheet, layout, write_workbook
from test_no_cell_leaks import everything_of
from test_tables import BY_TEAM, FROM, SEEN, VISITS, YEARS

COVER = Cover(
    title="Made-up visits", introduction="What it is.", about=("How it was made.", "[Where it stands](https://example.gov.uk/a)"),
    contact="[Ask us](mailto:visits@example.gov.uk)", dated=dt.date(2022, 10, 11),
)  # fmt: skip
NAME = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def wrote(tmp_path):
    """Write sheets, and open the file: its parts as XML, and its cells."""

    def write(sheets, cover=COVER):
        return Written(write_workbook(sheets, tmp_path / "w.xlsx", cover=cover))

    return write


class Written:
    """A workbook read back."""

    def __init__(self, path):
        self.bytes = path.read_bytes()
        self.zip = zipfile.ZipFile(io.BytesIO(self.bytes))
        self.names = fastexcel.read_excel(self.bytes).sheet_names

    def part(self, name):
        """A part of the package as XML."""
        return ElementTree.fromstring(self.zip.read(name))

    def sheet(self, name):
        """A worksheet as XML."""
        return self.part(f"xl/worksheets/sheet{self.names.index(name) + 1}.xml")

    def rows(self, name):
        """The cells of a sheet that are not empty, as text and numbers, a row each."""
        sheet = fastexcel.read_excel(self.bytes).load_sheet(name, header_row=None, dtypes="string")
        return [tuple(cell for cell in row if cell is not None) for row in sheet.to_polars().rows()]

    def cells(self, name):
        """The value and the number format of each cell, by its reference."""
        strings = ["".join(item.itertext()) for item in self.part("xl/sharedStrings.xml")]
        styles = self.part("xl/styles.xml")
        codes = {fmt.get("numFmtId"): fmt.get("formatCode") for fmt in styles.iter(f"{NAME}numFmt")} | {"3": "#,##0", "0": ""}
        formats = [codes.get(style.get("numFmtId")) for style in styles.find(f"{NAME}cellXfs")]
        found = {}
        for cell in self.sheet(name).iter(f"{NAME}c"):
            assert cell.find(f"{NAME}f") is None, "no formula"
            value = cell.findtext(f"{NAME}v")
            shown = strings[int(value)] if cell.get("t") == "s" else value and float(value)
            found[cell.get("r")] = (shown, formats[int(cell.get("s", "0"))])
        return found

    def tables(self):
        """The marked-up tables of each sheet: its name, where, and its headings."""
        found = {}
        for place, name in enumerate(self.names, start=1):
            relations = f"xl/worksheets/_rels/sheet{place}.xml.rels"
            there = [] if relations not in self.zip.namelist() else [one.get("Target") for one in self.part(relations)]
            parts = [self.part(f"xl/tables/{target.rsplit('/')[-1]}") for target in there if "/tables/" in target]
            found[name] = [(one.get("name"), one.get("ref"), [part.get("name") for part in one.iter(f"{NAME}tableColumn")])
                           for one in parts]  # fmt: skip
        return found


# Order


def test_the_order_is_cover_contents_notes_tables(wrote):
    """Tables in the order given: what a screen reader comes to first is what a reader must know first."""
    found = wrote([Sheet(name="Teams", table=BY_TEAM), Sheet(name="By year", table=BY_TEAM, across="period")])
    assert found.names == ["Cover", "Contents", "Notes", "Teams", "By year"]


def test_the_cover_says_what_it_is_and_whom_to_ask(wrote):
    """Title in the first cell, then each part under its heading; links lead off the cover."""
    found = wrote(Sheet(name="Teams", table=BY_TEAM))
    assert [text for row in found.rows("Cover") for text in row] == [
        "Made-up visits", "Introductory information", "What it is.", "About these data", "Dated 11 October 2022.",
        "How it was made.", "Where it stands", "Contact", "Ask us",
    ]  # fmt: skip
    leads = [one.get("Target") for one in found.part("xl/worksheets/_rels/sheet1.xml.rels")]
    assert leads == ["https://example.gov.uk/a", "mailto:visits@example.gov.uk"]
    title = wrote(Sheet(name="Teams", table=BY_TEAM), cover=Cover(title="T"))
    assert title.rows("Cover") == [("T",)]


def test_the_contents_lead_to_each_table(wrote):
    """By name, with title and subtitle."""
    found = wrote([Sheet(name="Demand", table=record.demand(), across="period"), Sheet(name="Teams", table=BY_TEAM)])
    rows = found.rows("Contents")
    assert rows[-2:] == [("Demand", "6 indicators\nBuckinghamshire"), ("Teams", "Visits and Seen in time")]
    leads = [link.get("location") for link in found.sheet("Contents").iter(f"{NAME}hyperlink")]
    assert leads == ["'Demand'!A1", "'Teams'!A1"]


# Sheets


def test_a_sheet_has_a_title_what_to_expect_its_source_and_one_table(wrote):
    """In that order, from the first cell on; units stand in the headings, and figures are numbers."""
    found = wrote(Sheet(name="Teams", table=BY_TEAM))
    assert found.rows("Teams") == [
        ("Visits and Seen in time",),
        (
            "This worksheet contains one table. What its symbols mean and what to read with care is on the worksheet Notes. "
            "[note 1][note 2]",
        ),
        (f"Source: {FROM}.",),
        ("First team", "Period", "Visits (contacts)", "Seen in time (%)"),
        ("East", "2020-21", "1375", "46.25"),
        ("East", "2021-22", "[c]", "50"),
        ("not recorded", "2020-21", "12", "[no figure]"),
    ]
    assert found.tables()["Teams"] == [
        ("table_1_teams", "A4:D7", ["First team", "Period", "Visits (contacts)", "Seen in time (%)"])
    ]


def test_there_is_one_table_a_sheet_and_none_on_the_cover(wrote):
    """Each marked up, with a name of its own and headings that differ."""
    found = wrote([Sheet(name="Teams", table=BY_TEAM), Sheet(name="te-ams", table=BY_TEAM), Sheet(name="Q1", table=BY_TEAM)])
    tables = found.tables()
    assert [len(tables[name]) for name in found.names] == [0, 1, 1, 1, 1, 1]
    names = [name for some in tables.values() for name, _, _ in some]
    assert names == ["contents_table", "notes_table", "table_1_teams", "table_2_te_ams", "table_3_q1"]
    assert all(len(set(headings)) == len(headings) for some in tables.values() for _, _, headings in some)


def test_no_cell_is_merged_and_none_of_a_table_is_blank(wrote):
    """On any sheet, where figures and readings are missing too."""
    found = wrote([Sheet(name="Teams", table=BY_TEAM), Sheet(name="By year", table=BY_TEAM, across="period")])
    for name in found.names:
        assert found.sheet(name).find(f"{NAME}mergeCells") is None
        assert all(value not in {None, ""} for value, _ in found.cells(name).values())
        for _, where, headings in found.tables()[name]:
            first, last = (int(re.sub(r"\D", "", end)) for end in where.split(":"))
            inside = [ref for ref in found.cells(name) if first <= int(re.sub(r"\D", "", ref)) <= last]
            assert len(inside) == (last - first + 1) * len(headings)


def test_numbers_are_shown_as_on_a_page(wrote):
    """Thousands parted, a share to two decimals as 46.25 needs them, though a column holds both when periods are across."""
    found = wrote([Sheet(name="Teams", table=BY_TEAM), Sheet(name="By year", table=BY_TEAM, across="period")])
    teams, years = found.cells("Teams"), found.cells("By year")
    assert (teams["C5"], teams["D5"], teams["D6"]) == ((1375.0, "#,##0"), (46.25, "#,##0.00"), (50.0, "#,##0.00"))
    assert teams["C6"][0] == "[c]"
    assert [years[ref] for ref in ("C5", "C7", "D7")] == [(1375.0, "#,##0"), (46.25, "#,##0.00"), (50.0, "#,##0.00")]


def test_columns_are_as_wide_as_what_is_in_them_and_no_wider_than_a_page(wrote):
    """In characters: the name of a long indicator is shown whole, a paragraph of notes is broken into lines."""
    found = wrote([Sheet(name="Demand", table=record.demand(), across="period"), Sheet(name="Teams", table=BY_TEAM)])
    widths = {name: [float(column.get("width")) for column in found.sheet(name).iter(f"{NAME}col")]
              for name in ("Notes", "Demand", "Teams")}  # fmt: skip
    longest = len("Children subject to a child protection plan (children)")
    assert longest < widths["Demand"][0] <= 61
    assert all(11 < width <= 61 for width in (*widths["Demand"], *widths["Teams"]))
    assert [round(width) for width in widths["Notes"]] == [15, 91, 37]


# Notes


def test_each_symbol_and_note_is_on_the_notes_once_with_the_sheets_that_refer_to_it(wrote):
    """Numbered as the sheets refer to them, in the order they come."""
    other = Readings.of(
        [Reading.of(VISITS, gap, period=year) for gap, year in zip((Withheld.NO_HISTORY, 4), YEARS, strict=True)]
    )
    noted = layout(BY_TEAM.where(indicator=SEEN), title="A", subtitle="B")
    found = wrote(
        [Sheet(name="Teams", table=BY_TEAM), Sheet(name="Other", table=other),
         Sheet(name="Again", table=BY_TEAM, across="period"),
         Sheet(name="None", table=noted)]
    )  # fmt: skip
    rows = found.rows("Notes")
    assert rows[:3] == [("Notes",), ("This worksheet contains one table.",), ("Note number", "Note", "Worksheets")]
    assert rows[3:] == [
        ("1", "[c]: suppressed to protect confidentiality.", "Teams, Again"),
        ("2", "[no figure]: there is no figure for this row and column.", "Teams, Again"),
        ("3", "[no history]: not enough history to know.", "Other"),
    ]
    expect = {name: next(text for row in found.rows(name) for text in row if text.startswith("This worksheet"))
              for name in ("Teams", "Other", "Again", "None")}  # fmt: skip
    assert {name: re.findall(r"\d", text) for name, text in expect.items()} == {
        "Teams": ["1", "2"], "Other": ["3"], "Again": ["1", "2"], "None": [],
    }  # fmt: skip
    assert "Notes" not in expect["None"]


def test_where_there_is_nothing_to_note_there_is_no_sheet_for_it(wrote):
    """An empty table would be a blind alley."""
    found = wrote(Sheet(name="Seen", table=BY_TEAM.where(indicator=SEEN)))
    assert found.names == ["Cover", "Contents", "Seen"]


def test_no_library_warns_of_what_it_was_given(tmp_path):
    """That a note has no reference, a cell is blank, a heading is there twice."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_workbook(
            [Sheet(name="Teams", table=BY_TEAM), Sheet(name="Seen", table=BY_TEAM.where(indicator=SEEN))],
            tmp_path / "w.xlsx", cover=COVER,
        )  # fmt: skip
        write_workbook(Sheet(name="Seen", table=BY_TEAM.where(indicator=SEEN)), tmp_path / "v.xlsx", cover=COVER)


# What is text stays text


@pytest.mark.parametrize(
    "odd",
    ["=1+1", "+44", "@SUM(A1)", "[a](https://example.gov.uk)", "https://example.gov.uk", "$$1$$", "$$x$$", "12", "[c](d)(e)"],
)
def test_what_looks_like_a_formula_a_link_or_a_reference_is_text(wrote, odd):
    """In keys, headings, title, notes and sources: a sheet runs nothing and leads nowhere."""
    laid = Layout(title=odd, subtitle=odd, keys=("K",), figures=(f"{odd} (%)",), rows=[(odd, 1.0)], notes=odd, sources=odd)
    found = wrote(Sheet(name="Odd", table=laid), cover=Cover(title=odd))
    as_text = odd.replace("$$", "$ $").replace("](", "] (")
    cells = [value for value, _ in found.cells("Odd").values()]
    assert cells.count(as_text) == 3
    assert f"Source: {as_text}." in cells
    assert found.cells("Cover")["A1"][0] == as_text
    assert as_text in [value for value, _ in found.cells("Notes").values()]
    for name in ("Cover", "Notes", "Odd"):
        assert found.sheet(name).find(f"{NAME}hyperlinks") is None


# The file


def test_the_same_tables_give_the_same_bytes(wrote):
    """And the file is said to be made on the day of the cover, whatever day it is."""
    one, two = (wrote(Sheet(name="Teams", table=BY_TEAM)) for _ in range(2))
    assert one.bytes == two.bytes
    properties = one.zip.read("docProps/core.xml").decode()
    assert re.findall(r"<dcterms:\w+ [^>]*>([^<]+)<", properties) == ["2022-10-11T00:00:00Z"] * 2
    assert "<dc:title>Made-up visits</dc:title>" in properties
    undated = wrote(Sheet(name="Teams", table=BY_TEAM), cover=Cover(title="T")).zip.read("docProps/core.xml").decode()
    assert ">1980-01-01T00:00:00Z<" in undated


def test_readings_and_their_layout_give_the_same_sheet(wrote):
    """And several sheets may come from anything that can be gone through."""
    of_readings = wrote(iter([Sheet(name="Teams", table=BY_TEAM)]))
    assert wrote([Sheet(name="Teams", table=layout(BY_TEAM))]).bytes == of_readings.bytes
    assert Sheet(name="Teams", table=BY_TEAM) == Sheet(name="Teams", table=layout(BY_TEAM))


def test_what_was_there_is_written_over_and_the_path_is_given_back(tmp_path):
    """As text or as a path, in capitals or not."""
    place = tmp_path / "W.XLSX"
    place.write_text("old")
    assert write_workbook(Sheet(name="Teams", table=BY_TEAM), str(place), cover=COVER) == place
    assert fastexcel.read_excel(place.read_bytes()).sheet_names[0] == "Cover"


# Refusals

LAID = {"title": "T", "keys": ("K",), "figures": ("F",), "rows": [("k", 1.0)]}


def sheet(**more):
    """A sheet of a small table that is changed."""
    return Sheet(name="S", table=Layout(**{**LAID, **more}))


@pytest.mark.parametrize(
    ("attempt", "what"),
    [
        (lambda path: write_workbook([], path, cover=COVER), "sheets"),
        (lambda path: write_workbook(BY_TEAM, path, cover=COVER), "sheets"),
        (lambda path: write_workbook(None, path, cover=COVER), "sheets"),
        (lambda path: write_workbook([sheet(), Sheet(name="s", table=BY_TEAM)], path, cover=COVER), "sheets"),
        (lambda path: write_workbook(sheet(), path, cover="Cover"), "cover"),
        (lambda path: write_workbook(sheet(), path.with_suffix(".ods"), cover=COVER), "path"),
        (lambda path: write_workbook(sheet(), None, cover=COVER), "path"),
        (lambda path: write_workbook(sheet(), path.parent / "none" / "w.xlsx", cover=COVER), "path"),
        (lambda path: Sheet(name="Notes", table=BY_TEAM), "Sheet.name"),
        (lambda path: Sheet(name="history", table=BY_TEAM), "Sheet.name"),
        (lambda path: Sheet(name="a/b", table=BY_TEAM), "Sheet.name"),
        (lambda path: Sheet(name="a ", table=BY_TEAM), "Sheet.name"),
        (lambda path: Sheet(name="a" * 32, table=BY_TEAM), "Sheet.name"),
        (lambda path: Sheet(name=1, table=BY_TEAM), "Sheet.name"),
        (lambda path: Sheet(name="S", table="BY_TEAM"), "table"),
        (lambda path: Sheet(name="S", table=layout(BY_TEAM), across="period"), "across"),
        (lambda path: Sheet(name="S", table=BY_TEAM, across=3), "across"),
        (lambda path: Sheet(name="S", table=Readings.of([])), "readings"),
        (lambda path: sheet(figures=("k",)), "Sheet.table"),
        (lambda path: sheet(figures=("F" * 256,)), "Sheet.table"),
        (lambda path: sheet(rows=[("k" * 32_768, 1.0)]), "Sheet.table"),
        (lambda path: sheet(rows=[("-", 1.0)]), "Sheet.table"),
        (lambda path: sheet(title="?"), "Sheet.table"),
        (lambda path: sheet(rows=[("k", 1.0)] * 1_048_570), "Sheet.table"),
        (lambda path: Cover(title=" "), "Cover.title"),
        (lambda path: Cover(title=None), "Cover.title"),
        (lambda path: Cover(title="T", introduction=3), "Cover.introduction"),
        (lambda path: Cover(title="T", about=["", "b"]), "Cover.about"),
        (lambda path: Cover(title="T", contact="[a](https://a.uk) [b](https://b.uk)"), "Cover.contact"),
        (lambda path: Cover(title="T", contact="[a](file:///etc)"), "Cover.contact"),
        (lambda path: Cover(title="T", dated="11 October 2022"), "Cover.dated"),
        (lambda path: Cover(title="T", dated=dt.datetime(2022, 10, 11)), "Cover.dated"),
    ],
)
def test_what_is_no_workbook_is_refused_by_name(tmp_path, attempt, what):
    """And nothing is written."""
    with pytest.raises(InvalidValue) as caught:
        attempt(tmp_path / "w.xlsx")
    assert caught.value.what in {what, what.replace("Sheet.", "")}
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert list(tmp_path.iterdir()) == []


def test_a_column_that_is_not_there_is_refused_when_the_sheet_is_made():
    """Not when it is written."""
    with pytest.raises(UnknownColumn):
        Sheet(name="S", table=BY_TEAM, across="team")


def test_a_missing_library_is_named_with_the_extra_that_brings_it(monkeypatch, tmp_path):
    """As where it was never installed."""
    found = builtins.__import__

    def without(name, *rest):
        if name.split(".")[0] == "gptables":
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"gptables is not installed: pip install 'bucks_cs\[spreadsheets\]'") as caught:
        write_workbook(sheet(), tmp_path / "w.xlsx", cover=COVER)
    assert caught.value.__context__ is None


def test_no_cell_is_shown_by_an_error(tmp_path):
    """A word of a cell, in whatever way a workbook is refused."""
    word = "Xanthippe"
    rows = [(word, 1.0)]
    for attempt in (
        lambda: sheet(rows=rows, figures=("k",)),
        lambda: sheet(rows=[(word + "k" * 32_768, 1.0)]),
        lambda: sheet(rows=[*rows, ("-", 2.0)], title=f"{word}"),
        lambda: sheet(keys=(word,), figures=(word.lower(),)),
        lambda: Sheet(name=f"{word}/", table=BY_TEAM),
        lambda: Cover(title="T", about=f"[{word}](x)"),
        lambda: write_workbook(sheet(rows=rows), tmp_path / word / "w.xlsx", cover=COVER),
        lambda: write_workbook([sheet(rows=rows), sheet(rows=rows)], tmp_path / "w.xlsx", cover=COVER),
    ):
        with pytest.raises(BucksError) as caught:
            attempt()
        assert word not in everything_of(caught.value).split("Traceback")[0]


def test_a_table_without_a_source_or_keys_has_a_sheet_too(wrote):
    """One figure, of nobody's."""
    one = Readings.of([Reading.of(VISITS, 3, period=YEARS[0])])
    rows = wrote(Sheet(name="One", table=one)).rows("One")
    assert rows == [("Visits",), ("2020-21",), ("This worksheet contains one table.",), ("Visits (contacts)",), ("3",)]
    two = [Reading.of(VISITS, 3, period=year, source=source)
           for year, source in zip(YEARS, (FROM, NoOfficialSource(reason="made up")), strict=True)]  # fmt: skip
    (said,) = [row[0] for row in wrote(Sheet(name="Two", table=Readings.of(two))).rows("Two") if row[0].startswith("Source")]
    assert said == f"Sources: {FROM}; {NoOfficialSource(reason='made up')}."
