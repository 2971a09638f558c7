"""Savings: what was planned, what is forecast, what was delivered, and what falls to the next year."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from bucks_cs.errors import Ambiguous, InvalidValue, NotComparable
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.calculations.levels import annual_level
from bucks_cs.savings.model.choices import Recurrence
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.money import in_pence, pounds, pounds_said
from bucks_cs.savings.model.rag import Rag, RagBands
from bucks_cs.units import Quantity, quantity

__all__ = ["Delivery", "delivery", "delivery_together"]


@attrs.frozen(kw_only=True)
class Delivery:
    """How a line, or several, stand against their plan for a year.

    Args:
        year: The financial year.
        planned: What is planned for the year against no saving at all, without what was brought forward.
        brought_forward: What earlier years left to find on top of that.
        forecast: What is forecast for the whole year.
        delivered: What has been delivered so far; None where that is not recorded.
        bands: The bands the colour is by.
    """

    year: FinancialYear
    planned: Quantity
    brought_forward: Quantity
    forecast: Quantity
    delivered: Quantity | None
    bands: RagBands

    @property
    def to_find(self) -> Quantity:
        """What the year has to deliver: what is planned and what was brought forward."""
        return pounds(in_pence(self.planned) + in_pence(self.brought_forward))

    @property
    def forecast_share(self) -> Quantity | None:
        """What is forecast as a share of what is to find, in percent; None where nothing is to find."""
        return self._share(self.forecast)

    @property
    def delivered_share(self) -> Quantity | None:
        """What is delivered as a share of what is to find, in percent; None where nothing is to find or it is not recorded."""
        return None if self.delivered is None else self._share(self.delivered)

    @property
    def carried_forward(self) -> Quantity:
        """What the forecast leaves undone; 0 where it does more than the plan.

        A recurring line's plan for the next year has it already, so that only a one-off's is brought forward on top of one.
        """
        return pounds(max(0, in_pence(self.to_find) - in_pence(self.forecast)))

    @property
    def rag(self) -> Rag | None:
        """The colour of the forecast share; None where nothing is to find."""
        share = self.forecast_share
        return None if share is None else self.bands.of(share)

    def _share(self, part: Quantity) -> Quantity | None:
        whole = in_pence(self.to_find)
        return quantity(100 * in_pence(part) / whole, "percent") if whole > 0 else None

    def __str__(self) -> str:
        share, colour = self.forecast_share, self.rag
        said = f"{self.year}: {pounds_said(self.forecast)} forecast of {pounds_said(self.to_find)}"
        if share is not None and colour is not None:
            said += f" ({share.magnitude:.1f}%, {colour.value})"
        done = "not recorded" if self.delivered is None else pounds_said(self.delivered)
        return f"{said}; delivered so far {done}; {pounds_said(self.carried_forward)} carried forward."


def delivery(
    line: SavingsLine, *, year: FinancialYear, forecast: Quantity, bands: RagBands, brought_forward: Quantity | None = None
) -> Delivery:
    """How a line stands against its plan for a year.

    Args:
        line: The line. What it delivered in the year is the line's own.
        year: The year.
        forecast: What is forecast to be saved in the whole year, in pounds.
        bands: The shares from which it is green and amber: no standard sets them, so there is no default.
        brought_forward: What earlier years of a one-off line left to find; None for nothing. A recurring line's plan for a year
            is all that it is to save in it, what should have begun in earlier years too, and takes none.

    Returns:
        What is planned, forecast, delivered and carried forward, in pounds, with shares in percent. What is planned is the level
        that `annual_level` gives, and forecast and delivered are the cash of the year.

    Raises:
        Ambiguous: What is planned, or whether anything can be brought forward, depends on what the line leaves open.
        InvalidValue: What is planned rests on a year without a figure, something is brought forward of a recurring line, or an
            argument is of another kind.
        UnitError: An amount is not money.

    Example:
        >>> import attrs
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import RagBands, delivery, pounds
        >>> bands = RagBands(green_from=quantity(95, "percent"), amber_from=quantity(75, "percent"))
        >>> edge = savings_lines().line("edge-of-care-team")
        >>> print(delivery(edge, year=FinancialYear("2023-24"), forecast=pounds(31_200_000), bands=bands))
        2023-24: £312,000 forecast of £390,000 (80.0%, amber); delivered so far not recorded; £78,000 carried forward.
    """
    if not isinstance(bands, RagBands):
        raise InvalidValue(what="bands", expected="RagBands: the shares from which a saving is green and amber")
    planned = annual_level(line, year=year).amount
    found = [one.saving for one in line.delivered if one.year == year]
    return Delivery(
        year=year,
        planned=planned,
        brought_forward=_brought_forward(line, brought_forward),
        forecast=pounds(in_pence(forecast, what="forecast")),
        delivered=found[0] if found else None,
        bands=bands,
    )


def _brought_forward(line: SavingsLine, given: Quantity | None) -> Quantity:
    """What is to be found on top of a year's plan: never what the plan of a recurring line has in it already."""
    pence = 0 if given is None else in_pence(given, what="brought_forward")
    if pence and line.recurrence is Recurrence.UNSTATED:
        readings = ("recurring, whose plan for the year has it already", "one-off, which has it to find on top")
        settle_by = "say which with attrs.evolve(line, recurrence=...)"
        raise Ambiguous(what="what is to find", readings=readings, settle_by=settle_by)
    if pence and line.recurrence is Recurrence.RECURRING:
        raise InvalidValue(what="brought_forward", expected="None for a recurring line, whose plan for the year has it already")
    return pounds(pence)


def delivery_together(deliveries: Iterable[Delivery], *, bands: RagBands) -> Delivery:
    """How several lines stand together against their plans for one year.

    Args:
        deliveries: How each stands.
        bands: The bands the colour of the whole is by.

    Returns:
        The sums; what is delivered is None where it is not recorded for one of them. What the whole carries forward is less than
        what its lines do where one does more than its plan.

    Raises:
        NotComparable: They are of different years.
        InvalidValue: There are none, or an argument is of another kind.
    """
    given: object = deliveries
    found: tuple[object, ...] = tuple(given) if isinstance(given, Iterable) else ()
    each = tuple(one for one in found if isinstance(one, Delivery))
    if not each or len(each) != len(found):
        raise InvalidValue(what="deliveries", expected="one or more Delivery")
    if not isinstance(bands, RagBands):
        raise InvalidValue(what="bands", expected="RagBands: the shares from which a saving is green and amber")
    if len({one.year for one in each}) > 1:
        raise NotComparable(what="deliveries", why="they are of different financial years")
    planned, brought, forecast = (
        pounds(sum(in_pence(getattr(one, name)) for one in each)) for name in ("planned", "brought_forward", "forecast")
    )
    done = [one.delivered for one in each if one.delivered is not None]
    delivered = pounds(sum(map(in_pence, done))) if len(done) == len(each) else None
    return Delivery(
        year=each[0].year, planned=planned, brought_forward=brought, forecast=forecast, delivered=delivered, bands=bands
    )
