"""The pages of the subjects and the catalogue say what the objects say: none is stale, and nothing is missing."""

from __future__ import annotations

import importlib
import json
import re

import pytest

from bucks_cs import catalogue, record
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.provenance import NoOfficialSource

EVERY = catalogue.indicators()


@pytest.fixture(scope="module")
def tool(root):
    """The script that makes the pages, with those beside it that it is made of."""
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(root / "tools")
        return importlib.import_module("build_subject_pages")


@pytest.fixture(scope="module")
def made(tool):
    """The pages as the tool makes them, by subject, and the catalogue."""
    return {path.stem: (path, text) for path, text in tool.pages().items()}


@pytest.fixture(scope="module")
def entries(made):
    """What stands under each anchor, by the page it is on."""
    found = {}
    for name, (_, text) in made.items():
        for part in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]:
            found[name, re.search(r"\{ #([a-z0-9-]+) \}", part)[1]] = part
    return found


@pytest.mark.parametrize("name", [*catalogue.SUBJECTS, "catalogue"])
def test_a_committed_page_is_what_the_tool_makes(made, name):
    """Byte for byte; run ``python tools/build_subject_pages.py`` when it is not."""
    path, text = made[name]
    there = path.read_bytes().decode("utf-8") if path.exists() else ""
    assert there == text, f"docs/{name}.md is stale: run python tools/build_subject_pages.py"


def test_there_is_a_page_for_each_subject_and_no_other(root, made):
    """A page whose subject has gone would stay for ever."""
    there = {path.stem for path in (root / "docs" / "subjects").glob("*.md")}
    assert there == set(catalogue.SUBJECTS) == set(made) - {"catalogue"}


def test_every_indicator_has_an_entry_with_all_that_is_said_of_it(entries, tool):
    """Under its own anchor, each part with its heading."""
    for one in EVERY:
        part = entries[one.key.split(".")[0], tool.anchor(one)]
        assert f"`{one.key}`" in part
        said = re.split(r"^([A-Z][a-z ]+)\n:   ", part, flags=re.MULTILINE)
        terms = dict(zip(said[1::2], said[2::2], strict=True))
        wanted = ["Counts", "Leaves out", "Formula", "Unit and range", "Who says so"]
        assert list(terms) == [*wanted, *(["Read it with care"] if one.breaks else [])], one.key
        assert catalogue.formula(one)[1:] in terms["Formula"], one.key
        assert terms["Unit and range"].lower().startswith(tool.unit_of(one).lower()), one.key
        assert all(tool.escaped(str(source))[1:] in terms["Who says so"] for source in one.sources), one.key
        assert all(each.what in terms["Read it with care"] for each in one.breaks), one.key


def test_anchors_are_there_once(made):
    """On each page."""
    for _, text in made.values():
        anchors = re.findall(r"\{ #([a-z0-9-]+) \}", text)
        assert len(set(anchors)) == len(anchors)


def test_every_link_within_the_pages_leads_somewhere(made, entries):
    """From the short list to the entry, and from the catalogue to it."""
    for name, (_, text) in made.items():
        assert all((name, to) in entries for to in re.findall(r"\]\(#([^)]+)\)", text))
    leads = re.findall(r"\]\(subjects/([a-z_]+)\.md#([^)]+)\)", made["catalogue"][1])
    assert len(leads) == len(EVERY)
    assert all(lead in entries for lead in leads)


def test_the_catalogue_has_every_indicator_with_unit_direction_source_and_link(made, tool):
    """A row each, in the section of its subject."""
    rows = [line for line in made["catalogue"][1].splitlines() if "](subjects/" in line]
    assert [re.search(r"`([^`]+)`", row)[1] for row in rows] == [one.key for one in EVERY]
    for one, row in zip(EVERY, rows, strict=True):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
        assert cells[0].startswith(f"[{tool.escaped(one.title)}]")
        assert cells[1:3] == [tool.unit_of(one), one.better.value]
        assert cells[3]
        assert ("nobody officially" in cells[3]) == any(isinstance(source, NoOfficialSource) for source in one.sources)


