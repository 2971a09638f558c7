"""Make the pictures of ``docs/assets/``: charts of the record, drawn by the library, for pages that cannot draw one themselves.

The picture of the README is the table of paragraph 3.19 of the October 2022 Cabinet report, with the changes that do follow.
Its alternative text is written from the same data, and stands in the README beside it. Run from the root of the repository::

    python tools/build_pictures.py

The same record gives the same bytes; ``tests/test_pictures.py`` checks that what is committed is up to date.
"""

from __future__ import annotations

import re
from pathlib import Path

from bucks_cs import charts, record

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "assets" / "demand-2020-and-2022.svg"
NAME = "demand-2020-and-2022"

SHOWN = re.compile(rf"^!\[[^\n]*\]\({re.escape(PICTURE.relative_to(ROOT).as_posix())}\)$", re.MULTILINE)


def chart() -> charts.Chart:
    """The six counts of the demand table, early in 2020 and in 2022."""
    return charts.change(record.demand())


def picture() -> str:
    """The picture, as it should be."""
    return charts.svg(chart(), name=NAME) + "\n"


def readme() -> str:
    """The README with the picture and its words, as it should be."""
    shown = f"![{charts.alt_text(chart())}]({PICTURE.relative_to(ROOT).as_posix()})"
    text = README.read_text(encoding="utf-8")
    if len(SHOWN.findall(text)) != 1:
        raise SystemExit("README.md: the picture is to stand there once, on a line of its own")
    return SHOWN.sub(lambda _: shown, text)


def main() -> int:
    """Write both."""
    for path, text in ((PICTURE, picture()), (README, readme())):
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
