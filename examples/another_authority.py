"""Make a Children's Services Update for any authority, from published statistics.

python examples/another_authority.py 204                          # Hackney, from ../shared/published
python examples/another_authority.py 204 --published my/folder    # from the same files elsewhere
python examples/another_authority.py 204 --into somewhere         # another folder than build/update-204
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bucks_cs.errors import BucksError
from bucks_cs.report import cabinet_update, progress_on, published, write_update


def main() -> int:
    """Make the update, and write it as a page and as a workbook."""
    arguments = argparse.ArgumentParser(description="Make a Children's Services Update for one authority.")
    arguments.add_argument("la_number", help="its LA number, such as 825")
    arguments.add_argument("--published", type=Path, default=Path("../shared/published"), help="the folder of published files")
    arguments.add_argument("--into", type=Path, help="the folder to write to")
    given = arguments.parse_args()
    told = progress_on(sys.stderr)
    try:
        evidence = published(given.la_number, folder=given.published)
        update = cabinet_update(evidence, told=told)
        written = write_update(update, given.into or Path(f"build/update-{given.la_number}"), told=told)
    except (BucksError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{update}\n\nWritten: {written}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
