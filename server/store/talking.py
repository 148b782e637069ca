"""What may be said on hearing why somebody has no card: the usual sentences, and a commune's own.

They live in the reference feed itself: one record a reason, and one more for each reason that a
commune says in its own words. The phones of the province carry both; a phone says those of the
commune it stands in. Twin of the choice: pwa/src/screens/talking.tsx.
"""

from collections.abc import Iterable, Sequence

import orjson
from sqlalchemy import select

from schemas.kinds import UninsuredReason
from server.domain.codes import rows_of
from server.domain.text import clean_text
from server.errors import Problem
from server.store.db import db
from server.store.feeds import ReferenceRecord
from server.store.places import Area
from server.store.reference import Item, publish, retire

TALKING_POINT = "talking_point"
SENTENCES = 3
LENGTH = 200


def usual_sentences(language: str = "vi") -> dict[str, list[str]]:
    """The sentences that come with the program, three for each reason."""
    said: dict[str, list[str]] = {reason.value: [] for reason in UninsuredReason}
    for row in rows_of("talking_points.csv"):
        said[row["reason"]].append(row[language])
    return said


def usual_items() -> Iterable[Item]:
    """The usual sentences as records for every phone."""
    english = usual_sentences("en")
    for reason, sentences in usual_sentences().items():
        data = {"commune": None, "reason": reason, "vi": sentences, "en": english[reason]}
        yield Item(TALKING_POINT, f"{TALKING_POINT}:{reason}", None, data)


def own_sentences(commune_id: str) -> dict[str, list[str]]:
    """What a commune says in its own words, by reason."""
    ids = {_id(commune_id, reason): reason.value for reason in UninsuredReason}
    query = select(ReferenceRecord.id, ReferenceRecord.data).where(
        ReferenceRecord.id.in_(ids), ReferenceRecord.deleted.is_(False)
    )
    return {ids[id_]: orjson.loads(data)["vi"] for id_, data in db.session.execute(query)}


def say_own(commune: Area, reason: str, typed: Sequence[str]) -> bool:
    """From now on the commune says this; False when it said exactly so already.

    Problem: malformed, for a reason nobody knows, no sentence at all, too many or too long ones.
    """
    known = _known(reason)
    sentences = [cleaned for one in typed if (cleaned := clean_text(one))]
    if not sentences or len(sentences) > SENTENCES:
        raise Problem("malformed", {"sentences": "needed"})
    if any(len(one) > LENGTH for one in sentences):
        raise Problem("malformed", {"sentences": "too_long"})
    data = {"commune": commune.id, "reason": known.value, "vi": sentences}
    return publish(TALKING_POINT, _id(commune.id, known), commune.province_id, data)


def say_usual(commune: Area, reason: str) -> bool:
    """The commune goes back to the usual sentences; False when it had none of its own."""
    return retire(_id(commune.id, _known(reason)))


def _known(reason: str) -> UninsuredReason:
    if reason not in set(UninsuredReason):
        raise Problem("not_found")
    return UninsuredReason(reason)


def _id(commune_id: str, reason: UninsuredReason) -> str:
    return f"{TALKING_POINT}:{commune_id}:{reason.value}"
