"""Examples in the docs and in docstrings are tests, and where it is asked for a skipped test is a failure.

This file stands at the root because Sybil looks for examples below the folder of the conftest that names it.
"""

from __future__ import annotations

import os
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE

# A page is one namespace: its blocks run in order, and a later one may use what an earlier one made.
_pages = Sybil([PythonCodeBlockParser(doctest_optionflags=FLAGS)], patterns=["README.md", "docs/*.md"], name="docs")
_docstrings = Sybil([DocTestParser(optionflags=FLAGS)], patterns=["src/*.py"], name="docstrings")

pytest_collect_file = (_pages + _docstrings).pytest()


def _skipped(config: pytest.Config) -> list[str]:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    reports = terminal.stats.get("skipped", []) if terminal else []
    return [f"{report.nodeid}: {report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr}" for report in reports]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With BUCKS_CS_NO_SKIPS=1, a run that skipped anything has failed."""
    if os.environ.get("BUCKS_CS_NO_SKIPS") == "1" and _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which were skipped, and why that is a failure here."""
    skipped = _skipped(config)
    if os.environ.get("BUCKS_CS_NO_SKIPS") == "1" and skipped:
        terminalreporter.section("skipped, which is a failure here (BUCKS_CS_NO_SKIPS=1)", red=True)
        for line in skipped:
            terminalreporter.write_line(line)
