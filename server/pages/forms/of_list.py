"""What the forms ask of a list beyond its rows: the head with the law of its day, who else lives in
the households."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from server.domain.forms.head import FormHead, Row, head_of
from server.domain.legal.law import Law
from server.domain.legal.tables import NoValue
from server.domain.words import RELATION
from server.store.db import db
from server.store.farm import people_of_each
from server.store.legal import legal_tables
from server.store.places import Area
from server.store.records import Member


def form_head(told: Mapping[str, Any], commune: Area, day: str, maker: str = "") -> FormHead:
    """The head of a list that looks like `schemas.card_lists.SealedCardList`, a draft's too, with
    the base salary and the ladder of its day. `maker`: who made it, as they sign."""
    law = Law(legal_tables(), told.get("sealed_on") or day)
    province = db.session.get(Area, commune.province_id) if commune.province_id else None
    return head_of(
        told,
        day=day,
        base_salary=_base_salary(law),
        ladder=_ladder(law),
        province=province.name if province else "",
        province_code=(province.code or "") if province else "",
        maker=maker,
    )


def _base_salary(law: Law) -> int | None:
    try:
        return law.number("base_salary", "base_salary")
    except NoValue:
        return None


def _ladder(law: Law) -> tuple[int, ...]:
    try:
        return law.numbers("contribution", "ladder")
    except NoValue:
        return ()


def households_of(rows: Sequence[Row], day: str) -> dict[str, list[Row]]:
    """Who lives in each household of these rows on a day, the head first."""
    living = people_of_each({row["household"] for row in rows}, day)
    return {
        home: [_member(one, home) for one in people] for home, people in living.items() if people
    }


def _member(one: Member, home: str) -> Row:
    told = orjson.loads(one.data)
    return {
        "kind": "increase",
        "member": one.id,
        "household": home,
        "full_name": one.full_name,
        "birth_date": one.birth_date,
        "sex": one.sex,
        "nationality": told.get("nationality"),
        "ethnic_group": one.ethnic_group,
        "personal_id": one.personal_id,
        "bhxh_number": one.bhxh_number,
        "relation": RELATION.get(one.relation or ""),
    }
