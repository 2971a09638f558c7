"""Inspections: what changed between two outcomes of one regime; across regimes there is no answer, and none is given."""

from __future__ import annotations

import enum
from collections.abc import Iterable

import attrs

from bucks_cs.errors import InvalidValue, NotComparable, of_kind
from bucks_cs.inspections.model.fields import as_tuple, first_day, in_a_sentence, last_day
from bucks_cs.inspections.model.kinds_of_inspection import Judgement
from bucks_cs.inspections.model.outcome import InspectionOutcome
from bucks_cs.inspections.model.scales import Grade, NoGrade
from bucks_cs.provenance import day_in_words
from bucks_cs.units import Quantity, quantity

__all__ = ["Direction", "JudgementChange", "OutcomeChange", "compare", "direction", "directions"]


class Direction(enum.Enum):
    """How an outcome stands to the one before."""

    IMPROVED = "improved"
    SAME = "same"
    DECLINED = "declined"
    FIRST = "first"
    """There is none before."""
    NOT_COMPARABLE = "not comparable"
    """There is one before, and the two are not to be set against each other."""


@attrs.frozen(kw_only=True)
class JudgementChange:
    """What became of one judgement from one outcome to the next.

    Args:
        judgement: The judgement, as the later outcome makes it.
        before: Its grade before, or why there was none.
        after: Its grade after, or why there is none.
    """

    judgement: Judgement = attrs.field(validator=of_kind(Judgement, expected="a Judgement"))
    before: Grade | NoGrade = attrs.field(validator=of_kind(Grade, NoGrade, expected="a Grade, or a NoGrade"))
    after: Grade | NoGrade = attrs.field(validator=of_kind(Grade, NoGrade, expected="a Grade, or a NoGrade"))

    @property
    def direction(self) -> Direction:
        """Improved, same or declined; not comparable where either has no grade, or the outcomes have no order and differ."""
        if not isinstance(self.before, Grade) or not isinstance(self.after, Grade):
            return Direction.NOT_COMPARABLE
        if self.before == self.after:
            return Direction.SAME
        if not self.judgement.scale.is_ordered:
            return Direction.NOT_COMPARABLE
        return Direction.IMPROVED if self.after > self.before else Direction.DECLINED

    @property
    def steps(self) -> Quantity | None:
        """By how many grades, above 0 for better; None where it is not comparable, or the outcomes have no order."""
        if not isinstance(self.before, Grade) or not isinstance(self.after, Grade) or not self.judgement.scale.is_ordered:
            return None
        return quantity(self.after.steps_above(self.before), "grade")

    def __str__(self) -> str:
        before, after = (one.value if isinstance(one, NoGrade) else one.wording for one in (self.before, self.after))
        return f"{self.judgement.title}: {self.direction.value} ({before}, then {after})"


@attrs.frozen(kw_only=True)
class OutcomeChange:
    """Two outcomes of one body under one regime, side by side.

    Args:
        before: The earlier outcome.
        after: The later.

    Raises:
        NotComparable: They are of different regimes, or kinds of inspection that judge different things, or of different bodies;
            or one of them carries no grades.
        InvalidValue: The later begins before the earlier, whichever day bounds stand for, or one of them is no outcome.
    """

    before: InspectionOutcome = attrs.field(validator=of_kind(InspectionOutcome, expected="an InspectionOutcome"))
    after: InspectionOutcome = attrs.field(validator=of_kind(InspectionOutcome, expected="an InspectionOutcome"))

    def __attrs_post_init__(self) -> None:
        why = why_not_comparable(self.before, self.after)
        if why:
            raise NotComparable(what=f"an outcome of {self.before.regime.key} with one of {self.after.regime.key}", why=why)
        _need_later(self.after, self.before)

    @property
    def judgements(self) -> tuple[JudgementChange, ...]:
        """What became of each judgement that the later outcome makes, in the order of reports.

        One that was not yet made at the earlier inspection is not comparable: what it was part of is another judgement.
        """
        made = self.after.regime.judgements_of(self.after.activity, on=self.after.start)
        given = [one for one in made if isinstance(self.after.grade(one), Grade) or one.is_always_made]
        return tuple(JudgementChange(judgement=one, before=self.before.grade(one), after=self.after.grade(one)) for one in given)

    @property
    def direction(self) -> Direction:
        """What became of the overall judgement; where the regime has none, of all judgements if they went one way."""
        overall = self.after.regime.overall
        if overall is not None and self.after.activity.key in overall.activities:
            return next(one.direction for one in self.judgements if one.judgement == overall)
        ways = {one.direction for one in self.judgements}
        return ways.pop() if len(ways) == 1 else Direction.NOT_COMPARABLE

    def __str__(self) -> str:
        first, last = (day_in_words(first_day(one.start)) for one in (self.before, self.after))
        changed = "; ".join(map(str, self.judgements))
        return f"{self.after.body_name}, {first} to {last}, under {self.after.regime.title}: {self.direction.value}. {changed}."


def _need_later(after: InspectionOutcome, before: InspectionOutcome) -> None:
    """Refuse an order that cannot be, whichever day the bounds stand for."""
    if last_day(after.start) < first_day(before.start):
        raise InvalidValue(what="after", expected="an inspection begun no earlier than the one before")


