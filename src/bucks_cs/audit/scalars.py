"""Checks of single figures: the same questions as of tables, for a sentence of a report.

Text is as printed. A whole number may be given as it is: what is counted (``before``, ``count``, ``parts``,
``population``) is then exact, and what is printed is to the nearest 1, as its text would be. Any other number needs
``rounded_to=``, since 28.0 and 28 are the same number and not the same print.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bucks_cs.audit.cells import Role, columns_of
from bucks_cs.audit.findings import Findings
from bucks_cs.audit.judging import judged
from bucks_cs.audit.printed import Rounding
from bucks_cs.audit.relations import Change, Relation, Restatement, Rule, Share, Sum, Threshold
from bucks_cs.errors import InvalidValue

__all__ = ["change", "part_shares", "restatement", "share", "threshold", "total"]


def change(
    before: object,
    after: object,
    *,
    printed: object,
    label: str = "change",
    rounded_to: object = None,
    scale: object = None,
    suggest: bool = True,
) -> Findings:
    """Does a printed percentage change follow from the figures before and after?

    Args:
        before: The figure changed from.
        after: The figure changed to.
        printed: The change as printed, in percent.
        label: What to call it.
        rounded_to: The step of ``before`` and ``after``, or steps by argument (``{"before": 10}``).
        scale: What ``before`` and ``after`` are multiplied by, or scales by argument.
        suggest: Whether to search for slips.

    Returns:
        One finding, in percent; in percentage points where two percentages are given and points are printed.

    Raises:
        InvalidValue: A number whose rounding is not known.

    Example:
        >>> print(change("55", "74", printed="43", label="Conferences", suggest=False)[0])
        Conferences: printed 43%, recomputed 34.5% (32.4% to 36.7%): disagrees.
    """
    cells = {"before": (Role.COUNT, before), "after": (Role.COUNT, after), "printed": (Role.PRINTED, printed)}
    return _single(cells, Change(), alike=["before", "after"], label=label, rounded_to=rounded_to, scale=scale, suggest=suggest)


def share(
    count: object,
    of: object,
    *,
    printed: object,
    beyond_whole: bool = False,
    label: str = "share",
    rounded_to: object = None,
    scale: object = None,
    suggest: bool = True,
) -> Findings:
    """Does a printed percentage follow from a count and what it is a share of?

    Args:
        count: The part.
        of: The whole.
        printed: The share as printed, in percent (0 to 100).
        beyond_whole: Whether the count may be more than the whole by more than rounding.
        label: What to call it.
        rounded_to: The step of ``count`` and ``of``, or steps by argument.
        scale: What ``count`` and ``of`` are multiplied by, or scales by argument.
        suggest: Whether to search for slips.

    Returns:
        One finding, in percent.

    Raises:
        InvalidValue: A number whose rounding is not known.

    Example:
        >>> print(share(42, 60, printed="70%", label="Remaining in service")[0])
        Remaining in service: printed 70%, recomputed 70.0%: agrees.
    """
    cells = {"count": (Role.COUNT, count), "of": (Role.COUNT, of), "printed": (Role.PRINTED, printed)}
    rule = Share(beyond_whole=beyond_whole)
    return _single(cells, rule, alike=["count", "of"], label=label, rounded_to=rounded_to, scale=scale, suggest=suggest)


def total(
    parts: Iterable[object] | Mapping[str, object],
    *,
    printed: object,
    label: str = "total",
    rounded_to: object = None,
    scale: object = None,
    suggest: bool = True,
) -> Findings:
    """Does a printed total follow from its parts?

    Args:
        parts: The parts, in order, or by name.
        printed: The total as printed.
        label: What to call it.
        rounded_to: The step of parts and total alike, or steps by name (``"part 1"``, ..., ``"printed"``); 0 for
            counts given as text that are exact.
        scale: What they are multiplied by, or scales by name.
        suggest: Whether to search for slips.

    Returns:
        One finding, in the unit of the parts.

    Raises:
        InvalidValue: No parts, or a number whose rounding is not known.

    Example:
        >>> print(total([4, 22, 4], printed=30)[0])
        total: printed 30, recomputed 30: agrees.
        >>> print(total(["£46 million", "£987 million", "£1.25 billion", "£233 million"], printed="£2.6bn", suggest=False)[0])
        total: printed £2.6bn, recomputed £2.5160bn (£2.5095bn to £2.5225bn): disagrees.
    """
    named = _named(parts, "part")
    cells = {**{name: (Role.COUNT, value) for name, value in named.items()}, "printed": (Role.PRINTED, printed)}
    return _single(cells, Sum(), alike=list(cells), label=label, rounded_to=rounded_to, scale=scale, suggest=suggest)


def part_shares(
    shares: Iterable[object] | Mapping[str, object],
    *,
    whole: object = 100,
    label: str = "shares",
    rounded_to: object = None,
    scale: object = None,
    suggest: bool = True,
) -> Findings:
    """Do printed shares make the whole, within their rounding?

    Args:
        shares: The shares, in order, or by name; whole numbers are to the nearest 1.
        whole: What they should make; exact.
        label: What to call it.
        rounded_to: The step of the shares, or steps by name (``"share 1"``, ...).
        scale: What they are multiplied by, or scales by name.
        suggest: Whether to search for slips.

    Returns:
        One finding, whose printed figure is the whole.

    Raises:
        InvalidValue: No shares, or a number whose rounding is not known.

    Example:
        >>> [part_shares(shares)[0].status.value for shares in (["33%", "33%", "33%"], ["33.3%", "33.3%", "33.2%"])]
        ['agrees', 'disagrees']
    """
    named = _named(shares, "share")
    cells = {**{name: (Role.PRINTED, value) for name, value in named.items()}, "whole": (Role.STATED, whole)}
    rule = Sum(relation=Relation.PARTS)
    given = frozenset({len(named)})
    return _single(cells, rule, alike=list(named), label=label, rounded_to=rounded_to, scale=scale, suggest=suggest, given=given)


def threshold(
    population: object,
    percent: object,
    *,
    printed: object,
    rounding: Rounding = Rounding.NEAREST,
    label: str = "threshold",
    rounded_to: object = None,
    scale: object = None,
    suggest: bool = True,
) -> Findings:
    """Does a printed number follow from a percentage of a population?

    Args:
        population: The population.
        percent: The percentage, text or number; exact unless ``rounded_to={"percent": ...}`` says otherwise.
        printed: The number as printed.
        rounding: How it was made whole.
        label: What to call it.
        rounded_to: The step of the population, or steps by argument.
        scale: What the population is multiplied by, or scales by argument.
        suggest: Whether to search for slips.

    Returns:
        One finding, in people.

    Raises:
        InvalidValue: A number whose rounding is not known.

    Example:
        >>> print(threshold("126,804", "0.10%", printed="127", label="Transfer threshold")[0])
        Transfer threshold: printed 127, recomputed 126.8: agrees.
    """
    cells = {"population": (Role.COUNT, population), "percent": (Role.STATED, percent), "printed": (Role.PRINTED, printed)}
    return _single(
        cells, Threshold(), alike=["population"], rounding=rounding,
        label=label, rounded_to=rounded_to, scale=scale, suggest=suggest,
    )  # fmt: skip


def restatement(
    first: object,
    second: object,
    *,
    label: str = "restatement",
    rounded_to: object = None,
    scale: object = None,
    suggest: bool = True,
) -> Findings:
    """Can two printed figures be the same fact?

    Args:
        first: One printing.
        second: The other: the one under audit.
        label: What to call it.
        rounded_to: The step of both, or steps by argument (``"first"``, ``"second"``).
        scale: What they are multiplied by, by argument where it differs.
        suggest: Whether to search for slips.

    Returns:
        One finding: it agrees where some value rounds to both.

    Raises:
        InvalidValue: A number whose rounding is not known.

    Example:
        >>> [restatement("29%", second)[0].status.value for second in ("28.6%", "28.4%")]
        ['agrees', 'disagrees']
    """
    cells = {"first": (Role.PRINTED, first), "second": (Role.PRINTED, second)}
    return _single(cells, Restatement(), alike=list(cells), label=label, rounded_to=rounded_to, scale=scale, suggest=suggest)


def _named(values: Iterable[object] | Mapping[str, object], what: str) -> dict[str, object]:
    if isinstance(values, Mapping):
        named = dict(values)
    else:
        named = {f"{what} {i}": value for i, value in enumerate(() if isinstance(values, str) else values, start=1)}
    if not named:
        raise InvalidValue(what=f"{what}s", expected="a list of one or more figures")
    if "printed" in named or "whole" in named:
        raise InvalidValue(what=f"{what}s", expected="other names than 'printed' and 'whole', which are the audited figure's")
    return named


def _single(
    cells: Mapping[str, tuple[Role, Any]],
    rule: Rule,
    *,
    alike: Iterable[str],
    label: str,
    rounded_to: object,
    scale: object,
    suggest: bool,
    given: frozenset[int] = frozenset(),
    rounding: Rounding = Rounding.NEAREST,
) -> Findings:
    roles = {name: role for name, (role, _) in cells.items()}
    columns = columns_of(roles, figures=alike, rounded_to=rounded_to, scale=scale, in_frame=False)
    row = [value for _, value in cells.values()]
    return judged([row], columns=columns, rule=rule, labels=[label], suggest=suggest, given=given, rounding=rounding)