def test_the_box_on_the_catalogue_goes_through_what_the_search_in_python_does(made, tool):
    """The text of every indicator is in the page, by its anchor: "looked after rate" has nothing in its row that says rate."""
    (said,) = re.findall(r'<script type="application/json" id="catalogue-texts">(.*)</script>', made["catalogue"][1])
    texts = json.loads(said)
    assert texts == {tool.anchor(one): catalogue.searched(one) for one in EVERY}
    found = {anchor for anchor, text in texts.items() if all(word in text for word in ("looked", "after", "rate"))}
    assert "looked-after-children-per-10-000" in found
    assert found == {tool.anchor(one) for one in catalogue.search("looked after rate")}


def test_every_row_of_a_table_has_as_many_cells_as_its_heading(made):
    """No text breaks its row: a pipe in it is escaped."""
    for _, text in made.values():
        width = None
        for line in text.splitlines():
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else None
            assert width is None or cells is None or cells == width, line[:200]
            width = cells


def test_official_figures_of_buckinghamshire_stand_beside_the_definition(entries):
    """Re-referrals, DfE's data file c1: 4,276 of 13,087 in the year to 31 March 2022, 1,541 of 6,620 two years later."""
    part = entries["demand", "demand-rereferrals"]
    assert "| year to 31 March 2022 | 32.7 | 4,276 of 13,087 |" in part
    assert "| year to 31 March 2024 (probable break) | 23.3 | 1,541 of 6,620 |" in part
    assert "| year to 31 March 2025 | 22.8 | 1,260 of 5,518 |" in part
    assert "probably breaks between 1 April 2023 and 31 March 2024" in part
    assert "its cause is not published" in part


@pytest.mark.parametrize(
    ("entry", "rows"),
    [
        (
            ("workforce", "workforce-agency-rate-fte"),
            ["30 September 2022 | 29.2 | 93 of 318.2", "30 September 2024 | 31.3 | 93 of 296.8"],
        ),
        (
            ("ehcp", "ehcp-issued-in-time-including-exceptions"),
            ["2021 | 78.6 | 556 of 707", "2022 (break) | 60.6 | 449 of 741", "2024 | 32.1 | 234 of 730"],
        ),
        (
            ("looked_after", "looked-after-children-per-10-000"),
            ["31 March 2022 | 40 | 500 of 123,510", "31 March 2024 | 41 | 520 of 128,126"],
        ),
        (
            ("attainment", "attainment-a-level-points"),
            ["2018/19 academic year | 38.20", "2019/20 academic year (break) | 43.33"],
        ),
        (("attainment", "attainment-key-stage-2"), ["2018/19 academic year | 66", "2021/22 academic year (break) | 61"]),
        (("workforce", "workforce-turnover-rate-fte"), ["year to 30 September 2024 | 20.9 | 42.6 of 203.8"]),
    ],
)
def test_a_reader_finds_two_years_of_a_figure_and_whether_a_break_lies_between(entries, entry, rows):
    """As the published files print them, to their own decimals."""
    assert [row for row in rows if f"| {row} |" not in entries[entry]] == []


def test_every_entry_has_an_example_that_runs_or_leads_to_one_on_its_page(entries, made):
    """And says what a gap means."""
    for (name, anchor), part in entries.items():
        if name == "catalogue" or anchor == "indicators":
            continue
        assert "what a gap means" in part, anchor
        leads = re.findall(r"^An example of `(\w+)` stands under \[.*\]\(#([a-z0-9-]+)\)\.$", part, re.MULTILINE)
        assert ("```python" in part) != bool(leads), anchor
        assert all(f"{function}(" in entries[name, to] and "```python" in entries[name, to] for function, to in leads), anchor
    assert not [name for name, (_, text) in made.items() if "\n\n\n" in text]


def test_each_official_figure_of_the_record_that_is_of_the_whole_is_on_a_page(entries):
    """Under the indicator it measures; a gap has its reason, and no figure of another authority is there."""
    facts = record.official_facts()
    for one in EVERY:
        rows = facts.filter(measure=one.key, area="825").filter(facts.filter(measure=one.key, area="825")["part"].is_null())
        there = rows.filter(rows["value"].is_not_null() | rows["withheld"].is_not_null())
        part = entries[one.key.split(".")[0], one.key.replace(".", "-").replace("/", "-").replace("_", "-")]
        lines = re.findall(r"^\| (?!When|---)", part, re.MULTILINE)
        assert len(lines) == there.height


