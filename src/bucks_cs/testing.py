"""Testing: made-up frames that keep the rules of any schema, for this library's tests and yours.

`frames` is a Hypothesis strategy for frames of a schema, drawn from the schema itself: types, ranges, codes, what may
be empty, keys and rules between columns. `in_every_engine` gives one frame as every kind there is, so that one
test runs on all of them. Nothing here is or resembles a real child's data.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import math
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from bucks_cs.errors import InvalidValue, MissingExtra
from bucks_cs.frames.engine import Engine
from bucks_cs.frames.rules import built_in, column_tests, in_order, row_tests

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from bucks_cs.frames import FrameModel

__all__ = ["as_engine", "columns_of", "frames", "in_every_engine"]

_FIRST, _LAST = dt.date(2016, 1, 1), dt.date(2025, 12, 31)
_DAY = dt.timedelta(days=1)
_POLARS = {"String": pl.String, "Int64": pl.Int64, "Float64": pl.Float64, "Date": pl.Date, "Boolean": pl.Boolean}
_LARGEST = 100_000


def _hypothesis() -> Any:
    if importlib.util.find_spec("hypothesis") is None:
        raise MissingExtra(package="hypothesis", extra="test")
    import hypothesis.strategies as st

    return st


def _statistics(column: Any) -> dict[str, dict[str, Any]]:
    return {known: check.statistics for check in column.checks if (known := built_in(check)) is not None}


def _range(checks: Mapping[str, Mapping[str, Any]], low: Any, high: Any) -> tuple[Any, Any]:
    """The narrowest range the checks leave; an open end is moved by the caller's step."""
    inside = checks.get("in_range", {})
    lows = [checks.get("greater_than_or_equal_to", {}).get("min_value"), inside.get("min_value")]
    highs = [checks.get("less_than_or_equal_to", {}).get("max_value"), inside.get("max_value")]
    known_lows: list[Any] = [value for value in lows if value is not None]
    known_highs: list[Any] = [value for value in highs if value is not None]
    low_end = max(known_lows, default=low)
    return low_end, min(known_highs, default=max(low_end, high))


def _values(column: Any) -> Any:
    st = _hypothesis()
    checks, kind = _statistics(column), str(column.dtype.type)
    if "equal_to" in checks:
        return st.just(checks["equal_to"]["value"])
    if "isin" in checks:
        return st.sampled_from(in_order(checks["isin"]["allowed_values"]))
    if kind == "String":
        return _texts(checks)
    if kind == "Boolean":
        return st.booleans()
    above, below = checks.get("greater_than", {}).get("min_value"), checks.get("less_than", {}).get("max_value")
    if kind == "Date":
        return st.dates(*_range(checks, _FIRST if above is None else above + _DAY, _LAST if below is None else below - _DAY))
    if kind == "Int64":
        low, high = _range(checks, -_LARGEST if above is None else above + 1, _LARGEST if below is None else below - 1)
        return st.integers(math.ceil(low), math.floor(high))
    low, high = _range(checks, -float(_LARGEST) if above is None else above, float(_LARGEST) if below is None else below)
    return st.floats(low, high, allow_nan=False, allow_infinity=False, exclude_min=low == above, exclude_max=high == below)


def _texts(checks: Mapping[str, Mapping[str, Any]]) -> Any:
    st = _hypothesis()
    if "str_matches" in checks:
        return st.from_regex(re.compile(checks["str_matches"]["pattern"], re.ASCII), fullmatch=True)
    size = checks.get("str_length", {})
    exact = size.get("exact_value")
    low = exact if exact is not None else size.get("min_value") or 0
    high = exact if exact is not None else size.get("max_value") or max(low, 8)
    first, last = (checks.get(name, {}).get("string", "") for name in ("str_startswith", "str_endswith"))
    room = len(first) + len(last)
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
    middle = st.text(alphabet=letters, min_size=max(0, low - room), max_size=max(0, high - room))
    if "str_contains" in checks:
        middle = st.from_regex(re.compile(checks["str_contains"]["pattern"], re.ASCII), fullmatch=True)
    return middle.map(lambda text: f"{first}{text}{last}")


def columns_of(model: type[FrameModel]) -> dict[str, SearchStrategy[Any]]:
    """A strategy a column, for the cells a schema allows; nulls where it allows them.

    Args:
        model: The schema.

    Raises:
        MissingExtra: Hypothesis is not installed.
    """
    st = _hypothesis()
    columns = model.to_schema().columns
    return {
        name: st.none() | _values(column) if column.nullable else _values(column) for name, column in columns.items()
    }


