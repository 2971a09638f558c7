"""Open every page of a built site in a browser, light and dark, and see that axe finds no WCAG 2.2 A or AA violation on it.

Usage: python .ci/check_accessibility.py FOLDER [FOLDER ...] [--only PATTERN] [--shots FOLDER]

It needs Debian's chromium (or the browser that CHROMIUM names). The pages are served on this machine, and a request to anywhere
else is a failure too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

# Nothing that a browser does by itself: updates, look-ups, a quick connection.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
EVERY_RULE: dict[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
}
# What a page is made of is the same in the dark; its colours are not.
COLOURS: dict[str, object] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
# A page of reference has tens of thousands of words, coloured by what they are and stand in. Of those with the same tags and
# classes all the way up, the first two stay to be looked at: axe looks at each by itself, and would take minutes.
ONE_OF_EACH_COLOUR = """
() => {
  const way = node => node === document.body ? "" : way(node.parentElement) + ">" + node.tagName + "." + node.className;
  const seen = new Map();
  for (const node of document.body.querySelectorAll("*")) {
    if (node.children.length || !node.textContent.trim()) continue;
    const known = (seen.get(way(node)) ?? 0) + 1;
    seen.set(way(node), known);
    if (known > 2) node.style.visibility = "hidden";
  }
}
"""
BROWSERS = 2
# Tall enough for a whole side bar: a link that its scrolling edge cuts is no small target, for it scrolls into sight.
TALL = {"width": 1280, "height": 4000}
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of what was served."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, served on this machine while it is needed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def pages(folder: Path, only: str) -> list[str]:
    """The pages of a folder, as paths below it."""
    every = [page.relative_to(folder).as_posix() for page in sorted(folder.rglob("*.html"))]
    return [page for page in every if only in page]


def troubles(browser: Browser, base: str, page: str) -> list[str]:
    """What is wrong with a page, a line each: what axe found, light and dark, and what it asked of another site."""
    context = browser.new_context(color_scheme="light", reduced_motion="reduce", viewport=TALL)  # type: ignore[arg-type]
    try:
        opened = context.new_page()
        outside: list[str] = []
        opened.on("request", lambda asked: None if asked.url.startswith((base, "data:", "blob:")) else outside.append(asked.url))
        opened.goto(f"{base}/{page}")
        opened.wait_for_load_state("load")
        _open_all(opened)
        found = [*_violations(opened, page, "light", EVERY_RULE)]
        opened.evaluate(ONE_OF_EACH_COLOUR)
        found += _violations(opened, page, "light", COLOURS)
        opened.emulate_media(color_scheme="dark")
        found += _violations(opened, page, "dark", COLOURS)
        return found + [f"{page}: asks another site" for _ in outside[:1]]
    finally:
        context.close()


def _violations(opened: Page, page: str, scheme: str, rules: dict[str, object]) -> Iterator[str]:
    for each in Axe().run(opened, options=rules).response["violations"]:
        first = each["nodes"][0]
        yield f"{page} ({scheme}): {each['id']}, {len(each['nodes'])}: {first['html'][:160]}"


def _open_all(page: Page) -> None:
    """What a reader can open is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def shots(browser: Browser, base: str, every: list[str], into: Path) -> None:
    """A picture of each page, wide and on a phone, to be looked at."""
    into.mkdir(parents=True, exist_ok=True)
    for page in every:
        for name, size in (("wide", WIDE), ("phone", PHONE)):
            context = browser.new_context(color_scheme="light", viewport=size)  # type: ignore[arg-type]
            opened = context.new_page()
            opened.goto(f"{base}/{page}")
            opened.wait_for_load_state("load")
            stem = page.removesuffix(".html").removesuffix("/index").replace("/", "--") or "home"
            opened.screenshot(path=into / f"{stem}-{name}.png", full_page=False)
            context.close()


def looked_at(chromium: str, base: str, some: list[str]) -> list[str]:
    """What is wrong with some pages, in a browser of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        return [line for page in some for line in troubles(browser, base, page)]


def violations(chromium: str, folder: Path, every: list[str]) -> list[str]:
    """What is wrong with the pages of a folder: two browsers share them, the largest first."""
    ordered = sorted(every, key=lambda page: -(folder / page).stat().st_size)
    with served(folder) as base, ProcessPoolExecutor(BROWSERS, mp_context=get_context("spawn")) as pool:
        parts = pool.map(looked_at, repeat(chromium), repeat(base), [ordered[first::BROWSERS] for first in range(BROWSERS)])
        return sorted(f"{folder}/{line}" for part in parts for line in part)


def main() -> int:
    """Look at every page of the folders named."""
    asked = argparse.ArgumentParser(description="See that axe finds nothing on any page.")
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--only", default="", help="pages whose path has this in it")
    asked.add_argument("--shots", type=Path, help="a folder for pictures of the pages, in place of the check")
    given = asked.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("no chromium here: install Debian's package chromium, or name a browser in CHROMIUM", file=sys.stderr)
        return 1
    wrong, looked, began = [], 0, time.monotonic()
    for folder in given.folders:
        every = pages(folder, given.only)
        looked += len(every)
        if given.shots:
            with served(folder) as base, sync_playwright() as playwright:
                shots(playwright.chromium.launch(executable_path=chromium, args=list(FLAGS)), base, every, given.shots)
        else:
            wrong += violations(chromium, folder, every) if every else [f"{folder}: no page"]
    for line in wrong:
        print(line, file=sys.stderr)
    if not wrong and not given.shots:
        print(f"{looked} pages, light and dark: axe finds no violation of WCAG 2.2 A or AA ({time.monotonic() - began:.0f} s)")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
