"""What money it takes that everybody on a list joins on a day: who pays which part, for which
group and in which village."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import aliased

from schemas.kinds import AreaLevel
from server.domain.legal.budget import budget_contribution
from server.domain.legal.contribution import Contribution
from server.domain.legal.tables import OPEN, LegalRow, NotKnown, Tables
from server.store.bulk import among
from server.store.db import db
from server.store.legal import legal_tables
from server.store.places import Area
from server.store.prices import Priced, Totals, prices, totals
from server.store.sponsor_cards import promised

MONTHS = (3, 6, 12)
PERSON, BUDGET, NOT_KNOWN, NOT_ALLOWED = "person", "budget", "not_known", "not_allowed"
PAYERS = (PERSON, BUDGET, "social_insurance", "employer", NOT_ALLOWED, NOT_KNOWN)
"""Who pays, in the order of the table; last those of whom that cannot be said."""

LAW = ("base_salary", "contribution", "state_support", "local_support")
TERMS = "months_"
"""Items of the table `contribution` that say for how many months one may pay, not how much."""


@dataclass(frozen=True, slots=True)
class Row:
    """People of one group who stand alike. `group` is None where the law does not tell it, `lacks`
    what the law does not say for the day."""

    group: str | None
    payer: str
    lacks: NotKnown | None
    sums: Totals


@dataclass(frozen=True, slots=True)
class Funding:
    """`villages`: by name. `local_lacks`: the provinces of which nobody knows what they add. `law`:
    the rows that the amounts rest on."""

    day: str
    months: int
    whole: Totals
    groups: list[Row]
    villages: list[tuple[str, Totals]]
    local_lacks: list[str]
    law: list[LegalRow]


def funding(ids: Collection[str], day: str, months: int, villages: Mapping[str, str]) -> Funding:
    """The need of these people, who lie in these villages (names by id)."""
    found = _with_budget(prices(ids, day, months, promised(ids, day)).values(), day, months)
    asked = [one.price for one in found if isinstance(one.price, Contribution)]
    return Funding(
        day=day,
        months=months,
        whole=totals(found),
        groups=_groups(legal_tables(), found),
        villages=_villages(found, villages),
        local_lacks=_silent({price.local_not_known for price in asked} - {None}),
        law=_law(asked),
    )


def _with_budget(found: Iterable[Priced], day: str, months: int) -> list[Priced]:
    """People whom the budget pays wholly with what it pays, where the tables tell."""
    share = budget_contribution(legal_tables(), day, months)
    if isinstance(share, NotKnown):
        return list(found)
    return [replace(one, price=share) if one.paid_by == BUDGET else one for one in found]


def _groups(tables: Tables, found: Iterable[Priced]) -> list[Row]:
    alike: dict[tuple[str | None, str, NotKnown | None], list[Priced]] = defaultdict(list)
    for one in found:
        lacks = one.price if isinstance(one.price, NotKnown) else None
        alike[one.group, _payer(one), lacks].append(one)
    rows = [Row(*key, totals(people)) for key, people in alike.items()]
    order = {item: at for at, item in enumerate(tables.items("law_group"))}
    return sorted(
        rows, key=lambda row: (PAYERS.index(row.payer), order.get(row.group or "", len(order)))
    )


def _payer(one: Priced) -> str:
    if isinstance(one.price, NotKnown):
        return NOT_KNOWN
    # Without who pays the law allows nobody to pay for so many months.
    return one.paid_by or NOT_ALLOWED


def _villages(found: Iterable[Priced], names: Mapping[str, str]) -> list[tuple[str, Totals]]:
    """In the order of the names given."""
    people: dict[str, list[Priced]] = defaultdict(list)
    for one in found:
        people[one.village].append(one)
    return [(name, totals(people[id_])) for id_, name in names.items() if id_ in people]


def _silent(lacks: Collection[NotKnown | None]) -> list[str]:
    """The provinces about which the tables are silent, by name."""
    codes = {what.where for what in lacks if what}
    query = select(Area.name).where(Area.level == AreaLevel.PROVINCE, Area.code.in_(codes))
    return list(db.session.scalars(query.order_by(Area.search))) if codes else []


def _law(asked: Iterable[Contribution]) -> list[LegalRow]:
    # Who pays alike shares one answer, whose many rows are costly to compare.
    answers = {id(price): price for price in asked}.values()
    read = dict.fromkeys(row for price in answers for row in price.rows)
    told = [row for row in read if row.table in LAW and _of_money(row)]
    return sorted(told, key=lambda row: LAW.index(row.table))


def _of_money(row: LegalRow) -> bool:
    return row.value != OPEN and not row.item.startswith(TERMS)


def told_apart(villages: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The villages with their commune behind the name where there are several, and the communes."""
    above = aliased(Area)
    query = (
        select(Area.id, above.name)
        .join(above, above.id == Area.parent_id)
        .where(among(Area.id, villages))
    )
    commune = dict(db.session.execute(query).all())
    communes = sorted(set(commune.values()))
    if len(communes) < 2:
        return dict(villages), communes
    named = {id_: f"{name}, {commune.get(id_, '')}" for id_, name in villages.items()}
    return dict(sorted(named.items(), key=lambda one: (commune.get(one[0], ""), one[1]))), communes
