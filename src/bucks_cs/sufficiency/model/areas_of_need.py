"""The six areas that Buckinghamshire's SEND Education Sufficiency Plan is to address, as paragraph 3.23 prints them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.sufficiency.model.groups import ProvisionGroup
from bucks_cs.sufficiency.model.vocabulary import KindOfProvision, PhaseOfEducation, TypeOfNeed
from bucks_cs.sufficiency.sources import CABINET_REPORT

__all__ = ["AREAS_OF_NEED", "AreaOfNeed"]


def _several(given: Any) -> tuple[Any, ...]:
    """One or several, as several: the name of one place is not its letters."""
    return tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)


@attrs.frozen(kw_only=True)
class AreaOfNeed:
    """An area in which more places are needed: the sentence as printed, and what this library reads out of it.

    Args:
        number: Its number, such as ``"iv"``.
        printed: The sentence as printed.
        phases: The phases of education it names; none where it is of all.
        kinds: The kinds of provision it is about.
        needs: The needs it names; none where it is of any.
        localities: The places in the county it names; none where it is of all.
        only_there: Whether it is of those places alone; "particularly in" is not.
        source: Where it is printed.

    Raises:
        MissingSource: There is no source.
        InvalidValue: A part is of another kind.

    Example:
        >>> from bucks_cs.sufficiency import AREAS_OF_NEED
        >>> fourth = AREAS_OF_NEED[3]
        >>> print(fourth)
        iv: secondary and post-16; special school; ASD, MLD, SLD and PMLD; Aylesbury in particular
    """

    number: str = attrs.field(validator=of_kind(str, expected="text"))
    printed: str = attrs.field(validator=of_kind(str, expected="text"))
    phases: tuple[PhaseOfEducation, ...] = attrs.field(default=(), converter=_several)
    kinds: tuple[KindOfProvision, ...] = attrs.field(converter=_several)
    needs: tuple[TypeOfNeed, ...] = attrs.field(default=(), converter=_several)
    localities: tuple[str, ...] = attrs.field(default=(), converter=_several)
    only_there: bool = attrs.field(default=False, validator=of_kind(bool, expected="True or False"))
    source: AnySource = attrs.field(validator=of_kind(Source, NoOfficialSource, expected="a Source, or NoOfficialSource"))

    def __attrs_post_init__(self) -> None:
        parts = {"phases": PhaseOfEducation, "kinds": KindOfProvision, "needs": TypeOfNeed, "localities": str}
        for name, kind in parts.items():
            if not all(isinstance(part, kind) for part in getattr(self, name)):
                raise InvalidValue(what=f"AreaOfNeed.{name}", expected=f"a {kind.__name__} each")

    def covers(self, group: ProvisionGroup) -> bool:
        """Whether places lie in this area: of a phase, kind and need it names, and of its localities where it is of those alone.

        Args:
            group: The places.

        Returns:
            True or False; places that are of no one phase, need or locality lie in an area that is of all of them, and in no
            other.

        Raises:
            InvalidValue: It is no `ProvisionGroup`.
        """
        if not isinstance(group, ProvisionGroup):
            raise InvalidValue(what="group", expected="a ProvisionGroup")
        return (
            group.kind in self.kinds
            and (not self.phases or group.phase in self.phases)
            and (not self.needs or group.need in self.needs)
            and (not self.only_there or group.locality in self.localities)
        )

    def __str__(self) -> str:
        words = (
            _listed(phase.value for phase in self.phases) or "all phases",
            _listed(kind.value for kind in self.kinds),
            _listed(need.value for need in self.needs) or "any need",
            _listed(self.localities) + ("" if self.only_there or not self.localities else " in particular"),
        )
        return f"{self.number}: {'; '.join(word for word in words if word)}"


def _listed(words: Iterable[str]) -> str:
    given = list(words)
    return " and ".join([", ".join(given[:-1]), given[-1]]) if len(given) > 1 else "".join(given)


_K, _P, _N = KindOfProvision, PhaseOfEducation, TypeOfNeed

# Places in resourced provision and SEN units are places in mainstream schools, and are read so; the draft strategy on which the
# council consulted in June 2021 has "secondary mainstream schools (including Additionally Resourced Provisions)".
_IN_MAINSTREAM = (_K.MAINSTREAM, _K.RESOURCED_PROVISION, _K.SEN_UNIT)


def _area(number: str, printed: str, **read: Any) -> AreaOfNeed:
    return AreaOfNeed(number=number, printed=printed, source=CABINET_REPORT.at(f"paragraph 3.23 {number}"), **read)


AREAS_OF_NEED = (
    _area(
        "i",
        "The need to increase the capacity of secondary mainstream schools (including alternative provision) for children with "
        "Communication and Interaction needs (autism), speech, language and communication needs (SLCN) and social, emotional and "
        "mental health needs (SEMH) particularly in both Aylesbury and Wycombe.",
        phases=(_P.SECONDARY,),
        kinds=(*_IN_MAINSTREAM, _K.ALTERNATIVE_PROVISION),
        needs=(_N.ASD, _N.SLCN, _N.SEMH),
        localities=("Aylesbury", "Wycombe"),
    ),
    _area(
        "ii",
        "The need to increase the capacity of secondary mainstream schools (including Alternative Provision) for children in "
        "Aylesbury with moderate learning difficulties.",
        phases=(_P.SECONDARY,),
        kinds=(*_IN_MAINSTREAM, _K.ALTERNATIVE_PROVISION),
        needs=(_N.MLD,),
        localities=("Aylesbury",),
        only_there=True,
    ),
    _area(
        "iii",
        "The need to accommodate some growth in numbers of children with SEN in primary and post-16 mainstream schools "
        "particularly in Aylesbury and Wycombe.",
        phases=(_P.PRIMARY, _P.POST_16),
        kinds=_IN_MAINSTREAM,
        localities=("Aylesbury", "Wycombe"),
    ),
    _area(
        "iv",
        "The need for more secondary and post-16 special school places across the county, but particularly in Aylesbury, "
        "primarily for children with autism and learning difficulties.",
        phases=(_P.SECONDARY, _P.POST_16),
        kinds=(_K.SPECIAL_SCHOOL,),
        needs=(_N.ASD, _N.MLD, _N.SLD, _N.PMLD),
        localities=("Aylesbury",),
    ),
    _area(
        "v",
        "The need for specialist provision to support children with autism and/or SEMH for whom a high-level academic education "
        "offers the best possible foundation for their future.",
        kinds=tuple(kind for kind in KindOfProvision if kind.is_specialist),
        needs=(_N.ASD, _N.SEMH),
    ),
    _area(
        "vi",
        "The need for suitable post-16 further education placements across the county to accommodate a range of needs.",
        phases=(_P.POST_16,),
        kinds=(_K.FURTHER_EDUCATION,),
    ),
)
"""The six areas of paragraph 3.23, in order.

What is read out of each is this library's reading. "Learning difficulties" in iv are moderate, severe, and profound and multiple
ones, as paragraph 6.30 of the SEND code of practice has the words; "specialist provision" in v is what DfE's school capacity
survey collects as such. The second sentence of i, which says why, is left out.
"""
