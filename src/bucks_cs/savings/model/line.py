"""Savings: a line of a medium-term financial plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, MissingSource, of_kind
from bucks_cs.indicators.wording import definition_table
from bucks_cs.periods import FinancialYear
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.savings.model.choices import Basis, Recurrence, SavingKind
from bucks_cs.savings.model.money import in_pence, pounds, pounds_said
from bucks_cs.savings.model.parts import Delivered, Dependency, PrintedForm, StatusOn, UnplacedSaving, YearSaving, words
from bucks_cs.savings.model.years import years_between
from bucks_cs.units import Quantity

__all__ = ["SavingsLine"]

_text_or_none = of_kind(str, NoneType, expected="text, or None")


def _each(kind: type, expected: str) -> Any:
    """An attrs validator: a tuple of things of one class."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
        if not all(isinstance(one, kind) for one in value):
            raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected=expected)

    return check


def _amounts(given: Any) -> Any:
    """Figures by year in order of year, from a mapping of years and quantities or from `YearSaving` objects."""
    if isinstance(given, Mapping):
        given = [YearSaving(year=year, saving=saving) for year, saving in given.items()]
    found = _tuple(given)
    return tuple(sorted(found, key=lambda one: one.year.start)) if all(isinstance(one, YearSaving) for one in found) else found


def _tuple(given: Any) -> tuple[Any, ...]:
    return tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)


def _texts(instance: object, attribute: attrs.Attribute[Any], value: tuple[object, ...] | None) -> None:
    if value is not None and not all(isinstance(one, str) and one.strip() for one in value):
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="names, or None where nobody has said")


