"""The report: what `make report` prints and writes, and that it follows its input."""

from __future__ import annotations

import csv
import io
import subprocess
import sys

import polars as pl
import pytest

import bucks_cs.report
from bucks_cs.audit import Status
from bucks_cs.errors import InvalidValue, MissingExtra, MissingSource, UnknownColumn
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.record import CABINET_REPORT_OCTOBER_2022, demand_table
from bucks_cs.report import (
    Step,
    cabinet_update,
    demand_findings,
    demand_table_alone,
    october_2022,
    progress_on,
    update_page,
    write_update,
)
from bucks_cs.testing import in_every_engine

WRONG = ["Section 47 enquires", "Initial Child Protection Conferences", "Children with an allocated social worker"]
MINE = NoOfficialSource(reason="my own table")


def own(table):
    """The update of a demand table alone."""
    return cabinet_update(demand_table_alone(table, source=MINE))


def test_three_rows_agree_and_three_do_not():
    """2,088/1,375 = 1.519, 1,282/902 = 1.421, 730/512 = 1.426; but 256/200 = 1.28, 74/55 = 1.345, 4,144/2,283 = 1.815."""
    findings = demand_findings()
    assert [finding.label for finding in findings.disagrees] == WRONG
    assert [finding.shown.value for finding in findings] == ["51.9%", "42.1%", "28.0%", "34.5%", "42.6%", "81.5%"]
    assert not findings.cannot_check


def test_another_figure_in_the_input_brings_other_findings():
    """With 3,283 for 2,283 the last row follows (+26.2%); with 50 for 52 the first no longer does (51.9%)."""
    mended = demand_table().with_columns(
        early_2020_monthly_average=pl.col("early_2020_monthly_average").replace("2,283", "3,283"),
        percent_change=pl.col("percent_change").replace("52", "50"),
    )
    assert [finding.label for finding in demand_findings(mended).disagrees] == ["Contacts", *WRONG[:2]]


def test_every_engine_gives_the_same_findings():
    """With a column for the order of the rows, since DuckDB keeps none."""
    ordered = demand_table().with_columns(place=pl.int_range(6))
    for _, frame in in_every_engine(ordered):
        assert demand_findings(frame, order_by="place") == demand_findings()


def test_a_table_may_have_other_columns_of_the_headings_names():
    """A table with a column "2022" of its own is no trouble."""
    assert demand_findings(demand_table().with_columns(pl.lit("x").alias("2022"))) == demand_findings()


def test_a_missing_column_is_named():
    """And the nearest that there is."""
    with pytest.raises(UnknownColumn, match=r"no column 'percent_change'.*Did you mean 'percent_changes'"):
        demand_findings(demand_table().rename({"percent_change": "percent_changes"}))


def test_an_update_of_a_table_alone_follows_the_table():
    """Two rows that both hold; and one of a table changed to 50, for which 51.9% follows."""
    assert str(own(demand_table().head(2)).section("demand").paragraphs[0]).startswith("Of 2 percentages, 2 follow from")
    wrong = own(demand_table().head(1).with_columns(percent_change=pl.lit("50"))).section("demand")
    assert str(wrong.paragraphs[0]) == "Of 1 percentage, 0 follow from the two averages beside them and 1 does not: Contacts."
    assert wrong.at("demand-table").layout.rows[0][3:] == ("50", 51.9, 51.8, 51.9, "disagrees")


def test_a_page_escapes_what_it_is_given():
    """A label from a file may have any character in it."""
    table = demand_table().with_columns(label=pl.lit("<script>"))
    page = update_page(cabinet_update(demand_table_alone(table, source=NoOfficialSource(reason="a <b>"))))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "a &lt;b&gt;" in page


def test_an_update_of_no_rows_says_so_without_failing():
    """An empty table gives an empty section."""
    empty = own(demand_table().clear())
    assert (
        str(empty.section("demand").paragraphs[0]) == "Of 0 percentages, 0 follow from the two averages beside them and 0 do not."
    )
    assert update_page(empty).startswith("<!doctype html>")
    assert empty.section("demand").tables == ()


@pytest.mark.parametrize("source", [None, "me"])
def test_no_update_without_a_source(source):
    """A table is somebody's."""
    with pytest.raises(MissingSource):
        demand_table_alone(demand_table(), source=source)


@pytest.mark.parametrize("nonsense", ["x", 5, demand_table()])
def test_nonsense_is_refused_by_our_own_error(nonsense, tmp_path):
    """Evidence, an update, a section's id, a stream: each names its argument."""
    for call in (
        lambda: cabinet_update(nonsense),
        lambda: update_page(nonsense),
        lambda: write_update(nonsense, tmp_path / "out"),
        lambda: own(demand_table()).section(nonsense),
        lambda: progress_on(nonsense),
    ):
        with pytest.raises(InvalidValue) as caught:
            call()
        assert caught.value.__cause__ is None
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("nonsense", [3, "", [3], b"x", {}, demand_table()])
def test_what_is_told_what_is_written_to_and_what_orders_are_refused_by_name(nonsense, tmp_path):
    """Before anything is made."""
    mine = own(demand_table())
    for what, call in {
        "told": lambda: cabinet_update(demand_table_alone(demand_table(), source=MINE), told=nonsense),
        "told ": lambda: write_update(mine, tmp_path / "out", told=nonsense),
        "folder": lambda: write_update(mine, nonsense),
        "order_by": lambda: demand_findings(demand_table(), order_by=0 if isinstance(nonsense, str) else nonsense),
    }.items():
        with pytest.raises(InvalidValue) as caught:
            call()
        assert caught.value.what == what.strip()
        assert caught.value.__context__ is None
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_to_is_refused(tmp_path):
    """A file is in its place."""
    (tmp_path / "taken").write_text("here")
    with pytest.raises(InvalidValue, match=r"^folder: expected a folder that can be written to\.$") as caught:
        write_update(own(demand_table()), tmp_path / "taken")
    assert caught.value.__context__ is None


