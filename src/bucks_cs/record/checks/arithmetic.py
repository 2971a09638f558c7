"""The record: checks of relations between numbers, by `bucks_cs.audit`."""

from __future__ import annotations

import math
from collections.abc import Mapping

from bucks_cs import audit
from bucks_cs.audit import Finding, Findings, Printed, Slip, Status
from bucks_cs.record.checks.declared import DeclaredRelation
from bucks_cs.record.checks.facts import ASSESSED_YEAR, POPULATION
from bucks_cs.record.checks.found import Outcome
from bucks_cs.record.kinds import FigureKind
from bucks_cs.record.printed_figures import PrintedFigure

__all__ = ["ages", "change", "implied_base", "part", "restated_number", "threshold", "total"]

FIRST_PUBLISHED = "as first published"
UNREADABLE = "it has no number that could be read"
_SLIPS_SHOWN = 2


def change(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A percentage against the two figures beside it."""
    (printed,), (before, after) = _of(relation.audited, figures), _of(relation.beside, figures)
    found = audit.change(
        _text(before), _text(after), printed=_text(printed), label=relation.label,
        scale={"before": before.scale, "after": after.scale},
    )  # fmt: skip
    advice = (
        f"Check {before.as_printed}, {after.as_printed} and {printed.as_printed} against the data they were taken from: "
        f"from {before.as_printed} to {after.as_printed} is a change of {{follows}}. Print the one that is found wrong afresh."
    )
    return _outcome(found, advice + _only_digit(found))


def _only_digit(found: Findings) -> str:
    """The one change of a single digit that would make a row fit, where there is just one."""
    changed = found[0].repairs(Slip.DIGIT_CHANGED)
    if len(changed) != 1:
        return ""
    return (
        f" {changed[0].instead} for {changed[0].printed} is the only change of one digit that would make them fit, which does "
        "not say that it is what happened."
    )


def implied_base(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """The figure before, which is not printed, as far as the percentage and the figure after settle it."""
    (printed,), (after,) = _of(relation.audited, figures), _of(relation.beside, figures)
    found = audit.change(None, _text(after), printed=_text(printed), label=relation.label, scale={"after": after.scale})
    grown, now = printed.printed, after.printed
    ends = _base(grown, now, whole=after.kind is FigureKind.COUNT) if grown and now else None
    why = "the earlier figure is not printed"
    follows = "" if ends is None else f"an earlier figure of {ends[0]:,} to {ends[1]:,}"
    return Outcome(status=Status.CANNOT_CHECK, follows=follows, why=why, arithmetic=found[0])


def _base(grown: Printed, now: Printed, *, whole: bool) -> tuple[float, float] | None:
    if grown.low is None or grown.high is None or now.low is None or now.high is None or grown.low <= -100:
        return None
    if whole and now.value is not None:  # a count of plans is no average: it was not rounded
        count = float(now.value)
        return math.ceil(count / (1 + grown.high / 100)), math.floor(count / (1 + grown.low / 100))
    return now.low / (1 + grown.high / 100), now.high / (1 + grown.low / 100)


def total(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A whole against its parts; where it is a fact from outside, the parts are what is audited."""
    if relation.against:
        parts, printed, scale = _of(relation.audited, figures), f"{ASSESSED_YEAR.value} months", 1
    else:
        (whole,) = _of(relation.audited, figures)
        parts, printed, scale = _of(relation.beside, figures), _text(whole), whole.scale
    named = {part.measure: part for part in parts}
    found = audit.total(
        {name: _text(part) for name, part in named.items()}, printed=printed, label=relation.label,
        scale={"printed": scale, **{name: part.scale for name, part in named.items()}},
        rounded_to=0 if relation.exact else None,
    )  # fmt: skip
    advice = (
        f"Check the parts ({', '.join(part.as_printed for part in parts)}) and {printed} against their source: the parts make "
        f"{{follows}}. If another part belongs to the total, name it; else print the one that is found wrong afresh."
    )
    return _outcome(found, advice)


def part(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """Some of all: no share is printed, but there cannot be more of them than there are."""
    (some,), (all_of_them,) = _of(relation.audited, figures), _of(relation.beside, figures)
    count, whole = (one.printed.value if one.printed else None for one in (some, all_of_them))
    if count is None or whole is None:
        return Outcome(status=Status.CANNOT_CHECK, why=UNREADABLE)
    follows = f"no more than {all_of_them.as_printed}"
    if 0 <= count <= whole:
        return Outcome(status=Status.AGREES, follows=follows)
    advice = f"Check {some.as_printed} and {all_of_them.as_printed} against the records they were counted from."
    return Outcome(status=Status.DISAGREES, follows=follows, why="there are more of them than there are in all", advice=advice)


def threshold(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A number against its share of a population that the relation names by its ages."""
    (number,), (percent,) = _of(relation.audited, figures), _of(relation.beside, figures)
    low, _, high = relation.against.partition("-")
    editions = POPULATION[int(low), int(high)]
    tried = {
        edition.name: audit.threshold(edition.value, _text(percent), printed=_text(number), label=relation.label)
        for edition in editions
    }
    advice = f"Work {number.as_printed} out again from the population it is a share of, and say which estimate that is."
    outcome = _outcome(tried[FIRST_PUBLISHED], advice)
    others = [f"{name} it would be {found[0].shown.value}" for name, found in tried.items() if name != FIRST_PUBLISHED]
    return Outcome(
        status=outcome.status,
        follows=f"{outcome.follows} ({'; '.join(others)})" if others else outcome.follows,
        why=outcome.why,
        advice=outcome.advice,
        arithmetic=outcome.arithmetic,
    )


def ages(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """The ages printed, against the number and the percentage: only some populations make the one from the other."""
    (said,), (percent, number) = _of(relation.audited, figures), _of(relation.beside, figures)
    found = {
        ends: audit.threshold(editions.named(FIRST_PUBLISHED).value, _text(percent), printed=_text(number), label=relation.label)
        for ends, editions in POPULATION.items()
    }
    printed = _ages_of(said)
    if printed is None or printed not in found:
        return Outcome(status=Status.CANNOT_CHECK, why="no population of those ages is in the record")
    fitting = [f"{low}-{high}" for (low, high), each in found.items() if each.agrees]
    fits = f"only {' or '.join(fitting)} gives it" if fitting else "none of the ages tried gives it"
    advice = (
        f"{percent.as_printed} of the population aged {said.as_printed} is {{follows}}, and {number.as_printed} is printed; "
        f'{fits}. Print the ages that the number was worked out from: those aged 0 to 17 are plainest as "under 18".'
    )
    return _outcome(found[printed], advice)


def _ages_of(figure: PrintedFigure) -> tuple[int, int] | None:
    read = figure.printed
    if read is None or read.low is None or read.high is None:
        return None
    return round(read.low + 0.5), round(read.high - 0.5)


def restated_number(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A number against the same number printed elsewhere."""
    (second,), (first,) = _of(relation.audited, figures), _of(relation.beside, figures)
    found = audit.restatement(
        _text(first), _text(second), label=relation.label, scale={"first": first.scale, "second": second.scale}
    )
    fitting = [f"{slip.instead} for {slip.printed}" for slip in found[0].suggestions[:_SLIPS_SHOWN]]
    would_fit = f" They would fit with {' or with '.join(fitting)}." if fitting else ""
    check = f"Check which of {first.as_printed} and {second.as_printed} is right, with its unit, and print it in both."
    return _outcome(found, check + would_fit)


def _of(ids: tuple[str, ...], figures: Mapping[str, PrintedFigure]) -> list[PrintedFigure]:
    return [figures[one] for one in ids]


def _text(figure: PrintedFigure) -> str:
    """The print, or the number read in it where it is in words; empty, so a gap, where it has none."""
    return figure.printed.text if figure.printed else ""


def _outcome(found: Findings, advice: str) -> Outcome:
    finding: Finding = found[0]
    follows = str(finding.shown)
    why = finding.why
    if not finding.disagrees:
        return Outcome(status=finding.status, follows=follows, why=why, arithmetic=finding)
    footing = ", taking each for rounded to its last digit" if finding.to_last_digit else ""
    why = why or f"no values that round to what is printed fit together{footing}"
    senses = "".join(f" It {_sense(str(sense))}; where that is so, say it." for sense in finding.explanations)
    return Outcome(
        status=finding.status, follows=follows, why=why, advice=advice.format(follows=follows) + senses, arithmetic=finding
    )


def _sense(text: str) -> str:
    """Another sense in which a row would agree, without the name of its column."""
    return text.partition(": ")[2] or text
