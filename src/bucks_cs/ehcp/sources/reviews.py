"""EHC plans: annual reviews: what they may be decided to, and who says by when they are due."""

from __future__ import annotations

import datetime as dt

from bucks_cs.code_lists import code_list, every_code
from bucks_cs.ehcp.sources.publications import DATA_GUIDANCE_2025
from bucks_cs.provenance import DateBounds, Source, published

__all__ = [
    "ANNUAL_REVIEWS",
    "CODE_OF_PRACTICE",
    "REVIEWS_STARTING_WITH_THE_DAY",
    "REVIEW_OUTCOMES",
    "REVIEW_OUTCOME_CODES",
]

CODE_OF_PRACTICE = Source(
    title="Special educational needs and disability code of practice: 0 to 25 years",
    publisher="Department for Education and Department of Health",
    date=published("2015-01"),
    place="paragraph 9.169",
    note="as Staffordshire's local offer quotes it: the first review 'must be held within 12 months of the date when the "
    "Education Health and Care Plan was issued, and then within 12 months of any previous review', and the decision notified "
    "'within four weeks of the review meeting (and within 12 months of the date of issue of the Education Health and Care Plan "
    "or previous review)'. The month is not printed there and was not verified",
)
"""How often, and by when the decision: the code that authorities must have regard to."""

REVIEWS_STARTING_WITH_THE_DAY = Source(
    title="My local authority says my child's annual review will be delayed",
    publisher="IPSEA (Independent Provider of Special Education Advice)",
    date=DateBounds(earliest=dt.date(2014, 9, 1), latest=dt.date(2025, 12, 31), why="the page bears no date"),
    place="first paragraph",
    url="https://www.ipsea.org.uk/FAQs/my-local-authority-says-my-childs-annual-review-will-be-delayed-as-they-are-short-staffed-"
    "and-there-is-a-long-backlog-is-this-allowed",
    note="'within 12 months starting with the date when the EHC plan was first issued, or 12 months from the conclusion of the "
    "last annual review', of section 44 of the Act, whose own text was not found",
)
"""That the day a plan was made is itself the first of its 12 months."""

ANNUAL_REVIEWS = DATA_GUIDANCE_2025.at("annual_reviews.csv")
"""DfE's file of reviews of the plans of a January: expected, held, decided, and within 4 weeks."""

_SEN2_TOOL = Source(
    title="SEN2 tool, item 5.5: annual review decision (ReviewOutcome)",
    publisher="Capita One Education",
    date=DateBounds(
        earliest=dt.date(2023, 1, 1), latest=dt.date(2025, 12, 31), why="the page bears no date; release 3.81 or later"
    ),
    place="codes A, C and M",
    url="https://onepublications.com/oneeducation/mergedProjects/Statutory/SEN2_Tool/Item_5.5_Annual_review_decision.htm",
    note="a supplier's manual of the return; the item was voluntary in SEN2 2024. DfE's guide itself was not found",
)

REVIEW_OUTCOME_CODES = code_list(
    "what was decided after a review",
    (dt.date(2023, 1, 1), _SEN2_TOOL, {"A": "Amend the plan", "C": "Cease the plan", "M": "Maintain the plan as it is"}),
)
"""What was decided after the latest review meeting, from SEN2 2024, which is of 2023."""

REVIEW_OUTCOMES = every_code(REVIEW_OUTCOME_CODES)
"""Every code for what was decided after a review."""
