"""The list of pages for programs that read the site is what the pages say, and has every one of them."""

from __future__ import annotations

import importlib.util
import re

import pytest


@pytest.fixture(scope="module")
def tool(root):
    """The script that makes the list."""
    spec = importlib.util.spec_from_file_location("build_llms", root / "tools" / "build_llms.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture(scope="module")
def listed(tool):
    """The list as it is committed."""
    return tool.FILE.read_bytes().decode("utf-8")


def test_the_committed_list_is_what_the_tool_makes(tool, listed):
    """Byte for byte; run tools/build_llms.py when it is not."""
    assert listed == tool.build()


def test_every_page_there_is_is_in_the_list_once(tool, listed):
    """By its address on the built site; a page that the nav leaves out is in neither."""
    pages = [page.relative_to(tool.DOCS).as_posix() for page in tool.DOCS.rglob("*.md")]
    found = re.findall(r"^- \[[^]]+\]\(([^)]+)\): \S", listed, re.MULTILINE)
    assert sorted(found) == sorted(tool.address(page) for page in pages)


def test_the_list_has_the_form_that_its_readers_expect(listed):
    """A title, a summary, text without headings, and then sections with nothing in them but links with a sentence each."""
    head, *sections = re.split(r"^## .+\n", listed, flags=re.MULTILINE)
    assert re.match(r"# bucks_cs\n\n> \S[^\n]+\n\n", head)
    assert "\n#" not in head
    assert len(sections) > 5
    for section in sections:
        assert all(re.match(r"- \[[^]]+\]\([^)]+\): \S", line) for line in section.splitlines() if line)


def test_no_sentence_of_the_list_is_marked_up(listed):
    """Links, code and bold are said as their words."""
    said = [line.split("): ", 1)[1] for line in listed.splitlines() if line.startswith("- [")]
    assert [one for one in said if re.search(r"\]\(|`|\*\*", one)] == []


def test_the_nav_is_read_as_it_is_written(tool, tmp_path, monkeypatch):
    """Parts, parts of parts, pages without a title, and pages that stand by themselves."""
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: x\nnav:\n  - Home: index.md\n  - How to:\n      - how-to/index.md\n      - Begin:\n"
        "          - Install it: how-to/install.md\n  - Glossary: glossary.md\nplugins:\n  - search\n"
    )
    monkeypatch.setattr(tool, "CONFIG", config)
    assert list(tool.nav()) == [
        ("Overview", "index.md"),
        ("How to", "how-to/index.md"),
        ("How to", "how-to/install.md"),
        ("Overview", "glossary.md"),
    ]


def test_a_line_of_the_nav_that_cannot_be_read_is_not_passed_over(tool, tmp_path, monkeypatch):
    """Or a page would be missing in silence."""
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: x\nnav:\n  - Home: {page: index.md}\n")
    monkeypatch.setattr(tool, "CONFIG", config)
    with pytest.raises(SystemExit, match="of another form"):
        list(tool.nav())


def test_the_first_sentence_is_that_of_the_first_paragraph_of_prose(tool):
    """Not of a list, a table or a block of code before it, and without its markup."""
    before = "- a list\n\n```python\nx = 1\n```\n\n| a |\n|---|"
    page = f"# A page {{ #a }}\n\n{before}\n\nA *figure* is **not** [a number](x.md) of `x`.\nMore.\n"
    assert tool.title(page) == "A page"
    assert tool.sentence(page) == "A figure is not a number of x."


def test_a_page_of_reference_has_the_sentence_of_its_module(tool):
    """Of which the page itself says nothing."""
    page = "---\ntitle: trend\n---\n\n::: bucks_cs.trend\n"
    assert tool.title(page) == "trend"
    assert tool.sentence(page).startswith("Trend: a figure against its own past")


def test_addresses_are_those_of_the_built_site(tool):
    """A page is a folder there."""
    assert [tool.address(page) for page in ("index.md", "how-to/index.md", "how-to/install.md", "glossary.md")] == [
        "./",
        "how-to/",
        "how-to/install/",
        "glossary/",
    ]
