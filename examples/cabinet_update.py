"""Rebuild the demand table of the October 2022 Cabinet report, and see which of its percentages follow from their own row.

    python examples/cabinet_update.py                     # the table as it was printed
    python examples/cabinet_update.py --table mine.csv    # the same with other figures: columns as in the one that is written
    python examples/cabinet_update.py --into somewhere    # another folder than build/cabinet-update
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import polars as pl

from bucks_cs import record
from bucks_cs.errors import BucksError
from bucks_cs.provenance import AnySource, NoOfficialSource
from bucks_cs.report import demand_findings, write_update


def main() -> int:
    """Print the table with what was found, and write it as a page and as CSV."""
    arguments = argparse.ArgumentParser(description="Audit the demand table of paragraph 3.19.")
    arguments.add_argument("--table", type=Path, help="a CSV of such a table, to audit in its place")
    arguments.add_argument("--into", type=Path, default=Path("build/cabinet-update"), help="the folder to write to")
    given = arguments.parse_args()
    try:
        table = record.demand_table() if given.table is None else pl.read_csv(given.table, infer_schema=False)
        findings = demand_findings(table)
    except (BucksError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    source: AnySource = record.CABINET_REPORT_OCTOBER_2022
    if given.table is not None:
        source = NoOfficialSource(reason=f"the file {given.table.name}, as it was given")
    print(f"{source}\n\n{findings}")
    page, figures = write_update(findings, given.into, source=source)
    print(f"\nWritten: {page} and {figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
