"""The words of a list page, translated once and not row by row."""

from collections.abc import Mapping

from flask_babel import gettext as _

from server.domain.codes import ethnic_groups
from server.domain.coverage.bands import AGE_WORDS
from server.domain.words import (
    LIVING_CLASS,
    PRESENCE,
    RELATION,
    SEX,
    SOCIAL_INSURANCE,
    STATUS,
    UNINSURED_REASON,
)
from server.lists.columns import DONE, IN_TIME, LATE, newborn_state

SENTENCE = 26
"""From this width on a column holds sentences, which a narrow one would pile up."""

NEWBORN_LOOK = {DONE: "grey", IN_TIME: "warn", LATE: "danger"}


def page_words() -> dict[str, object]:
    """What the templates call the codes of people."""
    reasons, social = translated(UNINSURED_REASON), translated(SOCIAL_INSURANCE)
    sexes = translated(SEX)
    return {
        "status_words": translated(STATUS),
        "reason_words": reasons,
        "social_words": social,
        "relation_words": translated(RELATION),
        "sex_words": sexes,
        "ethnic_groups": ethnic_groups(),
        "sentence_width": SENTENCE,
        "newborn_look": NEWBORN_LOOK,
        "newborn_state": newborn_state,
        "choice_words": {
            "age": translated(AGE_WORDS),
            "sex": sexes,
            "living": translated(LIVING_CLASS),
            "presence": translated(PRESENCE),
            "social": social,
            "reason": reasons,
        },
    }


def translated(words: Mapping[str, str]) -> dict[str, str]:
    return {str(key): _(word) for key, word in words.items()}
