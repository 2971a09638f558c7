"""Unaccompanied children: the National Transfer Scheme's threshold, and whether it had to be complied with, by date in force."""

from __future__ import annotations

import datetime as dt
import enum

from bucks_cs.provenance import Dated, InForce
from bucks_cs.uasc.sources.publications import (
    DIRECTED_TO_TAKE_PART,
    SCHEME_LAUNCHED,
    THRESHOLD_OF_2016,
    THRESHOLD_OF_2022,
    VOLUNTARY_ROTA,
)
from bucks_cs.units import Quantity, quantity

__all__ = ["AGES_OF_A_CHILD", "MONTHS_TO_18", "NTS_PARTICIPATION", "NTS_THRESHOLD", "Participation"]

_LAUNCH, _RAISED = dt.date(2016, 7, 1), dt.date(2022, 8, 24)
_A_DAY = dt.timedelta(days=1)


class Participation(enum.Enum):
    """How authorities take part in the National Transfer Scheme."""

    VOLUNTARY = "voluntary"
    """Each by its own agreement."""
    VOLUNTARY_ROTA = "voluntary, by rota"
    """Regions take turns, still by agreement."""
    PARTLY_DIRECTED = "directed, but for 29 authorities"
    """177 authorities were directed under section 72(3) of the Immigration Act 2016."""
    DIRECTED = "directed"
    """Every authority with children's services is."""


NTS_THRESHOLD: Dated[Quantity] = Dated(
    what="the National Transfer Scheme's threshold",
    values=(
        InForce(value=quantity(0.07, "percent"), since=_LAUNCH, until=_RAISED - _A_DAY, source=THRESHOLD_OF_2016),
        InForce(value=quantity(0.10, "percent"), since=_RAISED, source=THRESHOLD_OF_2022),
    ),
)
"""The share of an authority's children, in percent, up to which it is expected to take unaccompanied children."""

_ROTA, _FIRST_DIRECTED, _ALL_DIRECTED = dt.date(2021, 6, 10), dt.date(2021, 12, 14), dt.date(2022, 2, 15)

NTS_PARTICIPATION: Dated[Participation] = Dated(
    what="taking part in the National Transfer Scheme",
    values=(
        InForce(value=Participation.VOLUNTARY, since=_LAUNCH, until=_ROTA - _A_DAY, source=SCHEME_LAUNCHED),
        InForce(value=Participation.VOLUNTARY_ROTA, since=_ROTA, until=_FIRST_DIRECTED - _A_DAY, source=VOLUNTARY_ROTA),
        InForce(
            value=Participation.PARTLY_DIRECTED,
            since=_FIRST_DIRECTED,
            until=_ALL_DIRECTED - _A_DAY,
            source=DIRECTED_TO_TAKE_PART,
        ),
        InForce(value=Participation.DIRECTED, since=_ALL_DIRECTED, source=DIRECTED_TO_TAKE_PART),
    ),
)
"""Whether authorities had to take part; the source of each says how sure its first day is."""

AGES_OF_A_CHILD = (0, 17)
"""The ages of the children that the threshold is a share of: under 18, as the Children Act 1989 and the scheme mean it."""

MONTHS_TO_18 = 18 * 12
"""The months of age at which an unaccompanied child is a child no longer."""
