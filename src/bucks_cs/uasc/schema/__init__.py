"""Unaccompanied children: the frames it accepts."""

from bucks_cs.uasc.schema.areas import UnaccompaniedByArea
from bucks_cs.uasc.schema.people import UnaccompaniedRecords

__all__ = ["UnaccompaniedByArea", "UnaccompaniedRecords"]
