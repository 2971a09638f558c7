"""The record: checks of relations between numbers, by `bucks_cs.audit`."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import attrs

from bucks_cs import audit
from bucks_cs.audit import Bound, Finding, Findings, Printed, Slip, Status
from bucks_cs.audit.relations import Change
from bucks_cs.audit.spans import Span
from bucks_cs.record.checks.declared import DeclaredRelation
from bucks_cs.record.checks.facts import ASSESSED_YEAR, POPULATION
from bucks_cs.record.checks.found import Outcome
from bucks_cs.record.kinds import FigureKind
from bucks_cs.record.printed_figures import PrintedFigure

__all__ = ["ages", "change", "implied_base", "part", "restated_number", "threshold", "total"]

FIRST_PUBLISHED = "as first published"
UNREADABLE = "it has no number that could be read"
_NO_EARLIER = "the earlier figure is not printed"
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
    exact = after.kind is FigureKind.COUNT  # a count of plans is no average: it was not rounded
    before = _before(printed.printed, after.printed, exact=exact)
    if before is None or before.low is None or before.high is None:
        return Outcome(status=Status.CANNOT_CHECK, why=_NO_EARLIER, arithmetic=found[0])
    if not exact:
        follows = f"an earlier figure of {float(before.low):,} to {float(before.high):,}"
        return Outcome(status=Status.CANNOT_CHECK, follows=follows, why=_NO_EARLIER, arithmetic=found[0])
    least, most = math.ceil(before.low), math.floor(before.high)
    if least > most:
        advice = f"Check {printed.as_printed} and {after.as_printed} against the records they were counted from."
        why = "no whole number as the earlier figure gives that change"
        return Outcome(status=Status.DISAGREES, follows="another percentage", why=why, advice=advice)
    follows = f"an earlier figure of {least:,} to {most:,}"
    return Outcome(status=Status.CANNOT_CHECK, follows=follows, why=_NO_EARLIER, arithmetic=found[0])


def _before(grown: Printed | None, now: Printed | None, *, exact: bool) -> Span | None:
    """What the figure before can have been: the audit's own arithmetic of a change, asked backwards; None with no two ends."""
    change, span = (None if one is None else one.span for one in (grown, now))
    if now is None or span is None or change is None or change.low is None or change.high is None:
        return None
    after = Span.point(now.value) if exact and now.value is not None else span
    return Change().needed(0, [after, after], change)


