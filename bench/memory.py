"""Peak memory of one case, in a process of its own: what the frames take and what a run adds to them.

Arrow's buffers are outside Python's own allocator, so that `tracemalloc` does not see them: the operating system is asked.
`python -m bench.memory ENGINE CASE WAY FOLDER` prints it, in bytes.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

WAYS = ("by hand", "checked", "raw")


def peak(engine: str, case: str, way: str, folder: Path) -> int:
    """The most memory that a process had while it ran a case once, in bytes.

    Args:
        engine: The engine.
        case: The measure.
        way: One of `WAYS`.
        folder: Where the tables are.
    """
    command = [sys.executable, "-m", "bench.memory", engine, case, way, str(folder)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _highest() -> int:
    """The highest resident memory since `_forget`, in bytes.

    ``ru_maxrss`` would include what the parent held when it made this process, so Linux is asked for this process's own.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _forget() -> None:
    """Let the peak begin anew, where Linux allows it."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")


def main() -> None:
    """Run one case once."""
    import polars as pl

    from bench import measures

    engine, case, way, folder = sys.argv[1:]
    tables = {name: pl.read_parquet(Path(folder) / f"{name}.parquet") for name in measures.CASES[case].tables}
    frames = measures.frames_for(engine, tables)
    if engine != "polars":
        del tables
    if way == "checked":
        frames |= measures.checked(frames, case)
    run = measures.by_hand(engine, case) if way == "by hand" else measures.ours(case)
    _forget()
    run(frames)
    print(_highest())


if __name__ == "__main__":
    main()
