"""The workforce: what was found of DfE's published rates, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, overload

import attrs

from bucks_cs.audit import Status
from bucks_cs.errors import InvalidValue, NotFound, of_kind
from bucks_cs.indicators import Indicator, Withheld
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, NoOfficialSource, Source

__all__ = ["RateCheck", "RateChecks"]

_AT_MOST = 40


@attrs.frozen(kw_only=True)
class RateCheck:
    """A published rate beside what follows from the figures of its own row.

    Args:
        indicator: The rate.
        area: The LA number of an authority, or the ONS code of a region or England.
        period: The day, or the year, it is of.
        printed: The rate as published; None where it is withheld.
        recomputed: What follows from the figures as they are printed; None where they are not all there, or where it would be
            divided by 0.
        lower: The least that follows from anything that rounds to them.
        upper: The most.
        status: Whether some of that rounds to the rate as published.
        withheld: Why it cannot be checked, where a figure is withheld: the first of c, u, x, low, z. ``z``, too, where what it
            is of may be 0.
        why: Why it cannot be checked, in words: which figure, and the reason; empty where it can.
    """

    indicator: Indicator
    area: str
    period: Period
    printed: float | None = None
    recomputed: float | None = None
    lower: float | None = None
    upper: float | None = None
    status: Status
    withheld: Withheld | None = None
    why: str = ""

    @property
    def agrees(self) -> bool:
        """Whether some figures that round to those printed give the rate."""
        return self.status is Status.AGREES

    @property
    def disagrees(self) -> bool:
        """Whether none give it."""
        return self.status is Status.DISAGREES

    @property
    def cannot_check(self) -> bool:
        """Whether there is no telling."""
        return self.status is Status.CANNOT_CHECK

    def __str__(self) -> str:
        printed = "none" if self.printed is None else f"{self.printed:g}"
        ends = f", recomputed {self.recomputed:.3f} ({self.lower:.3f} to {self.upper:.3f})" if self.recomputed is not None else ""
        why = f", since {self.why}" if self.why else ""
        return f"{self.indicator.title}, {self.area}, {self.period}: printed {printed}{ends}: {self.status.value}{why}"


def _in_order(items: Iterable[RateCheck]) -> tuple[RateCheck, ...]:
    given: object = items
    found: tuple[Any, ...] = tuple(given) if isinstance(given, Iterable) else (given,)
    if not all(isinstance(item, RateCheck) for item in found):
        raise InvalidValue(what="RateChecks.items", expected="checks of rates, as recomputed_rates makes them")
    return found


_a_source = of_kind(Source, NoOfficialSource, type(None), expected="a Source, NoOfficialSource, or None")


@attrs.frozen(repr=False)
class RateChecks(Sequence[RateCheck]):
    """What was found of every rate of a published file, in the order of rate, area and period.

    `str` is a table of how many agree, disagree and cannot be checked, and each rate that disagrees.

    Args:
        items: A check for each rate, area and period.
        source: The release they are of.
        home: The caller's kind of frame, for `frame` and `counts`; no part of what was found.

    Raises:
        InvalidValue: An item is no `RateCheck`, or the source none.
    """

    items: tuple[RateCheck, ...] = attrs.field(converter=_in_order)
    source: AnySource | None = attrs.field(default=None, kw_only=True, validator=_a_source)
    home: Any = attrs.field(default=None, eq=False, kw_only=True)

    def _only(self, status: Status) -> RateChecks:
        return attrs.evolve(self, items=tuple(check for check in self.items if check.status is status))

    @property
    def agrees(self) -> RateChecks:
        """The rates that some figures rounding to those printed would give."""
        return self._only(Status.AGREES)

    @property
    def disagrees(self) -> RateChecks:
        """The rates that none would give."""
        return self._only(Status.DISAGREES)

    @property
    def cannot_check(self) -> RateChecks:
        """The rates there is no telling of."""
        return self._only(Status.CANNOT_CHECK)

    def at(self, *, indicator: str | Indicator, area: str, period: Period) -> RateCheck:
        """What was found of one rate.

        Args:
            indicator: The rate, or its key.
            area: The LA number, or the ONS code above an authority.
            period: The day of a stock, the year of a flow.

        Raises:
            NotFound: There is none.
        """
        key = indicator.key if isinstance(indicator, Indicator) else indicator
        found = [check for check in self.items if (check.indicator.key, check.area, check.period) == (key, area, period)]
        if len(found) != 1:
            raise NotFound(what="rates that were recomputed", asked_on=("indicator", "area", "period"), rows=len(found))
        return found[0]

    @property
    def frame(self) -> Any:
        """A row a rate, area and period, in the caller's own kind of frame.

        Returns:
            Columns indicator, area, period_kind, period_start, period_end, printed, recomputed, lower, upper (Float64, null
            where there is no such number), status (``agrees``, ``disagrees``, ``cannot check``), withheld and why (null where it
            can be checked); sorted by the first five.
        """
        from bucks_cs.workforce.calculations.rate_check_frames import frame_of

        return frame_of(self)

    @property
    def counts(self) -> Any:
        """How many rates agree, disagree and cannot be checked, in the caller's own kind of frame: a row a rate and year.

        Returns:
            Columns indicator, period_end (the 30 September), agrees, disagrees, cannot_check (Int64); sorted by the first two.
        """
        from bucks_cs.workforce.calculations.rate_check_frames import counts_of

        return counts_of(self)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> RateCheck: ...
    @overload
    def __getitem__(self, index: slice) -> RateChecks: ...
    def __getitem__(self, index: int | slice) -> RateCheck | RateChecks:
        return attrs.evolve(self, items=self.items[index]) if isinstance(index, slice) else self.items[index]

    def __reduce__(self) -> tuple[Any, ...]:
        # What knows the caller's engine is a live connection there, and stays behind.
        return _again, (self.items, self.source)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._only(status))} {word}" for status, word in _COUNTED.items())
        return f"RateChecks({counts})"

    def __str__(self) -> str:
        found = Counter((check.indicator.title, check.status) for check in self.items)
        titles = dict.fromkeys(check.indicator.title for check in self.items)
        width = max((len(title) for title in titles), default=4)
        lines = [f"{'rate':<{width}}  agree  disagree  cannot be checked"]
        for title in titles:
            agree, disagree, cannot = (found[title, status] for status in _COUNTED)
            reasons = self._reasons(title)
            lines.append(f"{title:<{width}}  {agree:>5}  {disagree:>8}  {cannot:>6}{f'  ({reasons})' if reasons else ''}")
        missed = self.disagrees.items
        lines += ["", *(f"{check}." for check in missed[:_AT_MOST])] if missed else []
        lines += [f"And {len(missed) - _AT_MOST} more."] if len(missed) > _AT_MOST else []
        return "\n".join(lines)

    def _reasons(self, title: str) -> str:
        reasons = Counter(check.withheld for check in self.items if check.indicator.title == title and check.withheld is not None)
        return ", ".join(f"{reason.meaning} {number}" for reason, number in reasons.most_common())


def _again(items: tuple[RateCheck, ...], source: AnySource | None) -> RateChecks:
    return RateChecks(items, source=source)


_COUNTED = {Status.AGREES: "agree", Status.DISAGREES: "disagree", Status.CANNOT_CHECK: "cannot be checked"}
