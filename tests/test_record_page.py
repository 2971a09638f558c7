"""The page "The published record" and the changelog say what the library says of the record: neither is stale."""

from __future__ import annotations

import collections
import importlib.util
import re

import pytest

from bucks_cs import record
from bucks_cs.record import ClaimVerdict, Match, Unchecked


@pytest.fixture(scope="module")
def tool(root):
    """The script that makes the page."""
    spec = importlib.util.spec_from_file_location("build_record_page", root / "tools" / "build_record_page.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture(scope="module")
def page(root):
    """The page as it is committed."""
    return (root / "docs" / "the-published-record.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def verdicts():
    """The verdict of every figure."""
    return record.verdicts()


def test_the_committed_page_is_what_the_tool_makes(tool):
    """Byte for byte; run tools/build_record_page.py when it is not."""
    assert tool.PAGE.read_bytes().decode("utf-8") == tool.build()


def counted(verdicts):
    """How many figures there are, agree, disagree, cannot be checked."""
    found = collections.Counter(verdicts["verdict"])
    return [len(verdicts), found["agrees"], found["disagrees"], found["cannot check"]]


@pytest.fixture(scope="module")
def newest(root):
    """The newest section of the changelog that has such counts: those of older versions stay as they were."""
    sections = re.split(r"^## ", (root / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return next(section for section in sections if re.search(r"\d+ figures: \d+ agree", section))


def test_the_changelog_has_the_counts_of_the_verdicts(newest, verdicts):
    """Figures, agree, disagree, cannot be checked: once in the newest section that has them, and as they are."""
    said = re.findall(r"(\d+) figures: (\d+) agree, (\d+) disagree, (\d+) cannot be checked", newest)
    assert [list(map(int, counts)) for counts in said] == [counted(verdicts)]


def test_the_changelog_has_the_counts_of_the_matches_and_of_the_claims(newest):
    """In the order of the matches and of the verdicts."""
    (matches,) = re.findall(
        r"(\d+) figures: (\d+) match, (\d+) match on one basis, (\d+) lie between official ones, "
        r"(\d+) differ, (\d+) cannot be compared",
        newest,
    )
    found = collections.Counter(one.match for one in record.comparisons())
    assert list(map(int, matches)) == [found.total(), *(found[match] for match in Match)]
    (claims,) = re.findall(
        r"(\d+) claims: (\d+) borne out, (\d+) borne out in part, (\d+) not borne out, (\d+) cannot be checked", newest
    )
    found = collections.Counter(one.verdict for one in record.claims())
    assert list(map(int, claims)) == [found.total(), *(found[verdict] for verdict in ClaimVerdict)]


def test_the_page_has_the_counts_on_top(page, verdicts):
    """In the first section, in all and of each document."""
    top = page[: page.index("\n## What does not follow")]
    (in_all,) = re.findall(r"^\| \*\*In all\*\* \|(.*)$", top, re.MULTILINE)
    assert list(map(int, re.findall(r"\d+", in_all))) == counted(verdicts)
    for document in record.documents():
        (row,) = re.findall(rf"^\| \[.*\(#{document.key}\).*?\|((?: \d+ \|)+)$", top, re.MULTILINE)
        assert list(map(int, re.findall(r"\d+", row))) == counted(verdicts.filter(document=document.key))


def test_the_page_has_every_figure_once_in_the_table_of_its_document(page, tool):
    """With its print and its id."""
    for document in record.documents():
        part = page[page.index(f"{{ #{document.key} }}") :].split("\n### ")[0]
        rows = [line.strip() for line in part.splitlines() if line.startswith("    | ")][2:]
        ids = record.figures().filter(document=document.key)["id"].to_list()
        assert [re.search(r"<br>`([^`]+)` \|", row)[1] for row in rows] == ids
        for row, which in zip(rows, ids, strict=True):
            assert f"| **{tool.escaped(record.figure(which).as_printed)}** |" in row


def test_the_page_says_of_each_disagreement_what_was_printed_what_follows_and_what_to_do(page, tool, verdicts):
    """In a section of its own, word for word what the audit advises."""
    audit = record.audit()
    for row in verdicts.filter(verdict="disagrees").iter_rows(named=True):
        part = page[page.index(f"{{ #{tool.anchor(row['id'])} }}") :].split("\n## ")[0].split("\n### ")[0]
        words = " ".join(part.split())
        assert f"**As printed:** {tool.escaped(row['printed'])}, in " in words
        assert f"**What to do:** {tool.escaped(row['what_to_do'])}" in words
        found = [one for one in audit.of(row["id"]).disagrees if row["id"] in one.relation.audited]
        assert found
        assert all(tool.escaped(one.outcome.follows).casefold() in words.casefold() for one in found)


def test_the_page_counts_what_cannot_be_checked_by_its_reason(page, verdicts):
    """Each reason there is, with what would help."""
    part = page[page.index("{ #what-cannot-be-checked }") :].split("\n## ")[0]
    said = re.findall(r"^\| ([^|]+) \| [^|]+ \| (\d+) \|$", part, re.MULTILINE)
    found = collections.Counter(verdicts["reason"].drop_nulls())
    assert {reason[0].lower() + reason[1:]: int(number) for reason, number in said} == {
        reason.value: found[reason.value] for reason in Unchecked
    }


def test_the_page_has_every_comparison_and_every_claim(page, tool):
    """In the words of the library."""
    assert all(f"| {tool.escaped(str(found))} |" in page for found in record.comparisons())
    assert all(f"| {tool.sentence(tool.escaped(found.why))}" in page for found in record.claims())
    tests = [test for found in record.claims() for test in found.tests]
    assert all(tool.escaped(test.found) in page for test in tests)


def test_the_page_names_both_releases_of_the_32_percent_and_says_that_one_is_of_the_press(page):
    """The later counts are the Department's file, the 39,100 of 2010 is as a magazine reported it."""
    (row,) = [line for line in page.splitlines() if "| 32% matches on one basis" in line]
    assert "Children in need, reporting year 2025<br>" in row
    assert "Children in need in England, year to 31 March 2017 (read second-hand, as Children & Young People Now" in row


def test_a_document_whose_address_was_not_verified_has_none(page):
    """No address of the minutes of 2023 could be found again."""
    assert record.document("transformation-minutes-2023").source.url is None
    assert "Where it was published" not in page[page.index("{ #transformation-minutes-2023 }") :]


def test_the_page_has_every_document_with_its_body_and_its_days(page):
    """And why an undated one is of those days."""
    for document in record.documents():
        part = page[page.index(f"{{ #{document.key} }}") :].split("???")[0]
        assert document.body.value in part
        assert ("Undated" in part) == hasattr(document.dated, "why")
        if hasattr(document.dated, "why"):
            assert document.dated.why[1:] in part
        if document.restates:
            assert f"(#{document.restates})" in part


def test_every_row_of_a_table_has_as_many_cells_as_its_heading(page):
    """No print breaks its row: a pipe in it is escaped."""
    width = None
    for line in map(str.strip, page.splitlines()):
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else None
        assert width is None or cells is None or cells == width, line
        width = cells


def test_every_link_within_the_page_leads_to_a_place_on_it(page):
    """To a heading, by its name."""
    places = re.findall(r"^#+ .*\{ #([a-z0-9-]+) \}$", page, re.MULTILINE)
    assert len(places) == len(set(places))
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= set(places)


def test_printed_text_is_never_taken_for_markup(tool):
    """Pipes, stars, brackets and angle brackets come through as themselves."""
    assert tool.escaped("a|b *c* [d](e) <f> `g` h_i") == r"a\|b \*c\* \[d\](e) &lt;f> \`g\` h\_i"


def test_prose_is_a_sentence_a_line(tool):
    """A full stop within a number or a paragraph's number ends no line."""
    said = tool.sentences('Print 2.6 afresh. Point to 3.9 instead. "Under 18" is plainest.', indent="  ")
    assert said.split("\n") == ["Print 2.6 afresh.", "  Point to 3.9 instead.", '  "Under 18" is plainest.']


def test_whose_the_documents_and_facts_are_is_said_on_the_page_and_in_the_licence(page, root):
    """The minutes of January 2020 are the county council's own; what is under no open licence is not said to be."""
    licence = (root / "LICENSE-DATA").read_text(encoding="utf-8")
    county = " ".join(licence[licence.index("\nBuckinghamshire County Council (to") :].split("\n\n")[0].split())
    assert "The minutes of January 2020" in county
    assert record.document("cabinet-minutes-2020-01").body is record.Body.COUNTY_COUNCIL
    open_licence, others = licence.split("\nNot under the Open Government Licence")
    for publisher in ("Children & Young People Now", "Skills for Care"):
        assert publisher in others
        assert publisher not in open_licence
        assert publisher in page.splitlines()[-3]
    assert "not under that licence" in page.splitlines()[-3]


def test_every_frame_of_the_record_is_in_the_data_dictionary(root):
    """Under its name at the door, made from the schema."""
    page = (root / "docs" / "reference" / "data-dictionary.md").read_text(encoding="utf-8")
    frames = [name for name in record.__all__ if hasattr(getattr(record, name), "to_schema")]
    assert frames == ["AgainstOfficial", "Figures", "NotFigures", "OfficialFacts", "Verdicts"]
    for name in frames:
        assert f"`bucks_cs.record.{name}`" in page
        assert f"print(as_markdown({name}))" in page
