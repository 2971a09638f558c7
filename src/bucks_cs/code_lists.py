"""Code lists: what the codes of a return mean, edition by edition, by the dates each was in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from bucks_cs.provenance import Dated, InForce, Source

__all__ = ["CodeEdition", "code_list", "every_code"]

CodeEdition = tuple[dt.date, Source, Mapping[str, str]]
"""The first day an edition holds, who says so, and its codes with what they mean."""


def code_list(what: str, *editions: CodeEdition) -> Dated[Mapping[str, str]]:
    """A code list by the day each edition of it came into force; it holds until the day before the next.

    Args:
        what: What the codes are of, in words, for messages.
        editions: One or more, in order of date.

    Returns:
        The codes with what they mean, by date; an edition cannot be written to.

    Raises:
        InvalidValue: No editions, or out of order.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.provenance import Source
        >>> guide = Source(title="A guide", publisher="A department", date=dt.date(2024, 1, 1), place="item 1")
        >>> codes = code_list("a yes or no", (dt.date(2023, 1, 1), guide, {"Y": "Yes"}),
        ...     (dt.date(2024, 1, 1), guide, {"Y": "Yes", "N": "No"}))
        >>> list(codes.on(dt.date(2023, 12, 31))), list(codes.on(dt.date(2024, 1, 1)))
        (['Y'], ['Y', 'N'])
    """
    ends = [since - dt.timedelta(days=1) for since, _, _ in editions[1:]]
    values: list[InForce[Mapping[str, str]]] = [
        InForce(value=MappingProxyType(dict(codes)), since=since, until=until, source=source)
        for (since, source, codes), until in zip(editions, [*ends, None][: len(editions)], strict=True)
    ]
    return Dated(what=what, values=tuple(values))


def every_code(codes: Dated[Mapping[str, str]]) -> tuple[str, ...]:
    """Every code that was ever in force, in the order of the editions.

    Args:
        codes: As `code_list` gives them.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.provenance import Source
        >>> guide = Source(title="A guide", publisher="A department", date=dt.date(2024, 1, 1), place="item 1")
        >>> every_code(code_list("a yes or no", (dt.date(2023, 1, 1), guide, {"Y": "Yes", "N": "No"})))
        ('Y', 'N')
    """
    return tuple(dict.fromkeys(code for edition in codes for code in edition.value))
