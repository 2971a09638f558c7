"""The audit: does a printed figure follow from the figures beside it?

A report prints rounded figures, and figures worked out from them: a change, a share, a total. Each printed figure
stands for everything that rounds to it, so a worked-out figure disagrees only where *no* unrounded values could have
given it, each taken as rounded to its last digit unless ``rounded_to=`` says otherwise. Where it does, the audit
searches for the single slips that would explain it and lists them all, and beside them the other senses in which the
row would agree as it is printed; it never says that one of them happened, and puts nothing in the place of what is
printed. Tables of any engine go through `changes`,
`shares`, `totals`, `parts`, `thresholds` and `restatements`, single figures through `change`, `share`, `total`,
`part_shares`, `threshold` and `restatement`; all give `Findings`.
"""

from bucks_cs.audit.cases import Match
from bucks_cs.audit.checks import changes, parts, restatements, shares, thresholds, totals
from bucks_cs.audit.findings import Finding, Findings, Status
from bucks_cs.audit.printed import Bound, Printed, Rounding
from bucks_cs.audit.reading import read_printed
from bucks_cs.audit.relations import Relation
from bucks_cs.audit.scalars import change, part_shares, restatement, share, threshold, total
from bucks_cs.audit.suggestions import Explanation, Sense, Slip, Suggestion

__all__ = [
    "Bound",
    "Explanation",
    "Finding",
    "Findings",
    "Match",
    "Printed",
    "Relation",
    "Rounding",
    "Sense",
    "Slip",
    "Status",
    "Suggestion",
    "change",
    "changes",
    "part_shares",
    "parts",
    "read_printed",
    "restatement",
    "restatements",
    "share",
    "shares",
    "threshold",
    "thresholds",
    "total",
    "totals",
]
