"""The words a place is told by: phase, kind of provision, need; kind of home, and who provides it."""

from __future__ import annotations

import enum

__all__ = [
    "KindOfHome",
    "KindOfProvision",
    "Missing",
    "PhaseOfEducation",
    "PhaseOfStrategy",
    "ProviderOfHome",
    "TypeOfNeed",
]


class PhaseOfEducation(enum.Enum):
    """The phase of education a place is for; the last three are those that paragraph 3.23 of the Cabinet report names."""

    EARLY_YEARS = "early years"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    POST_16 = "post-16"


class PhaseOfStrategy(enum.Enum):
    """The three phases over which Buckinghamshire's strategy is carried out, in the words of paragraph 3.24.

    They are stretches of work and not phases of education. The paragraph says that there are three and gives neither their dates
    nor what is in them. The council's own page of early 2022 plans the first one by September 2023; what was planned for the
    other two was not found.

    Source:
        Buckinghamshire Council, report to Cabinet of 11 October 2022, paragraph 3.24; Buckinghamshire Family Information
        Service, "SEND Education Sufficiency Strategy" (consultation to 3 April 2022).
    """

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


class KindOfProvision(enum.Enum):
    """The kind of provision a place is in.

    In additionally resourced provision a child is taught mainly in the mainstream classes of its school, in an SEN unit mainly
    in separate ones.

    Source:
        Paragraph 3.23 of the Cabinet report for mainstream schools, alternative provision, special schools and further
        education; DfE, *School census* guide, for resourced provision and SEN units; DfE, *School capacity*, which leaves
        independent schools out.
    """

    MAINSTREAM = "mainstream school"
    ALTERNATIVE_PROVISION = "alternative provision"
    RESOURCED_PROVISION = "additionally resourced provision"
    SEN_UNIT = "SEN unit"
    SPECIAL_SCHOOL = "special school"
    INDEPENDENT_SPECIAL_SCHOOL = "independent special school"
    FURTHER_EDUCATION = "further education"

    @property
    def is_specialist(self) -> bool:
        """Whether DfE's school capacity survey collects it as specialist: special schools, SEN units, resourced provision."""
        return self in {self.RESOURCED_PROVISION, self.SEN_UNIT, self.SPECIAL_SCHOOL}


class TypeOfNeed(enum.Enum):
    """The need that a place is for, or that a child has: the codes of the primary needs of SEN2.

    What each means, and since when it holds, is in `bucks_cs.ehcp.PrimaryNeed`: SLD is severe, SPLD specific, and DS is there
    from SEN2 2025. A place that is kept for no one need has none of these: its cell is empty.
    """

    SPLD = "SPLD"
    MLD = "MLD"
    SLD = "SLD"
    PMLD = "PMLD"
    SEMH = "SEMH"
    SLCN = "SLCN"
    HI = "HI"
    VI = "VI"
    MSI = "MSI"
    PD = "PD"
    ASD = "ASD"
    DS = "DS"
    OTH = "OTH"


class KindOfHome(enum.Enum):
    """The kind of home a child in care lives in; `codes` are those of the children looked after return (SSDA903).

    Source:
        DfE, guide to the SSDA903 collection, codes of placement, as public repositories of the field keep them.
    """

    FOSTER_HOME = "foster home"
    RELATIVE_OR_FRIEND = "foster home with a relative or friend"
    CHILDRENS_HOME = "children's home"
    SECURE_CHILDRENS_HOME = "secure children's home"
    SEMI_INDEPENDENT = "semi-independent living"
    RESIDENTIAL_CARE_HOME = "residential care home"
    RESIDENTIAL_SCHOOL = "residential school"

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the return for it.

        The others that the return has are left out: those of adoption, parents, hospitals and custody, and of whatever else a
        council may plan places in, such as a mother and baby unit.
        """
        return _PLACEMENTS[self]

    @property
    def is_fostering(self) -> bool:
        """Whether the child lives with a foster carer."""
        return self in {self.FOSTER_HOME, self.RELATIVE_OR_FRIEND}


_PLACEMENTS = {
    KindOfHome.FOSTER_HOME: ("U4", "U5", "U6"),
    KindOfHome.RELATIVE_OR_FRIEND: ("U1", "U2", "U3"),
    KindOfHome.CHILDRENS_HOME: ("K2",),
    KindOfHome.SECURE_CHILDRENS_HOME: ("K1",),
    KindOfHome.SEMI_INDEPENDENT: ("H5",),
    KindOfHome.RESIDENTIAL_CARE_HOME: ("R1",),
    KindOfHome.RESIDENTIAL_SCHOOL: ("S1",),
}


class ProviderOfHome(enum.Enum):
    """Who provides a home, in the words of DfE's tables of place providers."""

    OWN = "own provision"
    OTHER_AUTHORITY = "other LA provision"
    OTHER_PUBLIC = "other public provision"
    PRIVATE = "private provision"
    VOLUNTARY = "voluntary/third sector provision"

    @property
    def is_in_house(self) -> bool:
        """Whether it is the authority's own."""
        return self is ProviderOfHome.OWN

    @property
    def is_independent(self) -> bool:
        """Whether it is bought from a company or a charity, as an independent fostering agency's is."""
        return self in {ProviderOfHome.PRIVATE, ProviderOfHome.VOLUNTARY}


class Missing(enum.Enum):
    """What it means that a table has no row in a year for a line (a locality, phase, kind and need) that it has in another."""

    NOT_KNOWN = "not known"
    NONE = "none"
