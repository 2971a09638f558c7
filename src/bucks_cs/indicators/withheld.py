"""Why there is no value: the reasons, how they are printed, and which of several a result carries."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable

from bucks_cs.errors import InvalidValue, Unreadable

__all__ = ["Withheld"]


class Withheld(enum.Enum):
    """Why there is no value. None of these is zero, and none is another.

    The first five are DfE's symbols; the last two are this library's own. `LOW` is a value that rounds to
    zero and is not zero. Older releases and other files write the same things otherwise: `read` knows them.

    Source:
        DfE, *Analysts' guide*, "Open Data Standards", table "Data symbols": ``z`` not applicable, ``x`` unavailable for
        other reasons (formerly ``:``), ``c`` confidential, ``low`` rounds to 0 but is not 0 (formerly ``~``), ``u`` of low
        reliability; it follows the Government Statistical Service's guidance on symbols in tables. ``k``: DfE,
        *Children looked after: a focus on placement location*, methodology, "Rounding, suppression and grossing". That
        ``-`` in the Local authority interactive tool is a value suppressed or not available is seen in its
        file; no definition of it was found.
    """

    CONFIDENTIAL = "c"
    LOW_RELIABILITY = "u"
    NOT_AVAILABLE = "x"
    NO_HISTORY = "no_history"
    UNRESOLVED = "unresolved"
    LOW = "low"
    NOT_APPLICABLE = "z"

    @property
    def meaning(self) -> str:
        """Why there is no value, in words."""
        return _MEANINGS[self]

    @property
    def symbol(self) -> str:
        """What stands in its place in a table, on a chart and in a sentence: ``[c]``, ``[no history]``; `read` takes it back.

        Example:
            >>> Withheld.CONFIDENTIAL.symbol, Withheld.NO_HISTORY.symbol
            ('[c]', '[no history]')
        """
        return f"[{self.value.replace('_', ' ')}]"

    @classmethod
    def read(cls, printed: str) -> Withheld:
        """The reason behind a printed symbol.

        Args:
            printed: ``c``, ``x``, ``z``, ``low``, ``u``; ``k`` and ``~`` are read as ``low``, ``:`` and ``-`` as
                ``x``; this library's own two as it prints them; square brackets and case are passed over.

        Raises:
            Unreadable: It is none of them (``..`` and blank have no one meaning, so neither is read).
            InvalidValue: It is no text.

        Example:
            >>> Withheld.read("[k]")
            <Withheld.LOW: 'low'>
        """
        if not isinstance(printed, str):
            raise InvalidValue(what="a symbol for a withheld value", expected="text")
        symbol_ = re.sub(r"\[(.*)\]", r"\1", printed.strip()).casefold().replace(" ", "_")
        symbol_ = {"k": "low", "~": "low", ":": "x", "-": "x"}.get(symbol_, symbol_)
        known = {member.value: member for member in cls}
        if symbol_ not in known:
            expected = f"{', '.join(known)}, k, ~, : or -"
            raise Unreadable(what="a symbol for a withheld value", length=len(printed), expected=expected)
        return known[symbol_]

    @classmethod
    def first(cls, gaps: Iterable[Withheld]) -> Withheld | None:
        """The reason a result carries when it was worked out from several gaps: c, u, x, no_history, unresolved, low, z.

        Args:
            gaps: The reasons of the values it was worked out from.

        Example:
            >>> Withheld.first([Withheld.NOT_APPLICABLE, Withheld.CONFIDENTIAL])
            <Withheld.CONFIDENTIAL: 'c'>
        """
        order = list(cls)
        return min(gaps, key=order.index, default=None)

    def __str__(self) -> str:
        return self.meaning


_MEANINGS = {
    Withheld.CONFIDENTIAL: "suppressed to protect confidentiality",
    Withheld.LOW_RELIABILITY: "of low reliability",
    Withheld.NOT_AVAILABLE: "not available",
    Withheld.NO_HISTORY: "not enough history to know",
    Withheld.UNRESOLVED: "unresolved: the source can be read in more than one way",
    Withheld.LOW: "rounds to zero but is not zero",
    Withheld.NOT_APPLICABLE: "not applicable, as where there is nothing to divide by",
}
