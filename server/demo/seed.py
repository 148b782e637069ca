"""Fills an empty database with the demo: places, plan, people, and users who may look around."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from random import Random

from sqlalchemy import func, select, update

from schemas.kinds import AreaLevel, Indicator, Role
from server.accounts.passwords import easy_password
from server.accounts.users import NewUser, create_user
from server.demo.approved_list import approve_a_list
from server.demo.card_lists import send_lists
from server.demo.commune import SEED, PlanLine, Record, households, plan_lines
from server.demo.duties import give_duties
from server.demo.history import known_for_weeks
from server.demo.lead_file import bring_lead_file
from server.demo.leads import ask_around
from server.demo.lists import bring_a_list
from server.demo.office import Office, write
from server.demo.receipts import collect
from server.demo.reports import report_last_month
from server.demo.requests import ask_and_decide
from server.demo.returned_list import bring_a_list_back
from server.demo.rights import give_rights
from server.demo.school_roll import bring_a_roll
from server.demo.sponsors import give_cards
from server.domain.text import fold
from server.store.area_loading import area_id, load_areas
from server.store.areas import add_alias, add_fact, add_village, publish_area
from server.store.audit import note_act
from server.store.changes.write import Author, new_change
from server.store.db import db, new_id, transaction
from server.store.feeds import Instance
from server.store.people import User
from server.store.places import Area, BhxhUnit, BhxhUnitCommune
from server.store.plans import Target
from server.store.records import Household
from server.store.reference import publish

SOURCE = "Kế hoạch của UBND xã Ngọc Phụng về bao phủ BHYT năm 2025 (số liệu mẫu)"
COMMUNE = "Xã Ngọc Phụng (mẫu)"
UNIT = "BHXH cơ sở Thường Xuân"
PROVINCE_CODE, GOAL, YEAR = "38", "95", 2025
SINCE = "2025-01-01"
CHANGES_A_COMMIT = 2_000


@dataclass(frozen=True)
class Grown:
    """What the seed made. `password`: of all demo users."""

    households: int
    people: int
    password: str


def is_empty() -> bool:
    """True before anybody has put users, villages or households here."""
    counts = (
        select(func.count()).select_from(User),
        select(func.count()).select_from(Household),
        select(func.count()).where(Area.level == AreaLevel.VILLAGE),
    )
    return not any(db.session.scalar(count) for count in counts)


def seed(day: date, password: str | None) -> Grown:
    """Make the demo, a few thousand changes a commit. The users come last, in one commit with
    what they did: whoever can sign in finds everything there."""
    with transaction():
        load_areas()
        commune, villages = _places()
        _targets(commune, villages)
        db.session.execute(update(Instance).values(demo=True))
        named = [(village.id, line) for village, line in villages]
        commune_id, ids = commune.id, [village_id for village_id, _ in named]
        first = villages[0][0].id, villages[0][0].name
    author = Author(None, None, "import", Role.ADMIN, frozenset(ids))
    grown = {"household": 0, "member": 0}
    for batch in _batches(_all_records(named, day)):
        with transaction():
            write([new_change(*record) for record in batch], author)
        for entity, _id, _values in batch:
            if entity in grown:
                grown[entity] += 1
    bring_a_roll(commune_id, *first, day)
    bring_a_list(commune_id, *first, day, Random(SEED))
    with transaction():
        known_for_weeks()
    password = password or easy_password()
    with transaction():
        office = Office.opened(day, commune_id, ids, _users(commune_id, ids, password), SEED)
        report_last_month(office)
        ask_and_decide(office)
        collect(office)
        give_cards(office)
        ask_around(office)
        give_rights(office)
        give_duties(office)
        bring_lead_file(office)
        send_lists(office)
        approve_a_list(office)
        bring_a_list_back(office)
        note_act("demo_seed", by=None, area=commune_id, count=grown["member"])
    return Grown(grown["household"], grown["member"], password)


def _places() -> tuple[Area, list[tuple[Area, PlanLine]]]:
    province = db.session.get(Area, area_id(AreaLevel.PROVINCE, PROVINCE_CODE))
    assert province is not None
    commune = Area(
        id=new_id(),
        level=AreaLevel.COMMUNE.value,
        name=COMMUNE,
        search=fold(COMMUNE),
        parent_id=province.id,
        province_id=province.id,
        former_district="Huyện Thường Xuân",
        valid_from=SINCE,
    )
    db.session.add(commune)
    db.session.flush()
    add_alias(commune, "Xã Ngọc Phụng")
    add_fact(commune, "settlement", "rural", source=SOURCE, valid_from=SINCE)
    publish_area(commune)
    unit = db.session.scalars(select(BhxhUnit.id).where(BhxhUnit.name == UNIT)).one()
    db.session.add(BhxhUnitCommune(unit_id=unit, commune_id=commune.id, valid_from=SINCE))
    villages = [
        (add_village(line.unit, commune, valid_from=SINCE), line)
        for line in plan_lines()
        if line.level == AreaLevel.VILLAGE
    ]
    return commune, villages


def _targets(commune: Area, villages: list[tuple[Area, PlanLine]]) -> None:
    [whole] = [line for line in plan_lines() if line.level == AreaLevel.COMMUNE]
    for area, line in [(commune, whole), *villages]:
        values = {
            "indicator": Indicator.BHYT_COVERAGE.value,
            "year": YEAR,
            "month": None,
            "population": line.population,
            "planned": line.planned,
            "goal_percent": GOAL,
            "printed_percent": line.printed,
            "deadline": line.deadline,
            "source": SOURCE,
        }
        target = Target(id=new_id(), area_id=area.id, **values)
        db.session.add(target)
        db.session.flush()
        publish("target", target.id, area.province_id, {"area": area.id, **values})


def _all_records(named: list[tuple[str, PlanLine]], day: date) -> Iterator[Record]:
    for village_id, line in named:
        for records in households(village_id, line, day):
            yield from records


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while batch := list(islice(iterator, CHANGES_A_COMMIT)):
        yield batch


def _users(commune_id: str, village_ids: list[str], password: str) -> list[User]:
    commune = db.session.get(Area, commune_id)
    province = db.session.get(Area, area_id(AreaLevel.PROVINCE, PROVINCE_CODE))
    assert commune is not None
    assert province is not None
    villages = [area for id_ in village_ids if (area := db.session.get(Area, id_))]
    unit = db.session.scalars(select(BhxhUnit.id).where(BhxhUnit.name == UNIT)).one()
    people: tuple[tuple[NewUser, list[Area]], ...] = (
        (NewUser("surveyor", "Lê Thị Rà Soát (mẫu)", Role.SURVEYOR), villages),
        (NewUser("surveyor2", "Vi Văn Thôn (mẫu)", Role.SURVEYOR), villages[:1]),
        (
            NewUser(
                "officer", "Phạm Văn Cán Bộ (mẫu)", Role.OFFICER, farm_room=True, lists_room=True
            ),
            [commune],
        ),
        (NewUser("bhxh", "Trịnh Thị Bảo Hiểm (mẫu)", Role.BHXH, bhxh_unit_id=unit), []),
        (NewUser("viewer", "Hà Văn Chỉ Đạo (mẫu)", Role.VIEWER), [commune]),
        (NewUser("admin", "Quản trị (mẫu)", Role.ADMIN), [province]),
    )
    return [
        create_user(user, areas, by=None, password=password, valid_from=SINCE)[0]
        for user, areas in people
    ]
