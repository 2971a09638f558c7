"""The update: sections made one after the other from what there is to make them of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.report.blocks import Section
from bucks_cs.report.definitions import Definition, Use
from bucks_cs.report.parts import each_of_kind, need_told, several, words
from bucks_cs.report.sentences import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Chapter", "Evidence", "Step", "Told", "Update", "cabinet_update"]


@attrs.frozen(kw_only=True)
class Step:
    """A step of a work that takes a while: which of how many, and what it is.

    Args:
        number: Which, from 1.
        of: How many there are.
        title: What it is.
    """

    number: int = attrs.field(validator=of_kind(int, expected="a whole number"))
    of: int = attrs.field(validator=of_kind(int, expected="a whole number"))
    title: str = attrs.field(validator=words)

    def __str__(self) -> str:
        return f"{self.number} of {self.of}: {self.title}"


Told: TypeAlias = Callable[[Step], None]
"""What is told of each step before it begins; `bucks_cs.report.progress_on` shows it on a terminal."""


_paragraphs = each_of_kind(Paragraph, expected="a Paragraph each")


def _can_be_called(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not callable(value):
        raise InvalidValue(what="Chapter.make", expected="what makes a Section when it is called")


@attrs.frozen(kw_only=True)
class Chapter:
    """A section to be made.

    Args:
        title: What it will be about, for whoever waits for it.
        make: What makes it.
    """

    title: str = attrs.field(validator=words)
    make: Callable[[], Section] = attrs.field(validator=_can_be_called)


@attrs.frozen(kw_only=True)
class Evidence:
    """What an update is made of: `october_2022`, `demand_table_alone` and `published` give it.

    Args:
        title: The update's heading.
        area: Whose children it is about.
        introduction: What a reader must know first.
        chapters: Its sections, each still to be made.

    Raises:
        InvalidValue: There is no section to be made, or a part is of another kind.
    """

    title: str = attrs.field(validator=words)
    area: str = attrs.field(validator=words)
    introduction: tuple[Paragraph, ...] = attrs.field(converter=several, validator=_paragraphs)
    chapters: tuple[Chapter, ...] = attrs.field(
        converter=several, validator=each_of_kind(Chapter, expected="one Chapter or more")
    )

    def __attrs_post_init__(self) -> None:
        if not self.chapters:
            raise InvalidValue(what="Evidence.chapters", expected="one Chapter or more")


@attrs.frozen(kw_only=True)
class Update:
    """A Children's Services Update: its sections, each with its figures, and what each figure is.

    Args:
        title: Its heading.
        area: Whose children it is about.
        introduction: What a reader must know first.
        sections: Its sections, in order.

    Raises:
        InvalidValue: Two tables, charts or sections have one id, or a part is of another kind.
    """

    title: str = attrs.field(validator=words)
    area: str = attrs.field(validator=words)
    introduction: tuple[Paragraph, ...] = attrs.field(converter=several, validator=_paragraphs)
    sections: tuple[Section, ...] = attrs.field(
        converter=several, validator=each_of_kind(Section, expected="one Section or more")
    )

    def __attrs_post_init__(self) -> None:
        if not self.sections:
            raise InvalidValue(what="Update.sections", expected="one Section or more")
        names = [section.key for section in self.sections]
        names += [table.name for section in self.sections for table in section.tables]
        names += [chart.name for section in self.sections for chart in section.charts]
        if len(set(names)) != len(names):
            raise InvalidValue(what="Update.sections", expected="an id of its own for each section, table and chart")

    def section(self, key: str) -> Section:
        """A section by its id.

        Args:
            key: Such as ``"demand"``.

        Raises:
            InvalidValue: There is none of that id.
        """
        found = {section.key: section for section in self.sections}
        asked: object = key
        if isinstance(asked, str) and asked in found:
            return found[asked]
        raise InvalidValue(what="key", expected=" or ".join(section.key for section in self.sections))

    @property
    def uses(self) -> tuple[Use, ...]:
        """What all its figures are, and where they are from, each once."""
        found = [use for one in self.introduction for use in one.uses]
        found += [use for section in self.sections for use in section.uses]
        return tuple(dict.fromkeys(found))

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """Every definition that a figure leads to, by title."""
        return tuple(sorted(dict.fromkeys(use.definition for use in self.uses), key=lambda one: (one.title.lower(), one.key)))

    def __iter__(self) -> Iterator[Section]:
        return iter(self.sections)

    def __str__(self) -> str:
        said = [f"{self.title}: {self.area}"]
        for section in self.sections:
            parts = [f"{len(section.charts)} chart{'s' * (len(section.charts) != 1)}"]
            parts += [f"{len(section.tables)} table{'s' * (len(section.tables) != 1)}"]
            if section.findings is not None and len(section.findings):
                parts.append(repr(section.findings).partition("(")[2].removesuffix(")"))
            said.append(f"  {section.title}: {', '.join(parts)}")
        return "\n".join(said)


def cabinet_update(evidence: Evidence | None = None, *, told: Told | None = None) -> Update:
    """A Children's Services Update, each section made of what is printed or published, and each printed figure audited.

    Args:
        evidence: What it is made of; None for the record of the update of October 2022, which is `bucks_cs.report.october_2022`.
        told: What is told of each section before it is made.

    Returns:
        An `Update`; `bucks_cs.report.update_page` makes a page of it, `bucks_cs.report.write_update` files.

    Raises:
        InvalidValue: ``evidence`` or ``told`` is something else.
        MissingExtra: The extra ``charts`` is not installed.

    Example:
        >>> from bucks_cs.report import cabinet_update
        >>> print(cabinet_update().section("unaccompanied-children").paragraphs[0])
        On 11 October 2022 Buckinghamshire supported 32 children who came to this country without a parent or carer.
    """
    from bucks_cs.report.of_the_record import october_2022

    need_told(told)
    found: Any = october_2022() if evidence is None else evidence
    if not isinstance(found, Evidence):
        raise InvalidValue(what="evidence", expected="Evidence, as report.october_2022 or report.published gives it")
    sections = []
    for number, chapter in enumerate(found.chapters, start=1):
        if told is not None:
            told(Step(number=number, of=len(found.chapters), title=chapter.title))
        sections.append(chapter.make())
    return Update(title=found.title, area=found.area, introduction=found.introduction, sections=sections)
