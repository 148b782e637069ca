"""Who answers for each village of the sample commune, and its plan as a document: a committee
member and a village head each, whose numbers are of no network."""

from random import Random

from sqlalchemy import select

from schemas.kinds import DutyKind, TargetHolder
from server.demo.names import KINH, MUONG, THAI, family_name, full_name
from server.demo.office import Office
from server.store.audit import note_act
from server.store.db import db
from server.store.duties import DutyRow
from server.store.places import Area
from server.store.plan_targets import Holder, plan_called, put_target
from server.store.plans import Target

COMMITTEE = (
    "Chủ tịch UBND xã, Trưởng Ban Chỉ đạo",
    "Phó Chủ tịch UBND xã",
    "Chủ tịch Ủy ban MTTQ xã",
    "Công chức văn hóa – xã hội",
)
SINCE = "2025-01"
GROUPS = (KINH, THAI, MUONG)
MILESTONES = {6: 7350, 9: 7560}
"""Of the whole commune, on the way to the 7,703 of the year."""


def give_duties(office: Office) -> None:
    """One committee member for two villages, a head and a party secretary for each, a collector for
    the commune; the committee member holds the villages' targets."""
    dice = Random(f"duties:{office.day.isoformat()}")
    members = [_name(dice) for _post in COMMITTEE]
    for place, village in enumerate(office.villages):
        post = place // 2
        holder = _duty(office, village, DutyKind.COMMITTEE_MEMBER, members[post],
                       COMMITTEE[post], 100 + post)  # fmt: skip
        for kind, words in (
            (DutyKind.VILLAGE_HEAD, "Trưởng thôn"),
            (DutyKind.PARTY_SECRETARY, "Bí thư chi bộ"),
        ):
            number = 200 + 10 * place + (kind == DutyKind.PARTY_SECRETARY)
            _duty(office, village, kind, _name(dice), words, number)
        _plan(office, village, holder)
    _duty(office, office.commune, DutyKind.COLLECTOR, _name(dice), "Nhân viên thu", 300)
    _plan(office, office.commune, None)
    note_act("duty_add", by=office.officer.id, area=office.commune, count=len(office.villages))


def _name(dice: Random) -> str:
    group, sex = dice.choice(GROUPS), dice.choice(("female", "male"))
    return f"{full_name(dice, family_name(dice, group), sex)} (mẫu)"


def _duty(office: Office, area: str, kind: DutyKind, name: str, post: str, number: int) -> DutyRow:
    row = DutyRow(
        area_id=area,
        kind=kind.value,
        full_name=name,
        phone=f"0000 000 {number}",
        post=post,
        valid_from=SINCE,
        added_by=office.officer.id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _plan(office: Office, area_id: str, holder: DutyRow | None) -> None:
    """The area's target under the commune's plan, and who holds it."""
    commune = db.session.get(Area, office.commune)
    target = db.session.scalars(select(Target).where(Target.area_id == area_id)).first()
    if target is None or commune is None:
        return
    plan = plan_called(target.source, commune, target.year, office.officer.id)
    target.plan_id, plan.issuer = plan.id, "UBND xã Ngọc Phụng"
    told = {"population": target.population, "planned": target.planned, "deadline": target.deadline}
    if holder is not None:
        held = Holder(TargetHolder.PERSON.value, holder.full_name, duty_id=holder.id)
        put_target(plan, area_id, target.indicator, None, held, told)
        return
    for month, planned in MILESTONES.items():
        put_target(plan, area_id, target.indicator, month, Holder(), {"planned": planned})
