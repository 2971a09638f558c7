"""Make ``docs/subjects/*.md`` and ``docs/catalogue.md``: every indicator, as its own object says it.

A subject's page has its paragraph from the door, and for each indicator what it counts and leaves out, its formula in words,
unit and range, what a gap means, who defines it, what to read with care, its official figures for Buckinghamshire where the
record has them, and its example. Nothing is written by hand but the sentences of this file. Run from the root of the repository::

    python tools/build_subject_pages.py

The same objects give the same bytes; ``tests/test_subject_pages.py`` checks that the committed pages are up to date.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import attrs
import polars as pl

from bucks_cs import catalogue, record
from bucks_cs.indicators import Better, Indicator, Kind, Measure, Withheld
from bucks_cs.indicators.wording import unit_heading, written
from bucks_cs.periods import from_bounds
from bucks_cs.provenance import NoOfficialSource, Source, day_in_words
from bucks_cs.units import same_dimension

DOCS = Path(__file__).resolve().parents[1] / "docs"
AREA = "825"

KINDS = {Kind.FLOW: "a flow, counted over a period", Kind.STOCK: "a stock, counted on a day"}
BETTER = {
    Better.HIGHER: "higher is better",
    Better.LOWER: "lower is better",
    Better.NEITHER: "better neither way: read it beside others",
}


FILTER = """<div id="catalogue-filter" hidden>
<p><label for="catalogue-words">Show the indicators with these words</label><br>
<input id="catalogue-words" type="search" autocomplete="off"></p>
<p id="catalogue-found" role="status"></p>
</div>
<script>
document.addEventListener("DOMContentLoaded", () => {
  const rows = [...document.querySelectorAll("article tbody tr")].filter((row) => row.querySelector('a[href*="subjects/"]'));
  const words = document.getElementById("catalogue-words");
  const show = () => {
    const asked = words.value.toLowerCase().split(/\\s+/);
    rows.forEach((row) => { row.hidden = !asked.every((word) => row.textContent.toLowerCase().includes(word)); });
    const there = rows.filter((row) => !row.hidden).length;
    document.getElementById("catalogue-found").textContent = `${there} of ${rows.length} indicators`;
  };
  words.addEventListener("input", show);
  document.getElementById("catalogue-filter").hidden = false;
  show();
});
</script>"""


def door(subject: str) -> ModuleType:
    """The subject as one imports it."""
    return importlib.import_module(f"bucks_cs.{subject}")


def functions_of(one: Indicator) -> list[str]:
    """The public functions that give an indicator.

    That of its own name; or else those whose docstring names it; or else those whose code, followed through the subject, comes to
    it; or else those that stand where it is made.
    """
    there, (first, *rest) = door(one.key.split(".")[0]), one.key.split(".", 1)[1].split("/")
    own = rest[-1] if rest else first
    if callable(getattr(there, own, None)):
        return [own]
    public = [name for name in there.__all__ if isinstance(inspect.unwrap(getattr(there, name)), FunctionType)]
    public = [name for name in public if not name.startswith("mark_")]
    constant = next((name for name in there.__all__ if getattr(there, name) is one), "")
    ways: tuple[Callable[[FunctionType], bool], ...] = (
        lambda function: _names(function, one.key, constant),
        lambda function: any(_holds(thing, one) for thing in _reached(function, there.__name__, set())),
        lambda function: any(_holds(thing, one) for thing in vars(sys.modules[function.__module__]).values()),
    )
    found = ([name for name in public if way(inspect.unwrap(getattr(there, name)))] for way in ways)
    return next(filter(None, found), [])


def _names(function: FunctionType, key: str, constant: str) -> bool:
    said = inspect.getdoc(function) or ""
    return f"`{key}`" in said or bool(constant and re.search(rf"\b{constant}\b", said))


def _reached(function: FunctionType, house: str, seen: set[object]) -> Iterator[object]:
    """The things a function's code names, and those that the functions of its own house name that it calls."""
    seen.add(function)
    for name in _named_in(function.__code__):
        thing = function.__globals__.get(name)
        called = inspect.unwrap(thing) if callable(thing) else None
        if isinstance(called, FunctionType) and called.__module__.startswith(house):
            if called not in seen:
                yield from _reached(called, house, seen)
        elif not isinstance(thing, ModuleType):
            yield thing


def _named_in(code: CodeType) -> set[str]:
    inner = (part for part in code.co_consts if isinstance(part, CodeType))
    return set(code.co_names).union(*map(_named_in, inner))


def _holds(thing: object, one: Indicator, depth: int = 5) -> bool:
    """Whether a thing is an indicator, or has it somewhere within."""
    if isinstance(thing, Indicator) or not depth:
        return thing is one
    if isinstance(thing, Mapping):
        parts: Iterable[object] = (*thing, *thing.values())
    elif isinstance(thing, (tuple, list, set, frozenset)):
        parts = thing
    elif attrs.has(type(thing)):
        parts = (getattr(thing, field.name) for field in attrs.fields(type(thing)))
    else:
        return False
    return any(_holds(part, one, depth - 1) for part in parts)


