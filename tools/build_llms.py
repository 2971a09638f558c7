"""Make ``docs/llms.txt``: the list of pages that a program which reads the site is given, each with its first sentence.

The list follows the ``nav`` of ``mkdocs.yml``; titles and sentences are the pages' own, and those of a page of reference are
the module's. Nothing is written by hand but the sentences of this file. The form is that of llmstxt.org: a title, a summary,
and a section of links for each part of the site. Run from the root of the repository::

    python tools/build_llms.py

The same pages give the same bytes; ``tests/test_llms.py`` checks that the committed file is up to date.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
FILE = DOCS / "llms.txt"
CONFIG = ROOT / "mkdocs.yml"

OVERVIEW = "Overview"
NOTES = """\
Each number has a source, a period and a unit, and a gap says why it is one.
Years are of several kinds that are written alike; a comparison across a break in a series is refused unless it is asked for.
Addresses are from the folder of this file."""

# A line of the nav: how far in it is, its title if it has one, its page if it has one.
ENTRY = re.compile(r"^(?P<indent> *)- (?:(?P<title>[^:]+):(?: (?P<page>\S+\.md))?|(?P<bare>\S+\.md))$")
# How a paragraph begins that is a list, a table, a heading, a quotation or something made.
NO_PROSE = re.compile(r"[-*+] |\d+\. |[|#>:<!?=]")


def nav() -> Iterator[tuple[str, str]]:
    """Each page of the nav with the part of the site it is in, in order; a page that stands by itself is of the overview."""
    text = CONFIG.read_text(encoding="utf-8")
    lines = text[text.index("\nnav:\n") + len("\nnav:\n") :].splitlines()
    part = OVERVIEW
    for line in lines:
        if not line.startswith(" "):
            return
        found = ENTRY.match(line)
        if found is None:
            raise SystemExit(f"mkdocs.yml: this line of the nav is of another form: {line.strip()}")
        page = found["page"] or found["bare"]
        if len(found["indent"]) == 2:
            part = OVERVIEW if page else found["title"].strip('"')
        if page:
            yield part, page


def configured(name: str) -> str:
    """A setting of ``mkdocs.yml`` that stands on one line.

    Args:
        name: The setting.
    """
    found = re.search(rf"^{name}: (.+)$", CONFIG.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit(f"mkdocs.yml has no {name}")
    return found[1]


def text_of(page: str) -> str:
    """A page, with the file that it includes where it is made of one.

    Args:
        page: The page, from ``docs``.
    """
    text = (DOCS / page).read_text(encoding="utf-8")
    whole = re.fullmatch(r'\s*--8<-- "([^"]+)"\s*', text)
    return (ROOT / whole[1]).read_text(encoding="utf-8") if whole else text


def title(text: str) -> str:
    """The title of a page: that of its front matter, or else its first heading.

    Args:
        text: The page.
    """
    found = re.match(r"---\ntitle: (.+)\n---\n", text) or re.search(r"^# (.+?)(?: \{.*\})?$", text, re.MULTILINE)
    if found is None:
        raise SystemExit("a page has no title")
    return plain(found[1])


def sentence(text: str) -> str:
    """The first sentence of a page, or of the module that a page of reference is about.

    Args:
        text: The page.
    """
    after = re.split(r"^(?:# .+|---\ntitle: .+\n---)$", text, maxsplit=1, flags=re.MULTILINE)[-1].strip()
    if reference := re.match(r"::: (\S+)$", after, re.MULTILINE):
        said = inspect.getdoc(importlib.import_module(reference[1])) or ""
        return plain(" ".join(said.split("\n\n")[0].split()))
    for paragraph in re.split(r"\n\s*\n", re.sub(r"^```.*?^```$", "", after, flags=re.MULTILINE | re.DOTALL)):
        if paragraph.strip() and not NO_PROSE.match(paragraph.strip()):
            return plain(paragraph.strip().splitlines()[0])
    raise SystemExit("a page has no sentence")


def plain(text: str) -> str:
    """A line of Markdown as text: links without their targets, no bold, no code.

    Args:
        text: The line.
    """
    without = re.sub(r"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    return re.sub(r"(?<![A-Za-z0-9*])(\*{1,2})(?=\S)(.+?)\1(?![A-Za-z0-9*])", r"\2", without).replace("`", "").strip()


def address(page: str) -> str:
    """Where a page of the built site is, from its root.

    Args:
        page: The page, from ``docs``.
    """
    place = page.removesuffix(".md").removesuffix("index")
    return f"{place.rstrip('/')}/" if place else "./"


def build() -> str:
    """The whole file."""
    parts: dict[str, list[str]] = {}
    for part, page in nav():
        text = text_of(page)
        parts.setdefault(part, []).append(f"- [{title(text)}]({address(page)}): {sentence(text)}")
    sections = ["\n".join([f"## {part}", "", *lines]) for part, lines in parts.items()]
    head = f"# {configured('site_name')}\n\n> {configured('site_description')}\n\n{NOTES}"
    return "\n\n".join([head, *sections]) + "\n"


def main() -> int:
    """Write it."""
    FILE.write_text(build(), encoding="utf-8", newline="\n")
    print(f"wrote {FILE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
