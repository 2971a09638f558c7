"""Children looked after: the closed choices of the series on care leavers: which ages, and what they are doing."""

from __future__ import annotations

import enum

__all__ = ["CareLeaverActivity", "CareLeaverAge"]


class CareLeaverAge(enum.Enum):
    """The ages at which care leavers are counted, as DfE prints them; a reading has the text among its dims.

    Example:
        >>> from bucks_cs.looked_after import CareLeaverAge
        >>> CareLeaverAge.AGED_19_TO_21.value
        '19 to 21 years'
    """

    AGED_17_TO_18 = "17 to 18 years"
    AGED_19_TO_21 = "19 to 21 years"


class CareLeaverActivity(enum.Enum):
    """What a care leaver is doing on or around the birthday, as DfE prints it: each is in one, or it is not known.

    Example:
        >>> from bucks_cs.looked_after import CareLeaverActivity
        >>> [activity.value for activity in CareLeaverActivity if activity.is_in_education_employment_or_training][:1]
        ['Higher education i.e. studies beyond A level']
    """

    HIGHER_EDUCATION = "Higher education i.e. studies beyond A level"
    OTHER_EDUCATION = "Education other than higher education"
    APPRENTICESHIP = "In an apprenticeship"
    TRAINING_OR_EMPLOYMENT = "In training or employment (excl. apprenticeship)"
    TRAINING_EMPLOYMENT_OR_APPRENTICESHIP = "In training or employment"
    """Of the year to 31 March 2021 alone, when apprenticeships were not told apart: both are ``z`` where the other is not."""
    ILL_OR_DISABLED = "Not in education, training or employment, owing to illness or disability"
    PREGNANT_OR_PARENTING = "Not in education, training or employment, owing to pregnancy or parenting"
    OTHER_REASONS = "Not in education, training or employment, owing to other reasons"

    @property
    def is_in_education_employment_or_training(self) -> bool:
        """Whether it is one of those that DfE adds up as being in education, employment or training."""
        return not self.value.startswith("Not in ")
