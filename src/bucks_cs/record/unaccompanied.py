"""The record: the unaccompanied children of the Cabinet report of October 2022, as typed data, each number with its hedge."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.periods import Period, Snapshot, Span
from bucks_cs.provenance import AnySource, DateBounds
from bucks_cs.record.checks.auditing import audit
from bucks_cs.record.checks.facts import POPULATION
from bucks_cs.record.checks.found import RecordFindings
from bucks_cs.record.printed_figures import PrintedFigure, figure
from bucks_cs.uasc import (
    NTS_THRESHOLD,
    ChildPopulation,
    DecisionLength,
    FormerUnaccompaniedChildren,
    PopulationBehind,
    UnaccompaniedChildren,
    population_behind,
)
from bucks_cs.units import Quantity, in_unit, quantity

__all__ = ["PrintedTransferThreshold", "PrintedUnaccompaniedChildren", "unaccompanied_children"]

_REPORT = "cabinet-2022-10"
_BUCKINGHAMSHIRE = "825"
_MID_2020 = Snapshot("30 June 2020")
_figure = of_kind(PrintedFigure, expected="a PrintedFigure")


@attrs.frozen(kw_only=True)
class PrintedTransferThreshold:
    """A threshold as printed: a percentage and the number it is said to make, with a day on which that threshold was in force.

    Args:
        percent: The percentage.
        number: The number of children.
        at: The day: the report's own for the one in force then, the last of the one before.

    Raises:
        InvalidValue: The percentage is not that of the threshold in force on the day, or a part is of another kind.
        NotInForce: No threshold was.
    """

    percent: PrintedFigure = attrs.field(validator=_figure)
    number: PrintedFigure = attrs.field(validator=_figure)
    at: dt.date = attrs.field(validator=of_kind(dt.date, expected="a date without a time of day"))

    def __attrs_post_init__(self) -> None:
        if _of(self.percent) != NTS_THRESHOLD.on(self.at):
            raise InvalidValue(what="PrintedTransferThreshold.percent", expected="the threshold in force on the day")
        in_unit(_of(self.number), "child")

    def __str__(self) -> str:
        return f"{self.percent.as_printed} ({NTS_THRESHOLD.in_force(self.at)}): {self.number.as_printed} for Buckinghamshire"


def _several(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


def _all(kind: type, expected: str) -> Any:
    return attrs.validators.deep_iterable(of_kind(kind, expected=expected), of_kind(tuple, expected=expected))


@attrs.frozen(kw_only=True)
class PrintedUnaccompaniedChildren:
    """What the report prints of unaccompanied children: how many, the threshold of then and before, how long decisions take.

    Args:
        children: Those supported, under 18, and apart from them those over 18.
        thresholds: The threshold in force, then the one before.
        ages: The ages of the child population, as printed.
        decision_lengths: How long final decisions take, the earliest first.

    Raises:
        InvalidValue: A part is of another kind.
    """

    children: UnaccompaniedChildren = attrs.field(validator=of_kind(UnaccompaniedChildren, expected="UnaccompaniedChildren"))
    thresholds: tuple[PrintedTransferThreshold, ...] = attrs.field(
        converter=_several, validator=_all(PrintedTransferThreshold, "PrintedTransferThresholds, in a list")
    )
    ages: PrintedFigure = attrs.field(validator=_figure)
    decision_lengths: tuple[DecisionLength, ...] = attrs.field(
        converter=_several, validator=_all(DecisionLength, "DecisionLengths, in a list")
    )

    @property
    def population(self) -> PopulationBehind:
        """Which population the two printed numbers follow from: the editions of mid-2020, and the ages as printed."""
        printed = {each.at: _of(each.number) for each in self.thresholds}
        return population_behind(printed, among=_populations())

    def audit(self) -> RecordFindings:
        """What `bucks_cs.record.audit` finds of the numbers: whether each follows from its percentage of the children."""
        ids = {each.number.id for each in self.thresholds} | {self.ages.id}
        return RecordFindings(found for found in audit() if ids & set(found.relation.figures))

    @property
    def source(self) -> AnySource:
        """The document, at the paragraph."""
        return self.children.source

    def __str__(self) -> str:
        thresholds = "; ".join(map(str, self.thresholds))
        decided = "; ".join(map(str, self.decision_lengths))
        return f"{self.children}. Threshold: {thresholds}. Final decisions on asylum: {decided}."


@functools.cache
def unaccompanied_children() -> PrintedUnaccompaniedChildren:
    """The unaccompanied children of the Cabinet report of October 2022, typed: 32, 68 over 18, 127 and 89, and three waits.

    The report says "68 UASC over the age of 18": they are adults, care leavers whom the threshold does not count, so that they
    are `bucks_cs.uasc.FormerUnaccompaniedChildren` here, in cases and not in children. It prints the ages of the child population
    as 0-18: only 0 to 17 gives its numbers. Of the three lengths of decisions the first is an average with no stated width, the
    second is printed "2 to 3 three years" and read as 2 to 3, and the third has no upper end.

    Returns:
        `PrintedUnaccompaniedChildren`; ``population`` says which edition of the population the numbers follow from, and
        ``audit()`` gives the record's own findings of them. No gaps.

    Source:
        Buckinghamshire Council, *Children's Services Update*, report to Cabinet, 11 October 2022, paragraphs 3.30, 3.31 and 3.33;
        read through `bucks_cs.record.figure`.

    Example:
        >>> from bucks_cs.record import unaccompanied_children
        >>> printed = unaccompanied_children()
        >>> print(printed.children)
        32 unaccompanied children under 18 in 825, 11 October 2022; counted apart, 68 former unaccompanied children over 18 in
        825, 11 October 2022
        >>> print(printed.population)
        127 (the threshold of 0.1%) and 89 (the threshold of 0.07%): any of 126,500 to 127,499 gives them.
        Gives them: 126,804 aged 0 to 17 in 825 on 30 June 2020, as first published: 127 and 89.
        Does not: 122,495 aged 0 to 17 in 825 on 30 June 2020, rebased to the Census of 2021: 122 and 86.
        Does not: 133,033 aged 0 to 18 in 825 on 30 June 2020, as first published: 133 and 93.
        >>> for length in printed.decision_lengths:
        ...     print(length)
        about a year, 2017 (average)
        2 to 3 three, between 2018 and 2020
        over 4 years, since the pandemic (the norm)
    """
    supported, over_18 = figure(f"{_REPORT}/3.30/supported"), figure(f"{_REPORT}/3.31/over-18")
    day = Snapshot(supported.document.earliest)
    former = FormerUnaccompaniedChildren(
        area=_BUCKINGHAMSHIRE, at=day, over_18=quantity(_number(over_18), "case"), source=over_18.source
    )
    children = UnaccompaniedChildren(
        area=_BUCKINGHAMSHIRE, at=day, under_18=_of(supported), former=former, source=supported.source
    )
    return PrintedUnaccompaniedChildren(
        children=children,
        thresholds=(_threshold("threshold", at=day.start), _threshold("previous", at=_last_of_the_one_before(day.start))),
        ages=figure(f"{_REPORT}/3.30/population-ages"),
        decision_lengths=(
            _length("2017", statistic="average"), _length("2018-2020"), _length("now", statistic="the norm"),
        ),
    )  # fmt: skip


def _threshold(which: str, *, at: dt.date) -> PrintedTransferThreshold:
    percent, number = (figure(f"{_REPORT}/3.30/{which}-{part}") for part in ("percent", "number"))
    return PrintedTransferThreshold(percent=percent, number=number, at=at)


def _last_of_the_one_before(day: dt.date) -> dt.date:
    return NTS_THRESHOLD.in_force(day).since - dt.timedelta(days=1)


def _length(which: str, *, statistic: str = "") -> DecisionLength:
    found = figure(f"{_REPORT}/3.33/decision-{which}")
    ends = found.ends
    if ends is None or found.bound is None:  # pragma: no cover - all three are printed with a number and a hedge
        raise InvalidValue(what="the length of decisions", expected="years, with a hedge")
    return DecisionLength(
        said=found.as_printed,
        least=None if found.bound.opens_downwards else ends[0],
        most=None if found.bound.opens_upwards else ends[1],
        bound=found.bound,
        statistic=statistic,
        period_said=found.period_said,
        period=_days_of(found),
        source=found.source,
    )


def _days_of(printed: PrintedFigure) -> Period | None:
    """The days that a time lies in; None where they are not known."""
    when = printed.period
    return Span(when.earliest, when.latest) if isinstance(when, DateBounds) else when


def _populations() -> tuple[ChildPopulation, ...]:
    """The editions of the population at mid-2020 that the record has, by the ages they include."""
    return tuple(
        ChildPopulation.of_vintage(edition, area=_BUCKINGHAMSHIRE, mid_year=_MID_2020, ages=ages)
        for ages, editions in POPULATION.items()
        for edition in editions
    )


def _number(printed: PrintedFigure) -> float:
    if printed.low is None:  # pragma: no cover - it is printed as a number
        raise InvalidValue(what="a printed figure", expected="a number")
    return float(printed.low)


def _of(printed: PrintedFigure) -> Quantity:
    if printed.quantity is None:  # pragma: no cover - each is printed as one number with its unit
        raise InvalidValue(what="a printed figure", expected="one number with its unit")
    return printed.quantity
