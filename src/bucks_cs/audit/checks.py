"""Checks of report tables: a frame of printed figures in, findings out.

Every check reads text as printed. A column of numbers needs ``rounded_to=``: one step for the figures that the printed
one follows from, or a mapping of steps by column (which a printed percentage needs, if it is a number: counts to the
nearest 10 say nothing of percentages). 0 says that figures are exact; floats that were added or divided are then given
the trillionth that binary arithmetic may have moved them by. ``scale=`` does the same for what a heading
multiplies by, such as ``"£'000"``.

Where slips are searched for, the rows above and below count, and so does their order. DuckDB and Spark keep none:
``order_by=`` names a column that has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bucks_cs.audit.findings import Findings
from bucks_cs.audit.printed import Rounding
from bucks_cs.audit.relations import Change, Relation, Restatement, Share, Sum, Threshold
from bucks_cs.audit.tabled import checked, several
from bucks_cs.errors import InvalidValue

__all__ = ["changes", "parts", "restatements", "shares", "thresholds", "totals"]


def changes(
    frame: Any,
    *,
    before: str,
    after: str,
    printed: str,
    label: str | Sequence[str] | None = None,
    rounded_to: object = None,
    scale: object = None,
    order_by: str | None = None,
    suggest: bool = True,
) -> Findings:
    """Does each printed percentage change follow from the figures before and after?

    Args:
        frame: A report table, as polars, pandas, pyarrow, DuckDB or PySpark.
        before: The column of the figures changed from.
        after: The column of the figures changed to.
        printed: The column of printed changes, in percent.
        label: The column, or columns, that name a row; rows are numbered where none is given.
        rounded_to: The step of ``before`` and ``after`` (10: the nearest 10; 0: exact), or steps by column. Text needs
            none: its last digit says it.
        scale: What the heading of ``before`` and ``after`` multiplies by, or scales by column.
        order_by: The column that gives the order of the rows, for engines that keep none.
        suggest: Whether to search for the slips that would explain a disagreement.

    Returns:
        A finding a row, in percent. One disagrees only where no unrounded values could have given what is printed. A
        blank or withheld cell, an ``about``, or a figure before that may be 0 or is below 0, cannot be checked, and
        the finding says why. Between two percentages, a change printed in percentage points is checked in points; a
        bare number that follows in points only cannot be checked, and one with a ``%`` disagrees.

    Raises:
        UnknownColumn: The frame lacks a column that is named.
        InvalidValue: A column of numbers without ``rounded_to``, or of neither text nor numbers.
        UnsupportedFrame: ``frame`` is no frame.

    Source:
        The rule that a figure stands for the interval of what rounds to it is arithmetic, not a publication; what
        ``%`` change means is stated at `relations.Change`.

    Example:
        >>> import polars as pl
        >>> figures = {"2020": ["1,375", "200"], "2022": ["2,088", "256"], "%": ["52", "24"]}
        >>> demand = pl.DataFrame({"what": ["Contacts", "Section 47"], **figures})
        >>> print(changes(demand, before="2020", after="2022", printed="%", label="what", suggest=False))
                     2020   2022  % (printed)  recomputed   from     to  finding
        ----------  -----  -----  -----------  ----------  -----  -----  ---------
        Contacts    1,375  2,088           52       51.9%  51.8%  51.9%  agrees
        Section 47    200    256           24       28.0%  27.4%  28.6%  disagrees
        <BLANKLINE>
        Section 47: printed 24%, recomputed 28.0% (27.4% to 28.6%): disagrees, taking each figure as rounded to its last
        digit.
    """
    table = {"before": before, "after": after, "printed": printed}
    return checked(
        frame, table, Change(), alike=[before, after],
        label=label, rounded_to=rounded_to, scale=scale, order_by=order_by, suggest=suggest,
    )  # fmt: skip


def shares(
    frame: Any,
    *,
    count: str,
    of: str,
    printed: str,
    beyond_whole: bool = False,
    label: str | Sequence[str] | None = None,
    rounded_to: object = None,
    scale: object = None,
    order_by: str | None = None,
    suggest: bool = True,
) -> Findings:
    """Does each printed percentage follow from a count and what it is a share of?

    Args:
        frame: A report table of any engine.
        count: The column of the parts.
        of: The column of the wholes.
        printed: The column of printed shares, in percent (0 to 100).
        beyond_whole: Whether a count may be more than its whole, as spending may be of a budget. Otherwise a part above
            its whole by more than rounding disagrees whatever is printed.
        label: The column, or columns, that name a row.
        rounded_to: The step of ``count`` and ``of``, or steps by column.
        scale: What their heading multiplies by, or scales by column.
        order_by: The column that gives the order of the rows.
        suggest: Whether to search for slips.

    Returns:
        A finding a row, in percent. A whole that may be 0 cannot be checked.

    Raises:
        UnknownColumn: The frame lacks a column that is named.
        InvalidValue: A column of numbers without ``rounded_to``.

    Example:
        >>> import polars as pl
        >>> academy = pl.DataFrame({"remaining": ["42"], "through": ["60"], "retention": ["70%"]})
        >>> shares(academy, count="remaining", of="through", printed="retention")
        Findings(1 agree, 0 disagree, 0 cannot be checked)
    """
    table = {"count": count, "of": of, "printed": printed}
    rule = Share(beyond_whole=beyond_whole)
    return checked(
        frame, table, rule, alike=[count, of],
        label=label, rounded_to=rounded_to, scale=scale, order_by=order_by, suggest=suggest,
    )  # fmt: skip


def totals(
    frame: Any,
    *,
    parts: Sequence[str],
    printed: str,
    label: str | Sequence[str] | None = None,
    rounded_to: object = None,
    scale: object = None,
    order_by: str | None = None,
    suggest: bool = True,
) -> Findings:
    """Does each printed total follow from the parts beside it?

    Args:
        frame: A report table of any engine, its parts in columns. For parts that stand in rows, `total` takes the column.
        parts: The columns of the parts.
        printed: The column of printed totals.
        label: The column, or columns, that name a row.
        rounded_to: The step of parts and total alike, or steps by column; 0 for counts that are exact, so that
            rounding excuses nothing.
        scale: What the heading multiplies by, or scales by column.
        order_by: The column that gives the order of the rows.
        suggest: Whether to search for slips.

    Returns:
        A finding a row, in the unit of the parts. A row with a withheld part cannot be checked.

    Raises:
        UnknownColumn: The frame lacks a column that is named.
        InvalidValue: No parts, or a column of numbers without ``rounded_to``.

    Example:
        >>> import polars as pl
        >>> savings = pl.DataFrame({"2023-24": ["390", "620"], "later": ["390", "300"], "Total": ["780", "930"]})
        >>> [finding.status.value for finding in totals(savings, parts=["2023-24", "later"], printed="Total")]
        ['agrees', 'disagrees']
    """
    named = several(parts, "parts")
    table = {**named, "printed": printed}
    alike = [*named.values(), printed]
    return checked(
        frame, table, Sum(), alike=alike,
        label=label, rounded_to=rounded_to, scale=scale, order_by=order_by, suggest=suggest,
    )  # fmt: skip


def parts(
    frame: Any,
    *,
    shares: Sequence[str],
    whole: object = 100,
    label: str | Sequence[str] | None = None,
    rounded_to: object = None,
    scale: object = None,
    order_by: str | None = None,
    suggest: bool = True,
) -> Findings:
    """Do the printed shares of each row make the whole, within their rounding?

    Args:
        frame: A report table of any engine, its shares in columns.
        shares: The columns of the shares.
        whole: What they should make: 100, or another number or text; exact.
        label: The column, or columns, that name a row.
        rounded_to: The step of the shares, or steps by column.
        scale: What the heading multiplies by, or scales by column.
        order_by: The column that gives the order of the rows.
        suggest: Whether to search for slips.

    Returns:
        A finding a row, whose printed figure is the whole.

    Raises:
        UnknownColumn: The frame lacks a column that is named.
        InvalidValue: No shares, or a column of numbers without ``rounded_to``.

    Example:
        >>> import polars as pl
        >>> thirds = pl.DataFrame({"a": ["33%", "33%"], "b": ["33%", "33%"], "c": ["33%", "31%"]})
        >>> [finding.status.value for finding in parts(thirds, shares=["a", "b", "c"])]
        ['agrees', 'disagrees']
    """
    named = several(shares, "shares")
    return checked(
        frame, named, Sum(relation=Relation.PARTS), alike=list(named.values()), stated=("whole", whole), stated_last=True,
        label=label, rounded_to=rounded_to, scale=scale, order_by=order_by, suggest=suggest,
    )  # fmt: skip


def thresholds(
    frame: Any,
    *,
    population: str,
    printed: str,
    percent: str | None = None,
    at: object = None,
    rounding: Rounding = Rounding.NEAREST,
    label: str | Sequence[str] | None = None,
    rounded_to: object = None,
    scale: object = None,
    order_by: str | None = None,
    suggest: bool = True,
) -> Findings:
    """Does each printed number follow from a percentage of a population?

    Args:
        frame: A report table of any engine.
        population: The column of populations.
        printed: The column of printed numbers.
        percent: The column of percentages: they are taken as exact, since a threshold is a rule and not a measurement,
            unless ``rounded_to`` names the column.
        at: One percentage for every row (``"0.1%"`` or 0.1) instead of a column.
        rounding: How the number was made whole: to the nearest, down or up. A rule that counts children often says.
        label: The column, or columns, that name a row.
        rounded_to: The step of the population, or steps by column.
        scale: What the heading of the population multiplies by, or scales by column.
        order_by: The column that gives the order of the rows.
        suggest: Whether to search for slips.

    Returns:
        A finding a row, in people.

    Raises:
        UnknownColumn: The frame lacks a column that is named.
        InvalidValue: Neither or both of ``percent`` and ``at``; a column of numbers without ``rounded_to``.

    Example:
        >>> import polars as pl
        >>> transfers = pl.DataFrame({"children": ["126,804", "126,804"], "at": ["0.10%", "0.07%"], "number": ["127", "89"]})
        >>> thresholds(transfers, population="children", percent="at", printed="number")
        Findings(2 agree, 0 disagree, 0 cannot be checked)
    """
    if (percent is None) == (at is None):
        raise InvalidValue(what="thresholds", expected="either percent= (a column) or at= (one percentage for all)")
    stated = None if at is None else ("at", at)
    table = {"population": population, **({"percent": percent} if percent is not None else {}), "printed": printed}
    return checked(
        frame, table, Threshold(), alike=[population], stated=stated, rounding=rounding,
        label=label, rounded_to=rounded_to, scale=scale, order_by=order_by, suggest=suggest,
    )  # fmt: skip


def restatements(
    frame: Any,
    *,
    first: str,
    second: str,
    label: str | Sequence[str] | None = None,
    rounded_to: object = None,
    scale: object = None,
    order_by: str | None = None,
    suggest: bool = True,
) -> Findings:
    """Can two printed figures be the same fact?

    Args:
        frame: A table of any engine, a fact a row.
        first: The column of one printing.
        second: The column of the other: the one under audit.
        label: The column, or columns, that name a row.
        rounded_to: The step of both, or steps by column.
        scale: What the headings multiply by, by column where they differ.
        order_by: The column that gives the order of the rows.
        suggest: Whether to search for slips.

    Returns:
        A finding a row: it agrees where some value rounds to both.

    Raises:
        UnknownColumn: The frame lacks a column that is named.
        InvalidValue: A column of numbers without ``rounded_to``.

    Example:
        >>> import polars as pl
        >>> said = pl.DataFrame({"table": ["1,325"], "text": ["£1,325m"]})
        >>> print(restatements(said, first="table", second="text", scale={"table": "£'000"})[0].suggestions[0])
        text: £1.325m for £1,325m (a slip of scale), which is £1.3250m (£1.3245m to £1.3255m) rounded
    """
    table = {"first": first, "second": second}
    alike = [first, second]
    return checked(
        frame, table, Restatement(), alike=alike,
        label=label, rounded_to=rounded_to, scale=scale, order_by=order_by, suggest=suggest,
    )  # fmt: skip
