"""The way of a reader through the site: what is built on a page is built, and a question is answered in two clicks."""

from __future__ import annotations

import importlib.util
import io
import re
from contextlib import redirect_stdout

import pytest

from bucks_cs import record

INDICATOR = "demand.md#demand-rereferrals"
PICTURES = ["index.md", "tutorials/from-a-download-to-a-chart.md"]


@pytest.fixture(scope="module")
def docs(root):
    """The folder of the pages."""
    return root / "docs"


@pytest.fixture(scope="module")
def names_of(root):
    """What runs the blocks of a page for a picture on it."""
    spec = importlib.util.spec_from_file_location("names_of_a_page", root / "includes" / "names_of_a_page.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found.names_of


def built(page, *, as_what='html="true"'):
    """What the blocks of a page that run at build print, as the build runs them."""
    said = io.StringIO()
    for block in re.findall(rf'^```python exec="true" {as_what}\n(.*?)^```$', page, re.MULTILINE | re.DOTALL):
        with redirect_stdout(said):
            exec(block, {})
    return said.getvalue()


def test_home_shows_the_audit_in_ten_lines_of_code_with_its_output(docs):
    """The figures of paragraph 3.19 as they are printed: one agrees and two do not, by hand 51.9%, 28.0% and 34.5%."""
    home = (docs / "index.md").read_text(encoding="utf-8")
    shown = 'source="above" result="text"'
    (code,) = re.findall(rf'^```python exec="true" {shown}\n(.*?)^```$', home, re.MULTILINE | re.DOTALL)
    assert len([line for line in code.splitlines() if line]) <= 10
    said = built(home, as_what=shown)
    found = re.findall(r"^(\S.*?) +([\d,]+) +([\d,]+) +(\d+) +([\d.]+)% .* (agrees|disagrees)$", said, re.MULTILINE)
    assert found == [
        ("Contacts", "1,375", "2,088", "52", "51.9", "agrees"),
        ("Section 47 enquiries", "200", "256", "24", "28.0", "disagrees"),
        ("Initial conferences", "55", "74", "43", "34.5", "disagrees"),
    ]
    printed = record.demand_table().select("early_2020_monthly_average", "monthly_average_2022", "percent_change").rows()
    assert {(before, after, percent) for _, before, after, percent, _, _ in found} <= set(printed)


@pytest.mark.parametrize("page", PICTURES)
def test_the_picture_on_a_page_is_drawn_when_it_is_built(docs, root, page, monkeypatch):
    """As a figure with a name, words for who cannot see it, and its figures in a table behind."""
    monkeypatch.chdir(root)
    html = built((docs / page).read_text(encoding="utf-8"))
    assert html.count('<figure class="chart"') == 1
    assert re.search(r"<svg role=\"img\" aria-labelledby=\"\S+\" aria-describedby=\"\S+\"", html)
    assert "<details><summary>" in html
    assert "<table" in html


def test_a_picture_below_the_lines_of_a_page_is_drawn_by_those_lines(names_of):
    """The chart of the tutorial has the rows of its extract: seven years of one authority."""
    names = names_of("tutorials/from-a-download-to-a-chart.md", until="chart")
    assert len(names["rereferrals"]) == len(names["published"]) == 7
    assert "headline=" not in str(names["chart"].title)


def test_a_block_in_a_tab_is_run_with_the_others_and_the_last_tab_counts(names_of):
    """The ten rows of the lesson are read in pandas and then in polars."""
    names = names_of("tutorials/first-reading.md", until="checked")
    assert type(names["rows"]).__module__.startswith("polars")
    assert names["pd"].__name__ == "pandas"


def test_a_name_that_no_block_makes_is_an_error(names_of):
    """And no picture of something else."""
    with pytest.raises(LookupError, match=r"no block of \S+ makes nothing_of_the_kind"):
        names_of("tutorials/first-reading.md", until="nothing_of_the_kind")


def test_the_extract_of_the_tutorial_is_what_dfe_published(names_of, published):
    """Every heading and every figure of Buckinghamshire's seven years, in the release of 2025."""
    names = names_of("tutorials/from-a-download-to-a-chart.md", until="path")
    (file,) = (published / "children_in_need").glob("c1_*.csv")
    heading, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    shown, *extract = names["extract"].splitlines()
    assert shown == heading
    assert len(extract) == 7
    assert set(extract) <= set(rows)
    assert file.name == names["path"].name


def links(page):
    """Where the links of a page lead."""
    return re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))


def test_home_and_the_glossary_lead_to_an_indicator_in_two_clicks(docs):
    """From the first page to the indicator itself, and by the glossary."""
    home = links(docs / "index.md")
    assert f"subjects/{INDICATOR}" in home
    assert "glossary.md" in home
    assert "catalogue.md" in home
    assert f"subjects/{INDICATOR}" in links(docs / "glossary.md")
    assert f"subjects/{INDICATOR}" in links(docs / "catalogue.md")


def test_the_place_of_an_indicator_answers_what_a_reader_asks(docs):
    """What it is, who defines it, what it was in Buckinghamshire, and whether 2022 may be compared with 2024."""
    page = (docs / "subjects" / "demand.md").read_text(encoding="utf-8")
    part = page[page.index("{ #demand-rereferrals }") :].split("\n## ")[0]
    assert "referred in the 12 months before" in part
    assert "Department for Education" in part
    assert re.search(r"year to 31 March 2022 \| 32\.7 \| 4,276 of 13,087", part)
    assert re.search(r"year to 31 March 2024 \(probable break\) \| 23\.3 \| 1,541 of 6,620", part)
    assert "probably breaks" in part
    assert "cause is not published" in part


def test_every_term_of_the_glossary_that_leads_somewhere_leads_to_a_place_that_is_there(docs):
    """To an indicator on the page of its subject."""
    found = [target.split("#") for target in links(docs / "glossary.md") if "#" in target]
    assert len(found) > 30
    for page, place in found:
        assert f"{{ #{place} }}" in (docs / page).read_text(encoding="utf-8"), place


def test_every_page_of_a_folder_is_listed_on_its_first_page(docs):
    """Or nobody finds it but by the search."""
    for folder in ("tutorials", "how-to", "explanation"):
        pages = {page.name for page in (docs / folder).glob("*.md")} - {"index.md"}
        listed = {target.split("#")[0] for target in links(docs / folder / "index.md")}
        assert pages - listed == set(), folder


def test_short_forms_have_their_meaning_once(root):
    """In order, so that a new one finds its place."""
    lines = (root / "includes" / "abbreviations.md").read_text(encoding="utf-8").splitlines()
    short = [re.fullmatch(r"\*\[([^]]+)\]: \S.*", line)[1] for line in lines]
    assert short == sorted(set(short), key=str.casefold)


@pytest.mark.spark
def test_the_example_on_spark_gives_what_the_page_says(docs, spark):
    """It needs Java, and so is run here and not with the other blocks of its page."""
    import doctest
    from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, DocTestParser, DocTestRunner

    page = (docs / "how-to" / "pandas-polars-duckdb-spark.md").read_text(encoding="utf-8")
    names = {"spark": spark}
    for block in re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[:2]:
        exec(block, names)
    (shown,) = re.findall(r"^    ```text\n(.*?)^    ```$", page, re.MULTILINE | re.DOTALL)
    test = DocTestParser().get_doctest(re.sub("^    ", "", shown, flags=re.MULTILINE), names, "spark", None, 0)
    assert len(test.examples) == 4
    runner = DocTestRunner(optionflags=ELLIPSIS | NORMALIZE_WHITESPACE)
    assert runner.run(test) == doctest.TestResults(failed=0, attempted=4)
