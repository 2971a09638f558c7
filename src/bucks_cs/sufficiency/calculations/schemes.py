"""What a scheme of new places does: the places with it, and how far it moves the first year of deficit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT, NativeFrame
from bucks_cs.frames.engine import collect, small_table
from bucks_cs.periods import AcademicYear, Snapshot
from bucks_cs.sufficiency.calculations.deficit import first_year_of_deficit
from bucks_cs.sufficiency.calculations.surplus import surplus_of_shape
from bucks_cs.sufficiency.model.first_deficit import Deficit, EffectOfScheme, FirstYearOfDeficit
from bucks_cs.sufficiency.model.groups import ProvisionGroup
from bucks_cs.sufficiency.model.scheme import Scheme
from bucks_cs.sufficiency.model.vocabulary import Missing
from bucks_cs.sufficiency.schema.shapes import EDUCATION, HOMES, Shape

__all__ = ["effect_of_scheme", "with_scheme"]


def with_scheme(places: FrameT | Checked[FrameT], *, scheme: Scheme | Iterable[Scheme]) -> Checked[FrameT]:
    """The places as they will be with a scheme, in the years that the table has.

    From the year of each step on, the line that the scheme is of has so many places more or fewer. A line that the table does not
    have is added, with no places before the scheme. A line that has no row in a year gets none there, and an empty cell stays
    empty: what was not known without the scheme is not known with it.

    Args:
        places: Places, or homes where the scheme is of homes, of any engine, or checked.
        scheme: The scheme, or several; in whichever order, they come to the same.

    Returns:
        The table, checked, as `surplus` and its like take it; ``.frame`` is in the caller's own kind. Sorted by line and year;
        further columns are empty for a line that was added.

    Raises:
        FrameProblems: A rule of `Places` or `Homes` is broken; or more places close than there are.
        InvalidValue: It is no scheme; schemes of education and of homes together; a step before the first year of the table,
            whose places are in it already; a scheme with no step in its years, which would change nothing.

    Source:
        This library's own.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.periods import AcademicYear
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.sufficiency import KindOfProvision, Opening, PhaseOfEducation, ProvisionGroup, Scheme, with_scheme
        >>> places = pl.DataFrame({"locality": None, "phase": "secondary", "kind": "special school", "need": None,
        ...     "academic_year": ["2023/24", "2024/25", "2025/26"], "places": 120})
        >>> scheme = Scheme(name="a wing", source=NoOfficialSource(reason="made up for this example"),
        ...     group=ProvisionGroup(kind=KindOfProvision.SPECIAL_SCHOOL, phase=PhaseOfEducation.SECONDARY),
        ...     steps=Opening(at=AcademicYear("2024/25"), places=30))
        >>> with_scheme(places, scheme=scheme).frame["places"].to_list()
        [120.0, 150.0, 150.0]
    """
    schemes, shape = _schemes(scheme)
    checked: Checked[FrameT] = shape.places.admit(places)
    lazy = checked.lazy
    times = [row[0] for row in collect(lazy.group_by(shape.when).agg(__n=nw.len()).sort(shape.when)).iter_rows()]
    changes = _changes(schemes, _need_steps_in(schemes, times))
    planned = _with_keys(_planned(lazy, changes, shape), shape)
    there = _with_keys(lazy, shape)
    keys = _keys(shape)
    lines = there.group_by(*keys[:-1]).agg(__n=nw.len()).drop("__n")
    own = [*shape.line, shape.when]
    added = planned.join(lines, on=list(keys[:-1]), how="anti").select(*own, *keys, nw.lit(0.0).alias("__before"))
    kept = there.select(*own, *keys, nw.col("places").alias("__before"))
    rows = nw.concat([kept, added], how="vertical")
    rows = rows.join(planned.select(*keys, "__change"), on=list(keys), how="left")
    rest = [name for name in checked.names if name not in (*own, "places")]
    if rest:
        rows = rows.join(there.select(*keys, *rest), on=list(keys), how="left")
    new = rows.with_columns((nw.col("__before") + nw.col("__change").fill_null(0.0)).alias("places"))
    out = new.select(*checked.names).sort(*own, nulls_last=True)
    again: Checked[FrameT] = shape.places.admit(checked.home.back(out))
    return attrs.evolve(again, notes=checked.notes)


def effect_of_scheme(
    places: FrameT | Checked[FrameT],
    *,
    need: NativeFrame | Checked[Any],
    scheme: Scheme | Iterable[Scheme],
    by: str | Sequence[str] | None = None,
    missing: Missing = Missing.NOT_KNOWN,
    margin: float | None = None,
    area: str | None = None,
) -> tuple[EffectOfScheme, ...]:
    """How far a scheme moves the first year of deficit of each group.

    Args:
        places: Places without the scheme, or homes where it is of homes.
        need: The children who need them.
        scheme: The scheme, or several at once.
        by: Columns to break it down by, as in `surplus`.
        missing: What a missing row means, as in `surplus`.
        margin: The share of places to keep free, as in `surplus`.
        area: The LA number the tables are of; None for the caller's own.

    Returns:
        One for each group, in order. A group that only the scheme has cannot be known without it; by `Missing.NONE` it has no
        deficit.

    Raises:
        FrameProblems: As `with_scheme` and `surplus`; so are the others.

    Source:
        This library's own.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.periods import AcademicYear
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.sufficiency import KindOfProvision, Opening, ProvisionGroup, Scheme, effect_of_scheme
        >>> years = {"locality": None, "phase": None, "kind": "special school", "need": None,
        ...     "academic_year": ["2023/24", "2024/25", "2025/26"]}
        >>> places = pl.DataFrame({**years, "places": 120})
        >>> need = pl.DataFrame({**years, "children": [115, 125, 160], "lower": None, "upper": None})
        >>> scheme = Scheme(name="a wing", source=NoOfficialSource(reason="made up for this example"),
        ...     group=ProvisionGroup(kind=KindOfProvision.SPECIAL_SCHOOL), steps=Opening(at=AcademicYear("2024/25"), places=30))
        >>> print(*effect_of_scheme(places, need=need, scheme=scheme))
        all: first deficit 2024/25 academic year, with the scheme 2025/26 academic year, 1 year later
    """
    schemes, shape = _schemes(scheme)
    checked, wanted = shape.places.admit(places), shape.need.admit(need)
    both = []
    for table in (checked, with_scheme(checked, scheme=schemes)):
        surpluses = surplus_of_shape(
            table, wanted, shape=shape, by=by, missing=missing, margin=margin, area=area, source=None
        )
        both.append({(first.area, first.dims): first for first in first_year_of_deficit(surpluses)})
    before, after = both
    return tuple(EffectOfScheme(before=before.get(key) or _not_there(now, missing), after=now) for key, now in after.items())


def _not_there(now: FirstYearOfDeficit, missing: Missing) -> FirstYearOfDeficit:
    """What can be said without the scheme of a group that only the scheme has."""
    none = missing is Missing.NONE
    deficit = Deficit.NONE_IN_THE_YEARS_GIVEN if none else Deficit.CANNOT_BE_KNOWN
    return attrs.evolve(now, deficit=deficit, year=None, earliest=None if none else now.years[0], latest=None)


def _schemes(given: Any) -> tuple[tuple[Scheme, ...], Shape]:
    schemes = tuple(given) if isinstance(given, Iterable) else (given,)
    if not schemes or not all(isinstance(scheme, Scheme) for scheme in schemes):
        raise InvalidValue(what="scheme", expected="a Scheme, or several")
    shapes = {EDUCATION if isinstance(scheme.group, ProvisionGroup) else HOMES for scheme in schemes}
    if len(shapes) > 1:
        raise InvalidValue(what="scheme", expected="schemes of education or schemes of homes, one after the other")
    return schemes, shapes.pop()


def _need_steps_in(schemes: Sequence[Scheme], times: Sequence[Any]) -> list[AcademicYear | Snapshot]:
    """The times of the table as periods, once it is sure that each scheme has a step in them and none before."""
    given = [AcademicYear(time) if isinstance(time, str) else Snapshot(time) for time in times]
    for scheme in schemes:
        starts = [step.at.start for step in scheme.steps]
        if given and min(starts) < given[0].start:
            hint = " What was open before is among its places already."
            raise InvalidValue(what="scheme", expected="steps no earlier than the first year of the table", hint=hint)
        if not given or min(starts) > given[-1].start:
            raise InvalidValue(what="scheme", expected="a step in the years of the table: this one would change nothing")
    return given


def _changes(schemes: Sequence[Scheme], times: Sequence[AcademicYear | Snapshot]) -> dict[tuple[Any, ...], float]:
    """By line and time, how many places more or fewer, all schemes together; 0 before a scheme begins."""
    found: dict[tuple[Any, ...], float] = {}
    for scheme in schemes:
        for time in times:
            key = (*scheme.group.cells.values(), time.label if isinstance(time, AcademicYear) else time.start)
            found[key] = found.get(key, 0.0) + float(scheme.change_by(time).magnitude)
    return found


def _planned(lazy: nw.LazyFrame[Any], changes: dict[tuple[Any, ...], float], shape: Shape) -> nw.LazyFrame[Any]:
    names = (*shape.line, shape.when)
    data: dict[str, list[Any]] = {name: [key[n] for key in changes] for n, name in enumerate(names)}
    types = {**dict.fromkeys(shape.line, nw.String), shape.when: nw.Date if shape is HOMES else nw.String}
    return small_table(lazy, {**data, "__change": list(changes.values())}, {**types, "__change": nw.Float64})


def _keys(shape: Shape) -> tuple[str, ...]:
    return tuple(f"__key_{name}" for name in (*shape.line, shape.when))


def _with_keys(lazy: nw.LazyFrame[Any], shape: Shape) -> nw.LazyFrame[Any]:
    """Rows with a column to join on for each of their line and time, in which not recorded equals not recorded."""
    return lazy.with_columns(
        nw.concat_str(nw.lit("="), nw.col(name).cast(nw.String)).fill_null("").alias(key)
        for name, key in zip((*shape.line, shape.when), _keys(shape), strict=True)
    )
