"""Look through a built site: nothing on it asks anything of another site, images have words, ids are unique, and every public
name of the library is in its inventory (``objects.inv``), by which links from other sites and from notebooks find it.

Usage: python .ci/check_site.py FOLDER
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import zlib
from collections import Counter
from pathlib import Path

import bucks_cs

# What a browser fetches by itself; a link that a reader may follow (a, canonical) is no request.
REQUESTS = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\s(?:src|srcset)=["']?(?:https?:)?//[^"'\s>]+"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preconnect|preload|prefetch|dns-prefetch|icon|modulepreload))"""
    r"""[^>]*\bhref=["']?(?:https?:)?//[^"'\s>]+""",
    re.IGNORECASE,
)
STYLE_REQUESTS = re.compile(r"""(?:url\(|@import\s)\s*["']?(?:https?:)?//[^"')\s]+""", re.IGNORECASE)


def inventory(site: Path) -> set[str]:
    """The names that a site can be linked to by: four lines of heading, then one compressed line a name."""
    *_, listed = (site / "objects.inv").read_bytes().split(b"\n", 4)
    return {line.split(" ", 1)[0] for line in zlib.decompress(listed).decode("utf-8").splitlines()}


def public_names() -> list[str]:
    """Every name that a public module of the library lists in ``__all__``, but for the number of its version."""
    modules = [bucks_cs.__name__, *(f"{bucks_cs.__name__}.{found.name}" for found in pkgutil.iter_modules(bucks_cs.__path__))]
    public = [name for name in modules if not name.rsplit(".", 1)[-1].startswith("_")]
    return [f"{module}.{name}" for module in public for name in importlib.import_module(module).__all__ if name != "__version__"]


def troubles(site: Path) -> list[str]:
    """What is wrong with the site, a line each."""
    found: list[str] = []
    pages = sorted(site.rglob("*.html"))
    if not pages:
        return [f"{site}: no page was built"]
    for page in pages:
        html = page.read_text(encoding="utf-8")
        name = page.relative_to(site)
        found += [f"{name}: asks another site: {match[0][:120]}" for match in REQUESTS.finditer(html)]
        images = re.findall(r"<img\b[^>]*>", html)
        found += [f"{name}: an image with no words for it: {tag[:120]}" for tag in images if not re.search(r"\salt[\s=>]", tag)]
        ids = re.findall(r"""\sid="([^"]+)\"""", html)
        found += [f"{name}: id {each!r} stands twice" for each, times in sorted(Counter(ids).items()) if times > 1]
    for sheet in sorted(site.rglob("*.css")):
        css = sheet.read_text(encoding="utf-8")
        found += [f"{sheet.relative_to(site)}: asks another site: {match[0][:120]}" for match in STYLE_REQUESTS.finditer(css)]
    if not (site / "objects.inv").is_file():
        return [*found, "objects.inv: there is none"]
    known = inventory(site)
    return found + [f"objects.inv: {name} is public and not in it" for name in public_names() if name not in known]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python .ci/check_site.py FOLDER")
    site = Path(sys.argv[1])
    wrong = troubles(site)
    for line in wrong:
        print(line, file=sys.stderr)
    if not wrong:
        print(f"{len(list(site.rglob('*.html')))} pages, none of which asks anything of another site")
        print(f"{len(public_names()):,} public names, all of them in the inventory")
    sys.exit(bool(wrong))
