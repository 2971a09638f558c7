"""The workforce: how much of a cohort of the academy remains, with its interval and what the share does not say."""

from __future__ import annotations

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.rates.estimates import Estimate, checked_confidence, proportion
from bucks_cs.units import Quantity, quantity
from bucks_cs.workforce.model.academy import AcademyCohort, CohortStatus
from bucks_cs.workforce.model.workers import WorkerRange

__all__ = ["Retention", "retention"]


@attrs.frozen(kw_only=True)
class Retention:
    """The share of a cohort that remained in service by a day; `retention` makes it.

    Args:
        cohort: The cohort.
        smallest: The share if as few remained of as many as the cohort allows.
        largest: The share if as many remained of as few; the same where the cohort has no range.

    Raises:
        InvalidValue: A part is of another kind.
    """

    cohort: AcademyCohort = attrs.field(validator=of_kind(AcademyCohort, expected="an AcademyCohort"))
    smallest: Estimate = attrs.field(validator=of_kind(Estimate, expected="an Estimate"))
    largest: Estimate = attrs.field(validator=of_kind(Estimate, expected="an Estimate"))

    @property
    def is_exact(self) -> bool:
        """Whether the cohort has one share and no range of them."""
        return self.smallest == self.largest

    @property
    def share(self) -> tuple[Quantity, Quantity]:
        """The share in percent, as a range; both ends alike where it is exact. No chance is in it."""
        return quantity(100 * self.smallest.value, "percent"), quantity(100 * self.largest.value, "percent")

    @property
    def interval(self) -> tuple[Quantity, Quantity]:
        """Wilson's limits in percent: the lower one of the smallest share, the upper one of the largest."""
        return quantity(100 * self.smallest.lower, "percent"), quantity(100 * self.largest.upper, "percent")

    @property
    def does_not_say(self) -> tuple[str, ...]:
        """What a reader may take the share for, and what it is not, a sentence each."""
        said = [_how_long(self.cohort)]
        if self.cohort.in_academy is None and self.cohort.in_post is None:
            said.append("How many of those in service are still in the academy is not known, and how many are in post after it.")
        said.append("Who left, when and why is not in a share of a cohort; survival by month needs their dates.")
        said.append("The interval takes each to leave or stay by herself; a team that breaks up takes several at once.")
        return tuple(said)

    def __str__(self) -> str:
        shares = str(self.smallest) if self.is_exact else f"between {self.smallest} and {self.largest}"
        return f"Remaining in service: {shares}. {self.does_not_say[0]}"


def retention(cohort: AcademyCohort, *, confidence: float = 0.95) -> Retention:
    """The share of a cohort still in service by its day, out of all who started, with Wilson's interval.

    It is a share of people who started at different times: whoever started last month has had a month to leave in, and is counted
    as remaining beside one who has stayed three years (*censoring*). It is no retention at 12 months or at any other:
    `retained` gives that, and `survival` each month, where there are dates.

    Args:
        cohort: A cohort that was counted, with how many started and how many remain.
        confidence: The level of the interval.

    Returns:
        A `Retention`: the share from 0 to 100 percent and its limits, both as ranges of two where the cohort has a range, and
        what it does not say. No gaps: what the cohort does not have is refused.

    Raises:
        InvalidValue: It is no `AcademyCohort`, it is planned, nobody started, or it is not known how many started or remain; or a
            confidence outside 0 to 1.

    Source:
        Wilson's interval as `bucks_cs.rates.proportion`; no official series: see `STILL_IN_SERVICE`.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.workforce import retention
        >>> found = retention(record.academy().to_june_2022)
        >>> print(found)
        Remaining in service: 70% (95% confidence interval 57.5% to 80.1%, Wilson), 42 of 60. They had been followed for 0 to 45
        months, those who started last the shortest: it is a share still in service, and no retention at 12 months or any other.
    """
    checked_confidence(confidence)
    started, there = _known(cohort)
    lowest, highest = min(there.fewest, started.highest), min(there.highest, started.highest)
    # As many remain as started at the most: of a range, the fewest who started are no fewer than those who remain.
    fewest = max(started.fewest, highest, 1)
    return Retention(
        cohort=cohort,
        smallest=proportion(lowest, started.highest, confidence=confidence),
        largest=proportion(highest, fewest, confidence=confidence),
    )


def _known(cohort: object) -> tuple[WorkerRange, WorkerRange]:
    """How many started and how many remain."""
    if not isinstance(cohort, AcademyCohort):
        raise InvalidValue(what="cohort", expected="an AcademyCohort")
    if cohort.status is CohortStatus.PLANNED:
        raise InvalidValue(what="cohort", expected="a cohort that was counted", hint=" A plan has no outcome.")
    started, there = cohort.started, cohort.in_service
    if started is None or there is None:
        missing = "how many started" if started is None else "how many remain, or how many left"
        raise InvalidValue(what="cohort", expected=f"a cohort with {missing}", hint=" What a source does not say is not put in.")
    if started.highest == 0:
        raise InvalidValue(what="cohort", expected="a cohort in which somebody started")
    return started, there


def _how_long(cohort: AcademyCohort) -> str:
    no = "it is a share still in service, and no retention at 12 months or any other"
    if cohort.months_followed is None:
        return f"How long they had been followed is not known: {no}."
    shortest, longest = (int(end.magnitude) for end in cohort.months_followed)
    if shortest == longest:
        return f"They had been followed for {longest} months each: it is a share of them after so long."
    return f"They had been followed for {shortest} to {longest} months, those who started last the shortest: {no}."
