"""The record: the EHC plans of the documents as cohorts, and what is printed of their growth."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import attrs

from bucks_cs.ehcp import EHCPCohort, ImpliedCohort, PrimaryNeed, implied_earlier
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.periods import Month
from bucks_cs.provenance import DateBounds, Source
from bucks_cs.record.printed_figures import PrintedFigure, figure
from bucks_cs.units import Quantity

__all__ = ["PrintedCohorts", "PrintedNeedGrowth", "ehcp_cohorts"]

_PLACE = "cabinet-2022-10/3.22"
_BUCKINGHAMSHIRE = "825"

# As they stand in paragraph 3.22, letter for letter; "specific learning difficulty (SLD)" names two needs at once.
_LABELS: tuple[tuple[str, str, tuple[PrimaryNeed, ...]], ...] = (
    ("asd", "autistic spectrum disorder (ASD)", (PrimaryNeed.ASD,)),
    ("slcn", "speech, language and communication needs (SLCN)", (PrimaryNeed.SLCN,)),
    ("sld", "specific learning difficulty (SLD)", (PrimaryNeed.SPLD, PrimaryNeed.SLD)),
    ("msi", "multi-sensory impairment (MSI)", (PrimaryNeed.MSI,)),
    ("pmld", "profound and multiple learning difficulty (PMLD)", (PrimaryNeed.PMLD,)),
)


def _as_needs(given: Iterable[PrimaryNeed]) -> tuple[PrimaryNeed, ...]:
    return tuple(given)


def _as_implied(given: Iterable[ImpliedCohort]) -> tuple[ImpliedCohort, ...]:
    return tuple(given)


def _as_growths(given: Iterable[PrintedNeedGrowth]) -> tuple[PrintedNeedGrowth, ...]:
    return tuple(given)


@attrs.frozen(kw_only=True)
class PrintedNeedGrowth:
    """How much the plans of a primary need grew, as printed: neither count is.

    Args:
        label: What the need is called in print, letter for letter.
        needs: The need it is; two where the words are of one and the code of another, and nothing settles which.
        figure: The growth as printed.
        earlier: The month it is counted from.
        later: The month it is counted to.

    Raises:
        InvalidValue: No need, or a growth that is no percentage; or a part of another kind.
    """

    label: str = attrs.field(validator=of_kind(str, expected="text"))
    needs: tuple[PrimaryNeed, ...] = attrs.field(converter=_as_needs)
    figure: PrintedFigure = attrs.field(validator=of_kind(PrintedFigure, expected="a PrintedFigure"))
    earlier: Month = attrs.field(validator=of_kind(Month, expected="a Month"))
    later: Month = attrs.field(validator=of_kind(Month, expected="a Month"))

    def __attrs_post_init__(self) -> None:
        if not self.needs or not all(isinstance(need, PrimaryNeed) for need in self.needs):
            raise InvalidValue(what="PrintedNeedGrowth.needs", expected="one or more PrimaryNeed")
        if self.figure.unit != "percent" or self.figure.quantity is None:
            raise InvalidValue(what="PrintedNeedGrowth.figure", expected="a growth in percent")

    @property
    def need(self) -> PrimaryNeed | None:
        """The need; None where print leaves open which it is."""
        return self.needs[0] if len(self.needs) == 1 else None

    @property
    def percent(self) -> Quantity:
        """The growth, as it is read; what its print can stand for is in ``figure.printed``."""
        found = self.figure.quantity
        if found is None:  # pragma: no cover - made sure of when it was made
            raise InvalidValue(what="PrintedNeedGrowth.figure", expected="a growth in percent")
        return found

    @property
    def source(self) -> Source:
        """The document, at the paragraph."""
        return self.figure.source

    @property
    def note(self) -> str:
        """What a reader should know."""
        return self.figure.note

    def __str__(self) -> str:
        said = f"Plans with {self.label} as primary need: {self.figure.as_printed} more from {self.earlier} to {self.later}"
        return f"{said}. Unresolved: {self.note}." if self.need is None else f"{said}."


@attrs.frozen(kw_only=True)
class PrintedCohorts:
    """The EHC plans of the documents: the one count, the counts that follow from it, and the growth of five needs.

    Args:
        cohort: The plans that are printed.
        implied: The earlier plans that are not printed, as far as a printed growth settles them, the later first.
        growth_by_need: The growth of each need that is printed, in the order of the page.
    """

    cohort: EHCPCohort = attrs.field(validator=of_kind(EHCPCohort, expected="an EHCPCohort"))
    implied: tuple[ImpliedCohort, ...] = attrs.field(converter=_as_implied)
    growth_by_need: tuple[PrintedNeedGrowth, ...] = attrs.field(converter=_as_growths)

    def implied_at(self, month: Month) -> ImpliedCohort:
        """The implied cohort of a month.

        Args:
            month: ``Month("July 2021")`` or ``Month("July 2019")``.

        Raises:
            InvalidValue: Nothing is implied of that month, or it is none.
        """
        for cohort in self.implied:
            if cohort.at == month:
                return cohort
        raise InvalidValue(what="month", expected=" or ".join(str(cohort.at) for cohort in self.implied))

    def growth_of(self, need: PrimaryNeed) -> PrintedNeedGrowth:
        """The printed growth that is of a need, or may be.

        Args:
            need: The need.

        Raises:
            InvalidValue: None is printed of that need, or it is none.
        """
        for printed in self.growth_by_need:
            if need in printed.needs:
                return printed
        known = ", ".join(one.value for printed in self.growth_by_need for one in printed.needs)
        raise InvalidValue(what="need", expected=f"one of {known}, whose growth is printed")

    def __str__(self) -> str:
        grown = "; ".join(f"{printed.label} {printed.figure.as_printed}" for printed in self.growth_by_need)
        since = self.growth_by_need[0].earlier
        return "\n".join([str(self.cohort), *map(str, self.implied), f"Growth by primary need since {since}: {grown}."])


@functools.cache
def ehcp_cohorts() -> PrintedCohorts:
    """The EHC plans of the Cabinet report of October 2022, typed: 5,704 in July 2022, and what is printed of how they grew.

    The growth of all plans is from July 2019 and July 2021, that by need from January 2019: two windows, which the paragraph sets
    side by side. "Specific learning difficulty (SLD)" is kept as it is printed: in the official codes the words are SPLD and the
    letters are severe learning difficulty, so `PrintedNeedGrowth.needs` has both.

    Returns:
        One cohort, known to its month; two implied ones, with the fewest and the most plans; the growth of five needs, of which
        no count is printed. No gaps.

    Source:
        Buckinghamshire Council, *Children's Services Update*, report to Cabinet, 11 October 2022, paragraph 3.22.

    Example:
        >>> printed = ehcp_cohorts()
        >>> print(printed.cohort)
        Buckinghamshire maintained 5,704 EHC plans in July 2022. Source: Buckinghamshire Council, Children's Services Update, ...
        >>> for cohort in printed.implied:
        ...     print(cohort)
        Buckinghamshire maintained between 5,162 and 5,209 EHC plans in July 2021: 5,704 in July 2022 is a change of 10%.
        Buckinghamshire maintained between 4,405 and 4,438 EHC plans in July 2019: 5,704 in July 2022 is a change of 29%.
    """
    plans, since = figure(f"{_PLACE}/plans"), _month(figure(f"{_PLACE}/needs-since"))
    cohort = EHCPCohort(
        area=_BUCKINGHAMSHIRE, at=_month(plans), total=_count(plans), source=plans.source, note="the day in July is not printed"
    )
    return PrintedCohorts(
        cohort=cohort,
        implied=tuple(_implied(cohort, year) for year in (2021, 2019)),
        growth_by_need=tuple(
            PrintedNeedGrowth(label=label, needs=needs, figure=figure(f"{_PLACE}/{name}"), earlier=since, later=_month(plans))
            for name, label, needs in _LABELS
        ),
    )


def _implied(cohort: EHCPCohort, year: int) -> ImpliedCohort:
    grown = figure(f"{_PLACE}/since-{year}")
    if grown.printed is None:  # pragma: no cover - a percentage always stands for something
        raise InvalidValue(what="the growth", expected="a percentage")
    return implied_earlier(cohort, grown.printed, at=_month(figure(f"{_PLACE}/base-{year}")), source=grown.source)


def _count(printed: PrintedFigure) -> Quantity:
    if printed.quantity is None:  # pragma: no cover - a count always has a number
        raise InvalidValue(what="the plans", expected="a count")
    return printed.quantity


def _month(printed: PrintedFigure) -> Month:
    """The month that a figure's day lies in, which is all that is printed of it."""
    if not isinstance(printed.period, DateBounds):  # pragma: no cover - paragraph 3.22 names months alone
        raise InvalidValue(what="the time of a figure", expected="bounds of a month")
    return Month.containing(printed.period.earliest)
