"""The record: the official measures that printed figures are set beside, by their keys."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bucks_cs.errors import InvalidValue, NotFound, did_you_mean
from bucks_cs.record.officially.measure import OfficialMeasure
from bucks_cs.record.officially.measures_of_children import MEASURES_OF_CHILDREN
from bucks_cs.record.officially.measures_of_quality import MEASURES_OF_QUALITY

__all__ = ["OFFICIAL_MEASURES", "OfficialMeasure", "official_measure", "official_measures"]

_MEASURES = (*MEASURES_OF_CHILDREN, *MEASURES_OF_QUALITY)

OFFICIAL_MEASURES: Mapping[str, OfficialMeasure] = MappingProxyType({measure.key: measure for measure in _MEASURES})
"""The official measures by their keys."""


def official_measures() -> tuple[OfficialMeasure, ...]:
    """The official measures that printed figures are set beside, in the order of their subjects.

    Returns:
        The measures, each with its release, its file and its place in it.

    Source:
        The release that each names.

    Example:
        >>> all(official_measure(measure.key) is measure for measure in official_measures())
        True
    """
    return _MEASURES


def official_measure(key: str) -> OfficialMeasure:
    """An official measure by its key.

    Args:
        key: Such as ``"ehcp.plans"``: that of the subject's own indicator where a subject has one.

    Raises:
        NotFound: There is none of that key.
        InvalidValue: It is no text.

    Example:
        >>> print(official_measure("ehcp.issued_in_time_including_exceptions"))
        Education, health and care plans issued within 20 weeks, including exceptions
    """
    if not isinstance(key, str):
        raise InvalidValue(what="official_measure", expected="a key, as text")
    if key in OFFICIAL_MEASURES:
        return OFFICIAL_MEASURES[key]
    raise NotFound(what="an official measure", asked_on=("key",), rows=0, hint=did_you_mean(key, OFFICIAL_MEASURES))
