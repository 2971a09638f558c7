"""Children's services performance in an English council, as code: what it counts, promises, spends and is judged on.

A folder here is a part of the service, and a file is ground that the parts share.

The service:

- `demand`: contact, referral, assessment, section 47 enquiry, initial child protection conference, plan;
- `ehcp`: education, health and care plans: how many, for what need, how soon, and what comes next;
- `savings`: lines of the medium-term financial plan, added up by year, basis and kind;
- `inspections`: outcomes of Ofsted and CQC, each in the scale of its own regime;
- `sufficiency`: places enough for the need, or not;
- `workforce`: social workers in post and from agencies, their cases, and the academy;
- `uasc`: unaccompanied children, and the threshold of the National Transfer Scheme;
- `looked_after`: children looked after, their homes and social workers, and care leavers;
- `attainment`: the two national ambitions, and the way to them;
- `record`: what Buckinghamshire published, every figure as printed, with its source;
- `catalogue`: every indicator there is, to look up and to search;
- `charts`, `tables`: readings drawn, and laid out for a page or an accessible workbook;
- `report`: the update that goes to Cabinet, made from all of it.

What one asks of a figure:

- `audit`: does a printed figure follow from the figures beside it?
- `rates`: of how many, and how sure is that?
- `trend`: how does it stand against its own past, and may the two be compared at all?
- `comparison`: how does it stand among England's authorities, its region, its neighbours?

What they are made of:

- `indicators`: an `Indicator` says what a measure means, a `Reading` is one value of it, and where there is
  none `Withheld` says why;
- `readings`: `Readings` are many of them, as a frame of the caller's own kind;
- `frames`: how a frame of polars, pandas, pyarrow, DuckDB or Spark comes in, is checked, and goes out;
- `provenance`: a `Source` for every number, or `NoOfficialSource` where nobody publishes it;
- `periods`, `working_days`, `geography`, `units`: when, how long, where, and of what;
- `code_lists`: what the codes of a return mean, by the dates they held;
- `interchange`: any of these objects as JSON and TOML, and back;
- `errors`: what can go wrong, said without a child's data;
- `published_files`: the data files of DfE and others, whatever a release calls its columns;
- `marking`: a measure as rows that count and rows that do not, for measures of your own;
- `testing`: frames made up to any schema, for the tests of your own tools.

Importing `bucks_cs` is quick and quiet: each name below is loaded when it is first used, no logging is set up, and
no frame library is loaded before a frame is in play.

Example:
    >>> import bucks_cs
    >>> bucks_cs.Withheld("c").meaning
    'suppressed to protect confidentiality'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
"""The version of the library that is installed."""

__all__ = [
    "DemandIndicator",
    "EHCPCohort",
    "Indicator",
    "InspectionOutcome",
    "NoOfficialSource",
    "Reading",
    "Readings",
    "SavingsLine",
    "Source",
    "Withheld",
    "__version__",
    "attainment",
    "audit",
    "catalogue",
    "charts",
    "code_lists",
    "comparison",
    "demand",
    "ehcp",
    "errors",
    "frames",
    "geography",
    "indicators",
    "inspections",
    "interchange",
    "looked_after",
    "marking",
    "periods",
    "provenance",
    "published_files",
    "rates",
    "readings",
    "record",
    "report",
    "savings",
    "sufficiency",
    "tables",
    "testing",
    "trend",
    "uasc",
    "units",
    "workforce",
    "working_days",
]

if TYPE_CHECKING:
    from bucks_cs import (
        attainment,
        audit,
        catalogue,
        charts,
        code_lists,
        comparison,
        demand,
        ehcp,
        errors,
        frames,
        geography,
        indicators,
        inspections,
        interchange,
        looked_after,
        marking,
        periods,
        provenance,
        published_files,
        rates,
        readings,
        record,
        report,
        savings,
        sufficiency,
        tables,
        testing,
        trend,
        uasc,
        units,
        workforce,
        working_days,
    )
    from bucks_cs.demand import DemandIndicator
    from bucks_cs.ehcp import EHCPCohort
    from bucks_cs.indicators import Indicator, Reading, Withheld
    from bucks_cs.inspections import InspectionOutcome
    from bucks_cs.provenance import NoOfficialSource, Source
    from bucks_cs.readings import Readings
    from bucks_cs.savings import SavingsLine
else:
    _OBJECTS = {
        "DemandIndicator": "demand",
        "EHCPCohort": "ehcp",
        "Indicator": "indicators",
        "InspectionOutcome": "inspections",
        "NoOfficialSource": "provenance",
        "Reading": "indicators",
        "Readings": "readings",
        "SavingsLine": "savings",
        "Source": "provenance",
        "Withheld": "indicators",
    }

    def __getattr__(name: str) -> object:
        import importlib

        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name in _OBJECTS:
            found = getattr(importlib.import_module(f"{__name__}.{_OBJECTS[name]}"), name)
        else:
            found = importlib.import_module(f"{__name__}.{name}")
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
