"""What looks through the built site finds what is wrong with it, and what the reference says of constants is what they are."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
import zlib
from types import SimpleNamespace

import pytest

from bucks_cs.demand import CONTACTS
from bucks_cs.provenance import NoOfficialSource, Source

PLAIN = '<html><body><a href="https://example.gov.uk">a</a><img src="a.png" alt=""><p id="a">1</p></body></html>'


def loaded(path):
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(f"loaded_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def check(root):
    """The check of the site."""
    return loaded(root / ".ci" / "check_site.py")


@pytest.fixture
def site(check, tmp_path):
    """A site of one page that has nothing wrong with it, and every public name in its inventory."""
    (tmp_path / "index.html").write_text(PLAIN)
    (tmp_path / "own.css").write_text("p { background: url(a.png) }")
    names = "\n".join(f"{name} py:data 1 there $" for name in check.public_names())
    heading = "# Sphinx inventory version 2\n# Project: p\n# Version: 1\n# zlib\n"
    (tmp_path / "objects.inv").write_bytes(heading.encode() + zlib.compress(names.encode()))
    return tmp_path


def test_a_site_with_nothing_wrong_has_no_trouble(check, site):
    """A link that a reader may follow is no request, and an image may be said to be decoration."""
    assert check.troubles(site) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('<img src="https://example.gov.uk/a.png" alt="">', "asks another site"),
        ("<script src=//example.gov.uk/a.js></script>", "asks another site"),
        ('<link rel="stylesheet" href="https://example.gov.uk/a.css">', "asks another site"),
        ('<link href="https://example.gov.uk" rel="preconnect">', "asks another site"),
        ('<img src="b.png" data-alt="words">', "an image with no words for it"),
        ('<p id="a">2</p>', "id 'a' stands twice"),
    ],
)
def test_what_is_wrong_with_a_page_is_said(check, site, more, said):
    """A line for it, which names the page."""
    (site / "index.html").write_text(PLAIN.replace("</body>", f"{more}</body>"))
    (found,) = check.troubles(site)
    assert found.startswith(f"index.html: {said}")


@pytest.mark.parametrize("rule", ["p { background: url('https://example.gov.uk/a.png') }", '@import "//example.gov.uk/a.css";'])
def test_what_a_style_asks_of_another_site_is_said(check, site, rule):
    """As of a page."""
    (site / "own.css").write_text(rule)
    (found,) = check.troubles(site)
    assert found.startswith("own.css: asks another site")


def test_a_public_name_that_the_inventory_lacks_is_said(check, site, monkeypatch):
    """By which links from other sites lead."""
    names = [*check.public_names(), "bucks_cs.demand.NEW"]
    monkeypatch.setattr(check, "public_names", lambda: names)
    assert check.troubles(site) == ["objects.inv: bucks_cs.demand.NEW is public and not in it"]
    (site / "objects.inv").unlink()
    assert check.troubles(site) == ["objects.inv: there is none"]
    (site / "index.html").unlink()
    assert check.troubles(site) == [f"{site}: no page was built"]


def test_the_public_names_are_those_of_the_doors(check):
    """Of modules without an underscore; the version's number is no object."""
    names = check.public_names()
    assert {"bucks_cs.charts.over_time", "bucks_cs.tables.Layout", "bucks_cs.report.Update"} <= set(names)
    assert "bucks_cs.__version__" not in names
    assert len(set(names)) == len(names)


def test_the_reference_says_of_a_constant_what_the_object_says(root, monkeypatch):
    """Of an indicator its title, key and what it counts; of a source itself, as a sentence; of anything else nothing."""
    # Griffe is there where the site is built, and not where tests alone are run: the words need none of it.
    monkeypatch.setitem(sys.modules, "griffe", SimpleNamespace(Extension=object))
    words_of = loaded(root / "includes" / "objects.py").words_of
    assert words_of(CONTACTS).startswith(f"**{CONTACTS.title}** (`demand.contacts`): {CONTACTS.counts}.")
    assert ("Left out: " in words_of(CONTACTS)) is bool(CONTACTS.leaves_out)
    assert words_of(NoOfficialSource(reason="counted here")).endswith("counted here.")
    source = Source(title="A return", publisher="DfE", date=dt.date(2025, 11, 13), place="table 1")
    assert words_of(source) == f"{source}."
    assert words_of(3) is None
