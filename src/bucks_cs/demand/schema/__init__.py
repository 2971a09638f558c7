"""Demand: the frames it accepts, a room each: counts in long form, and rows about children."""

from bucks_cs.demand.schema.activity import Activity
from bucks_cs.demand.schema.referrals import Referrals

__all__ = ["Activity", "Referrals"]
