"""EHC plans: two cohorts side by side, made sure of before one is set against the other."""

from __future__ import annotations

from typing import Any

import attrs

from bucks_cs.ehcp.model.breakdown import Part, Parts, Rest
from bucks_cs.ehcp.model.cohort import EHCPCohort
from bucks_cs.ehcp.model.cohort_readings import dim_of, reading_of_total
from bucks_cs.ehcp.model.implied_cohort import ImpliedCohort
from bucks_cs.ehcp.model.needs import PrimaryNeed
from bucks_cs.ehcp.model.plans_maintained import PLANS
from bucks_cs.errors import InvalidValue, NotComparable
from bucks_cs.indicators import Reading, Withheld
from bucks_cs.trend import Change

__all__ = ["CohortPair", "need_cohort"]


def need_cohort(given: object, *, what: str) -> EHCPCohort:
    """A cohort, made sure of.

    Args:
        given: What is given for one.
        what: The argument.

    Raises:
        InvalidValue: It is none.
    """
    if not isinstance(given, EHCPCohort):
        hint = " An ImpliedCohort is a range, and has no number to start from." if isinstance(given, ImpliedCohort) else ""
        raise InvalidValue(what=what, expected="an EHCPCohort", hint=hint)
    return given


@attrs.frozen(kw_only=True)
class CohortPair:
    """Two cohorts of one area, the earlier first, that may be set against each other.

    Args:
        earlier: The earlier.
        later: The later.
        across_breaks: Go on across a break in the series of plans.

    Raises:
        NotComparable: Two areas, the wrong order, or one of a day and one of a month.
        AcrossBreak: A break lies between, and it is not said to go on.
        InvalidValue: One is no cohort.
    """

    earlier: EHCPCohort = attrs.field()
    later: EHCPCohort = attrs.field()
    across_breaks: bool = False
    change: Change = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        earlier, later = need_cohort(self.earlier, what="earlier"), need_cohort(self.later, what="later")
        before, after = reading_of_total(earlier), reading_of_total(later)
        made = Change(earlier=before, later=after, across_breaks=self.across_breaks)
        object.__setattr__(self, "change", made)

    def parts(self, by: str) -> dict[Part, tuple[int | None, int | None]]:
        """What both are made of: each part of either, before and after.

        A part that one of them does not have is 0 there, or None where that one has plans in parts that are not given.

        Args:
            by: The breakdown.

        Raises:
            UnknownColumn: It is none.
            InvalidValue: One of the cohorts is not broken down by it.
            NotComparable: A need that the earlier could not have named.
        """
        before, after = self.earlier.parts(by), self.later.parts(by)
        for name, parts in (("earlier", before), ("later", after)):
            if not len(parts):
                raise InvalidValue(what=name, expected=f"a cohort by {by}")
        self._need_same_codes(after)
        names = sorted({*before, *after}, key=[*after, *(part for part in before if part not in after)].index)
        told_apart = set(before.named) != set(after.named)
        return {name: (_plans(before, name, told_apart), _plans(after, name, told_apart)) for name in names}

    def _need_same_codes(self, after: Parts) -> None:
        day = self.earlier.at.end
        newer = [part for part, plans in after.counts if plans and isinstance(part, PrimaryNeed) and not part.holds(day)]
        if newer:
            codes = ", ".join(need.value for need in newer)
            why = f"{codes} was no code of a need at the earlier date; as_published() counts it as DfE's tables then did"
            raise NotComparable(what="two cohorts by primary need", why=why)

    def as_readings(self, by: str) -> list[Reading]:
        """Both cohorts by parts as readings of `PLANS`, an unknown part withheld as not available.

        Args:
            by: The breakdown.

        Raises:
            InvalidValue: As `parts`; so are the others.
        """
        found = []
        for part, both in self.parts(by).items():
            for cohort, plans in zip((self.earlier, self.later), both, strict=True):
                where: dict[str, Any] = {"area": cohort.area, "period": cohort.at, "source": cohort.source}
                known = Withheld.NOT_AVAILABLE if plans is None else plans
                found.append(Reading.of(PLANS, known, dims={by: dim_of(part)}, **where))
        return found


def _plans(parts: Parts, part: Part, told_apart: bool) -> int | None:
    """The plans of a part: 0 where it is not there, None where that cannot be told."""
    if told_apart and part is Rest.NOT_GIVEN:
        return None
    return dict(parts.counts).get(part, None if Rest.NOT_GIVEN in parts else 0)
