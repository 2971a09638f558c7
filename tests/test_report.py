"""The report: what `make report` prints and writes, and that it follows its input."""

from __future__ import annotations

import csv
import subprocess
import sys
from html.parser import HTMLParser

import polars as pl
import pytest

from bucks_cs.audit import Status
from bucks_cs.errors import MissingSource, UnknownColumn
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.record import CABINET_REPORT_OCTOBER_2022, demand_table
from bucks_cs.report import demand_findings, demand_page, write_update
from bucks_cs.testing import in_every_engine

WRONG = ["Section 47 enquires", "Initial Child Protection Conferences", "Children with an allocated social worker"]


class Page(HTMLParser):
    """The rows of a page's table, its links and what it asks for."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.asks, self.row = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.asks += [given[name] for name in ("src", "href") if name in given]
        if tag == "tr":
            self.row = []
        elif tag in {"td", "th"} and self.row is not None:
            self.row.append("")

    def handle_endtag(self, tag):
        if tag == "tr":
            self.rows.append(self.row)
            self.row = None

    def handle_data(self, data):
        if self.row:
            self.row[-1] += data


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


def test_the_page_has_a_row_a_figure_and_asks_nothing_of_any_other():
    """As printed, recomputed, and what was found."""
    page = Page(demand_page(demand_findings(), source=CABINET_REPORT_OCTOBER_2022))
    assert page.asks == []
    assert len(page.rows) == 7
    assert page.rows[3] == ["Section 47 enquires", "200", "256", "24%", "28.0% (27.4% to 28.6%)", "disagrees"]


def test_the_page_escapes_what_it_is_given():
    """A label from a file may have any character in it."""
    table = demand_table().with_columns(label=pl.lit("<script>"))
    page = demand_page(demand_findings(table), source=NoOfficialSource(reason="a <b>"))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "a &lt;b&gt;" in page


def test_a_page_of_no_rows_says_so_without_failing():
    """An empty table gives an empty page."""
    assert "Of 0 percentages" in demand_page(demand_findings(demand_table().clear()), source=CABINET_REPORT_OCTOBER_2022)


@pytest.mark.parametrize("source", [None, "me"])
def test_no_page_without_a_source(source, tmp_path):
    """And nothing is written."""
    with pytest.raises(MissingSource):
        write_update(demand_findings(), tmp_path / "out", source=source)
    assert not (tmp_path / "out").exists()


def test_the_files_hold_every_figure_and_what_would_explain_it(tmp_path):
    """The CSV opens in Excel with its signs right: it has a byte-order mark."""
    page, table = write_update(demand_findings(), tmp_path / "a" / "b")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["status"] for row in rows] == [Status.AGREES.value] * 2 + [Status.DISAGREES.value] * 2 + ["agrees", "disagrees"]
    assert rows[5]["what would explain it"].startswith("Early 2020: 3,283 for 2,283 (one digit changed), which gives 26.2%")
    assert {row["source"] for row in rows} == {str(CABINET_REPORT_OCTOBER_2022)}


def test_the_example_prints_the_table_and_writes_the_files(root, tmp_path):
    """As `make report` runs it, and with a table of one's own; a table that lacks a column is an error and no traceback."""

    def run(*arguments):
        command = [sys.executable, str(root / "examples" / "cabinet_update.py"), "--into", str(tmp_path / "out"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    printed = run()
    assert printed.returncode == 0
    assert printed.stdout.count("disagrees") >= 3
    assert "Only one slip that was searched for would explain it:\n  - Early 2020: 3,283 for 2,283" in printed.stdout
    assert (tmp_path / "out" / "index.html").is_file()
    own = tmp_path / "mine.csv"
    demand_table().head(2).write_csv(own)
    assert "disagrees" not in run("--table", str(own)).stdout
    demand_table().drop("label").write_csv(own)
    refused = run("--table", str(own))
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert "the frame has no column 'label'" in refused.stderr
