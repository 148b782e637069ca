"""The facts on which the shares of an enrolment hang: as they are now, and as they may have been
for who took the money. A phone without signal computes with what it knew; what the office states of
a place or a person afterwards must not make an honest payment wait."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import AreaFact, AreaLevel
from server.domain.enrolment.amounts import ShareFacts, share_facts
from server.domain.legal.area_facts import area_facts
from server.domain.legal.facts import Place, person_facts
from server.store.areas import lineage, stated_above
from server.store.bulk import among
from server.store.db import db
from server.store.feeds import ChangeRow
from server.store.places import AreaFactRow

Data = Mapping[str, Any]


class SharesAsked:
    """Of many enrolments in one transaction: each place is read once."""

    def __init__(self) -> None:
        self._stated: dict[str, Sequence[Sequence[AreaFactRow]]] = {}
        self._places: dict[str, Place] = {}
        self._sets: dict[str, list[Data]] = {}

    def now(self, village: str, day: str, member: Data) -> ShareFacts:
        """With the record of the person as it stands and what is stated of the place on a day."""
        area = area_facts(day, self._levels(village))
        return share_facts(person_facts(member, {}, (), area), self._place(village))

    def earlier(self, village: str, day: str, member_id: str, member: Data) -> list[ShareFacts]:
        """Every other set of facts that a phone may have computed with: values that the person's
        record once held, and the list of poor communes before it was known here or after it was
        taken back."""
        if member_id not in self._sets:
            self.remember([member_id])
        works, groups = (
            [member.get(name), *_once_held(self._sets[member_id], name)]
            for name in ("work", "ethnic_group")
        )
        found = []
        for work, group, listed in product(works, groups, self._listed(village, day)):
            told = person_facts({"work": work, "ethnic_group": group}, {})
            shares = share_facts(told, self._place(village))
            found.append(replace(shares, poor_commune=listed))
        return list(dict.fromkeys(found))

    def remember(self, members: Collection[str]) -> None:
        """Read at once what was ever set of these people; `earlier` asks it of each."""
        self._sets |= {id_: [] for id_ in members if id_ not in self._sets}
        log = select(ChangeRow.record_id, ChangeRow.body).where(among(ChangeRow.record_id, members))
        for id_, body in db.session.execute(log.order_by(ChangeRow.seq)):
            self._sets[id_].append(orjson.loads(body)["set"])

    def _listed(self, village: str, day: str) -> set[bool | None]:
        rows = (row for level in self._levels(village) for row in level)
        poor = [row for row in rows if row.fact == AreaFact.POOR_COMMUNE]
        return {None} | {row.value == "yes" for row in poor if (row.valid_from or "") <= day}

    def _levels(self, village: str) -> Sequence[Sequence[AreaFactRow]]:
        if village not in self._stated:
            self._stated[village] = stated_above(village)
        return self._stated[village]

    def _place(self, village: str) -> Place:
        """The province above; which one it was before the merger is not on record."""
        if village not in self._places:
            codes = (step.code for step in lineage(village) if step.level == AreaLevel.PROVINCE)
            self._places[village] = Place(next(codes, None))
        return self._places[village]


def _once_held(sets: Sequence[Data], name: str) -> list[str | None]:
    """What a field was when the record was made, named or not, and what it was set to later. The
    log keeps what came in: what no field takes was never held."""
    told = (set_.get(name) for at, set_ in enumerate(sets) if at == 0 or name in set_)
    return [value for value in told if value is None or isinstance(value, str)]
