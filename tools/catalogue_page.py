"""The page of the catalogue: every indicator with its key, unit, direction and sources, and a box that searches them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from indicator_words import anchor, escaped, unit_of

from bucks_cs import catalogue
from bucks_cs.indicators import Indicator, Withheld
from bucks_cs.provenance import NoOfficialSource, Source

FILTER = """<style>
/* On a phone a row is a card, and its cells stand below one another. */
@media screen and (max-width: 44.9844em) {
  .md-typeset table:has(a[href*="subjects/"]) :is(tbody, tr:not([hidden]), td) { display: block; }
  .md-typeset table:has(a[href*="subjects/"]) { display: block; }
  .md-typeset table:has(a[href*="subjects/"]) thead { display: none; }
  .md-typeset table:has(a[href*="subjects/"]) tr { padding: .5em 0; border-top: .05rem solid var(--md-typeset-table-color); }
  .md-typeset table:has(a[href*="subjects/"]) td { padding: .1em 1em; border: 0; overflow-wrap: anywhere; }
  .md-typeset table:has(a[href*="subjects/"]) td code { white-space: normal; }
  .md-typeset table:has(a[href*="subjects/"]) td:nth-child(2)::before { content: "Unit: "; }
  .md-typeset table:has(a[href*="subjects/"]) td:nth-child(3)::before { content: "Better: "; }
  .md-typeset table:has(a[href*="subjects/"]) td:nth-child(4)::before { content: "Source: "; }
}
</style>
<div id="catalogue-filter" hidden>
<p><label for="catalogue-words">Show the indicators with these words</label><br>
<input id="catalogue-words" type="search" autocomplete="off" style="width: 100%; max-width: 30rem; padding: .3rem .5rem;
border: .1rem solid currentColor; border-radius: .2rem; background: transparent; color: inherit; font: inherit"></p>
<p id="catalogue-found" role="status"></p>
</div>
<script type="application/json" id="catalogue-texts">TEXTS</script>
<script>
document.addEventListener("DOMContentLoaded", () => {
  const texts = JSON.parse(document.getElementById("catalogue-texts").textContent);
  const rows = [...document.querySelectorAll("article tbody tr")].map((row) => [row, row.querySelector('a[href*="subjects/"]')])
    .filter(([row, link]) => link).map(([row, link]) => [row, texts[link.hash.slice(1)]]);
  const parts = [...document.querySelectorAll("article h2")].map((head) => [head, head.nextElementSibling])
    .map(([head, body]) => [head, body, rows.map(([row]) => row).filter((row) => body && body.contains(row))])
    .filter(([head, body, own]) => own.length);
  const words = document.getElementById("catalogue-words");
  const show = () => {
    const asked = words.value.toLowerCase().split(/\\s+/);
    rows.forEach(([row, text]) => { row.hidden = !asked.every((word) => text.includes(word)); });
    parts.forEach(([head, body, own]) => {
      const whole = body.closest(".md-typeset__scrollwrap") || body;
      [head, whole].forEach((each) => { each.style.display = own.every((row) => row.hidden) ? "none" : ""; });
    });
    const there = rows.filter(([row]) => !row.hidden).length;
    document.getElementById("catalogue-found").textContent = `${there} of ${rows.length} indicators`;
  };
  words.addEventListener("input", show);
  document.getElementById("catalogue-filter").hidden = false;
  show();
});
</script>"""


def catalogue_page() -> str:
    """The page that has every indicator, which its own search, that of the site and that of the browser go through."""
    every = catalogue.indicators()
    parts = [
        "---", "hide:", "  - navigation", "---", "",
        "# Catalogue of indicators", "",
        f"Every indicator there is: {len(every)} in {len(catalogue.SUBJECTS)} subjects.",
        "Each is explained on the page of its subject, which its title leads to.",
        "What the marks of [gaps](#gaps) mean stands below, and how to [search in Python](#in-python).", "",
        FILTER.replace("TEXTS", _texts(every)), "",
    ]  # fmt: skip
    for subject, title in catalogue.SUBJECTS.items():
        parts += [
            f"## {title} {{ #{subject.replace('_', '-')} }}", "",
            "| Indicator | Unit | Better | Source |", "| --- | --- | --- | --- |",
            *(_row(one, subject) for one in catalogue.indicators(subject)), "",
        ]  # fmt: skip
    return "\n".join([*parts, *_gaps(), "", *_in_python()]) + "\n"


def _texts(every: Iterable[Indicator]) -> str:
    """What `catalogue.search` goes through, by where each indicator stands: the box on the page finds what it finds."""
    return json.dumps({anchor(one): catalogue.searched(one) for one in every}, ensure_ascii=False).replace("</", "<\\/")


def _row(one: Indicator, subject: str) -> str:
    by = "; ".join(named(one.sources))
    title = f"[{escaped(one.title)}](subjects/{subject}.md#{anchor(one)})"
    return f"| {title}<br>`{one.key}` | {unit_of(one)} | {one.better.value} | {by} |"


def named(sources: Iterable[Source | NoOfficialSource]) -> list[str]:
    """Each document once, with a link where one of its places has one."""
    found: dict[str, str | None] = {}
    for source in sources:
        name = escaped(f"{source.publisher}, {source.title}") if isinstance(source, Source) else "nobody officially"
        found[name] = found.get(name) or getattr(source, "url", None)
    return [f"[{name}]({url})" if url else name for name, url in found.items()]


def _gaps() -> list[str]:
    return [
        "## What the marks of gaps mean { #gaps }", "",
        "The same for all; see [A gap keeps its reason](explanation/gaps.md).", "",
        "| Mark | Meaning |", "| --- | --- |", *(f"| `{gap.value}` | {gap.meaning} |" for gap in Withheld),
    ]  # fmt: skip


def _in_python() -> list[str]:
    return [
        "## In Python { #in-python }", "",
        "`catalogue.search` goes through the same words as the box above: key, title, definition, kind and sources.", "",
        "```python", ">>> from bucks_cs import catalogue", '>>> [one.key for one in catalogue.search("re-referral")]',
        f"{[one.key for one in catalogue.search('re-referral')]}", "```",
    ]  # fmt: skip
