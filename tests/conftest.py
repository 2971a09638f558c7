"""What tests share: how many examples Hypothesis tries, the folder of published statistics, and the documents of the record."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# No deadline: a shared machine is slow now and then, and a slow example is no wrong one.
# On CI the examples are the same every time, so that a change fails for what it changed.
_shared = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow],
    "derandomize": "CI" in os.environ,
    "print_blob": True,
}
settings.register_profile("default", max_examples=100, **_shared)
settings.register_profile("thorough", max_examples=5_000, **_shared)
settings.load_profile(os.environ.get("BUCKS_CS_HYPOTHESIS", "default"))

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Where several processes share the cores, each takes its share, or the threads of one wait for those of another.

    It is said in the environment, before polars, Arrow and BLAS are loaded and start a thread a core; what is set there
    already stands. The long run leaves them all their threads, so that what is set beside a plain loop is also run as users
    run it.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if processes > 1 and "not long" in config.option.markexpr:
        share = str(max(1, (os.cpu_count() or 1) // processes))
        for variable in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS"):
            os.environ.setdefault(variable, share)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collecting makes a million objects that stay: the collector of garbage would walk them again and again, for nothing."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a ``wide`` test, the run on DuckDB is ``long``, and those on the other engines are for every day."""
    for item in items:
        if item.get_closest_marker("wide") is not None and "duckdb" in item.callspec.id.lower():  # type: ignore[attr-defined]
            item.add_marker("long")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def published() -> Path:
    """The folder of published statistics: ``../shared/published``, or where BUCKS_CS_PUBLISHED says.

    They are too large to ship. Where the folder is absent the test is skipped; with
    BUCKS_CS_REQUIRE_PUBLISHED=1 it fails instead.
    """
    folder = Path(os.environ.get("BUCKS_CS_PUBLISHED") or ROOT.parent / "shared" / "published")
    if not folder.is_dir():
        why = "needs the published statistics: put them at ../shared/published, or name their folder in BUCKS_CS_PUBLISHED"
        if os.environ.get("BUCKS_CS_REQUIRE_PUBLISHED") == "1":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    return folder


@pytest.fixture(scope="session")
def ofsted_folder(published: Path) -> Path:
    """The folder with Ofsted's files."""
    return published / "inspections"


@pytest.fixture(scope="session")
def la_file(ofsted_folder: Path) -> Path:
    """Ofsted's local authority inspection outcomes."""
    return ofsted_folder / "LA_Inspection_Outcomes_as_at_31_March_2025.ods"


@pytest.fixture(scope="session")
def la_outcomes(la_file: Path) -> dict[Any, Any]:
    """Its three sheets, read once."""
    from bucks_cs.inspections import LocalAuthoritySheet, read_local_authority_outcomes

    return {sheet: read_local_authority_outcomes(la_file, sheet=sheet) for sheet in LocalAuthoritySheet}


@pytest.fixture(scope="session")
def la_cells(la_file: Path) -> dict[Any, Any]:
    """The rows of its three sheets as text."""
    from ofsted_files import SHEETS, cells

    return {sheet: cells(la_file, name, skip=2) for sheet, (name, _) in SHEETS.items()}


@pytest.fixture(scope="session")
def documents() -> dict[str, str]:
    """The text of the five documents by the three digits their file names begin with, white space folded.

    They are read from ``../shared/documents``, or where BUCKS_CS_DOCUMENTS says. Where the folder is absent the test is
    skipped; with BUCKS_CS_REQUIRE_PUBLISHED=1 it fails instead, and so it does where a document is missing.
    """
    folder = Path(os.environ.get("BUCKS_CS_DOCUMENTS") or ROOT.parent / "shared" / "documents")
    if not folder.is_dir():
        why = "needs the documents of the record: put them at ../shared/documents, or name their folder in BUCKS_CS_DOCUMENTS"
        if os.environ.get("BUCKS_CS_REQUIRE_PUBLISHED") == "1":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    found = {path.name[:3]: " ".join(path.read_text(encoding="utf-8").split()) for path in sorted(folder.glob("[0-9]*.txt"))}
    assert sorted(found) == ["000", "001", "002", "003", "004"]
    return found


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """The one Spark session of a run, small and local; a test that uses it is marked ``spark``."""
    sql = pytest.importorskip("pyspark.sql", reason="needs PySpark: pip install 'bucks_cs[spark]'")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = sql.SparkSession.builder.master("local[1]").appName("bucks_cs tests")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.default.parallelism": "1",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
