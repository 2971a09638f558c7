"""Make ``docs/subjects/*.md`` and ``docs/catalogue.md``: every indicator, as its own object says it.

A subject's page has its paragraph from the door, and for each indicator what it counts and leaves out, its formula in words,
unit and range, what a gap means, who defines it, what to read with care, its official figures for Buckinghamshire where the
record has them, and its example. Nothing is written by hand but the sentences of this file and those it imports beside it.
Run from the root of the repository::

    python tools/build_subject_pages.py

The same objects give the same bytes; ``tests/test_subject_pages.py`` checks that the committed pages are up to date.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from catalogue_page import catalogue_page
from indicator_functions import door, example, functions_of, section
from indicator_words import anchor, as_markdown, escaped, range_of, sentence, source_of, unit_of

from bucks_cs import catalogue, record
from bucks_cs.indicators import Better, Indicator, Kind, Withheld
from bucks_cs.indicators.breaks import Break
from bucks_cs.indicators.wording import written
from bucks_cs.periods import Period, from_bounds
from bucks_cs.provenance import day_in_words

DOCS = Path(__file__).resolve().parents[1] / "docs"
AREA = "825"

KINDS = {Kind.FLOW: "a flow, counted over a period", Kind.STOCK: "a stock, counted on a day"}
BETTER = {
    Better.HIGHER: "higher is better",
    Better.LOWER: "lower is better",
    Better.NEITHER: "better neither way: read it beside others",
}
# What a word leads to is found here first, by the search of the site too.
FRONT = ("---", "search:", "  boost: 4", "---", "")
CARE = "are to be compared with care, if at all: `trend.change` refuses to unless it is told to."


def subject_page(subject: str) -> str:
    """The page of a subject."""
    ours = catalogue.indicators(subject)
    parts = [*FRONT, f"# {catalogue.SUBJECTS[subject]}", "", _paragraph(subject), "", *_in_short(ours), ""]
    shown: dict[str, Indicator] = {}
    for one in ours:
        parts += [*entry(one, shown), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"


def _paragraph(subject: str) -> str:
    said = inspect.getdoc(door(subject)) or ""
    body = re.split(r"^\w+:$", said, maxsplit=1, flags=re.MULTILINE)[0].strip()
    joined = [as_markdown(part) for part in re.split(r"\n\s*\n", body)]
    end = f"The names of this subject are in [its reference](../reference/api/{subject}.md): `from bucks_cs import {subject}`."
    return "\n\n".join([*joined, end])


def _in_short(ours: tuple[Indicator, ...]) -> Iterator[str]:
    yield f"## {len(ours)} indicators {{ #indicators }}"
    yield ""
    yield "| Indicator | Unit | Kind |"
    yield "| --- | --- | --- |"
    yield from (f"| [{escaped(one.title)}](#{anchor(one)}) | {unit_of(one)} | {one.kind.value} |" for one in ours)


def entry(one: Indicator, shown: dict[str, Indicator]) -> Iterator[str]:
    """What is said of an indicator; ``shown`` has the functions whose example stands above, by the indicator it stands under."""
    yield from (f"## {escaped(one.title)} {{ #{anchor(one)} }}", "", f"`{one.key}`", "")
    for term, said in (
        ("Counts", one.counts),
        ("Leaves out", one.leaves_out or "nothing that its definition names"),
        ("Formula", catalogue.formula(one)),
        ("Unit and range", f"{unit_of(one)}, {range_of(one)}; {KINDS[one.kind]}; {BETTER[one.better]}"),
    ):
        yield from (term, f":   {sentence(said)}", "")
    yield from _listed("Who says so", [source_of(source) for source in one.sources])
    yield from _listed("Read it with care", _with_care(one))
    yield from _official(one)
    yield from _how(one, shown)


def _listed(term: str, said: list[str]) -> Iterator[str]:
    """A term and what is said of it: one sentence, or a list of several."""
    if said:
        yield term
        for place, each in enumerate(said):
            yield f"{':   ' if not place else '    '}{'- ' if len(said) > 1 else ''}{each}"
        yield ""


def _with_care(one: Indicator) -> list[str]:
    said = [_break(each) for each in one.breaks]
    if len(said) == 1:
        return [f"{said[0]} Figures before and after it {CARE}"]
    return [*said, f"Figures on the two sides of any of these {CARE}"] if said else []


def _break(each: Break) -> str:
    day = day_in_words(each.on)
    when = f"on {day}" if each.latest in {None, each.on} else f"between {day} and {day_in_words(each.latest)}"
    whose = f"{each.area_name}'s series" if each.area_name else "The series"
    sure = "breaks" if each.certain else "probably breaks"
    cause = "" if each.certain else " That it is a break is inferred from the figures, and its cause is not published."
    return f"{whose} {sure} {when}: {each.what}.{cause}"


# The official figures of Buckinghamshire


def _official(one: Indicator) -> Iterator[str]:
    facts = record.official_facts().filter((pl.col("measure") == one.key) & (pl.col("area") == AREA) & pl.col("part").is_null())
    there = pl.any_horizontal(pl.col("value", "withheld").is_not_null())
    rows = facts.filter(there).sort("period_end", "period_start").to_dicts()
    if not rows:
        return
    measure = record.official_measure(one.key)
    shares = any(row["numerator"] is not None for row in rows)
    yield f"In Buckinghamshire, as published ({source_of(measure.source).rstrip('.')}):"
    yield ""
    yield f"| When | {escaped(one.title)} ({unit_of(one)}) |{' Of |' if shares else ''}"
    yield f"| --- | ---: |{' ---: |' if shares else ''}"
    before: Period | None = None
    for row in rows:
        period = from_bounds(row["period_kind"], row["period_start"], row["period_end"])
        beside = f" {_of(row)} |" if shares else ""
        yield f"| {period}{_at_a_break(one, before, period)} | {_value(row, measure.rounded_to)} |{beside}"
        before = period
    yield ""


def _at_a_break(one: Indicator, before: Period | None, period: Period) -> str:
    """Whether Buckinghamshire's series breaks, or may, between the end of the row above and the end of this one."""
    passed = [each for each in one.breaks if before and each.area in {None, AREA} and each.lies_between(before.end, period.end)]
    if not passed:
        return ""
    return " (break)" if any(each.certain for each in passed) else " (probable break)"


