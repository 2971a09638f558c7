"""Make ``src/bucks_cs/comparison/neighbours.csv`` from the published models: a row a model, authority and neighbour.

The model of April 2021 has, under "Old SNs:", four authorities that had ended by then as well; they are taken with the others.
The word for how close a neighbour is differs in capitals and spaces from one file to the other: it is written in lower case,
and a word that is not among the five stops the build, as does an authority without ten different neighbours.

Run from the root of the repository::

    python tools/build_neighbours.py ../shared/published

The same files give the same bytes; ``tests/test_comparison.py`` checks that the committed file is up to date.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

NEIGHBOURS = Path(__file__).resolve().parents[1] / "src" / "bucks_cs" / "comparison" / "neighbours.csv"

COLUMNS = ("model", "la_number", "place", "neighbour", "closeness")
CLOSENESS = ("extremely close", "very close", "close", "somewhat close", "not close")

# By model: the file, the column of the authority's LA number, and the column of the first of ten pairs of neighbour and word.
MODELS = {
    "2021": ("New_Statistical_Neighbour_Groupings_April_2021.csv", 0, 5),
    "2025": ("sn_model_2025_wide.csv", 0, 4),
}
TEN = 10


def authorities(path: Path, number: int) -> Iterator[Sequence[str]]:
    """The rows of a file that are an authority's: those that begin with an LA number."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.reader(file):
            if line and line[number].strip().isdigit():
                yield [cell.strip() for cell in line]


def rows(published: Path) -> Iterator[tuple[str, ...]]:
    """Every neighbour of every authority, by model and LA number, nearest first."""
    for model, (name, number, first) in MODELS.items():
        lines = sorted(authorities(published / "neighbours" / name, number), key=lambda line: line[number])
        if len({line[number] for line in lines}) != len(lines):
            raise SystemExit(f"{name}: an authority is there twice")
        for line in lines:
            pairs = line[first : first + 2 * TEN]
            found, words = pairs[0::2], [word.casefold() for word in pairs[1::2]]
            if len({*found, line[number]}) != TEN + 1 or not all(each.isdigit() for each in found):
                raise SystemExit(f"{name}: authority {line[number]} has not ten different neighbours")
            if not set(words) <= set(CLOSENESS):
                raise SystemExit(f"{name}: authority {line[number]} has a word for closeness that is not known here")
            for place, (neighbour, word) in enumerate(zip(found, words, strict=True), start=1):
                yield model, line[number], str(place), neighbour, word


def build(published: Path) -> str:
    """The whole file, as text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows(published))
    return text.getvalue()


if __name__ == "__main__":
    NEIGHBOURS.write_text(build(Path(sys.argv[1])), encoding="utf-8", newline="\n")
