"""Rebuild the Children's Services Update of October 2022 from the record, and see which of its figures follow from one another.

python examples/cabinet_update.py                     # the whole update, as it was printed
python examples/cabinet_update.py --table mine.csv    # a demand table of your own: columns as in the one that is written
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
from bucks_cs.report import cabinet_update, demand_findings, demand_table_alone, october_2022, progress_on, write_update


def main() -> int:
    """Print what was found of the demand table, and write the update as a page, a workbook and a file of figures."""
    arguments = argparse.ArgumentParser(description="Rebuild and audit the Children's Services Update of October 2022.")
    arguments.add_argument("--table", type=Path, help="a CSV of a demand table, to audit in place of the whole update")
    arguments.add_argument("--into", type=Path, default=Path("build/cabinet-update"), help="the folder to write to")
    given = arguments.parse_args()
    source: AnySource = record.CABINET_REPORT_OCTOBER_2022
    try:
        if given.table is None:
            findings, evidence = demand_findings(), october_2022()
        else:
            source = NoOfficialSource(reason=f"the file {given.table.name}, as it was given")
            table = pl.read_csv(given.table, infer_schema=False)
            findings, evidence = demand_findings(table), demand_table_alone(table, source=source)
        with progress_on(sys.stderr) as told:
            update = cabinet_update(evidence, told=told)
            written = write_update(update, given.into, told=told)
    except (BucksError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{source}\n\n{findings}\n\n{update}\n\nWritten: {written}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
