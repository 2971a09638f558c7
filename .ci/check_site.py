"""Look through a built site: nothing on it asks anything of another site, images have words, ids are unique.

Usage: python .ci/check_site.py FOLDER
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

# What a browser fetches by itself; a link that a reader may follow (a, canonical) is no request.
REQUESTS = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\s(?:src|srcset)=["']?(?:https?:)?//[^"'\s>]+"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preconnect|preload|prefetch|dns-prefetch|icon|modulepreload))"""
    r"""[^>]*\bhref=["']?(?:https?:)?//[^"'\s>]+""",
    re.IGNORECASE,
)
STYLE_REQUESTS = re.compile(r"""(?:url\(|@import\s)\s*["']?(?:https?:)?//[^"')\s]+""", re.IGNORECASE)


def troubles(site: Path) -> list[str]:
    """What is wrong with the site, a line each."""
    found = []
    pages = sorted(site.rglob("*.html"))
    if not pages:
        found.append(f"{site}: no page was built")
    for page in pages:
        html = page.read_text(encoding="utf-8")
        name = page.relative_to(site)
        found += [f"{name}: asks another site: {match[0][:120]}" for match in REQUESTS.finditer(html)]
        images = re.findall(r"<img\b[^>]*>", html)
        found += [f"{name}: an image with no words for it: {tag[:120]}" for tag in images if "alt=" not in tag]
        ids = re.findall(r"""\sid="([^"]+)\"""", html)
        found += [f"{name}: id {twice!r} stands twice" for twice in sorted({i for i in ids if ids.count(i) > 1})]
    for sheet in sorted(site.rglob("*.css")):
        css = sheet.read_text(encoding="utf-8")
        found += [f"{sheet.relative_to(site)}: asks another site: {match[0][:120]}" for match in STYLE_REQUESTS.finditer(css)]
    return found


if __name__ == "__main__":
    site = Path(sys.argv[1])
    wrong = troubles(site)
    for line in wrong:
        print(line, file=sys.stderr)
    if not wrong:
        print(f"{len(list(site.rglob('*.html')))} pages, none of which asks anything of another site")
    sys.exit(bool(wrong))
