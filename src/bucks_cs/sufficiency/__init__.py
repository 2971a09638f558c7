"""Sufficiency: are there places enough for the children who need them, where and of the kind they need?

**Places** by locality, phase, kind of provision and need stand beside the children who need them: a surplus or a deficit each
year, the first year of deficit, and what a **scheme** of new places does to it. Homes for children in care take the same shape.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.indicators import Indicator
    from bucks_cs.sufficiency.calculations.deficit import (
        HOMES_FROM_OUTSIDE,
        PLACES_FROM_OUTSIDE,
        first_year_of_deficit,
        places_from_outside,
    )
    from bucks_cs.sufficiency.calculations.schemes import effect_of_scheme, with_scheme
    from bucks_cs.sufficiency.calculations.surplus import SURPLUS, SURPLUS_OF_HOMES, surplus, surplus_of_homes
    from bucks_cs.sufficiency.calculations.use import USE_OF_HOMES, USE_OF_PLACES, use_of_homes, use_of_places
    from bucks_cs.sufficiency.model.areas_of_need import AREAS_OF_NEED, AreaOfNeed
    from bucks_cs.sufficiency.model.first_deficit import Deficit, EffectOfScheme, FirstYearOfDeficit
    from bucks_cs.sufficiency.model.groups import HomeGroup, ProvisionGroup
    from bucks_cs.sufficiency.model.scheme import Closing, Opening, Scheme
    from bucks_cs.sufficiency.model.vocabulary import (
        KindOfHome,
        KindOfProvision,
        Missing,
        PhaseOfEducation,
        PhaseOfStrategy,
        ProviderOfHome,
        TypeOfNeed,
    )
    from bucks_cs.sufficiency.schema.tables import Homes, Need, NeedForHomes, Places

    INDICATORS: tuple[Indicator, ...]
    """Every indicator of the subject, in the order of their names."""

__all__ = [
    "AREAS_OF_NEED",
    "HOMES_FROM_OUTSIDE",
    "INDICATORS",
    "PLACES_FROM_OUTSIDE",
    "SURPLUS",
    "SURPLUS_OF_HOMES",
    "USE_OF_HOMES",
    "USE_OF_PLACES",
    "AreaOfNeed",
    "Closing",
    "Deficit",
    "EffectOfScheme",
    "FirstYearOfDeficit",
    "HomeGroup",
    "Homes",
    "KindOfHome",
    "KindOfProvision",
    "Missing",
    "Need",
    "NeedForHomes",
    "Opening",
    "PhaseOfEducation",
    "PhaseOfStrategy",
    "Places",
    "ProviderOfHome",
    "ProvisionGroup",
    "Scheme",
    "TypeOfNeed",
    "effect_of_scheme",
    "first_year_of_deficit",
    "places_from_outside",
    "surplus",
    "surplus_of_homes",
    "use_of_homes",
    "use_of_places",
    "with_scheme",
]

_ROOMS = {
    "calculations.deficit": ("HOMES_FROM_OUTSIDE", "PLACES_FROM_OUTSIDE", "first_year_of_deficit", "places_from_outside"),
    "calculations.schemes": ("effect_of_scheme", "with_scheme"),
    "calculations.surplus": ("SURPLUS", "SURPLUS_OF_HOMES", "surplus", "surplus_of_homes"),
    "calculations.use": ("USE_OF_HOMES", "USE_OF_PLACES", "use_of_homes", "use_of_places"),
    "model.areas_of_need": ("AREAS_OF_NEED", "AreaOfNeed"),
    "model.first_deficit": ("Deficit", "EffectOfScheme", "FirstYearOfDeficit"),
    "model.groups": ("HomeGroup", "ProvisionGroup"),
    "model.scheme": ("Closing", "Opening", "Scheme"),
    "model.vocabulary": (
        "KindOfHome", "KindOfProvision", "Missing", "PhaseOfEducation", "PhaseOfStrategy", "ProviderOfHome", "TypeOfNeed",
    ),
    "schema.tables": ("Homes", "Need", "NeedForHomes", "Places"),
}

if not TYPE_CHECKING:
    _ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

    def __getattr__(name: str) -> Any:
        if name == "INDICATORS":
            from bucks_cs.indicators import Indicator

            found = (__getattr__(known) for known in __all__ if known.isupper() and known != "INDICATORS")
            return tuple(each for each in found if isinstance(each, Indicator))
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
