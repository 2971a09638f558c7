"""Inspections: how a judgement is spread over the areas of England, and where one area stands in that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import FrameProblems, InvalidValue, Problem
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import collect
from bucks_cs.geography import authorities
from bucks_cs.indicators import Better, Indicator, Kind, Measure, Withheld
from bucks_cs.inspections.model.kinds_of_inspection import Family, Judgement, Regime
from bucks_cs.inspections.model.regimes import regime_of
from bucks_cs.inspections.model.scales import Grade
from bucks_cs.inspections.schema.judgements import Judgements
from bucks_cs.inspections.schema.known_wordings import is_made, names_of, plain, wordings
from bucks_cs.marking import MARKS, drill_down, groups, marked, one_day, shares_of_parts
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["AREAS_BY_GRADE", "Asked", "asked_of", "distribution", "latest", "mark_distribution"]

_DAY, _GRADE = "__day", "__grade"

AREAS_BY_GRADE = Indicator(
    key="inspections.areas_by_grade",
    title="Areas by the grade of their latest inspection",
    counts="authorities or areas by the grade of one judgement of one regime, in the latest inspection that made it, out of all "
    "that have one; those that had ended by the day are not counted",
    leaves_out="areas that have not had that judgement, and visits, which make none",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.NEITHER,
    sources=regime_of("ilacs").source,
)
"""What the distributions of every judgement have in common; each has its own title and source."""


@attrs.frozen(kw_only=True)
class Asked:
    """One judgement of one regime on one day, as it was asked for.

    Args:
        regime: The regime.
        judgement: The judgement.
        day: The day.
    """

    regime: Regime
    judgement: Judgement
    day: Snapshot

    @property
    def indicator(self) -> Indicator:
        """`AREAS_BY_GRADE` of this judgement, so that two are never put together under one definition."""
        return attrs.evolve(
            AREAS_BY_GRADE,
            key=f"{AREAS_BY_GRADE.key}.{self.regime.key}.{self.judgement.key}",
            title=f"{AREAS_BY_GRADE.title}: {self.judgement.title}, {self.regime.title}",
            sources=self.regime.source,
        )


def asked_of(regime: str | Regime, judgement: str | Judgement, at: Snapshot) -> Asked:
    """What is asked for, made sure of.

    Args:
        regime: The regime, or its key: of authorities or areas.
        judgement: The judgement, or its name, as it is since the last change of judgements before the day.
        at: The day.

    Raises:
        InvalidValue: There is no such regime or judgement, the regime is of schools or homes, or ``at`` is not one snapshot.
    """
    day, found = one_day(at), regime_of(regime)
    if found.family not in (Family.LOCAL_AUTHORITY, Family.AREA_SEND):
        expected = "one that inspects authorities or areas; schools are counted in shares of schools"
        raise InvalidValue(what="regime", expected=expected)
    return Asked(regime=found, judgement=found.judgement(judgement, on=day.start), day=day)


def mark_distribution(
    frame: FrameT | Checked[FrameT],
    *,
    regime: str | Regime,
    judgement: str | Judgement,
    grade: str | Grade,
    at: Snapshot,
) -> FrameT:
    """The caller's judgements, each with whether it is its area's latest and of a grade: the drill-down of `distribution`.

    Args:
        frame: Judgements, of any engine, or checked by `Judgements`.
        regime: As `distribution`.
        judgement: As `distribution`.
        grade: The grade, or its wording: such as that of an area's own, from `place_among_areas`.
        at: The day, as a snapshot.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for the latest row of that judgement
        of each area that was there on the day) and ``in_numerator`` (yes where it is of that grade).

    Raises:
        FrameProblems: A rule of `Judgements` is broken.
        InvalidValue: As `distribution`; or it is a grade of another regime.

    Source:
        As `distribution`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.inspections import mark_distribution
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"body": ["825", "825", "931"], "regime": "ilacs", "activity": "standard inspection",
        ...     "start": [dt.date(2021, 12, 6), dt.date(2025, 1, 27), dt.date(2024, 2, 26)], "judgement": "overall effectiveness",
        ...     "grade": ["inadequate", "good", "good"]})
        >>> mark_distribution(rows, regime="ilacs", judgement="overall effectiveness", grade="good",
        ...     at=Snapshot("31 March 2025"))["in_numerator"].to_list()
        [False, True, True]
    """
    asked = asked_of(regime, judgement, at)
    read = asked.judgement.scale.read(grade, what="grade")
    checked: Checked[FrameT] = Judgements.admit(frame)
    rows = latest(checked, asked)
    part = nw.col(_GRADE) == read.wording
    both = rows.with_columns(nw.col(MARKS[0]).alias("__latest"))
    return drill_down(checked, marked(both, whole=nw.col("__latest"), part=part))


def distribution(
    frame: FrameT | Checked[FrameT],
    *,
    regime: str | Regime,
    judgement: str | Judgement,
    at: Snapshot,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """Areas by the grade of one judgement in the latest inspection that made it, as it stood on a day.

    An area is counted once, by the newest inspection that began on the day or before. One regime is asked for, and rows of others
    are passed over: two regimes have no distribution in common.

    Args:
        frame: Judgements of many areas, of any engine, or checked by `Judgements`: `frame_of` makes them of outcomes.
        regime: The regime, or its key: of authorities or areas.
        judgement: The judgement, or its name, as it was made on the day: "children in care" of 2023 and after is not the joint
            judgement of before.
        at: The day, as a snapshot.
        by: Columns to break it down by, such as ``"region"``.
        area: What the areas are in; ``"E92000001"`` for England.
        source: Where the rows are from.
        confidence: The level of the interval of each share by itself.

    Returns:
        Percent, 0 to 100, with Wilson's interval, numerator (areas of the grade) and denominator (areas with one), for each group
        of the frame and each ``grade`` of the judgement's scale, in the caller's own kind of frame; a grade that no area has is
        0, so that they add up to 100. ``x`` where the grade of an area's latest inspection is missing, ``z`` where no area
        has one.

    Raises:
        FrameProblems: A rule of `Judgements` is broken: a grade of another regime among them; or an area's latest inspection
            has the judgement twice, under two names or of two kinds of inspection on one day.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: There is no such regime or judgement, or the regime is of schools or homes; ``by`` names a column that the
            measure makes; ``at`` is not one snapshot.
        OutsideCoverage: The day is before 1 April 2009, where the list of authorities begins.

    Source:
        Ofsted, *Local authority inspection outcomes as at 31 March 2025*, worksheet Inspections_as_at_31_March: the latest of
        each authority that is there on the day, by the day its inspection began.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.inspections import distribution
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"body": ["825", "825", "931"], "regime": "ilacs", "activity": "standard inspection",
        ...     "start": [dt.date(2021, 12, 6), dt.date(2025, 1, 27), dt.date(2024, 2, 26)], "judgement": "overall effectiveness",
        ...     "grade": ["inadequate", "requires improvement", "good"]})
        >>> found = distribution(rows, regime="ilacs", judgement="overall effectiveness", at=Snapshot("31 March 2025"))
        >>> [(dict(reading.dims)["grade"], reading.number) for reading in found]
        [('good', 50.0), ('inadequate', 0.0), ('outstanding', 0.0), ('requires improvement to be good', 50.0)]
    """
    asked = asked_of(regime, judgement, at)
    checked: Checked[FrameT] = Judgements.admit(frame)
    columns = groups(checked, by, own=("grade",))
    needed = (*columns, *MARKS, _GRADE, _DAY)
    rows = latest(checked, asked).with_columns(nw.lit(asked.day.start).cast(nw.Date).alias(_DAY)).select(*needed)
    return shares_of_parts(
        rows.rename({_GRADE: "grade"}),
        every=checked.lazy,
        home=checked.home,
        indicator=asked.indicator,
        date=_DAY,
        period=(asked.day,),
        part="grade",
        parts=[grade.wording for grade in asked.judgement.scale.grades],
        by=columns,
        area=area,
        source=source,
        confidence=confidence,
        unknown={Withheld.NOT_AVAILABLE: nw.col("grade").is_null()},
    )


def latest(checked: Checked[Any], asked: Asked) -> nw.LazyFrame[Any]:
    """The rows, with the wording of the grade asked for, and in the denominator the latest of each area: one row each.

    Args:
        checked: The judgements.
        asked: What is asked for.

    Raises:
        FrameProblems: An area has more than one such row.
    """
    start, day = nw.col("start"), asked.day.start
    there = sorted(authority.key for authority in authorities(day))
    is_asked = plain(nw.col("regime")).is_in(sorted(names_of(asked.regime)))
    is_asked = is_asked & plain(nw.col("judgement")).is_in(sorted(names_of(asked.judgement)))
    is_asked = is_asked & (start <= day) & nw.col("body").is_in(there)
    # A visit may have a row with no grade under a judgement that it does not make: it is no latest judgement.
    is_asked = is_asked & is_made(nw.col("regime"), nw.col("activity"), nw.col("judgement"))
    since, until = asked.judgement.since, asked.judgement.until
    is_asked = is_asked if since is None else is_asked & (start >= since)
    is_asked = is_asked if until is None else is_asked & (start <= until)
    wording: nw.Expr = nw.lit(None, dtype=nw.String)
    for grade in asked.judgement.scale.grades:
        wording = nw.when(nw.col("__plain").is_in(sorted(wordings(grade)))).then(nw.lit(grade.wording)).otherwise(wording)
    # A step at a time: an engine works out what it has a name for once.
    rows = checked.lazy.with_columns(is_asked.fill_null(value=False).alias("__asked"), plain(nw.col("grade")).alias("__plain"))
    rows = rows.with_columns(wording.alias(_GRADE), nw.when(nw.col("__asked")).then(start).alias("__start"))
    rows = rows.with_columns(nw.col("__start").max().over("body").alias("__newest"))
    is_latest = nw.col("__asked") & (nw.col("__start") == nw.col("__newest"))
    both = marked(rows, whole=is_latest, part=is_latest)
    _need_one_each(both)
    return both


def _need_one_each(rows: nw.LazyFrame[Any]) -> None:
    """An area counts once: one judgement under two names, or of two kinds on one day, is another row of the same."""
    of_each = rows.filter(nw.col(MARKS[0])).group_by("body").agg(nw.len().alias("__rows"))
    found = collect(of_each.filter(nw.col("__rows") > 1))["__rows"].to_list()
    if found:
        rule = "an area's latest inspection has the judgement more than once, under two names or of two kinds on one day"
        problem = Problem(column="body, activity, judgement", rule=rule, rows=sum(found))
        raise FrameProblems(schema="Judgements", problems=(problem,))
