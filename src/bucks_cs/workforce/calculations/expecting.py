"""The workforce: how many of several intakes are expected in service at a date, from how many started and how many stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import written
from bucks_cs.marking import one_day
from bucks_cs.periods import Snapshot
from bucks_cs.units import Quantity, quantity
from bucks_cs.workforce.model.academy import AcademyCohort, months_served
from bucks_cs.workforce.model.survival_curve import BeyondLastMonth, SurvivalCurve
from bucks_cs.workforce.model.workers import WorkerRange

__all__ = ["ExpectedInPost", "ExpectedOfIntake", "expected_in_post"]


@attrs.frozen(kw_only=True)
class ExpectedOfIntake:
    """What is expected of one intake; `expected_in_post` makes it.

    Args:
        intake: The cohort.
        months: The fewest and the most whole months that one of them may have served by the date.
        by_shares: The fewest and the most by the shares of the curve alone; None where the curve has limits and no share.
        least: The fewest, by the lower limits of the curve too.
        most: The most, by the upper limits.
    """

    intake: AcademyCohort
    months: tuple[Quantity, Quantity]
    by_shares: tuple[Quantity, Quantity] | None
    least: Quantity
    most: Quantity


@attrs.frozen(kw_only=True)
class ExpectedInPost:
    """How many of several intakes are expected in service at a date; `expected_in_post` makes it.

    Args:
        at: The date.
        intakes: What is expected of each.
        beyond: What was taken of the months after the curve's last one; None where none was needed or allowed.
    """

    at: Snapshot
    intakes: tuple[ExpectedOfIntake, ...]
    beyond: BeyondLastMonth | None

    @property
    def range(self) -> tuple[Quantity, Quantity]:
        """The fewest and the most workers: every intake, day and share at its least, and at its most."""
        return _sum(one.least for one in self.intakes), _sum(one.most for one in self.intakes)

    @property
    def by_shares(self) -> tuple[Quantity, Quantity] | None:
        """The same by the shares of the curve alone, without their limits; None where a share is not known."""
        known = [one.by_shares for one in self.intakes if one.by_shares is not None]
        if len(known) < len(self.intakes):
            return None
        return _sum(low for low, _ in known), _sum(high for _, high in known)

    @property
    def does_not_say(self) -> tuple[str, ...]:
        """What the range is not, a sentence each."""
        return (
            "It is of the mean: which of them leave is chance, and the number there may be outside it.",
            "Limits are of each month of the curve by itself, taken all low together and all high together.",
            "Those who come are taken to stay as those of the curve did, whoever trains them and whatever they are paid.",
        )

    def __str__(self) -> str:
        low, high = (written(round(float(end.magnitude), 1)) for end in self.range)
        started = WorkerRange(least=0, most=0)
        for one in self.intakes:
            started = started.plus(_started(one.intake))
        between = f"between {low} and {high}" if low != high else low
        said = f"Expected in service on {self.at}: {between} of {started.numbers} who start"
        if self.by_shares is not None:
            ends = dict.fromkeys(written(round(float(end.magnitude), 1)) for end in self.by_shares)
            said += f" ({' to '.join(ends)} by the shares alone)"
        return f"{said}." if self.beyond is None else f"{said}; after the curve's last month {self.beyond.value}."


def expected_in_post(
    intakes: AcademyCohort | Iterable[AcademyCohort],
    *,
    at: Snapshot,
    survival: SurvivalCurve,
    beyond: BeyondLastMonth | None = None,
) -> ExpectedInPost:
    """How many of one or several intakes are expected to be in service at a date: starters times the share that stays so long.

    In service is in the academy or in post after it, which are one here. An intake may be a range (10 to 20 more), its day known
    within bounds only (by April 2023), and the share known by its limits only: each makes a range, and none is settled by a
    guess.

    Args:
        intakes: Cohorts, counted or planned, with how many start and when. What became of one by its own day is not used.
        at: The date.
        survival: The share still in service by month.
        beyond: What is taken of the months after the curve's last one. None refuses them.

    Returns:
        An `ExpectedInPost`: the fewest and the most workers as a range of two, 0 or more and no whole numbers, for all and for
        each intake. An intake that may not have started by the date counts from 0.

    Raises:
        OutsideCoverage: An intake has served longer than the curve goes, and ``beyond`` does not say what to take.
        InvalidValue: No cohorts, or one with no number of starters or no time of starting; a ``survival`` that is no
            `SurvivalCurve`; not one snapshot.

    Source:
        Arithmetic; the curve has its own source.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs import record
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.workforce import SurvivalCurve, expected_in_post
        >>> stays = SurvivalCurve.of_shares({12: (80, 90), 24: (65, 80)}, source=NoOfficialSource(reason="made up"))
        >>> print(expected_in_post(record.academy().planned_to_april_2023, at=Snapshot("30 April 2024"), survival=stays))
        Expected in service on 30 April 2024: between 39 and 54 of 60 who start.
    """
    day = one_day(at).start
    curve: object = survival
    if not isinstance(curve, SurvivalCurve):
        hint = " SurvivalCurve.of makes one of what survival gives."
        raise InvalidValue(what="survival", expected="a SurvivalCurve", hint=hint)
    cohorts = _cohorts(intakes)
    found = tuple(_expected(cohort, day, survival, beyond) for cohort in cohorts)
    needed = any(one.months[1].magnitude > survival.last_month for one in found)
    return ExpectedInPost(at=one_day(at), intakes=found, beyond=beyond if needed else None)


def _cohorts(given: object) -> tuple[AcademyCohort, ...]:
    several = (given,) if isinstance(given, AcademyCohort) or not isinstance(given, Iterable) else tuple(given)
    cohorts = tuple(each for each in several if isinstance(each, AcademyCohort))
    if not cohorts or len(cohorts) < len(several):
        raise InvalidValue(what="intakes", expected="one or more AcademyCohort")
    for cohort in cohorts:
        if cohort.started is None or cohort.starting is None:
            missing = "how many start" if cohort.started is None else "when they start"
            hint = " attrs.evolve(cohort, ...) gives it what you assume."
            raise InvalidValue(what="intakes", expected=f"cohorts with {missing}", hint=hint)
    return cohorts


def _expected(
    cohort: AcademyCohort, day: dt.date, survival: SurvivalCurve, beyond: BeyondLastMonth | None
) -> ExpectedOfIntake:
    started, (first, last) = _started(cohort), _starting(cohort)
    shortest = months_served(last, day) if last <= day else 0
    longest = months_served(first, day) if first <= day else 0
    points = [survival.after(month, beyond=beyond).parts for month in range(shortest, longest + 1)]
    none, some = last > day, first <= day  # some of them may not have started; some of them may have
    least = 0.0 if none else started.fewest * min(low for _, low, _ in points)
    most = started.highest * max(high for _, _, high in points) if some else 0.0
    shares = [share for share, _, _ in points if share is not None]
    by_shares = None
    if len(shares) == len(points):
        low = 0.0 if none else started.fewest * min(shares)
        by_shares = _workers(low), _workers(started.highest * max(shares) if some else 0.0)
    return ExpectedOfIntake(
        intake=cohort,
        months=(quantity(shortest, "month"), quantity(longest, "month")),
        by_shares=by_shares,
        least=_workers(least),
        most=_workers(most),
    )


def _started(cohort: AcademyCohort) -> WorkerRange:
    if cohort.started is None:  # pragma: no cover - made sure of before
        raise InvalidValue(what="intakes", expected="cohorts with how many start")
    return cohort.started


def _starting(cohort: AcademyCohort) -> tuple[dt.date, dt.date]:
    if cohort.starting is None:  # pragma: no cover - made sure of before
        raise InvalidValue(what="intakes", expected="cohorts with when they start")
    return cohort.starting


def _workers(number: float) -> Quantity:
    return quantity(round(number, 9), "worker")


def _sum(parts: Iterable[Quantity]) -> Quantity:
    return quantity(round(sum(float(part.magnitude) for part in parts), 9), "worker")
