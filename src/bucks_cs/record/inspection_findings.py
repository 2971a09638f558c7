"""The record: what the inspections of Buckinghamshire asked for, in the words they are printed in."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from bucks_cs.inspections import AreaOfWeakness, Recommendation
from bucks_cs.record.papers import document

__all__ = ["areas_of_weakness", "recommendations"]

_RECOMMENDED: Mapping[str, str] = {
    "i": "The understanding, and reduction of, a high rate of re-referrals and assessments that result in no services being "
    "provided for children and their families.",
    "ii": "The consideration and cumulative impact of earlier interventions and family histories in children and family "
    "assessments.",
    "iii": "The quality of social workers’ direct work with children.",
    "iv": "The support provided to children aged 16 and 17 years who present as homeless.",
    "v": "The impact of independent reviewing officers (IROs) in decisively escalating children’s cases when there is drift and "
    "delay in the progress of their care plans.",
    "vi": "The quality of case supervision for social workers in order that it promotes consistently effective work with "
    "children.",
    "vii": "The engagement and participation of children in care in the corporate parenting work of the council.",
}
_WEAK: Mapping[str, str] = {
    "i": "The lack of a cohesive area strategy to identify and meet the needs of those children and young people requiring "
    "speech and language, communication and occupational therapy",
    "ii": "Waiting times for assessments on the autism and attention deficit and hyperactivity disorder diagnosis pathways and "
    "the system-owned plans in place to address this",
    "iii": "Waiting times to see a community paediatrician.",
}


@functools.cache
def recommendations() -> tuple[Recommendation, ...]:
    """The seven recommendations of the inspection of December 2021, as the report to Cabinet prints them.

    Returns:
        Seven `bucks_cs.inspections.Recommendation`, keyed ``"ilacs-2021/i"`` to ``"ilacs-2021/vii"``, in the words of the report
        to Cabinet, which may not be Ofsted's own to the letter.

    Source:
        Buckinghamshire Council, Children's Services Update, 11 October 2022, paragraph 3.2 i to vii.

    Example:
        >>> from bucks_cs import record
        >>> print(record.recommendations()[2])
        iii. The quality of social workers’ direct work with children.
    """
    return tuple(
        Recommendation(
            key=f"ilacs-2021/{number}", number=number, text=text, source=document("cabinet-2022-10").source.at(f"3.2 {number}")
        )
        for number, text in _RECOMMENDED.items()
    )


@functools.cache
def areas_of_weakness() -> tuple[AreaOfWeakness, ...]:
    """The three areas of significant weakness of the area SEND inspection of March 2022, as the report to Cabinet prints them.

    Returns:
        Three `bucks_cs.inspections.AreaOfWeakness`, keyed ``"area-send-2022/i"`` to ``"area-send-2022/iii"``; there was no
        revisit.

    Source:
        Buckinghamshire Council, Children's Services Update, 11 October 2022, paragraph 3.12 i to iii.

    Example:
        >>> from bucks_cs import record
        >>> print(record.areas_of_weakness()[2])
        iii. Waiting times to see a community paediatrician.
    """
    return tuple(
        AreaOfWeakness(
            key=f"area-send-2022/{number}",
            number=number,
            text=text,
            source=document("cabinet-2022-10").source.at(f"3.12 {number}"),
        )
        for number, text in _WEAK.items()
    )
