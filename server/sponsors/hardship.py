"""The hardship list: who has no card in a household proposed for a sponsored one, what a card costs
them, and who pays for it already."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from schemas.kinds import Status
from server.domain.legal.contribution import Contribution
from server.domain.legal.money import NotAllowed
from server.domain.legal.tables import NotKnown
from server.pages.scope import own_villages
from server.store.bulk import among
from server.store.db import db
from server.store.hardship import hard_up, hard_up_homes
from server.store.prices import Priced, prices
from server.store.records import Member
from server.store.sponsor_cards import Sponsored, cards_of_people, open_by_person

LACKING = frozenset({Status.EXPIRED.value, Status.NONE.value})


@dataclass(frozen=True, slots=True)
class HardUp:
    """One person of the list. `sponsored`: the card somebody pays already."""

    id: str
    name: str
    birth: str | None
    code: str
    village: str
    village_name: str
    status: str
    joins: Priced
    sponsored: Sponsored | None = None

    @property
    def price(self) -> Contribution | None:
        """What is to be paid, where anything is and the law of the day is known."""
        return self.joins.price if isinstance(self.joins.price, Contribution) else None

    @property
    def own(self) -> int:
        """Đồng left to the person; the most it may be where the province's share is not known."""
        if self.price is None:
            return 0
        return self.price.own_at_most if self.price.own is None else self.price.own

    @property
    def lacks(self) -> NotKnown | None:
        """What the law's tables do not tell of this person's price."""
        return self.joins.price if isinstance(self.joins.price, NotKnown) else None

    @property
    def why_not(self) -> str:
        """Why nobody can give this person a card, as a code; empty when somebody can."""
        if self.sponsored:
            return "sponsored"
        if self.joins.free:
            return "free"
        if self.lacks:
            return "not_known"
        if isinstance(self.joins.price, NotAllowed):
            return "not_allowed"
        if self.price is None:
            return "others"
        return "" if self.own else "nothing"


@dataclass(frozen=True, slots=True)
class Hardship:
    """The list, and who stands beside it: people of the same households nobody has asked yet, or
    whose card is not proven."""

    people: list[HardUp]
    homes: int
    unconfirmed: int
    not_asked: int


def hardship(villages: Sequence[str], day: str, months: int) -> Hardship:
    """Everybody without a card in households of these villages that live in hardship."""
    homes = hard_up_homes(day, villages)
    statuses = hard_up(day, villages, list(homes))
    lacking = {id_: status for id_, status in statuses.items() if status in LACKING}
    seen = Counter(statuses.values())
    people = lines_of(lacking, homes, prices(lacking, day, months), day)
    return Hardship(people, len(homes), seen[Status.UNCONFIRMED], seen[Status.NOT_ASKED])


def lines_of(
    statuses: dict[str, str], homes: dict[str, str], priced: dict[str, Priced], day: str
) -> list[HardUp]:
    """These people as lines: village after village, household after household, each in its order.
    `homes`: the codes of households by id."""
    paid = open_by_person(cards_of_people(statuses, day))
    members = _members(statuses)
    villages = own_villages()
    lines = [
        HardUp(
            id_,
            members[id_].full_name,
            members[id_].birth_date,
            homes.get(joins.home, ""),
            joins.village,
            villages[joins.village].name,
            statuses[id_],
            joins,
            paid.get(id_),
        )
        for id_, joins in priced.items()
        if id_ in statuses and joins.village in villages
    ]
    # A stable sort: inside a household the order of the prices stands.
    return sorted(lines, key=lambda it: (it.village_name, it.code or "~", it.joins.home))


def _members(ids: Collection[str]) -> dict[str, Member]:
    return {one.id: one for one in db.session.scalars(select(Member).where(among(Member.id, ids)))}
