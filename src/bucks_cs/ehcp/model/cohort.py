"""EHC plans: a cohort, the plans that are maintained in an area at a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

import attrs

from bucks_cs.ehcp.model.breakdown import Part, Parts, Rest, counted_plans, number_of, read_age, read_label, text_of
from bucks_cs.ehcp.model.needs import Phase, PrimaryNeed
from bucks_cs.errors import InvalidValue, MissingSource, UnknownColumn, of_kind
from bucks_cs.geography import area, area_key
from bucks_cs.indicators import definition_table, written
from bucks_cs.periods import Month, Period, Snapshot
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.units import Quantity

if TYPE_CHECKING:
    import polars as pl

    from bucks_cs.readings import Readings

__all__ = ["BREAKDOWNS", "EHCPCohort", "as_source", "as_time", "as_total", "as_when"]

Given = Parts | Mapping[Any, Any]
"""Parts as they are given: a mapping of what stands for a part to a whole number, or a quantity, of plans."""

BREAKDOWNS: tuple[str, ...] = ("primary_need", "phase", "age", "age_band", "setting", "locality")
"""What a cohort may be broken down by; the names are those of the columns in readings."""


def as_time(given: object, *, what: str) -> Period:
    """When plans are counted: a day, or the month that alone is known.

    Args:
        given: A date, a `Snapshot` or a `Month`.
        what: What it is for, for the message.

    Raises:
        InvalidValue: It is none of these.
    """
    if isinstance(given, (Snapshot, Month)):
        return given
    if isinstance(given, dt.date) and not isinstance(given, dt.datetime):
        return Snapshot(given)
    raise InvalidValue(what=what, expected="a date or a Snapshot, or a Month where no more than the month is known")


def as_when(given: Period | dt.date) -> Period:
    """An attrs converter: `as_time` for a cohort's own date.

    Args:
        given: As for `as_time`.
    """
    return as_time(given, what="a cohort's date")


def as_total(given: Quantity | int) -> Quantity:
    """An attrs converter: a whole number of plans.

    Args:
        given: As for `counted_plans`.
    """
    return counted_plans(given, what="a cohort's plans")


def as_source(given: AnySource | None) -> AnySource:
    """An attrs converter: where a cohort is from.

    Args:
        given: The source.

    Raises:
        MissingSource: There is none.
    """
    if not isinstance(given, (Source, NoOfficialSource)):
        raise MissingSource(what="a cohort of EHC plans")
    return given


def _by_primary_need(given: Given) -> Parts:
    return Parts.of(given, read=PrimaryNeed.read, what="EHCPCohort.by_primary_need")


def _by_phase(given: Given) -> Parts:
    return Parts.of(given, read=Phase.read, what="EHCPCohort.by_phase")


def _by_age(given: Given) -> Parts:
    return Parts.of(given, read=read_age, what="EHCPCohort.by_age")


def _by_age_band(given: Given) -> Parts:
    return Parts.of(given, read=read_label, what="EHCPCohort.by_age_band")


def _by_setting(given: Given) -> Parts:
    return Parts.of(given, read=read_label, what="EHCPCohort.by_setting")


def _by_locality(given: Given) -> Parts:
    return Parts.of(given, read=read_label, what="EHCPCohort.by_locality")


@attrs.frozen(kw_only=True)
class EHCPCohort:
    """Education, health and care plans maintained in an area at a date, with what is known of what they are made of.

    Each breakdown makes the whole, or the plans that are in none of its parts have a name: `Rest.NOT_RECORDED` (None will do)
    where the authority does not say, `Rest.NOT_GIVEN` where the source at hand does not.

    Args:
        area: LA number, ONS code or name, kept as `bucks_cs.geography.area_key` has it; or a region, or England.
        at: The day, as a date or a `Snapshot`; a `Month` where no more is known ("in July 2022").
        total: How many plans: a whole number, kept as a quantity of plans.
        by_primary_need: Plans by `PrimaryNeed` or its code.
        by_phase: Plans by `Phase` or its name.
        by_age: Plans by single year of age, 0 to 25; ``"under 3"`` for an open bottom.
        by_age_band: Plans by band, as the source names them.
        by_setting: Plans by setting, as the source names them.
        by_locality: Plans by locality.
        source: Where the figures are from.
        note: What a reader should know.

    Raises:
        MissingSource: There is no source.
        UnknownArea: No look-up knows the area.
        NotInForce: The authority was not there at the date, or it is before 1 September 2014 and needs are given.
        UnitError: A quantity of something else than plans.
        ImpossibleFigure: A number below 0, or parts above the whole.
        InvalidValue: Parts below the whole with no rest named; a need that was no code at the date; a part of another kind.

    Source:
        DfE, *Education, health and care plans*, data files caseload and sen_needs_all_plans, for what is counted and by what.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.ehcp import EHCPCohort, PrimaryNeed, Rest
        >>> from bucks_cs.provenance import Source
        >>> release = Source(title="Education, health and care plans, reporting year 2025", publisher="Department for Education",
        ...     date=dt.date(2025, 6, 26), place="sen_needs_all_plans")
        >>> cohort = EHCPCohort(area="825", at=dt.date(2025, 1, 16), total=7_217, source=release,
        ...     by_primary_need={"ASD": 2_302, "SLCN": 1_592, Rest.NOT_GIVEN: 3_323})
        >>> print(cohort)
        Buckinghamshire maintained 7,217 EHC plans on 16 January 2025. The most frequent primary needs were autistic spectrum
        disorder (2,302) and speech, language and communication needs (1,592). Source: Department for Education, ...
        >>> print(cohort.by_primary_need[PrimaryNeed.ASD])
        2302 plan
    """

    area: str = attrs.field(converter=area_key)
    at: Period = attrs.field(converter=as_when)
    total: Quantity = attrs.field(converter=as_total)
    by_primary_need: Parts = attrs.field(factory=Parts, converter=_by_primary_need)
    by_phase: Parts = attrs.field(factory=Parts, converter=_by_phase)
    by_age: Parts = attrs.field(factory=Parts, converter=_by_age)
    by_age_band: Parts = attrs.field(factory=Parts, converter=_by_age_band)
    by_setting: Parts = attrs.field(factory=Parts, converter=_by_setting)
    by_locality: Parts = attrs.field(factory=Parts, converter=_by_locality)
    source: AnySource = attrs.field(default=None, converter=as_source)
    note: str = attrs.field(default="", validator=of_kind(str, expected="text"))

    def __attrs_post_init__(self) -> None:
        area(self.area, on=self.at.end)
        for name in self.breakdowns:
            self.parts(name).need_whole(self.plans, what=f"EHCPCohort.by_{name}")
        for need in self.by_primary_need.named:
            PrimaryNeed.read(need, on=self.at.end, what="EHCPCohort.by_primary_need")

    @property
    def plans(self) -> int:
        """How many plans, as a plain number."""
        return number_of(self.total)

    @property
    def area_name(self) -> str:
        """The name of the area."""
        return area(self.area).name

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """The names of the breakdowns that are known, out of `BREAKDOWNS`."""
        return tuple(name for name in BREAKDOWNS if len(getattr(self, f"by_{name}")))

    def parts(self, by: str) -> Parts:
        """The parts of one breakdown; empty where it is not known.

        Args:
            by: One of `BREAKDOWNS`.

        Raises:
            UnknownColumn: It is none of them.
            InvalidValue: It is no text.
        """
        name: object = by
        if not isinstance(name, str):
            raise InvalidValue(what="by", expected=f"one of {', '.join(BREAKDOWNS)}")
        if by not in BREAKDOWNS:
            raise UnknownColumn(column=by, columns=BREAKDOWNS, argument="by")
        found: Parts = getattr(self, f"by_{by}")
        return found

    def as_published(self) -> EHCPCohort:
        """The same cohort by need as DfE's tables of the reporting year 2025 have it: Down Syndrome among the other needs.

        Returns:
            A cohort without DS, whose growth by need can be worked out from a cohort of before 2025.
        """
        together: dict[Part, int] = {}
        for need, plans in self.by_primary_need.counts:
            shown = need if isinstance(need, Rest) else need.published_as
            together[shown] = together.get(shown, 0) + plans
        return attrs.evolve(self, by_primary_need=_by_primary_need(together))

    def to_readings(self, by: str | None = None) -> Readings[pl.DataFrame]:
        """The cohort as readings of `PLANS`: its total, or one of its breakdowns; the other is a second call.

        Args:
            by: One of `breakdowns`; None for the total.

        Returns:
            In polars, a reading for each part, ``ehcp.plans`` by the column named; not recorded is null, `Rest.NOT_GIVEN` the
            text "not given". No gaps.

        Raises:
            UnknownColumn: ``by`` is no breakdown.
            InvalidValue: The cohort is not broken down by it.

        Example:
            >>> from bucks_cs.provenance import NoOfficialSource
            >>> cohort = EHCPCohort(area=825, at=dt.date(2025, 1, 16), total=3, by_phase={"primary": 2, None: 1},
            ...     source=NoOfficialSource(reason="made up"))
            >>> cohort.to_readings(by="phase").to_polars().select("phase", "value").rows()
            [('primary', 2.0), (None, 1.0)]
        """
        from bucks_cs.ehcp.model.cohort_readings import readings_of

        return readings_of(self, by)

    @classmethod
    def of(
        cls,
        readings: Readings[Any] | Iterable[Readings[Any]],
        *,
        area: object,
        at: object,
        source: AnySource | None = None,
        note: str = "",
    ) -> Self:
        """The cohort that readings of ``ehcp.plans`` hold: published ones, ones counted from rows, or a cohort's own.

        Args:
            readings: Readings by nothing (the total) or by one of `BREAKDOWNS`, or several such. Without a total the parts of the
                first are added up; a null is not recorded.
            area: The area to take, as `EHCPCohort` takes it. Readings of the caller's own area (null) are taken for it where they
                have no area of that name.
            at: The date to take; the readings have it as it is (a snapshot, or a month).
            source: Where the figures are from, where the readings do not say, or not all the same.
            note: What a reader should know.

        Returns:
            A cohort with as many breakdowns as there are readings by something.

        Raises:
            MissingSource: The readings have no one source, and none is given.
            NotFound: None of them are of that area and date, or none are of ``ehcp.plans``.
            InvalidValue: No readings; by several columns, or by none of `BREAKDOWNS`; one of them withheld, so that the parts do
                not make a whole; and as the constructor.
            ImpossibleFigure: As the constructor.

        Example:
            >>> from bucks_cs.provenance import NoOfficialSource
            >>> cohort = EHCPCohort(area=825, at=dt.date(2025, 1, 16), total=3, by_phase={"primary": 2, None: 1},
            ...     source=NoOfficialSource(reason="made up"))
            >>> both = [cohort.to_readings(), cohort.to_readings(by="phase")]
            >>> EHCPCohort.of(both, area=825, at=dt.date(2025, 1, 16)) == cohort
            True
        """
        from bucks_cs.ehcp.model.cohort_readings import fields_of

        return cls(**fields_of(readings, place=area, at=as_time(at, what="at"), source=source), note=note)

    def __str__(self) -> str:
        when = f"on {self.at}" if isinstance(self.at, Snapshot) else f"in {self.at}"
        plans = f"{self.plans:,} EHC plan{'' if self.plans == 1 else 's'}"
        return f"{self.area_name} maintained {plans} {when}.{self._most_frequent()} Source: {self.source}."

    def _most_frequent(self) -> str:
        """The two needs that most plans name, in words; nothing where needs are not known."""
        most = sorted(self.by_primary_need.named.counts, key=lambda pair: -pair[1])[:2]
        told = " and ".join(f"{_lowered(need.meaning)} ({plans:,})" for need, plans in most)
        if not told:
            return ""
        return f" The most frequent primary needs were {told}." if len(most) > 1 else f" A primary need was {told}."

    def _repr_html_(self) -> str:
        said = {"Plans": f"{self.plans:,}"}
        for name in self.breakdowns:
            for part, plans in self.parts(name).counts:
                share = f" ({written(100 * plans / self.plans)}%)" if self.plans else ""
                said[f"{_heading(name)}: {_said(part)}"] = f"{plans:,}{share}"
        said |= {"Source": str(self.source)} | ({"Note": self.note} if self.note else {})
        return definition_table(f"EHC plans maintained, {self.area_name}, {self.at}", said)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _said(part: Any) -> str:
    return f"{part.value}, {_lowered(part.meaning)}" if isinstance(part, PrimaryNeed) else text_of(part)
