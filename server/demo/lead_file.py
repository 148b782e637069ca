"""A sample file of the insurance: whose payments paused or lapsed and whose jobless benefit ends.
Most of its people are of the commune; one may be, two are not."""

from datetime import date
from hashlib import sha256

from sqlalchemy import select

from schemas.kinds import Presence
from server.demo.leads import LETTER
from server.demo.office import Office
from server.domain.field_words import LEAD_KIND
from server.domain.numbers import day_words
from server.domain.partial import add_months
from server.leads.file_reading import read_leads
from server.leads.files import keep_rows
from server.pages.sheets import csv_file
from server.store.audit import note_act
from server.store.bulk import among
from server.store.db import db
from server.store.lead_files import LeadFile
from server.store.places import Area
from server.store.records import Member
from server.store.search import holds

HEAD = ("STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Thôn", "Diện", "Hưởng TCTN đến", "Đã đóng đến")
SURE, KINDS = 12, ("paused", "jobless", "lapsed")
STRANGERS = ("Hà Văn Lợi", "Vi Thị Thơm")


def bring_lead_file(office: Office) -> None:
    """Keep the file as the desk does when it is sent in; nobody of it is given yet."""
    villages: dict[str, str] = dict(
        db.session.execute(select(Area.id, Area.name).where(among(Area.id, office.villages))).all()
    )
    data = csv_file(HEAD, _lines(office, villages))
    rows = read_leads(data, "")
    file = LeadFile(
        id=office.new_id(),
        commune_id=office.commune,
        name=f"{LETTER}.csv",
        digest=sha256(data).hexdigest(),
        added_by=office.officer.id,
    )
    keep_rows(file, rows, villages)
    note_act(
        "lead_file", by=office.officer.id, subject=file.id, area=office.commune, count=len(rows)
    )


def _lines(office: Office, villages: dict[str, str]) -> list[list[str]]:
    people = _people(office)
    lines = [
        _line(at, name, born, number or "", villages[village], office.day)
        for at, (name, born, number, village) in enumerate(people)
    ]
    # Without a number and with the year alone it is for a person to say who is meant.
    name, born, _number, village = people[0]
    lines[0] = _line(0, name.upper(), born[:4], "", villages[village], office.day)
    last = len(lines)
    for at, name in enumerate(STRANGERS, start=last):
        lines.append(_line(at, name, "1979", f"0380799990{at:02}", "", office.day))
    return lines


def _line(at: int, name: str, born: str, number: str, village: str, day: date) -> list[str]:
    kind = KINDS[at % len(KINDS)]
    month = add_months(day.isoformat(), 3 if kind == "jobless" else -9)[:7]
    benefit, paid = (month, "") if kind == "jobless" else ("", month)
    return [str(at + 1), name, day_words(born), number, village, LEAD_KIND[kind], benefit, paid]


def _people(office: Office) -> list[tuple[str, str, str | None, str]]:
    """Of the villages after the first, whose people others asked already."""
    query = (
        select(Member.full_name, Member.birth_date, Member.personal_id, Member.village_id)
        .where(
            among(Member.village_id, office.villages[1:]),
            Member.birth_date.between(
                add_months(office.today, -12 * 52), add_months(office.today, -12 * 25)
            ),
            Member.presence == Presence.HERE,
            Member.personal_id.is_not(None),
            holds(Member.data, '"work":"own_business"'),
        )
        .order_by(Member.id)
        .limit(SURE)
    )
    return [(name, str(born), number, village) for name, born, number, village in
            db.session.execute(query)]  # fmt: skip
