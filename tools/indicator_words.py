"""The words that the pages of the subjects and the catalogue have in common: how what an object says is written in Markdown."""

from __future__ import annotations

import re

from bucks_cs import catalogue
from bucks_cs.indicators import Indicator, Measure
from bucks_cs.indicators.wording import unit_heading
from bucks_cs.provenance import NoOfficialSource, Source
from bucks_cs.units import same_dimension


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
    if "0 where it is reached" in one.counts:
        return "0 or more"
    below = one.measure is Measure.CHANGE or "−" in catalogue.formula(one) or same_dimension(one.unit, "GBP")
    return "any number, above or below 0" if below else "0 or more"


def sentence(text: str) -> str:
    """Plain words as a sentence, with a capital and a full stop."""
    said = text.replace("``", "`").strip()
    return f"{said[:1].upper()}{said[1:]}" + ("" if said.endswith(".") else ".")


def as_markdown(text: str) -> str:
    """The text of a docstring as Markdown: double backquotes single, a sentence a line."""
    joined = re.sub(r"(?<=[a-z]-)\n\s*(?=[a-z])", "", text.replace("``", "`"))
    plain = re.sub(r"\s+", " ", joined).strip()
    return re.sub(r"(?<=[.;]) (?=[A-Z`])", "\n", plain)


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it: nothing in it is markup, and it parts no row of a table."""
    marked = re.sub(r"([\\`*\[\]|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))", r"\\\1", text)
    return marked.replace("<", "&lt;")


def source_of(source: Source | NoOfficialSource) -> str:
    """A source with its link, where it has one."""
    said = escaped(str(source))
    said = f"{said[:1].upper()}{said[1:]}"
    return f"[{said}]({source.url})." if isinstance(source, Source) and source.url else f"{said}."
