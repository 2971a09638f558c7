"""The localities that social workers are shared out over, with what is weighed."""

from __future__ import annotations

from bucks_cs.frames import FrameModel, Number, Text, field

__all__ = ["Localities"]

_MOST = 1e12


class Localities(FrameModel):
    """The localities of an authority, a row each, with the need and the deprivation of each.

    Both are things that add up over localities, such as children, cases or children in families of low income: what is weighed is
    the share of the whole that a locality has. A deprivation score, an average or a rank does not add up, and would give a
    locality of 500 children as much as one of 5,000. Further columns come along, and are left behind by what is worked out.
    """

    locality: Text = field(
        title="Locality",
        description="Where in the authority; workers are told apart by it, so that no two rows have the same.",
        aliases=["team", "locality team", "area name"],
        unique=True,
        str_length={"min_value": 1},
    )
    need: Number = field(
        title="Need",
        description="How much need the locality has, in something that adds up: children, cases, referrals.",
        aliases=["cases", "children", "referrals"],
        ge=0,
        le=_MOST,
    )
    deprivation: Number = field(
        title="Deprivation",
        description="How much deprivation it has, in something that adds up: children in families of low income.",
        aliases=["children in low income families", "income deprived children"],
        nullable=True,
        gap="not known, or not weighed",
        ge=0,
        le=_MOST,
    )
