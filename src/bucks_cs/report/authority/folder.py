"""The folder of published statistics: which file of it is which, whatever years stand in its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue

__all__ = ["PublishedFolder"]

# The part of a name that a new release changes is a star.
_FILES = {
    "referrals": "children_in_need/c1_*.csv",
    "children in need": "children_in_need/b1_*.csv",
    "subsequent plans": "children_in_need/d3_*.csv",
    "plans by duration": "children_in_need/d5_*.csv",
    "population": "population/ons_mid-year_population_estimates_*.csv",
    "caseload": "ehc_plans/caseload.csv",
    "primary need": "ehc_plans/sen_needs_all_plans.csv",
    "timeliness": "ehc_plans/timeliness_20_week.csv",
    "workforce": "social_work_workforce/csww_indicators_*.csv",
    "looked after": "children_looked_after/cla_number_and_rate_per_10k_children.csv",
    "placement stability": "children_looked_after/la_cla_placement_stability.csv",
    "local authority inspections": "inspections/LA_Inspection_Outcomes_*.ods",
    "area SEND inspections": "inspections/Area_SEND_inspection_data_*.ods",
    "schools": "inspections/schools_overall_effectiveness_*.csv",
    "home education": "home_education/ehe_academic_year.csv",
}


def _as_path(given: object) -> Path:
    if not isinstance(given, (str, os.PathLike)) or not str(given).strip():
        raise InvalidValue(what="folder", expected="the path of a folder of published statistics")
    return Path(os.fspath(given))


@attrs.frozen(kw_only=True)
class PublishedFolder:
    """A folder of published statistics, in the folders of their subjects.

    Args:
        path: Where it is.

    Raises:
        InvalidValue: There is no such folder, or one of the files is not in it; all that are not are named.
    """

    path: Path = attrs.field(converter=_as_path)

    def __attrs_post_init__(self) -> None:
        if not self.path.is_dir():
            raise InvalidValue(what="folder", expected="a folder of published statistics: there is no folder at that path")
        missing = [pattern for pattern in _FILES.values() if not any(self.path.glob(pattern))]
        if missing:
            raise InvalidValue(what="folder", expected=f"these files in the folder, which are not there: {', '.join(missing)}")

    def file(self, what: str) -> Any:
        """The path of a file; of several releases of it the one with the latest name.

        Args:
            what: Which, as it is called here: ``"referrals"``.

        Raises:
            InvalidValue: No file is called so here.
        """
        if what not in _FILES:
            raise InvalidValue(what="what", expected=" or ".join(_FILES))
        return str(max(self.path.glob(_FILES[what])))
