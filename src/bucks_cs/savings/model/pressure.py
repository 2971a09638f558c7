"""Savings: a pressure on a budget, and the plan it is measured against."""

from __future__ import annotations

import attrs

from bucks_cs.errors import MissingSource, of_kind
from bucks_cs.periods import FinancialYear
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.savings.model.money import as_pounds, in_pence, pounds, pounds_said
from bucks_cs.savings.model.parts import words
from bucks_cs.units import Quantity

__all__ = ["Pressure"]


@attrs.frozen(kw_only=True)
class Pressure:
    """What is needed above a plan in a year, and which plan: against another it is another number.

    Args:
        description: What presses.
        year: The financial year.
        amount: How much more than planned, in pounds; below 0 for an underspend.
        against: The plan it is measured against: ``"the Budget of 2022-23"``, ``"the original plan"``.
        source: Who says so.

    Raises:
        MissingSource: There is no source.
        InvalidValue: A part is of another kind, or the amount is not of whole pence.
        UnitError: The amount is not money.

    Example:
        >>> from bucks_cs.savings import Pressure, pounds
        >>> print(Pressure(description="Placements", year=FinancialYear("2023-24"), amount=pounds(130_000_000),
        ...     against="the Budget of 2023-24", source=NoOfficialSource(reason="an example")))
        £1,300,000 in 2023-24 against the Budget of 2023-24: Placements.
    """

    description: str = attrs.field(validator=words)
    year: FinancialYear = attrs.field(validator=of_kind(FinancialYear, expected="a FinancialYear"))
    amount: Quantity = attrs.field(converter=as_pounds)
    against: str = attrs.field(validator=words)
    source: AnySource = attrs.field()

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.source, (Source, NoOfficialSource)):
            raise MissingSource(what="a Pressure")

    @classmethod
    def of_forecast(
        cls, forecast: Quantity, *, budget: Quantity, description: str, year: FinancialYear, against: str, source: AnySource
    ) -> Pressure:
        """The pressure that a forecast, or an outturn, makes on a budget: what it is above it.

        Args:
            forecast: What will be, or was, spent.
            budget: What was planned.
            description: What presses.
            year: The financial year of both.
            against: What plan the budget is of.
            source: Who says so.

        Raises:
            InvalidValue: An amount is not of whole pence, or a part is of another kind.
            UnitError: An amount is not money.
        """
        over = pounds(in_pence(forecast, what="forecast") - in_pence(budget, what="budget"))
        return cls(description=description, year=year, amount=over, against=against, source=source)

    def __str__(self) -> str:
        return f"{pounds_said(self.amount)} in {self.year} against {self.against}: {self.description.rstrip('.')}."
