"""Demand: the frames it accepts, a room each: counts in long form, and rows about children."""

from bucks_cs.demand.schema.activity import Activity
from bucks_cs.demand.schema.allocations import Allocations
from bucks_cs.demand.schema.assessments import Assessments
from bucks_cs.demand.schema.children_in_need_episodes import ChildrenInNeedEpisodes
from bucks_cs.demand.schema.contacts import Contacts
from bucks_cs.demand.schema.early_help_episodes import EarlyHelpEpisodes
from bucks_cs.demand.schema.initial_conferences import InitialConferences
from bucks_cs.demand.schema.mid_year_population import MidYearPopulation
from bucks_cs.demand.schema.protection_plans import PlanReviews, ProtectionPlans
from bucks_cs.demand.schema.referrals import Referrals
from bucks_cs.demand.schema.section_47_enquiries import Section47Enquiries

__all__ = [
    "Activity",
    "Allocations",
    "Assessments",
    "ChildrenInNeedEpisodes",
    "Contacts",
    "EarlyHelpEpisodes",
    "InitialConferences",
    "MidYearPopulation",
    "PlanReviews",
    "ProtectionPlans",
    "Referrals",
    "Section47Enquiries",
]