def total(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A whole against its parts; where it is a fact from outside, the parts are what is audited."""
    if relation.against:
        parts, printed, scale = _of(relation.audited, figures), f"{ASSESSED_YEAR.value} months", 1
    else:
        (whole,) = _of(relation.audited, figures)
        parts, printed, scale = _of(relation.beside, figures), _text(whole), whole.scale
    named = _named_apart(parts)
    found = audit.total(
        {name: _text(part) for name, part in named.items()}, printed=printed, label=relation.label,
        scale={"printed": scale, **{name: part.scale for name, part in named.items()}},
        rounded_to=0 if relation.exact else None,
    )  # fmt: skip
    advice = (
        f"Check the parts ({', '.join(part.as_printed for part in parts)}) and {printed} against their source: the parts make "
        f"{{follows}}. If another part belongs to the total, name it; else print the one that is found wrong afresh."
    )
    return _outcome(found, advice, follows=_to_the_million(str(found[0].shown)))


def _to_the_million(shown: str) -> str:
    """Billions to three decimals: the parts are in millions, and nobody reads more."""
    return re.sub(r"\d+\.\d{4,}(?=bn)", lambda found: str(Decimal(found[0]).quantize(Decimal("0.001"), ROUND_HALF_UP)), shown)


def _named_apart(parts: list[PrintedFigure]) -> dict[str, PrintedFigure]:
    """Parts by what they measure, none in the place of another that measures the same."""
    measures = [part.measure for part in parts]
    return {
        part.measure if measures.count(part.measure) == 1 else f"{part.measure} ({place})": part
        for place, part in enumerate(parts, start=1)
    }


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
    first = tried[FIRST_PUBLISHED]
    outcome = _outcome(first, advice, follows=_for_a_reader(first))
    others = [f"{name} it would be {_for_a_reader(found)}" for name, found in tried.items() if name != FIRST_PUBLISHED]
    return attrs.evolve(outcome, follows=f"{outcome.follows} ({'; '.join(others)})") if others else outcome


def _for_a_reader(found: Findings) -> str:
    """A share of a population to a tenth: nobody prints more of it than a whole number."""
    recomputed = found[0].recomputed
    return str(found[0].shown) if recomputed is None else f"{recomputed:,.1f}"


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
    tried = " and ".join(f"{low}-{high}" for low, high in found)
    which = f"only {fitting[0]} gives" if len(fitting) == 1 else f"{' and '.join(fitting)} give" if fitting else "none gives"
    advice = (
        f"{percent.as_printed} of those aged {said.as_printed} would give {{follows}}, and {number.as_printed} is printed; "
        f"of {tried} at mid-2020, {which} it."
    )
    if fitting == ["0-17"]:
        advice += ' If 18 itself was not meant, nothing else need change: print "under 18".'
    return _outcome(found[printed], advice, follows=_for_a_reader(found[printed]))


def _ages_of(figure: PrintedFigure) -> tuple[int, int] | None:
    """The first and the last age that is meant: "0-17", "under 18" and "up to 17" are the same; None where no ages are told."""
    read = figure.printed
    if read is None or read.low is None or read.high is None:
        return None
    if read.bound is Bound.RANGE:
        return round(read.low + 0.5), round(read.high - 0.5)
    last = {Bound.UNDER: read.high - 1, Bound.UP_TO: read.high}.get(read.bound)
    return None if last is None or last != int(last) else (0, int(last))


def restated_number(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A number against the same number printed elsewhere: to the same digit the same, else what can be rounded to both."""
    (second,), (first,) = _of(relation.audited, figures), _of(relation.beside, figures)
    found = audit.restatement(
        _text(first), _text(second), label=relation.label, scale={"first": first.scale, "second": second.scale}
    )
    of_the_second = [slip for slip in found[0].suggestions if slip.in_audited]  # the first may be held by sums of its own
    fitting = [f"{slip.instead} for {slip.printed}" for slip in (of_the_second or found[0].suggestions)[:_SLIPS_SHOWN]]
    would_fit = f" They would fit with {' or with '.join(fitting)}." if fitting else ""
    check = f"Check which of {_with_heading(first)} and {_with_heading(second)} is right, with its unit, and print it in both."
    if not _to_one_digit(first.printed, second.printed):
        return _outcome(found, check + would_fit, follows=_in_full(first))
    if first.printed and second.printed and first.printed.value == second.printed.value:
        return Outcome(status=Status.AGREES, follows=_in_full(first), arithmetic=found[0])
    return Outcome(
        status=Status.DISAGREES, follows=_in_full(first), why="the two are not the same number", advice=check + would_fit,
        arithmetic=found[0] if found[0].disagrees else None,
    )  # fmt: skip


def _to_one_digit(first: Printed | None, second: Printed | None) -> bool:
    """Whether both are plain numbers printed to the same last digit, so that rounding cannot tell them apart."""
    if first is None or second is None or {first.bound, second.bound} != {Bound.AS_PRINTED}:
        return False
    return first.step is not None and first.step == second.step


def _in_full(figure: PrintedFigure) -> str:
    """A figure as printed, with what the heading of its column says of it."""
    if figure.unit == "percent" and "%" not in figure.as_printed:
        return f"{figure.as_printed}%"
    if figure.scale == 1 or figure.low is None:
        return figure.as_printed
    if figure.unit != "GBP":
        return f"{figure.as_printed}, that is {figure.low:,.0f}"
    return f"{_with_heading(figure)}, that is {'−' if figure.low < 0 else ''}£{abs(figure.low):,.0f}"


def _with_heading(figure: PrintedFigure) -> str:
    """A figure as printed, with the pounds of the heading of its column: 1,325 (£'000)."""
    return f"{figure.as_printed} (£'{str(figure.scale)[1:]})" if figure.unit == "GBP" and figure.scale > 1 else figure.as_printed


def _of(ids: tuple[str, ...], figures: Mapping[str, PrintedFigure]) -> list[PrintedFigure]:
    return [figures[one] for one in ids]


def _text(figure: PrintedFigure) -> str:
    """The print, or the number read in it where it is in words; empty, so a gap, where it has none."""
    return figure.printed.text if figure.printed else ""


def _outcome(found: Findings, advice: str, *, follows: str | None = None) -> Outcome:
    """A finding of the audit as an outcome; what follows in its own words, or as given."""
    finding: Finding = found[0]
    follows = str(finding.shown) if follows is None else follows
    why = finding.why
    if not finding.disagrees:
        return Outcome(status=finding.status, follows=follows, why=why, arithmetic=finding)
    footing = ", taking each for rounded to its last digit" if finding.to_last_digit else ""
    why = why or f"no values that round to what is printed fit together{footing}"
    senses = "".join(f" It {_sense(str(sense))}; where that is so, say it." for sense in finding.explanations)
    what_to_do = advice.replace("{follows}", follows) + senses
    return Outcome(status=finding.status, follows=follows, why=why, advice=what_to_do, arithmetic=finding)


def _sense(text: str) -> str:
    """Another sense in which a row would agree, without the name of its column."""
    return text.partition(": ")[2] or text
