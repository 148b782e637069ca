"""Every row of a list against the reasons for which the insurance would send it back."""

from collections.abc import Sequence

from server.domain.card_lists.listed import Listed
from server.domain.card_lists.states import ON_THE_WAY
from server.domain.card_lists.would_return import Asked, Fault, faults_of_list
from server.domain.enrolment.states import CHECKED, ON_LIST
from server.store.card_list_twins import twins_of
from server.store.card_lists import CardList
from server.store.db import today
from server.store.legal import legal_tables


def faults_in(card_list: CardList, rows: Sequence[Listed]) -> dict[str, list[Fault]]:
    """By row, of the rows that would come back if the list went out today."""
    asked = Asked(
        card_list.insurance_group,
        card_list.support_percent,
        today(),
        card_list.cards_from,
        ON_LIST if card_list.state in ON_THE_WAY else CHECKED,
    )
    return faults_of_list(legal_tables(), asked, rows, twins_of(card_list, rows))