def _value(row: dict[str, Any], step: float | None) -> str:
    """A figure to the decimals it is published with, or the reason there is none."""
    if row["value"] is None:
        return str(Withheld(row["withheld"]))
    return f"{row['value']:,.{max(0, -math.floor(math.log10(step)))}f}" if step else written(row["value"])


def _of(row: dict[str, Any]) -> str:
    if row["denominator"] is None or row["numerator"] is None:
        return ""
    return f"{written(row['numerator'])} of {written(row['denominator'])}"


# The functions that give it


def _how(one: Indicator, shown: dict[str, Indicator]) -> Iterator[str]:
    names, subject = functions_of(one), one.key.split(".")[0]
    for name in names:
        given = f"Given by [`{subject}.{name}`][bucks_cs.{subject}.{name}]."
        gives = section(getattr(door(subject), name), "Returns")
        yield f"{given}\nWhat it gives, and what a gap means:" if gives else given
        yield ""
        if gives:
            yield f"> {as_markdown(gives)}".replace("\n", "\n> ")
            yield ""
    yield from _example(one, names, shown)


def _example(one: Indicator, names: list[str], shown: dict[str, Indicator]) -> Iterator[str]:
    """The example of the first of the functions that has one, once on a page: those that it gives too lead to it."""
    examples = {name: code for name in names if (code := example(getattr(door(one.key.split(".")[0]), name)))}
    said = [name for name, code in examples.items() if one.title in code or one.key in code] or list(examples)
    if not said:
        return
    name = said[0]
    if name in shown:
        yield f"An example of `{name}` stands under [{escaped(shown[name].title)}](#{anchor(shown[name])})."
        return
    shown[name] = one
    yield from ("```python", examples[name], "```")


def pages() -> dict[Path, str]:
    """Every page this makes, by where it stands."""
    made = {DOCS / "subjects" / f"{subject}.md": subject_page(subject) for subject in catalogue.SUBJECTS}
    return {**made, DOCS / "catalogue.md": catalogue_page()}


def main() -> int:
    """Write them."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {path.relative_to(DOCS.parent)}: {len(text.splitlines())} lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