def frames(
    model: type[FrameModel],
    *,
    engine: Engine = Engine.POLARS,
    min_rows: int = 0,
    max_rows: int = 12,
    columns: Mapping[str, SearchStrategy[Any]] | None = None,
) -> SearchStrategy[Any]:
    """A Hypothesis strategy for frames that keep every rule of a schema.

    Rows are drawn a column at a time; those that break a rule between columns, or repeat a key, are left out, so a rule that
    few rows keep wants a strategy of its own in ``columns``.

    Args:
        model: The schema.
        engine: The kind of frame; not Spark, which wants a session (draw polars and hand it over).
        min_rows: The fewest rows.
        max_rows: The most rows.
        columns: Strategies of your own for some columns, or for further ones (a team, a locality).

    Raises:
        MissingExtra: Hypothesis is not installed.
        InvalidValue: Spark was asked for, or more rows at the least than at the most.

    Example:
        >>> from bucks_cs.frames import FrameModel, WholeNumber, field
        >>> class Counts(FrameModel):
        ...     plans: WholeNumber = field(title="Plans", description="Plans.", unit="plan", ge=0)
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=5, database=None)
        ... @given(frames(Counts, min_rows=1))
        ... def every_frame_keeps_the_rules(frame):
        ...     assert Counts.validate(frame)["plans"].min() >= 0
        >>> every_frame_keeps_the_rules()
    """
    st = _hypothesis()
    if engine is Engine.PYSPARK:
        raise InvalidValue(what="engine", expected="an engine that needs no session; draw polars and hand it to Spark")
    if not 0 <= min_rows <= max_rows:
        raise InvalidValue(what="min_rows", expected="0 or more, and no more than max_rows")
    cells = columns_of(model) | dict(columns or {})
    schema = {name: _POLARS[str(column.dtype.type)] for name, column in model.to_schema().columns.items()}

    @st.composite  # type: ignore[untyped-decorator]
    def drawn(draw: DrawFn) -> Any:
        from hypothesis import assume

        rows = draw(st.lists(st.fixed_dictionaries(cells), min_size=min_rows, max_size=max_rows))
        others = [name for name in cells if name not in schema]
        extra = pl.DataFrame({name: [row[name] for row in rows] for name in others}) if others else None
        frame = pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema)
        kept = _keeping(model, frame if extra is None else pl.concat([frame, extra], how="horizontal"))
        assume(kept.height >= min_rows)
        return as_engine(kept, engine)

    return drawn()  # type: ignore[no-any-return]


def _keeping(model: type[FrameModel], frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that keep every rule, and the first row of each key."""
    good, schema = nw.from_native(frame), model.to_schema()
    of_columns = [test for name, column in schema.columns.items() for test in column_tests(name, column, came=nw.col(name))]
    for test in (*of_columns, *row_tests(schema)):
        good = good.filter(test.holds.fill_null(value=True))
    kept = good.to_native()
    keys = model.keys()
    for key in keys:
        kept = kept.unique(subset=list(key), keep="first", maintain_order=True)
    return kept


def as_engine(frame: pl.DataFrame, engine: Engine, *, spark: Any = None) -> Any:
    """A polars frame as another kind.

    Args:
        frame: The frame.
        engine: The kind wanted.
        spark: A Spark session, for Spark alone.

    Raises:
        InvalidValue: Spark was asked for without a session.
        MissingExtra: The engine is not installed.
    """
    if engine is Engine.PYSPARK and spark is None:
        raise InvalidValue(what="spark", expected="a Spark session")
    needs = {Engine.PANDAS: "pandas", Engine.PANDAS_ARROW: "pandas", Engine.DUCKDB: "duckdb", Engine.PYSPARK: "pyspark"}
    if engine in needs and importlib.util.find_spec(needs[engine]) is None:
        raise MissingExtra(package=needs[engine], extra=needs[engine].replace("pyspark", "spark"))
    if engine is Engine.POLARS:
        return frame
    if engine is Engine.POLARS_LAZY:
        return frame.lazy()
    if engine is Engine.PANDAS:
        return frame.to_pandas()
    if engine is Engine.PANDAS_ARROW:
        return frame.to_pandas(use_pyarrow_extension_array=True)
    if engine is Engine.PYARROW:
        return frame.to_arrow()
    if engine is Engine.DUCKDB:
        import duckdb

        return duckdb.from_arrow(frame.to_arrow())
    return spark.createDataFrame(frame.to_arrow())


def in_every_engine(frame: pl.DataFrame, *, spark: Any = None) -> Iterator[tuple[Engine, Any]]:
    """One frame as each kind that is installed, so that one test runs on all of them.

    Args:
        frame: The frame, as polars.
        spark: A Spark session; without one Spark is left out.

    Returns:
        The engine and the frame in its kind, one at a time.
    """
    for engine in Engine:
        if engine is Engine.PYSPARK and spark is None:
            continue
        try:
            native = as_engine(frame, engine, spark=spark)
        except MissingExtra:
            continue
        yield engine, native
