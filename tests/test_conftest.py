"""A run that must skip nothing fails when it skips, and a missing folder of statistics is a skip or a failure as asked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

# Each is a Python of its own.
pytestmark = pytest.mark.long


def outcome(root, tmp_path, test, **variables):
    """The exit code and the output of one small test run, under this repository's configuration and conftest files."""
    (tmp_path / "tests").mkdir()
    for name in ("pyproject.toml", "conftest.py", "tests/conftest.py"):
        shutil.copyfile(root / name, tmp_path / name)
    (tmp_path / "tests" / "test_small.py").write_text(test, encoding="utf-8")
    ours = {"BUCKS_CS_NO_SKIPS", "BUCKS_CS_REQUIRE_PUBLISHED", "BUCKS_CS_PUBLISHED", "PYTEST_ADDOPTS"}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    # Plugins that are installed have no part in this, and take longer to load than all else.
    environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | variables
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path / "tests")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    return done.returncode, done.stdout


SKIPS = {
    "a test": "import pytest\n\ndef test_one(): pytest.skip('the moon is full')\n",
    "a mark": "import pytest\n\n@pytest.mark.skipif(True, reason='the moon is full')\ndef test_one(): ...\n",
    "a module": "import pytest\n\npytest.skip('the moon is full', allow_module_level=True)\n",
}


@pytest.mark.parametrize("skip", SKIPS.values(), ids=SKIPS)
def test_a_skipped_test_fails_the_run_where_nothing_may_be_skipped_and_its_reason_is_said(root, tmp_path, skip):
    """However it was skipped; a passing test beside it changes nothing."""
    code, said = outcome(root, tmp_path, skip + "\ndef test_two(): pass\n", BUCKS_CS_NO_SKIPS="1")
    assert code == pytest.ExitCode.TESTS_FAILED
    assert said.count("the moon is full") >= 1
    assert "skipped, which is a failure here" in said


def test_a_skipped_test_passes_everywhere_else(root, tmp_path):
    """An analyst without the statistics still has a run that passes."""
    code, said = outcome(root, tmp_path, SKIPS["a test"])
    assert code == pytest.ExitCode.OK
    assert "1 skipped" in said


def test_a_deselected_test_is_not_a_skipped_one(root, tmp_path):
    """The tests on Spark are left out of the main run, and run by one of their own."""
    test = "import pytest\n\n@pytest.mark.spark\ndef test_one(): ...\n\ndef test_two(): ...\n"
    code, said = outcome(root, tmp_path, test, BUCKS_CS_NO_SKIPS="1")
    assert code == pytest.ExitCode.OK
    assert "1 passed, 1 deselected" in said


READS = "def test_one(published): assert published.is_dir()\n"


def test_a_test_on_published_statistics_is_skipped_where_they_are_absent(root, tmp_path):
    """With a message that says where to put them."""
    code, said = outcome(root, tmp_path, READS, BUCKS_CS_PUBLISHED=str(tmp_path / "nowhere"))
    assert code == pytest.ExitCode.OK
    assert "1 skipped" in said
    assert "../shared/published" in said


def test_a_test_on_published_statistics_fails_where_they_are_required(root, tmp_path):
    """As on CI, where an absent folder would otherwise pass for a good run."""
    code, said = outcome(root, tmp_path, READS, BUCKS_CS_PUBLISHED=str(tmp_path / "nowhere"), BUCKS_CS_REQUIRE_PUBLISHED="1")
    assert code == pytest.ExitCode.TESTS_FAILED
    assert "../shared/published" in said


def test_a_test_on_published_statistics_runs_where_they_are(root, tmp_path):
    """From the folder named, or beside the repository."""
    (tmp_path / "elsewhere").mkdir()
    code, said = outcome(root, tmp_path, READS, BUCKS_CS_PUBLISHED=str(tmp_path / "elsewhere"))
    assert code == pytest.ExitCode.OK
    assert "1 passed" in said
