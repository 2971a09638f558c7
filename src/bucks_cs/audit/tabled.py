"""Tabled: from the columns a caller names to rows that can be judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bucks_cs.audit.cells import Role, columns_of
from bucks_cs.audit.findings import Findings
from bucks_cs.audit.judging import judged
from bucks_cs.audit.printed import Rounding
from bucks_cs.audit.relations import Rule
from bucks_cs.audit.rows import rows_in
from bucks_cs.errors import InvalidValue

__all__ = ["checked", "several"]


def several(names: Sequence[str], argument: str) -> dict[str, str]:
    """Several columns of one argument, each by a name of its own.

    Raises:
        InvalidValue: None, or one name where a list is meant.
    """
    if isinstance(names, str) or not names:
        raise InvalidValue(what=argument, expected="a list of one or more columns")
    return {f"{argument}[{i}]": name for i, name in enumerate(names)}


def checked(
    frame: Any,
    table: dict[str, str],
    rule: Rule,
    *,
    alike: Sequence[str],
    label: str | Sequence[str] | None,
    rounded_to: object,
    scale: object,
    order_by: str | None,
    suggest: bool,
    stated: tuple[str, object] | None = None,
    stated_last: bool = False,
    rounding: Rounding = Rounding.NEAREST,
) -> Findings:
    """The rows of a frame, judged. ``table`` names the columns by argument, the audited one last."""
    if len(set(table.values())) != len(table):
        raise InvalidValue(what="columns", expected="a different column for each figure")
    labels = [] if label is None else [label] if isinstance(label, str) else list(label)
    rows, home = rows_in(frame, columns=[*table.items(), *(("label", name) for name in labels)], order_by=order_by)
    cells = [list(row[: len(table)]) for row in rows]
    # A threshold's percentage is a rule, not a measurement: exact unless it is said to be rounded.
    roles = {name: Role.STATED if argument == "percent" else Role.PRINTED for argument, name in table.items()}
    given: frozenset[int] = frozenset()
    if stated is not None:
        place = len(table) if stated_last else len(table) - 1
        roles = _with(roles, place, _free(stated[0], roles))
        given = frozenset({place})
        for row in cells:
            row.insert(place, stated[1])
    columns = columns_of(roles, figures=alike, rounded_to=rounded_to, scale=scale, in_frame=True)
    named = [_label(row[len(table) :], number) for number, row in enumerate(rows, start=1)]
    return judged(cells, columns=columns, rule=rule, labels=named, suggest=suggest, given=given, rounding=rounding, home=home)


def _with(roles: dict[str, Role], place: int, name: str) -> dict[str, Role]:
    items = list(roles.items())
    return dict([*items[:place], (name, Role.STATED), *items[place:]])


def _free(name: str, taken: dict[str, Role]) -> str:
    """The name, or with a mark where a column of the caller's already has it."""
    while name in taken:
        name += " (stated)"
    return name


def _label(cells: Sequence[Any], number: int) -> str:
    texts = [str(cell) for cell in cells if cell is not None and str(cell).strip()]
    return ", ".join(texts) or f"row {number}"