def test_the_files_hold_every_figure_and_what_would_explain_it(tmp_path):
    """The CSV opens in Excel with its signs right: it has a byte-order mark."""
    written = write_update(own(demand_table()), tmp_path / "a" / "b")
    assert [path.name for path in written] == ["index.html", "update.xlsx", "demand.csv"]
    assert all(path.is_file() for path in written)
    table = written.figures[0]
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["status"] for row in rows] == [Status.AGREES.value] * 2 + [Status.DISAGREES.value] * 2 + ["agrees", "disagrees"]
    assert rows[5]["what would explain it"].startswith("Early 2020: 3,283 for 2,283 (one digit changed), which gives 26.2%")
    assert {row["source"] for row in rows} == {str(MINE)}


@pytest.mark.parametrize(("module", "extra"), [("altair", "charts"), ("vl_convert", "charts"), ("gptables", "spreadsheets")])
def test_what_is_not_installed_is_named_with_its_extra(monkeypatch, tmp_path, module, extra):
    """Each of the three, with what to install."""
    monkeypatch.setitem(sys.modules, module, None)
    some = october_2022()
    short = type(some)(title=some.title, area=some.area, introduction=(), chapters=some.chapters[:1])
    with pytest.raises(MissingExtra, match=rf"pip install 'bucks_cs\[{extra}\]'") as caught:
        write_update(cabinet_update(short), tmp_path)
    assert caught.value.__cause__ is None


def test_a_table_of_ones_own_needs_no_charts(monkeypatch):
    """It draws none."""
    monkeypatch.setitem(sys.modules, "altair", None)
    assert "percentages" in update_page(own(demand_table()))


def test_progress_is_shown_on_a_terminal_and_nowhere_else():
    """Two of four done is half a bar; the last line is cleared before the next."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    for stream, shown in ((Terminal(), "\r\x1b[K[##########..........] 3 of 4: Schools"), (io.StringIO(), "")):
        progress_on(stream)(Step(number=3, of=4, title="Schools"))
        assert stream.getvalue() == shown


def test_the_bar_is_gone_before_anything_else_is_printed():
    """When its work is done, and when it fails: what comes next has a line of its own."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    done, failed, piped = Terminal(), Terminal(), io.StringIO()
    with progress_on(done) as told:
        told(Step(number=1, of=2, title="Demand"))

    def fail():
        with progress_on(failed) as told:
            told(Step(number=1, of=2, title="Demand"))
            raise InvalidValue(what="a table", expected="another")

    with pytest.raises(InvalidValue, match="a table"):
        fail()
    with progress_on(piped) as told:
        told(Step(number=1, of=2, title="Demand"))
    assert done.getvalue() == failed.getvalue() == "\r\x1b[K[....................] 1 of 2: Demand\r\x1b[K"
    assert piped.getvalue() == ""


def test_each_section_and_each_file_is_told_before_it_is_made(tmp_path):
    """One section, then two files."""
    heard = []
    update = cabinet_update(demand_table_alone(demand_table(), source=MINE), told=heard.append)
    write_update(update, tmp_path, told=heard.append)
    assert [str(step) for step in heard] == ["1 of 1: Demand", "1 of 2: the page, with its charts", "2 of 2: the workbook"]


def test_every_public_name_is_there_and_importing_the_report_is_light():
    """Neither charts, spreadsheets nor frames are loaded by it."""
    assert [name for name in bucks_cs.report.__all__ if not hasattr(bucks_cs.report, name)] == []
    heavy = "{'altair', 'vl_convert', 'gptables', 'great_tables', 'pandas', 'polars', 'pandera', 'narwhals'}"
    code = f"import sys, bucks_cs.report; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def run(root, tmp_path, *arguments):
    """The example as a user runs it."""
    command = [sys.executable, str(root / "examples" / "cabinet_update.py"), "--into", str(tmp_path / "out"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_example_prints_the_table_and_writes_the_files(root, tmp_path):
    """As `make report` runs it."""
    printed = run(root, tmp_path)
    assert printed.returncode == 0, printed.stderr
    assert printed.stderr == ""
    assert printed.stdout.count("disagrees") >= 3
    assert printed.stdout.startswith(str(CABINET_REPORT_OCTOBER_2022))
    assert "Only one slip that was searched for would explain it:\n  - Early 2020: 3,283 for 2,283" in printed.stdout
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["demand.csv", "index.html", "update.xlsx"]


@pytest.mark.long
def test_the_example_takes_a_table_of_ones_own(root, tmp_path):
    """One that lacks a column is an error and no traceback."""
    mine = tmp_path / "mine.csv"
    demand_table().head(2).write_csv(mine)
    taken = run(root, tmp_path, "--table", str(mine))
    assert (taken.returncode, "disagrees" in taken.stdout) == (0, False)
    demand_table().drop("label").write_csv(mine)
    refused = run(root, tmp_path, "--table", str(mine))
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert "the frame has no column 'label'" in refused.stderr
