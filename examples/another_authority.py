"""Make a Children's Services Update for any authority, from published statistics.

python examples/another_authority.py 204                          # Hackney, from ../shared/published
python examples/another_authority.py --list                       # the number and the name of every authority
python examples/another_authority.py 204 --published my/folder    # from the same files elsewhere
python examples/another_authority.py 204 --into somewhere         # another folder than build/update-204
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bucks_cs.errors import BucksError, UnknownArea
from bucks_cs.geography import authorities, authority
from bucks_cs.provenance import day_in_words
from bucks_cs.report import cabinet_update, progress_on, published, write_update

_HELP = "Run this with --list for the number and the name of every authority."
_FOLDER = "Name the folder with --published."


def main() -> int:
    """Make the update, and write it as a page and as a workbook."""
    arguments = argparse.ArgumentParser(description="Make a Children's Services Update for one authority.")
    arguments.add_argument("la_number", nargs="?", help="its LA number, such as 825; its name or its ONS code will do too")
    arguments.add_argument("--list", action="store_true", help="list every authority by its LA number, and make nothing")
    arguments.add_argument("--published", type=Path, default=Path("../shared/published"), help="the folder of published files")
    arguments.add_argument("--into", type=Path, help="the folder to write to, if not build/update- and the LA number")
    given = arguments.parse_args()
    if given.list:
        for each in authorities():
            print(f"{each.la_number}  {each.name}{f', until {day_in_words(each.until)}' if each.until else ''}")
        return 0
    if given.la_number is None:
        arguments.error(f"an LA number is needed, such as 825. {_HELP}")
    try:
        whose = authority(given.la_number)
        evidence = published(whose, folder=given.published)
    except BucksError as error:
        what_to_do = _HELP if isinstance(error, UnknownArea) else _FOLDER if getattr(error, "what", "") == "folder" else ""
        return _refused(f"{error} {what_to_do}".rstrip())
    try:
        with progress_on(sys.stderr) as told:
            update = cabinet_update(evidence, told=told)
            written = write_update(update, given.into or Path(f"build/update-{whose.la_number}"), told=told)
    except (BucksError, OSError) as error:
        return _refused(str(error))
    print(f"{update}\n\nWritten: {written}")
    return 0


def _refused(why: str) -> int:
    print(why, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
