"""`python -m bench` measures validation and prints ratios, `measures` those of demand and EHC plans, `savings` of trackers."""

from __future__ import annotations

import argparse

from bench import validation


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    what = ("validation", "measures", "savings")
    parser.add_argument("what", nargs="?", choices=what, default=what[0], help="default validation")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of each frame (default 1,000,000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each; the fastest counts (default 5)")
    parser.add_argument("--only", nargs="+", default=(), metavar="MEASURE", help="measures only: these and no others")
    parser.add_argument("--engines", nargs="+", metavar="ENGINE", help="measures only: some of polars, pandas, DuckDB")
    parser.add_argument("--no-memory", action="store_true", help="measures only: leave out peak memory")
    given = parser.parse_args()
    if given.what == "validation":
        validation.report(rows=given.rows, runs=given.runs)
        return
    if given.what == "savings":
        from bench import savings

        savings.report(lines=given.rows // 10, runs=given.runs)
        return
    from bench import measures

    for name in set(given.only) - set(measures.CASES):
        parser.error(f"there is no measure {name!r}; there are {', '.join(measures.CASES)}")
    engines = given.engines or measures.ENGINES
    if set(engines) - set(measures.ENGINES):
        parser.error(f"the engines are {', '.join(measures.ENGINES)}")
    measures.report(rows=given.rows, runs=given.runs, only=given.only, engines=engines, peaks=not given.no_memory)


if __name__ == "__main__":
    main()