@attrs.frozen(kw_only=True)
class SavingsLine:
    """A line of a medium-term financial plan: what is to be saved, in which years, and on which basis the years stand.

    A saving is above 0 and in pounds, whatever was printed; what was printed is kept beside it. A year that has no figure is a
    gap and not 0.

    Args:
        key: A name of its own among the lines it is added up with.
        description: What will be done, in words.
        programme: The programme it belongs to.
        workstream: The part of the programme, or None where none is said.
        cost_centre: The budget it falls on, or None.
        owner: Who answers for it, or None.
        amounts: A `YearSaving` a year, or quantities in pounds by `FinancialYear`; kept in order of year.
        unplaced: A figure whose years are not named, or None.
        basis: What each year's figure is against.
        base_year: For a cumulative line, the year its figures are against, which is before the first of them; None otherwise.
        recurrence: Whether what is saved in a year is saved again in those after.
        kind: Cashable, cost avoidance or income.
        status: How far it had come, and when; None where none is said.
        delivered: What it delivered, by year, each up to a day.
        depends_on: The lines it stands on.
        already_counted_in: The earlier programmes or plans that count the same pounds, by name: none (``()``) where it is over
            and above them all, None where nobody has said.
        printed: How its figures are printed where it was read.
        source: Who says so.

    Raises:
        MissingSource: There is no source.
        InvalidValue: No figure at all; a year twice; a base year without the cumulative basis or not before the first year; the
            cumulative basis without a base year; a figure of no named year that may fall before one that is named; or a part of
            another kind.
        UnitError: A figure is not money.

    Example:
        >>> from bucks_cs.savings import SavingsLine, pounds
        >>> import datetime as dt
        >>> line = SavingsLine(key="edge", description="An Edge of Care Team", programme="Transformation",
        ...     amounts={FinancialYear("2023-24"): pounds(39_000_000)},
        ...     source=Source(title="Minutes", publisher="A council", date=dt.date(2023, 6, 1), place="table 2"))
        >>> print(line)
        An Edge of Care Team (Transformation): £390,000 in 2023-24; basis not stated; recurring or one-off not stated.
    """

    key: str = attrs.field(validator=words)
    description: str = attrs.field(validator=words)
    programme: str = attrs.field(validator=words)
    workstream: str | None = attrs.field(default=None, validator=_text_or_none)
    cost_centre: str | None = attrs.field(default=None, validator=_text_or_none)
    owner: str | None = attrs.field(default=None, validator=_text_or_none)
    amounts: tuple[YearSaving, ...] = attrs.field(
        default=(), converter=_amounts, validator=_each(YearSaving, "a YearSaving a year, or quantities by FinancialYear")
    )
    unplaced: UnplacedSaving | None = attrs.field(
        default=None, validator=of_kind(UnplacedSaving, NoneType, expected="an UnplacedSaving, or None")
    )
    basis: Basis = attrs.field(default=Basis.UNSTATED, validator=of_kind(Basis, expected="a Basis"))
    base_year: FinancialYear | None = attrs.field(
        default=None, validator=of_kind(FinancialYear, NoneType, expected="a FinancialYear, or None")
    )
    recurrence: Recurrence = attrs.field(default=Recurrence.UNSTATED, validator=of_kind(Recurrence, expected="a Recurrence"))
    kind: SavingKind = attrs.field(default=SavingKind.UNSTATED, validator=of_kind(SavingKind, expected="a SavingKind"))
    status: StatusOn | None = attrs.field(default=None, validator=of_kind(StatusOn, NoneType, expected="a StatusOn, or None"))
    delivered: tuple[Delivered, ...] = attrs.field(
        default=(), converter=_tuple, validator=_each(Delivered, "a Delivered for each year")
    )
    depends_on: tuple[Dependency, ...] = attrs.field(
        default=(), converter=_tuple, validator=_each(Dependency, "a Dependency each")
    )
    already_counted_in: tuple[str, ...] | None = attrs.field(
        default=None, converter=attrs.converters.optional(_tuple), validator=_texts
    )
    printed: PrintedForm | None = attrs.field(
        default=None, validator=of_kind(PrintedForm, NoneType, expected="a PrintedForm, or None")
    )
    source: AnySource = attrs.field()

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.source, (Source, NoOfficialSource)):
            raise MissingSource(what="a SavingsLine")
        if not self.amounts and self.unplaced is None:
            raise InvalidValue(what="SavingsLine.amounts", expected="a figure for one year or more, or one of no named year")
        for name in ("amounts", "delivered"):
            years = [one.year for one in getattr(self, name)]
            if len(set(years)) != len(years):
                raise InvalidValue(what=f"SavingsLine.{name}", expected="each year once")
        self._check_base()
        on = [one.on for one in self.depends_on]
        if self.key in on or len(set(on)) != len(on):
            raise InvalidValue(what="SavingsLine.depends_on", expected="other lines, each once")

    def _check_base(self) -> None:
        if (self.basis is Basis.CUMULATIVE) != (self.base_year is not None):
            raise InvalidValue(
                what="SavingsLine.base_year", expected="the year that a cumulative line's figures are against, and none otherwise"
            )
        if self.base_year is not None and self.first_year is not None and self.first_year <= self.base_year:
            raise InvalidValue(what="SavingsLine.base_year", expected="a year before the first that has a figure")
        if self.unplaced is not None and self.last_year is not None and self.unplaced.after < self.last_year:
            raise InvalidValue(what="SavingsLine.unplaced", expected="a figure of years after the last that has its own")
        if self.unplaced is not None and self.base_year is not None and self.unplaced.after < self.base_year:
            raise InvalidValue(what="SavingsLine.unplaced", expected="a figure of years after the base year")

    @property
    def first_year(self) -> FinancialYear | None:
        """The first year with a figure, or None where no year is named."""
        return self.amounts[0].year if self.amounts else None

    @property
    def last_year(self) -> FinancialYear | None:
        """The last year with a figure, or None where no year is named."""
        return self.amounts[-1].year if self.amounts else None

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """Every year from the first with a figure to the last, those of a gap included."""
        return years_between(self.amounts[0].year, self.amounts[-1].year) if self.amounts else ()

    @property
    def gaps(self) -> tuple[FinancialYear, ...]:
        """The years that have no figure between the first and the last, or the base year and the first."""
        if not self.amounts:
            return ()
        own = {one.year for one in self.amounts}
        first = self.amounts[0].year if self.base_year is None else self.base_year.next()
        return tuple(year for year in years_between(first, self.amounts[-1].year) if year not in own)

    @property
    def by_year(self) -> dict[FinancialYear, Quantity]:
        """The figure of each year that has one, in order, on the line's own basis."""
        return {one.year: one.saving for one in self.amounts}

    @property
    def delivered_to_date(self) -> Quantity | None:
        """The cash delivered in all years that are counted, or None where none is."""
        return pounds(sum(in_pence(one.saving) for one in self.delivered)) if self.delivered else None

    def figure(self, year: FinancialYear) -> Quantity | None:
        """The figure of a year on the line's own basis, or None where there is none: a gap, and not 0.

        Args:
            year: The year.

        Raises:
            InvalidValue: ``year`` is no financial year.
        """
        if not isinstance(year, FinancialYear):
            raise InvalidValue(what="year", expected='a FinancialYear, such as FinancialYear("2023-24")')
        return self.by_year.get(year)

    def __str__(self) -> str:
        where = self.programme if self.workstream is None else f"{self.programme}, {self.workstream}"
        figures = [str(one) for one in (*self.amounts, *([self.unplaced] if self.unplaced else []))]
        said = [", ".join(figures), self._basis_said(), self._recurrence_said()]
        if self.status is not None:
            said.append(str(self.status))
        return f"{self.description.rstrip('.')} ({where}): {'; '.join(said)}."

    def _basis_said(self) -> str:
        if self.basis is Basis.CUMULATIVE:
            return f"each year against {self.base_year}"
        return "basis not stated" if self.basis is Basis.UNSTATED else "each year on top of the year before"

    def _recurrence_said(self) -> str:
        unstated = self.recurrence is Recurrence.UNSTATED
        return "recurring or one-off not stated" if unstated else self.recurrence.value

    def _repr_html_(self) -> str:
        said = {"Key": self.key, "Programme": self.programme, "Workstream": self.workstream, "Cost centre": self.cost_centre}
        said |= {"Owner": self.owner, **{str(one.year): pounds_said(one.saving) for one in self.amounts}}
        said |= {"Years not named": str(self.unplaced or ""), "Basis": self._basis_said(), "Recurrence": self._recurrence_said()}
        said |= {"Kind": self.kind.value, "Status": str(self.status or ""), "Delivered": "; ".join(map(str, self.delivered))}
        said |= {"Stands on": ", ".join(one.on for one in self.depends_on), "Already counted in": self._counted_said()}
        said |= {"Source": str(self.source)}
        return definition_table(self.description, {name: text for name, text in said.items() if text})

    def _counted_said(self) -> str:
        if self.already_counted_in is None:
            return "not stated"
        return ", ".join(self.already_counted_in) or "nothing: over and above"
