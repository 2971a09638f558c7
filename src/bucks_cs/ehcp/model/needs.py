"""EHC plans: the primary needs a plan can name, and the phases of education a cohort passes through."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from numbers import Integral

from bucks_cs.ehcp import sources
from bucks_cs.errors import InvalidValue
from bucks_cs.provenance import day_in_words

__all__ = ["OLDEST_AGE", "Phase", "PrimaryNeed"]

OLDEST_AGE = 25
"""The oldest age at which a plan is maintained.

Source:
    Children and Families Act 2014, section 46: a plan may be maintained until the end of the academic year in which a young
    person turns 25, as lawyers of authorities tell it (the section itself was not read). DfE's data file caseload has the ages
    "under 3" to "age 25" and none above.
"""


class PrimaryNeed(enum.Enum):
    """The type of need that a plan names first: SEN2's codes, with what they mean and when they hold.

    SLD is *severe* learning difficulty and SPLD a *specific* one: print mixes them up. NSA (SEN support, no specialist
    assessment) is a code of the school census and never of a plan, so it is none of these.

    Source:
        `sources.NEED_CODES`: DfE, *Special educational needs person level survey: guide*, item 5.6 (SEN2 2023) and 5.8a (SEN2
        2025), SENtype. DS is in it from SEN2 2025, survey day 16 January 2025.

    Example:
        >>> from bucks_cs.ehcp import PrimaryNeed
        >>> PrimaryNeed.SLD.meaning, PrimaryNeed.SPLD.meaning
        ('Severe learning difficulty', 'Specific learning difficulty')
        >>> PrimaryNeed.DS.holds(dt.date(2025, 1, 15)), PrimaryNeed.DS.holds(dt.date(2025, 1, 16))
        (False, True)
    """

    SPLD = "SPLD"
    MLD = "MLD"
    SLD = "SLD"
    PMLD = "PMLD"
    SEMH = "SEMH"
    SLCN = "SLCN"
    HI = "HI"
    VI = "VI"
    MSI = "MSI"
    PD = "PD"
    ASD = "ASD"
    DS = "DS"
    OTH = "OTH"

    @property
    def meaning(self) -> str:
        """What it stands for, in the guide's words."""
        return next(edition.value[self.value] for edition in reversed(sources.NEED_CODES.values) if self.value in edition.value)

    @property
    def published_as(self) -> PrimaryNeed:
        """The need that DfE's tables of the reporting year 2025 count it under: DS under OTH, each other under itself.

        The release of the reporting year 2026 has Down Syndrome in a column of its own, from January 2026 (``number_ds``; its
        heading was seen, the file was not read).
        """
        return PrimaryNeed(sources.PUBLISHED_AS.get(self.value, self.value))

    def holds(self, on: dt.date) -> bool:
        """Whether a plan can name it on a day.

        Args:
            on: The day.

        Raises:
            NotInForce: Before 1 September 2014, when plans began.
            InvalidValue: It is no date, or has a time of day.
        """
        return self.value in sources.NEED_CODES.on(on)

    @classmethod
    def in_force(cls, on: dt.date) -> tuple[PrimaryNeed, ...]:
        """The needs that a plan can name on a day, in the guide's order.

        Args:
            on: The day.

        Raises:
            NotInForce: Before 1 September 2014.
            InvalidValue: It is no date, or has a time of day.
        """
        return tuple(cls(code) for code in sources.NEED_CODES.on(on))

    @classmethod
    def read(cls, code: object, *, on: dt.date | None = None, what: str = "a primary need") -> PrimaryNeed:
        """The need of a code; what is none is refused and never repeated.

        Args:
            code: Such as ``"ASD"``, in any case; or a need itself.
            on: A day on which it must have held.
            what: What it is read for, for the message.

        Raises:
            InvalidValue: It is no code of a need, or was none on that day: the codes there were are named.

        Example:
            >>> PrimaryNeed.read("NSA", on=dt.date(2025, 1, 16))
            Traceback (most recent call last):
            bucks_cs.errors.InvalidValue: a primary need: expected one of the codes of SEN2 on 16 January 2025: SPLD, ... OTH. NSA
            is a code of the school census and not of a plan.
        """
        text = code.strip().upper() if isinstance(code, str) else None
        found = code if isinstance(code, cls) else next((need for need in cls if need.value == text), None)
        if found is not None and (on is None or found.holds(on)):
            return found
        raise InvalidValue(what=what, expected=_codes_there(on), hint=_hint(text, found))


def _codes_there(on: dt.date | None) -> str:
    there: Mapping[str, str] | tuple[str, ...] = sources.NEEDS if on is None else sources.NEED_CODES.on(on)
    when = "" if on is None else f" on {day_in_words(on)}"
    return f"one of the codes of SEN2{when}: {', '.join(there)}"


def _hint(text: str | None, found: PrimaryNeed | None) -> str:
    if found is not None:
        return " A code of another year was given."
    known = f" {text} is a code of the school census and not of a plan."
    return known if text in sources.NEVER_A_NEED else ""


class Phase(enum.Enum):
    """The part of education that an age belongs to, by the age on the 31 August before the school year.

    Reception begins at 4, year 7 at 11, year 11 ends in the school year that begins at 15. A plan can be kept to the end of the
    school year in which a young person turns 25, so that the oldest are 24 on that 31 August; DfE's tables have some of 25.

    Source:
        GOV.UK, *The national curriculum*, overview, table of ages and years: reception at 4 to 5, years 1 to 6 at 5 to 11, years
        7 to 11 at 11 to 16 (read as authorities' pages repeat it). DfE's files of plans have single years of age and no phase.
        That 19 parts the last two is this library's own: not verified in a definition of DfE's.

    Example:
        >>> from bucks_cs.ehcp import Phase
        >>> Phase.of_age(10), Phase.of_age(11), Phase.SECONDARY.ages
        (<Phase.PRIMARY: 'primary'>, <Phase.SECONDARY: 'secondary'>, range(11, 16))
    """

    EARLY_YEARS = "early years"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    POST_16 = "post-16"
    POST_19 = "post-19"

    @property
    def ages(self) -> range:
        """The ages on the 31 August before the school year."""
        return _AGES[self]

    @classmethod
    def of_age(cls, age: int) -> Phase:
        """The phase of an age.

        Args:
            age: Whole years on the 31 August before the school year, 0 to 25.

        Raises:
            InvalidValue: It is no whole number, or outside 0 to 25.
        """
        given: object = age
        if not isinstance(given, bool) and isinstance(given, Integral):
            for phase, ages in _AGES.items():
                if int(given) in ages:
                    return phase
        raise InvalidValue(what="age", expected=f"whole years from 0 to {OLDEST_AGE}")

    @classmethod
    def read(cls, name: object, *, what: str = "a phase") -> Phase:
        """The phase of a name.

        Args:
            name: Such as ``"post-16"``, in any case, or ``"post 16"``; or a phase itself.
            what: What it is read for, for the message.

        Raises:
            InvalidValue: It is none; the names there are, are named.
        """
        text = name.strip().casefold().replace("post ", "post-") if isinstance(name, str) else name
        for phase in cls:
            if text in (phase, phase.value):
                return phase
        raise InvalidValue(what=what, expected=f"one of {', '.join(phase.value for phase in cls)}")


_AGES: Mapping[Phase, range] = {
    Phase.EARLY_YEARS: range(4),
    Phase.PRIMARY: range(4, 11),
    Phase.SECONDARY: range(11, 16),
    Phase.POST_16: range(16, 19),
    Phase.POST_19: range(19, OLDEST_AGE + 1),
}