def section(function: Callable[..., Any], name: str) -> str:
    """A section of a docstring as one paragraph, or nothing."""
    said = inspect.getdoc(function) or ""
    found = re.search(rf"^{name}:\n((?:(?:    .*)?\n?)+)", said, re.MULTILINE)
    return textwrap.dedent(found[1]).strip("\n") if found else ""


def as_markdown(text: str) -> str:
    """The text of a docstring as Markdown: double backquotes single, a sentence a line."""
    plain = re.sub(r"\s+", " ", text.replace("``", "`")).strip()
    return re.sub(r"(?<=[.;]) (?=[A-Z`])", "\n", plain)


def example(function: Callable[..., Any]) -> str:
    """A docstring's example with the names of its module imported, so that it runs by itself."""
    code = section(function, "Example")
    if not code:
        return ""
    lines = [line[4:] for line in code.splitlines() if line.startswith((">>> ", "... "))]
    needed = _needed("\n".join(lines))
    module = sys.modules[inspect.unwrap(function).__module__]
    imports = [f">>> {line}" for name in sorted(needed) if (line := _import_of(name, module))]
    return "\n".join([*imports, code])


def _needed(code: str) -> set[str]:
    tree = ast.parse(code)
    loaded = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    made = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    made |= {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    made |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    made |= {
        alias.asname or alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    return loaded - made - set(dir(builtins))


def _import_of(name: str, module: ModuleType) -> str:
    found = getattr(module, name, None)
    if found is None:
        return ""
    if isinstance(found, ModuleType):
        return f"import {found.__name__} as {name}" if found.__name__ != name else f"import {name}"
    for subject in catalogue.SUBJECTS:
        if name in door(subject).__all__:
            return f"from bucks_cs.{subject} import {name}"
    home = getattr(found, "__module__", module.__name__)
    parent = ".".join(home.split(".")[:2])
    public = name in getattr(importlib.import_module(parent), "__all__", ())
    return f"from {parent if public else home} import {name}"


# A page


def subject_page(subject: str) -> str:
    """The page of a subject."""
    ours = catalogue.indicators(subject)
    parts = [f"# {catalogue.SUBJECTS[subject]}", "", _paragraph(subject), "", *_in_short(ours), ""]
    for one in ours:
        parts += [*entry(one), ""]
    return "\n".join(parts).rstrip() + "\n"


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


def anchor(one: Indicator) -> str:
    """Where an indicator stands on its page."""
    return one.key.replace(".", "-").replace("/", "-").replace("_", "-")


def unit_of(one: Indicator) -> str:
    """The unit as a heading has it."""
    return unit_heading(one.unit, per=one.per) or "a number"


def range_of(one: Indicator) -> str:
    """From where to where its values go: below zero where one thing is taken from another, or where it is money."""
    if one.measure is Measure.SHARE:
        return "0 to 100"
    below = one.measure is Measure.CHANGE or "−" in catalogue.formula(one) or same_dimension(one.unit, "GBP")
    return "any number, above or below 0" if below else "0 or more"


def entry(one: Indicator) -> Iterator[str]:
    """What is said of an indicator."""
    yield f"## {escaped(one.title)} {{ #{anchor(one)} }}"
    yield ""
    yield f"`{one.key}`"
    yield ""
    yield "Counts"
    yield f":   {_sentence(one.counts)}"
    yield ""
    if one.leaves_out:
        yield "Leaves out"
        yield f":   {_sentence(one.leaves_out)}"
        yield ""
    yield "Formula"
    yield f":   {_sentence(catalogue.formula(one))}"
    yield ""
    yield "Unit and range"
    yield f":   {_sentence(f'{unit_of(one)}, {range_of(one)}; {KINDS[one.kind]}; {BETTER[one.better]}')}"
    yield ""
    yield "Who says so"
    for place, source in enumerate(one.sources):
        yield f"{':   ' if not place else '    '}{'- ' if len(one.sources) > 1 else ''}{source_of(source)}"
    yield ""
    yield from _with_care(one)
    yield from _official(one)
    yield from _how(one)


def _sentence(text: str) -> str:
    said = text.replace("``", "`").strip()
    return f"{said[:1].upper()}{said[1:]}" + ("" if said.endswith(".") else ".")


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it: nothing in it is markup, and it parts no row of a table."""
    marked = re.sub(r"([\\`*\[\]|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))", r"\\\1", text)
    return marked.replace("<", "&lt;")


def source_of(source: Source | NoOfficialSource) -> str:
    """A source with its link, where it has one."""
    said = escaped(str(source))
    return f"[{said}]({source.url})." if isinstance(source, Source) and source.url else f"{said}."


def _with_care(one: Indicator) -> Iterator[str]:
    if one.breaks:
        yield "Read it with care"
        for place, each in enumerate(one.breaks):
            yield f"{':   ' if not place else '    '}{'- ' if len(one.breaks) > 1 else ''}{_break(each)}"
        yield ""


def _break(each: Any) -> str:
    day = day_in_words(each.on)
    when = f"on {day}" if each.latest in {None, each.on} else f"between {day} and {day_in_words(each.latest)}"
    whose = f"{each.area_name}'s series" if each.area_name else "The series"
    sure = "breaks" if each.certain else "probably breaks"
    cause = "" if each.certain else " That it is a break is inferred from the figures, and its cause is not published."
    after = "Figures before and after it are to be compared with care, if at all: `trend.change` refuses to unless it is told to."
    return f"{whose} {sure} {when}: {each.what}.{cause} {after}"


def _official(one: Indicator) -> Iterator[str]:
    facts = record.official_facts().filter((pl.col("measure") == one.key) & (pl.col("area") == AREA) & pl.col("part").is_null())
    there = pl.any_horizontal(pl.col("value", "withheld").is_not_null())
    rows = facts.filter(there).sort("period_end", "period_start").to_dicts()
    if not rows:
        return
    measure = record.official_measure(one.key)
    shares = any(row["denominator"] is not None for row in rows)
    yield f"In Buckinghamshire, as published ({source_of(measure.source).rstrip('.')}):"
    yield ""
    yield f"| When | {escaped(one.title)} ({unit_of(one)}) |{' Of |' if shares else ''}"
    yield f"| --- | ---: |{' ---: |' if shares else ''}"
    for row in rows:
        beside = f" {_of(row)} |" if shares else ""
        yield f"| {_period(row)} | {_value(row, one)} |{beside}"
    yield ""


def _value(row: dict[str, Any], one: Indicator) -> str:
    return written(row["value"], units=one.unit) if row["value"] is not None else str(Withheld(row["withheld"]))


def _of(row: dict[str, Any]) -> str:
    if row["denominator"] is None or row["numerator"] is None:
        return ""
    return f"{written(row['numerator'])} of {written(row['denominator'])}"


def _period(row: dict[str, Any]) -> str:
    return str(from_bounds(row["period_kind"], row["period_start"], row["period_end"]))


def _how(one: Indicator) -> Iterator[str]:
    names = functions_of(one)
    subject = one.key.split(".")[0]
    if not names:
        return
    links = ", ".join(f"[`{subject}.{name}`][bucks_cs.{subject}.{name}]" for name in names)
    yield f"Given by {links}."
    function = getattr(door(subject), names[0])
    if len(names) == 1 and (gives := section(function, "Returns")):
        yield "What it gives, and what a gap means:"
        yield ""
        yield f"> {as_markdown(gives)}".replace("\n", "\n> ")
    yield ""
    if names == [one.key.split(".", 1)[1]] and (shown := example(function)):
        yield "```python"
        yield shown
        yield "```"


# The catalogue


def catalogue_page() -> str:
    """The page that has every indicator, which the search of the site and of the browser goes through."""
    every = catalogue.indicators()
    parts = [
        "# Catalogue of indicators", "",
        f"Every indicator there is: {len(every)} in {len(catalogue.SUBJECTS)} subjects.",
        "Each is explained on the page of its subject, which its title leads to.",
        "Search this page below, or the whole site above; in Python, `catalogue.search` does the same.", "",
        "```python", ">>> from bucks_cs import catalogue", '>>> [one.key for one in catalogue.search("re-referral")]',
        f"{[one.key for one in catalogue.search('re-referral')]}", "```", "",
        "What the marks of gaps mean is the same for all:", "",
        "| Mark | Meaning |", "| --- | --- |", *(f"| `{gap.value}` | {gap.meaning} |" for gap in Withheld), "", FILTER, "",
    ]  # fmt: skip
    for subject, title in catalogue.SUBJECTS.items():
        parts += [
            f"## {title} {{ #{subject.replace('_', '-')} }}",
            "",
            "| Indicator | Key | Unit | Better | Source |",
            "| --- | --- | --- | --- | --- |",
        ]
        parts += [_row(one, subject) for one in catalogue.indicators(subject)]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _row(one: Indicator, subject: str) -> str:
    by = "; ".join(_named(one.sources))
    title = f"[{escaped(one.title)}](subjects/{subject}.md#{anchor(one)})"
    return f"| {title} | `{one.key}` | {unit_of(one)} | {one.better.value} | {by} |"


def _named(sources: Iterable[Source | NoOfficialSource]) -> list[str]:
    """Each document once, with a link where one of its places has one."""
    found: dict[str, str | None] = {}
    for source in sources:
        name = escaped(f"{source.publisher}, {source.title}") if isinstance(source, Source) else "nobody officially"
        found[name] = found.get(name) or getattr(source, "url", None)
    return [f"[{name}]({url})" if url else name for name, url in found.items()]


def pages() -> dict[Path, str]:
    """Every page this makes, by where it stands."""
    made = {DOCS / "subjects" / f"{subject}.md": subject_page(subject) for subject in catalogue.SUBJECTS}
    return {**made, DOCS / "catalogue.md": catalogue_page()}


def main() -> int:
    """Write them."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(DOCS.parent)}: {len(text.splitlines())} lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
