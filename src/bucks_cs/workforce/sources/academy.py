"""The workforce: who says how long the academy and the ASYE are, what the ASYE ends with, and how survival is worked out."""

from __future__ import annotations

import datetime as dt

from bucks_cs.provenance import DateBounds, Dated, InForce, NoOfficialSource, Source, published
from bucks_cs.units import Quantity, quantity

__all__ = [
    "ACADEMY_LENGTH",
    "ASYE_LENGTH",
    "ASYE_OUTCOMES",
    "ASYE_OUTCOME_CODES",
    "ASYE_PROGRAMME",
    "EXPONENTIAL_GREENWOOD",
    "GREENWOOD",
    "KAPLAN_MEIER",
    "NO_SERIES_OF_ASYE_PROGRESS",
    "NO_SERIES_OF_RETENTION",
]

ASYE_PROGRAMME = Source(
    title="Child and family ASYE April 2026 to March 2027: registration and funding",
    publisher="Department for Education",
    date=dt.date(2026, 2, 26),
    place="Overview",
    url="https://www.gov.uk/government/publications/child-and-family-social-work-asye-programme-registration-and-funding/"
    "child-and-family-asye-april-2026-to-march-2027-registration-and-funding",
    note="a 12-month, employer-led, employment-based programme, recommended and not compulsory; the same is in DfE's guidance "
    "Child and family ASYE: programme resources. The programme began in September 2012, day not printed: the last of the month "
    "is taken",
)
"""DfE's definition of the assessed and supported year in employment: 12 months."""

ASYE_LENGTH: Dated[Quantity] = Dated(
    what="assessed and supported year in employment (ASYE)",
    values=(InForce(value=quantity(12, "month"), since=dt.date(2012, 9, 30), source=ASYE_PROGRAMME),),
)
"""The programme is of 12 months; part-time hours or a pause make it longer for some, and no rule here says by how much."""

ASYE_OUTCOMES = Source(
    title="ASYE: assessments",
    publisher="Skills for Care",
    date=DateBounds(
        earliest=dt.date(2012, 9, 1),
        latest=dt.date(2026, 11, 22),
        why="the page has no date: the ASYE began in September 2012, and a stored copy was read on the later day",
    ),
    place="Assessment outcome",
    url="https://www.skillsforcare.org.uk/Regulated-professions/Social-work/ASYE/Assessments.aspx",
    note="says that 'the ASYE is a pass or fail', and speaks of deferral and withdrawal beside it, in guidance that was not read",
)
"""What the year ends with: a pass or a fail. A deferral puts the outcome off, and is none itself."""

ASYE_OUTCOME_CODES = {
    "passed": "The assessor's final recommendation is a pass",
    "failed": "The assessor's final recommendation is a fail",
    "withdrawn": "Withdrawn from the programme without either",
}
"""How an ASYE may end, with what the words mean: the words are this library's own, after `ASYE_OUTCOMES`."""

_OWN_MODEL = Source(
    title="Children's Services Update, report to Cabinet",
    publisher="Buckinghamshire Council",
    date=dt.date(2022, 10, 11),
    place="paragraph 3.27",
    note="a local model: newly qualified social workers are based in the academy for their first 6 months, 'a little longer if "
    "required', and join their permanent front-line team for the remaining 6 months of the ASYE",
)

ACADEMY_LENGTH: Dated[Quantity] = Dated(
    what="the first part of the ASYE, in Buckinghamshire's academy",
    values=(InForce(value=quantity(6, "month"), since=dt.date(2019, 12, 31), source=_OWN_MODEL),),
)
"""Six months in the academy, then six in a team. It began in 2019 (3.25), day not printed: the last of the year is taken."""

NO_SERIES_OF_RETENTION = NoOfficialSource(
    reason="the Department for Education's workforce statistics count those in post, starters and leavers at 30 September, and "
    "follow no intake of social workers from its start; a share of one is each authority's own"
)

NO_SERIES_OF_ASYE_PROGRESS = NoOfficialSource(
    reason="no release at hand counts how far social workers of an authority are in their assessed and supported year; Skills "
    "for Care reports passes and fails of England as a whole to the Department for Education, in reports that were not read"
)

KAPLAN_MEIER = Source(
    title="Nonparametric estimation from incomplete observations",
    publisher="Kaplan and Meier, Journal of the American Statistical Association 53 (282)",
    date=published("1958"),
    place="pages 457 to 481",
    note="the product over months of 1 - d/n, with d who left in the month of n who were at risk in it; cited as SciPy cites it, "
    "whose own estimate the tests compare with",
)

GREENWOOD = Source(
    title="The natural duration of cancer",
    publisher="Greenwood, Reports on Public Health and Medical Subjects 33",
    date=published("1926"),
    place="whole report",
    note="the variance of S is S² times the sum of d/(n(n - d)); the formula was read in documentation that names this report, "
    "which was not read itself",
)

EXPONENTIAL_GREENWOOD = Source(
    title="scipy.stats, EmpiricalDistributionFunction.confidence_interval, method 'log-log'",
    publisher="SciPy",
    date=dt.date(2023, 3, 21),
    place="Notes",
    url="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.ecdf.html",
    note="Greenwood's variance on the scale log(-log S): limits S to the power of exp(±z√G/|log S|), G the sum of d/(n(n - d)), "
    "which lie between 0 and 1 as the plain ones need not; after Sawyer, The Greenwood and exponential Greenwood confidence "
    "intervals in survival analysis. The date is that of the change that brought the method",
)
