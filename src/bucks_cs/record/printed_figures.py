"""The record: every figure as printed, as a frame and one at a time."""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs

from bucks_cs.audit import Bound, Printed, read_printed
from bucks_cs.errors import InvalidValue, NotFound, Unreadable, did_you_mean, of_kind
from bucks_cs.periods import AcademicYear, CalendarYear, FinancialYear, Month, Period, Snapshot, Span, from_bounds
from bucks_cs.provenance import DateBounds, Source
from bucks_cs.record.kinds import FigureKind, Legibility, PeriodIs, Subject
from bucks_cs.record.numbers import a_number_or_none, as_float
from bucks_cs.record.papers import Document, document
from bucks_cs.units import Quantity, quantity
from bucks_cs.units import unit as known_unit

if TYPE_CHECKING:
    import polars as pl

__all__ = ["PrintedFigure", "figure", "figures", "first_printing", "not_figures"]

_KINDS_OF_TIME = (Snapshot, Month, FinancialYear, AcademicYear, CalendarYear)
_text = of_kind(str, expected="text")


def _a_unit(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value is not None:
        known_unit(value)  # type: ignore[arg-type]


@attrs.frozen(kw_only=True)
class PrintedFigure:
    """A figure as it was printed, with a reading of it beside the print.

    Args:
        id: Its lasting name.
        document: The document it is printed in.
        place: Paragraph, item of a list, or speaker and point.
        subject: Which part of the service it is about.
        measure: What it measures, in words.
        period_said: The time it is of, in words; empty where none is said.
        period: That time: a `bucks_cs.periods.Period` where its days are known, `DateBounds` where it lies within
            days, None where neither is known. A figure that is a date has that date here.
        as_printed: The figure, letter for letter.
        printed_text: A run of the document's words round it.
        scale: What the heading of its column multiplies it by.
        kind: What kind of figure it is.
        low: The number read, in ``unit``; of a range the lower. Hedges and rounding are not in it.
        high: The same number again; of a range the higher.
        unit: The unit, a name of `bucks_cs.units`; None where the registry has none for it.
        bound: How it is hedged; None for words.
        basis: What tells it from figures that look alike.
        said_by: Whose statement it is.
        restates: The id of the earlier figure it repeats, or None.
        reading: Whether it can be told what the print means.
        note: What a reader should know.

    Raises:
        InvalidValue: One end of a range without the other, or out of order; an end that is not finite; a scale below 1; or a
            part of another kind.
        UnitError: The unit is unknown.

    Example:
        >>> from bucks_cs.record import figure
        >>> print(figure("cabinet-2022-10/3.19/contacts/2022"))
        Contacts, 2022 so far: 2,088 (2022 so far; Children's Services Update, report to Cabinet, 3.19).
    """

    id: str = attrs.field(validator=_text)
    document: Document = attrs.field(validator=of_kind(Document, expected="a Document"))
    place: str = attrs.field(validator=_text)
    subject: Subject = attrs.field(validator=of_kind(Subject, expected="a Subject"))
    measure: str = attrs.field(validator=_text)
    period_said: str = attrs.field(default="", validator=_text)
    period: Period | DateBounds | None = attrs.field(
        default=None, validator=of_kind(Period, DateBounds, type(None), expected="a period, DateBounds, or None")
    )
    as_printed: str = attrs.field(validator=_text)
    printed_text: str = attrs.field(validator=_text)
    scale: int = attrs.field(default=1, validator=of_kind(int, expected="a whole number"))
    kind: FigureKind = attrs.field(validator=of_kind(FigureKind, expected="a FigureKind"))
    low: float | None = attrs.field(default=None, converter=as_float, validator=a_number_or_none)
    high: float | None = attrs.field(default=None, converter=as_float, validator=a_number_or_none)
    unit: str | None = attrs.field(default=None, validator=_a_unit)
    bound: Bound | None = attrs.field(default=None, validator=of_kind(Bound, type(None), expected="a Bound, or None"))
    basis: str = attrs.field(default="", validator=_text)
    said_by: str = attrs.field(validator=_text)
    restates: str | None = attrs.field(default=None, validator=of_kind(str, type(None), expected="an id, or None"))
    reading: Legibility = attrs.field(default=Legibility.READ, validator=of_kind(Legibility, expected="a Legibility"))
    note: str = attrs.field(default="", validator=_text)

    def __attrs_post_init__(self) -> None:
        if self.scale < 1:
            raise InvalidValue(what="PrintedFigure.scale", expected="a whole number from 1 up")
        if (self.low is None) != (self.high is None):
            raise InvalidValue(what="PrintedFigure", expected="both low and high, or neither")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise InvalidValue(what="PrintedFigure", expected="low not above high")

    @property
    def source(self) -> Source:
        """The document, at the place."""
        return self.document.source.at(self.place)

    @property
    def is_resolved(self) -> bool:
        """Whether it can be told what the print means."""
        return self.reading is Legibility.READ

    @property
    def quantity(self) -> Quantity | None:
        """The number with its unit, as it is read; None for a range, for words, and where the registry has no unit.

        It leaves out the hedge: ``over 4 years`` is 4 years here, and `bound` says "over". What the print can stand for
        is in `printed`.
        """
        ends = self.ends
        return ends[0] if ends is not None and self.low == self.high else None

    @property
    def ends(self) -> tuple[Quantity, Quantity] | None:
        """Both ends of the number with their unit, alike but for a range; None for words, and where there is no unit."""
        if self.low is None or self.high is None or self.unit is None:
            return None
        return quantity(self.low, self.unit), quantity(self.high, self.unit)

    @property
    def printed(self) -> Printed | None:
        """The figure for `bucks_cs.audit`: every value that its print can stand for; None for dates, references and words.

        The print itself is read; where it is in words (``two``, ``close to 29 weeks``, ``2 to 3 three``) the number this
        record reads in it, with its hedge.
        """
        if self.low is None or self.kind.is_a_time or self.kind is FigureKind.REFERENCE:
            return None
        try:
            return read_printed(self.as_printed, scale=self.scale)
        except Unreadable:
            pass
        return read_printed(self._in_digits())

    def _in_digits(self) -> str:
        low, high = (f"{end:.15g}" for end in (self.low, self.high))
        if self.bound is Bound.RANGE:
            return f"{low} to {high}"
        return low if self.bound in {None, Bound.AS_PRINTED} else f"{self.bound.value} {low}"

    def _with_unit(self) -> str:
        """The print, and beside it what the heading of its column says of it: the percent, or the pounds in full."""
        if self.unit == "percent" and "%" not in self.as_printed:
            return f"{self.as_printed} [%]"
        if self.unit == "GBP" and self.low is not None and "£" not in self.as_printed:
            return f"{self.as_printed} [{'−' if self.low < 0 else ''}£{abs(self.low):,.0f}]"
        return self.as_printed

    def __str__(self) -> str:
        where = f"{self.document.title}, {self.place}"
        said = f"{self.period_said}; {where}" if self.period_said and self.period_said != self.as_printed else where
        sentence = f"{self.measure[:1].upper()}{self.measure[1:]}: {self._with_unit()} ({said})."
        return sentence if self.is_resolved else f"{sentence} Unresolved: {self.note}."


def _lines(name: str) -> pl.DataFrame:
    import polars as pl

    file = importlib.resources.files("bucks_cs.record") / name
    return pl.read_csv(file.read_bytes(), infer_schema=False)


def figures() -> pl.DataFrame:
    """Every figure of the five documents as printed, a row each, with a reading of it beside the print.

    A figure printed twice has two rows, the later with the id of the earlier in ``restates``: to count figures once, keep the
    rows where ``restates`` is null.

    Returns:
        A polars frame of the columns of `bucks_cs.record.Figures`, in the order of the documents and of their pages. A null
        is what that schema says of each column; no text is ever empty.

    Source:
        The documents of `bucks_cs.record.documents`; ``printed`` and ``printed_text`` are theirs letter for letter, white space
        folded.

    Example:
        >>> import polars as pl
        >>> figures().filter(printed="£2.6bn").select("id", "low").rows()
        [('cabinet-2022-10/2.14-iii/total', 2600000000.0)]
    """
    import polars as pl

    from bucks_cs.record.schema import Figures

    typed = _lines("figures.csv").with_columns(
        pl.col("period_start", "period_end").str.to_date("%Y-%m-%d"),
        pl.col("scale").cast(pl.Int64),
        pl.col("low", "high").cast(pl.Float64),
    )
    return Figures.validate(typed)


def not_figures() -> pl.DataFrame:
    """The digits in the documents that are no figures, and why: what `figures` leaves out, it leaves out here.

    Returns:
        A polars frame of the columns of `bucks_cs.record.NotFigures`, with no gaps. A line stands for every place of its
        document where its text stands.

    Example:
        >>> not_figures().filter(reason="time of day")["text"].to_list()
        ['10.30 am']
    """
    from bucks_cs.record.schema import NotFigures

    return NotFigures.validate(_lines("not_figures.csv"))


def figure(id: str) -> PrintedFigure:  # noqa: A002 - it is the id of the frame
    """A figure by its id.

    Args:
        id: Such as ``"cabinet-2022-10/3.19/contacts/2022"``, of the column ``id`` of `figures`.

    Raises:
        NotFound: There is none of that id.
        InvalidValue: It is no text.

    Example:
        >>> text = figure("transformation-minutes-2023/response-3/in-house-placements")
        >>> text.as_printed, text.low, text.reading
        ('£1,325m', 1325000000.0, <Legibility.UNRESOLVED: 'unresolved'>)
        >>> print(figure("cabinet-2022-10/3.30/threshold-number").quantity)
        127.0 child
    """
    if not isinstance(id, str):
        raise InvalidValue(what="figure", expected="an id, as text")
    known = _by_id()
    if id in known:
        return known[id]
    raise NotFound(what="a figure", asked_on=("id",), rows=0, hint=did_you_mean(id, known))


def first_printing(id: str) -> PrintedFigure:  # noqa: A002 - it is the id of the frame
    """The figure that was printed first: the one of that id, or the one that it repeats, and so on back.

    Args:
        id: The id of a figure.

    Raises:
        NotFound: There is none of that id.
        InvalidValue: It is no text.

    Example:
        >>> first_printing("cabinet-minutes-2022-10/discussion-2/contacts").id
        'cabinet-2022-10/3.19/contacts/change'
    """
    found = figure(id)
    while found.restates is not None:
        found = figure(found.restates)
    return found


@functools.cache
def _by_id() -> Mapping[str, PrintedFigure]:
    return MappingProxyType({row["id"]: _made(row) for row in figures().iter_rows(named=True)})


def _made(row: dict[str, Any]) -> PrintedFigure:
    """A figure of a row of the frame, where a null is an empty text."""
    words: dict[str, Any] = {name: row[name] or "" for name in ("basis", "note")}
    plain = ("id", "place", "measure", "printed_text", "scale", "low", "high", "unit", "said_by", "restates")
    return PrintedFigure(
        document=document(row["document"]),
        subject=Subject(row["subject"]),
        period_said=row["period"] or "",
        period=_period(PeriodIs(row["period_is"]), row["period_start"], row["period_end"], said=row["period"] or ""),
        as_printed=row["printed"],
        kind=FigureKind(row["kind"]),
        bound=Bound(row["bound"]) if row["bound"] else None,
        reading=Legibility(row["reading"]),
        **words | {name: row[name] for name in plain},
    )


def _period(known: PeriodIs, start: dt.date, end: dt.date, *, said: str) -> Period | DateBounds | None:
    """The days as a period of the kind that has just these days, or as bounds."""
    if known is PeriodIs.UNKNOWN:
        return None
    if known is PeriodIs.WITHIN:
        return DateBounds(earliest=start, latest=end, why=f'no more is said than "{said}"')
    for kind in _KINDS_OF_TIME:
        try:
            return from_bounds(str(kind.kind), start, end)
        except InvalidValue:
            continue
    return Span(start, end)
