"""What is declared about the package: one version, Python 3.11, the extras, the licences, the types, the floors."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from importlib.resources import files

import pytest
from packaging.requirements import Requirement

import bucks_cs

SUBJECTS = {"demand", "ehcp", "inspections", "savings", "workforce", "uasc", "sufficiency", "attainment", "looked_after"}


@pytest.fixture(scope="module")
def pyproject(root):
    """pyproject.toml, read."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_is_the_same_in_every_place_that_says_it(root, pyproject):
    """In pyproject.toml, the module, the installed metadata, CITATION.cff and the changelog."""
    version = pyproject["project"]["version"]
    citation = re.search(r"^version: (.+)$", (root / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    headings = re.findall(r"^## \[(.+?)\]", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert bucks_cs.__version__ == version
    assert importlib.metadata.version("bucks_cs") == version
    assert citation is not None
    assert citation[1] == version
    assert headings[:2] == ["Unreleased", version]


def test_python_3_11_and_the_mit_licence_are_declared():
    """In the metadata that pip reads, not only in the sources."""
    metadata = importlib.metadata.metadata("bucks_cs")
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT"
    assert metadata.get_all("License-File") == ["LICENSE", "LICENSE-DATA"]


def test_the_extras_are_those_that_the_docs_name():
    """And each error that asks for an extra (MissingExtra) can name one of them."""
    extras = set(importlib.metadata.metadata("bucks_cs").get_all("Provides-Extra"))
    assert extras == {"pandas", "duckdb", "spark", "charts", "tables", "spreadsheets", "report", "test", "docs", "all"}


def test_all_brings_every_other_extra(pyproject):
    """So that one word installs the lot."""
    extras = pyproject["project"]["optional-dependencies"]
    (everything,) = extras["all"]
    assert Requirement(everything).extras == set(extras) - {"all"}


def test_no_frame_library_but_polars_and_pyarrow_is_needed_to_install():
    """pandas, DuckDB and Spark are the caller's choice."""
    needed = {Requirement(text).name.lower() for text in importlib.metadata.requires("bucks_cs") if "extra ==" not in text}
    assert {"polars", "pyarrow", "narwhals"} <= needed
    assert not needed & {"pandas", "duckdb", "pyspark", "altair", "great-tables", "pytest"}


def test_types_are_shipped():
    """A type checker reads the annotations only where py.typed stands in the package."""
    assert files("bucks_cs").joinpath("py.typed").is_file()


def test_licences_say_what_they_are(root):
    """The code is MIT; the data is under the Open Government Licence, each publisher named."""
    assert (root / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    data = (root / "LICENSE-DATA").read_text(encoding="utf-8")
    assert "Open Government Licence v3.0" in data
    for publisher in (
        "Buckinghamshire Council",
        "Buckinghamshire County Council",
        "Department for Education",
        "Office for National Statistics",
        "Ofsted",
        "GOV.UK bank holidays",
    ):
        assert publisher in data


def test_every_subject_there_is_has_its_contracts(root, pyproject):
    """import-linter checks the rooms and the door of the subjects that it names: a new one must be named."""
    there = {path.name for path in (root / "src" / "bucks_cs").iterdir() if path.name in SUBJECTS}
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    containers = {name for contract in contracts for name in contract.get("containers", [])} - {"bucks_cs"}
    rooms = {name.removeprefix("bucks_cs.") for name in containers}
    protected = [contract for contract in contracts if contract["type"] == "protected"]
    doors = {name.removeprefix("bucks_cs.") for contract in protected for name in contract["allowed_importers"]}
    assert there
    assert rooms == there
    assert doors == there


def test_every_module_is_forbidden_to_draw_but_those_that_may(root, pyproject):
    """Drawing is for charts and tables, and for what stands beside and above them."""
    may = {"report", "record", "catalogue", "charts", "tables"}
    names = {p.stem for p in (root / "src" / "bucks_cs").iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()}
    (contract,) = [c for c in pyproject["tool"]["importlinter"]["contracts"] if "draws" in c["name"]]
    assert {f"bucks_cs.{name}" for name in names - may - {"__init__"}} == set(contract["source_modules"])


def test_dependencies_are_not_pinned_to_one_version():
    """A library that pins breaks its neighbours: ranges only."""
    for text in importlib.metadata.requires("bucks_cs"):
        assert not any(part.operator in {"==", "==="} for part in Requirement(text).specifier), text
