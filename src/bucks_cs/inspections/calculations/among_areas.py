"""Inspections: where one area stands among all, by the grade of a judgement."""

from __future__ import annotations

from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, NotComparable, NotFound, of_kind
from bucks_cs.frames import Checked
from bucks_cs.frames.engine import collect
from bucks_cs.geography import area_key, area_name
from bucks_cs.inspections.calculations.spreading import asked_of, latest
from bucks_cs.inspections.model.kinds_of_inspection import Judgement, Regime
from bucks_cs.inspections.model.scales import Grade
from bucks_cs.inspections.schema.judgements import Judgements
from bucks_cs.marking import MARKS
from bucks_cs.periods import Snapshot

__all__ = ["PlaceAmongAreas", "place_among_areas"]


@attrs.frozen(kw_only=True)
class PlaceAmongAreas:
    """Where an area stands among the areas that have a grade of one judgement, on a day.

    Args:
        area: The LA number.
        judgement: The judgement.
        grade: The area's own grade.
        at: The day.
        better: How many areas have a better grade.
        same: How many others have the same.
        worse: How many have a worse one.
        not_known: How many others have had the judgement with a grade that is not known here.
    """

    area: str = attrs.field(converter=area_key)
    judgement: Judgement = attrs.field(validator=of_kind(Judgement, expected="a Judgement"))
    grade: Grade = attrs.field(validator=of_kind(Grade, expected="a Grade"))
    at: Snapshot = attrs.field(validator=of_kind(Snapshot, expected="a Snapshot"))
    better: int = attrs.field(validator=of_kind(int, expected="a count"))
    same: int = attrs.field(validator=of_kind(int, expected="a count"))
    worse: int = attrs.field(validator=of_kind(int, expected="a count"))
    not_known: int = attrs.field(default=0, validator=of_kind(int, expected="a count"))

    def __attrs_post_init__(self) -> None:
        if min(self.better, self.same, self.worse, self.not_known) < 0:
            raise InvalidValue(what="PlaceAmongAreas", expected="counts from 0 up")

    @property
    def of(self) -> int:
        """How many areas have a grade that is known, this one among them."""
        return self.better + self.same + self.worse + 1

    def __str__(self) -> str:
        unknown = f"; of {self.not_known} the grade is not known" if self.not_known else ""
        return (
            f"{area_name(self.area)}, {self.at}, {self.judgement.title.lower()}: {self.grade}. Of {self.of} areas {self.better} "
            f"have a better grade, {self.same} others the same and {self.worse} a worse one{unknown}."
        )


def place_among_areas(
    frame: Any, *, area: int | str, regime: str | Regime, judgement: str | Judgement, at: Snapshot
) -> PlaceAmongAreas:
    """Where an area stands among all that have a grade of one judgement, each by its latest inspection, on a day.

    Args:
        frame: Judgements of many areas, of any engine, or checked by `Judgements`.
        area: LA number, ONS code or name.
        regime: The regime, or its key: of authorities or areas.
        judgement: The judgement, or its name, as `distribution` takes it.
        at: The day, as a snapshot.

    Returns:
        The area's grade, and how many areas have a better one, the same, and a worse one.

    Raises:
        FrameProblems: A rule of `Judgements` is broken.
        InvalidValue: As `distribution`.
        NotFound: The area has no grade of that judgement on the day: it was not inspected, or what it was is missing.
        NotComparable: The outcomes of that judgement have no order, such as a written statement of action.
        UnknownArea: There is no such area.
        OutsideCoverage: As `distribution`.

    Source:
        As `distribution`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.inspections import place_among_areas
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"body": ["825", "931"], "regime": "ilacs", "activity": "standard inspection",
        ...     "start": [dt.date(2025, 1, 27), dt.date(2024, 2, 26)], "judgement": "overall effectiveness",
        ...     "grade": ["requires improvement", "good"]})
        >>> day = Snapshot("31 March 2025")
        >>> print(place_among_areas(rows, area=825, regime="ilacs", judgement="overall effectiveness", at=day))
        Buckinghamshire, 31 March 2025, overall effectiveness: requires improvement to be good. Of 2 areas 1 have a better grade,
        0 others the same and 0 a worse one.
    """
    asked, number = asked_of(regime, judgement, at), area_key(area)
    scale = asked.judgement.scale
    if not scale.is_ordered:
        raise NotComparable(what=f"areas by {asked.judgement.title.lower()}", why="its outcomes have no order")
    checked: Checked[Any] = Judgements.admit(frame)
    rows = collect(latest(checked, asked).filter(MARKS[0]).select("body", "__grade"))
    of_area = dict(rows.iter_rows())
    own = of_area.pop(number, None)
    if own is None:
        raise NotFound(what="a grade of the area", asked_on=("area", "regime", "judgement", "at"), rows=0)
    grade = scale.read(own)
    others = [scale.read(wording) for wording in of_area.values() if wording is not None]
    return PlaceAmongAreas(
        area=number,
        judgement=asked.judgement,
        grade=grade,
        at=asked.day,
        better=sum(other > grade for other in others),
        same=sum(other == grade for other in others),
        worse=sum(other < grade for other in others),
        not_known=len(of_area) - len(others),
    )
