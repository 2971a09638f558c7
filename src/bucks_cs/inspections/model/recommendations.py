"""Inspections: what an inspection asks for: recommendations, and areas of significant weakness."""

from __future__ import annotations

from types import NoneType

import attrs

from bucks_cs.errors import of_kind
from bucks_cs.inspections.model.fields import need_words, source_of, text
from bucks_cs.provenance import AnySource

__all__ = ["AreaOfWeakness", "Recommendation"]


@attrs.frozen(kw_only=True)
class Recommendation:
    """Something that an inspection recommends.

    Args:
        key: A name of its own, by which a plan of action answers it.
        number: Its number in the report or where it is printed, such as ``"iv"``.
        text: What needs to improve, in the words it is printed in.
        source: Where it is printed.

    Raises:
        MissingSource: There is no source.
        InvalidValue: The key or the text is empty, or a part is of another kind.

    Example:
        >>> from bucks_cs.inspections import Recommendation
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> print(Recommendation(key="direct-work", number="iii", text="The quality of direct work with children.",
        ...     source=NoOfficialSource(reason="made up")))
        iii. The quality of direct work with children.
    """

    key: str = attrs.field(validator=need_words)
    number: str = attrs.field(default="", validator=text)
    text: str = attrs.field(validator=need_words)
    source: AnySource = attrs.field(default=None, validator=source_of)

    def __str__(self) -> str:
        return f"{self.number}. {self.text}" if self.number else self.text


@attrs.frozen(kw_only=True)
class AreaOfWeakness:
    """An area of significant weakness of an area SEND inspection, or an area for priority action of one since 2023.

    Args:
        key: A name of its own, by which a plan of action answers it.
        number: Its number in the report or where it is printed.
        text: What is weak, in the words it is printed in.
        progress_was_sufficient: At a revisit, whether sufficient progress had been made; None where there was none yet.
        source: Where it is printed.

    Raises:
        MissingSource: There is no source.
        InvalidValue: The key or the text is empty, or a part is of another kind.
    """

    key: str = attrs.field(validator=need_words)
    number: str = attrs.field(default="", validator=text)
    text: str = attrs.field(validator=need_words)
    progress_was_sufficient: bool | None = attrs.field(
        default=None, validator=of_kind(bool, NoneType, expected="True, False, or None before a revisit")
    )
    source: AnySource = attrs.field(default=None, validator=source_of)

    def __str__(self) -> str:
        return f"{self.number}. {self.text}" if self.number else self.text
