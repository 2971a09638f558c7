"""Groups of places that are alike: where they are, of what kind, and for whom. A row of a table is of one group and one time."""

from __future__ import annotations

from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.sufficiency.model.vocabulary import KindOfHome, KindOfProvision, PhaseOfEducation, ProviderOfHome, TypeOfNeed

__all__ = ["HomeGroup", "ProvisionGroup"]


def _named(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """An attrs validator: the name of a place in the county, or None."""
    if value is not None and not (isinstance(value, str) and value and value == value.strip()):
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="the name of a locality, or None")


@attrs.frozen(kw_only=True)
class ProvisionGroup:
    """Places in education that are alike.

    Args:
        kind: The kind of provision.
        phase: The phase of education; None where the places are of no one phase.
        need: The need they are kept for; None where they are kept for no one need.
        locality: Where in the authority; None where they are of no one locality.

    Raises:
        InvalidValue: One of the parts is of another kind.

    Example:
        >>> from bucks_cs.sufficiency import KindOfProvision, PhaseOfEducation, ProvisionGroup, TypeOfNeed
        >>> print(ProvisionGroup(kind=KindOfProvision.SPECIAL_SCHOOL, phase=PhaseOfEducation.SECONDARY, need=TypeOfNeed.ASD,
        ...     locality="Aylesbury"))
        special school, secondary, ASD, Aylesbury
    """

    kind: KindOfProvision = attrs.field(validator=of_kind(KindOfProvision, expected="a KindOfProvision"))
    phase: PhaseOfEducation | None = attrs.field(
        default=None, validator=of_kind(PhaseOfEducation, type(None), expected="a PhaseOfEducation, or None")
    )
    need: TypeOfNeed | None = attrs.field(
        default=None, validator=of_kind(TypeOfNeed, type(None), expected="a TypeOfNeed, or None")
    )
    locality: str | None = attrs.field(default=None, validator=_named)

    @property
    def cells(self) -> dict[str, str | None]:
        """The group as the cells of a row of `bucks_cs.sufficiency.Places`."""
        return {
            "locality": self.locality,
            "phase": self.phase.value if self.phase else None,
            "kind": self.kind.value,
            "need": self.need.value if self.need else None,
        }

    def __str__(self) -> str:
        told = (self.cells[name] for name in ("kind", "phase", "need", "locality"))
        return ", ".join(word for word in told if word)


@attrs.frozen(kw_only=True)
class HomeGroup:
    """Places in homes for children in care that are alike.

    Args:
        kind: The kind of home.
        provider: Who provides it; None where they are of no one provider.
        locality: Where; None where they are of no one locality.

    Raises:
        InvalidValue: One of the parts is of another kind.

    Example:
        >>> from bucks_cs.sufficiency import HomeGroup, KindOfHome, ProviderOfHome
        >>> print(HomeGroup(kind=KindOfHome.CHILDRENS_HOME, provider=ProviderOfHome.OWN, locality="Wycombe"))
        children's home, own provision, Wycombe
    """

    kind: KindOfHome = attrs.field(validator=of_kind(KindOfHome, expected="a KindOfHome"))
    provider: ProviderOfHome | None = attrs.field(
        default=None, validator=of_kind(ProviderOfHome, type(None), expected="a ProviderOfHome, or None")
    )
    locality: str | None = attrs.field(default=None, validator=_named)

    @property
    def cells(self) -> dict[str, str | None]:
        """The group as the cells of a row of `bucks_cs.sufficiency.Homes`."""
        return {
            "locality": self.locality,
            "kind": self.kind.value,
            "provider": self.provider.value if self.provider else None,
        }

    def __str__(self) -> str:
        told = (self.cells[name] for name in ("kind", "provider", "locality"))
        return ", ".join(word for word in told if word)
