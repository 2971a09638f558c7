"""EHC plans: the frames it accepts, a room each: rows about children, and published files."""

from bucks_cs.ehcp.schema.assessments import Assessments
from bucks_cs.ehcp.schema.journeys import Journeys
from bucks_cs.ehcp.schema.plans import Plans
from bucks_cs.ehcp.schema.requests import Requests
from bucks_cs.ehcp.schema.reviews import Reviews

__all__ = [
    "Assessments",
    "Journeys",
    "Plans",
    "Requests",
    "Reviews",
]