def test_an_indicator_says_which_functions_give_it(tool):
    """Its own; those whose docstring names it; those whose code comes to it; those that stand where it is made."""
    given = {
        "demand.rereferrals": ["rereferrals"],
        "attainment.key_stage_2/gap_to_line": ["gap_to_line"],
        "demand.changes_of_team": ["hand_offs"],
        "demand.assessments_per_10_000": ["per_10_000"],
        "demand.home_education_started": ["read_home_education", "read_previous_schools"],
        "looked_after.children": ["read_children_looked_after"],
        "looked_after.care_leavers_by_activity": ["read_care_leavers_by_activity"],
        "inspections.areas_by_grade": ["distribution"],
    }
    for key, names in given.items():
        assert tool.functions_of(catalogue.indicator(key)) == names
    assert not [one.key for one in EVERY if not tool.functions_of(one)]


def test_every_example_on_a_page_brings_its_own_names(made):
    """Each block runs by itself: what it needs is imported in it; tests run them all."""
    for name, (_, text) in made.items():
        for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
            first = next(line for line in block.splitlines() if line.startswith(">>> "))
            assert first.startswith((">>> import ", ">>> from ")), (name, first)


@pytest.mark.long
def test_the_same_objects_give_the_same_pages(tool, made):
    """Twice in one Python; another Python is the committed page's."""
    assert {path.stem: (path, text) for path, text in tool.pages().items()} == made


def test_what_goes_below_zero_says_so(tool):
    """One thing taken from another, and money; a count and a share never."""
    keys = ("uasc.headroom", "savings.total_level", "ehcp.projection_error", "demand.referrals", "demand.rereferrals")
    below, above = "any number, above or below 0", "0 or more"
    assert [tool.range_of(catalogue.indicator(key)) for key in keys] == [below, below, below, above, "0 to 100"]


def test_what_is_0_where_the_target_is_reached_never_goes_below_it(tool):
    """As its function says; the gap to the line does."""
    reached = [one.key for one in EVERY if one.key.endswith("/yearly_progress")]
    assert {tool.range_of(catalogue.indicator(key)) for key in reached} == {"0 or more"}
    assert tool.range_of(catalogue.indicator("attainment.key_stage_2/gap_to_line")) == "any number, above or below 0"


def test_a_word_that_a_docstring_parts_at_the_end_of_a_line_is_one_word(tool):
    """A hyphen at the end of a line is the word's own, and nothing stands after it."""
    assert tool.as_markdown("a full-\n    time equivalent, c -\n    d") == "a full-time equivalent, c - d"


def test_text_is_never_taken_for_markup(tool):
    """Pipes, stars, brackets; an underscore within a name is left as it is, since Markdown does so too."""
    assert tool.escaped("a|b *c* [d](e) <f> `g` _h_ i_j") == r"a\|b \*c\* \[d\](e) &lt;f> \`g\` \_h\_ i_j"


def test_a_document_is_named_once_in_the_catalogue_with_its_link(tool):
    """Though an indicator has two places in it, the first of them without an address."""
    one = catalogue.indicator("demand.plans_ended_after_two_years")
    made_up = Indicator(
        key="demand.made_up", title="Made up", counts="nothing", measure=Measure.COUNT, kind=Kind.FLOW, unit="plan",
        better=Better.NEITHER, sources=[NoOfficialSource(reason="a"), NoOfficialSource(reason="b"), *one.sources, *one.sources],
    )  # fmt: skip
    names = importlib.import_module("catalogue_page").named(made_up.sources)
    assert names[0] == "nobody officially"
    assert len(names) == 1 + len({(source.publisher, source.title) for source in one.sources})
    linked = [source.url for source in one.sources if source.url]
    assert all(any(url in name for name in names) for url in linked)
