"""A list of children that its approver has passed. Since then one of them got a card and one asked
for a clinic that no list has: whoever signs it finds both."""

from typing import Any

from server.demo.card_lists import CHILDREN, WHOLE, make_list, step, submitted
from server.demo.office import Office, write
from server.demo.receipts import CLINIC
from server.domain.card_lists.states import APPROVED
from server.domain.partial import add_months
from server.store.card_list_changes import add_people, remove_rows
from server.store.card_list_checks import faults_in
from server.store.card_list_rows import listed, stored_rows
from server.store.card_list_waiting import waiting
from server.store.changes.write import new_change
from server.store.db import now

VILLAGES = slice(2, 4)
UNKNOWN_CLINIC = "38999"
CARD_MONTHS = 12


def approve_a_list(office: Office) -> None:
    """Write the list, then what came up since."""
    children = [
        one
        for one in waiting(list(office.villages[VILLAGES]), office.today)
        if one.group == CHILDREN
    ]
    asked = [_clinic(one.member, None, CLINIC) for one in children]
    write(asked, office.on_phone("surveyor"))
    made = make_list(office, CHILDREN, WHOLE)
    add_people(made, children)
    remove_rows(made, faults_in(made, listed(stored_rows(made))))
    rows = stored_rows(made)
    submitted(office, made, len(rows))
    made.state, made.decided_by, made.decided_at = APPROVED, office.officer.id, now()
    step(office, "approve", made, len(rows))
    for row, change, author in zip(
        rows, (_card, _elsewhere), (office.at_desk(), office.on_phone("surveyor")), strict=False
    ):
        write([change(office, row.member_id)], author)


def _card(office: Office, member: str) -> dict[str, Any]:
    values = {
        "member": member,
        "evidence": "bhxh_list",
        "insurance_group": CHILDREN,
        "valid_from": office.today,
        "valid_to": add_months(office.today, CARD_MONTHS),
    }
    return new_change("card", office.new_id(), values)


def _elsewhere(_office: Office, member: str) -> dict[str, Any]:
    return _clinic(member, CLINIC, UNKNOWN_CLINIC)


def _clinic(member: str, was: str | None, wanted: str) -> dict[str, Any]:
    return new_change("member", member, {"clinic_wanted": wanted}, {"clinic_wanted": was})