def why_not_comparable(before: InspectionOutcome, after: InspectionOutcome) -> str:
    """Why two outcomes are not to be set against each other; empty where they may be.

    Args:
        before: An outcome.
        after: Another.
    """
    one, other = before.regime, after.regime
    if one.family != other.family:
        return f"one is of {one.family.value} and the other of {other.family.value}"
    if before.body != after.body:
        return "they are of different bodies"
    if one != other:
        return f"each regime has judgements and grades of its own ({one.title}; {other.title})"
    for outcome in (before, after):
        if not outcome.activity.carries_grades:
            return f"a {in_a_sentence(outcome.activity.title)} carries no grades"
    made = [
        {judgement.key for judgement in one.judgements if each.activity.key in judgement.activities} for each in (before, after)
    ]
    return "" if made[0] & made[1] else "inspections of the two kinds make different judgements"


def compare(before: InspectionOutcome, after: InspectionOutcome) -> OutcomeChange:
    """What changed from one outcome to another of the same body under the same regime.

    Args:
        before: The earlier outcome.
        after: The later.

    Returns:
        An `OutcomeChange`: improved, same or declined overall and in each judgement, by how many grades. A judgement without a
        grade in either (not yet one, missing) is not comparable, and says why.

    Raises:
        NotComparable: They are of two regimes, which the error names; of different bodies; of kinds of inspection that judge
            different things; or one carries no grades.
        InvalidValue: The later begins before the earlier, or one of them is no outcome.

    Source:
        Ofsted, Understanding Ofsted report cards and grades: "the new grades can't be compared to the old ones". That a grade of
        one regime of authorities is none of another is this library's rule: their judgements are of different things.

    Example:
        >>> from bucks_cs.inspections import InspectionOutcome, compare
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> import datetime as dt
        >>> def inspected(year, grade, regime="ilacs", kind="standard inspection"):
        ...     return InspectionOutcome(area=825, regime=regime, activity=kind, start=dt.date(year, 6, 3),
        ...         judgements={"overall effectiveness": grade}, source=NoOfficialSource(reason="made up"))
        >>> change = compare(inspected(2021, "inadequate"), inspected(2024, "good"))
        >>> change.direction, str(change.judgements[0].steps)
        (<Direction.IMPROVED: 'improved'>, '2 grade')
        >>> compare(inspected(2014, "inadequate", "single_inspection_framework", "inspection"), inspected(2024, "good"))
        Traceback (most recent call last):
        bucks_cs.errors.NotComparable: an outcome of single_inspection_framework with one of ilacs cannot be compared: each
        regime has judgements and grades of its own (Single inspection framework; Inspecting local authority ... (ILACS)).
    """
    return OutcomeChange(before=before, after=after)


def direction(after: InspectionOutcome, *, before: InspectionOutcome | None) -> Direction:
    """Whether an outcome is better or worse than the one before, or why that cannot be said: never an error for two regimes.

    Args:
        after: The outcome.
        before: The one before it; None where there is none.

    Returns:
        `Direction.FIRST` without one before; `Direction.NOT_COMPARABLE` where `compare` would refuse, or a grade is missing.

    Raises:
        InvalidValue: It begins before the one before, or one of them is no outcome.

    Source:
        As `compare`.

    Example:
        >>> from bucks_cs import record
        >>> [direction(after, before=before).value for before, after in zip([None, *record.inspection_outcomes()[:1]],
        ...     record.inspection_outcomes()[:2])]
        ['first', 'same']
    """
    if not isinstance(after, InspectionOutcome):
        raise InvalidValue(what="after", expected="an InspectionOutcome")
    if not isinstance(before, InspectionOutcome | None):
        raise InvalidValue(what="before", expected="an InspectionOutcome, or None where there is none")
    if before is None:
        return Direction.FIRST
    _need_later(after, before)
    return Direction.NOT_COMPARABLE if why_not_comparable(before, after) else compare(before, after).direction


def directions(outcomes: Iterable[InspectionOutcome]) -> tuple[tuple[InspectionOutcome, Direction], ...]:
    """Each full graded outcome with its direction from the full graded one before it, of the same body.

    Args:
        outcomes: Outcomes of one body or of many, in any order; visits without grades are passed over, and so is what starts no
            cycle anew: revisits, interim and ungraded inspections.

    Returns:
        Pairs of an outcome and its direction, in order of body and of first day. The first of a regime is not comparable with the
        last of the regime before it, and is not the first.

    Raises:
        InvalidValue: One of them is no outcome.

    Source:
        As `compare`.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.inspections import Family, directions
        >>> authority = [one for one in record.inspection_outcomes() if one.regime.family is Family.LOCAL_AUTHORITY]
        >>> for outcome, way in directions(authority):
        ...     print(outcome.start.year, outcome.overall, way.value)
        2014 inadequate first
        2017 inadequate same
        2021 requires improvement to be good not comparable
        2025 requires improvement to be good same
    """
    found = as_tuple(outcomes)
    if not all(isinstance(one, InspectionOutcome) for one in found):
        raise InvalidValue(what="outcomes", expected="an InspectionOutcome each")
    graded = sorted((one for one in found if one.activity.carries_grades and one.activity.is_full), key=_place)
    last: dict[tuple[str, str], InspectionOutcome] = {}
    pairs = []
    for one in graded:
        whose = (one.regime.family.value, one.body)
        pairs.append((one, direction(one, before=last.get(whose))))
        last[whose] = one
    return tuple(pairs)


def _place(outcome: InspectionOutcome) -> tuple[str, str, object]:
    return outcome.regime.family.value, outcome.body, first_day(outcome.start)
