"""`python -m bench` runs every benchmark and prints its ratios."""

from __future__ import annotations

import argparse

from bench import validation


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the frame that is validated (default 1,000,000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each; the fastest counts (default 5)")
    given = parser.parse_args()
    validation.report(rows=given.rows, runs=given.runs)


if __name__ == "__main__":
    main()
