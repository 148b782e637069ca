"""Findings: what is wrong or odd about a record as it would be after a change.

A finding that blocks makes its field wait for review; one that warns is shown and kept.
Nothing here refuses: rules ask, people decide. Twin: pwa/src/domain/findings/.
"""

from collections.abc import Callable, Mapping
from typing import Any

from server.domain.findings.base import Finding
from server.domain.findings.card import check_card, check_entitlement
from server.domain.findings.enrolment import check_enrolment
from server.domain.findings.farm_request import check_farm_request
from server.domain.findings.household import check_household_record
from server.domain.findings.household_people import check_household
from server.domain.findings.lead import check_lead
from server.domain.findings.listing import check_listing
from server.domain.findings.member import check_member
from server.domain.findings.sponsorship import check_sponsorship
from server.domain.findings.visit import check_farm_assessment, check_field_note, check_visit

__all__ = ["Finding", "check_household", "check_record"]

Check = Callable[[Mapping[str, Any], str], list[Finding]]

_CHECKS: dict[str, Check] = {
    "household": check_household_record,
    "member": check_member,
    "card": check_card,
    "entitlement": check_entitlement,
    "visit": check_visit,
    "farm_assessment": check_farm_assessment,
    "farm_request": check_farm_request,
    "enrolment": check_enrolment,
    "sponsorship": check_sponsorship,
    "lead": check_lead,
    "listing": check_listing,
    "field_note": check_field_note,
}


def check_record(entity: str, data: Mapping[str, Any], today: str) -> list[Finding]:
    """What there is to say about one record, in the order of its questions.

    `data` is the record in wire form, readable by its schema; `today` is the day of the one who
    asks, on the server its own. A day of slack is given to days that must not lie ahead.
    """
    return _CHECKS[entity](data, today)
