"""Of which kind somebody without a card is, how many heads are missing, and what is done next."""

import pytest

from server.domain.legal.reading import national_tables
from server.domain.legal.tables import NotKnown
from server.domain.legal.waiting import waiting
from server.domain.partial import add_days
from server.domain.steering.entitled import lapsed_since
from server.domain.steering.heads import Heads
from server.domain.steering.kinds import Kind, kind_of
from server.domain.steering.steps import Do, Situation, next_step

DAY = "2026-11-22"


@pytest.mark.parametrize(
    ("lists", "lapsed", "kind"),
    [
        (["poor", "children"], True, "child"),
        (["pupils", "poor"], False, "poor"),
        (["pupils", "near_poor"], False, "near_poor"),
        (["social_pension", "near_poor"], False, "policy"),
        (["farm_households", "pupils"], True, "pupil"),
        (["farm_households"], True, "farm"),
        ([], True, "lapsed"),
        ([], False, "other"),
    ],
)
def test_everybody_is_of_one_kind_the_most_supported_first(lists, lapsed, kind):
    assert kind_of(lists, lapsed) == Kind(kind)


def test_a_card_has_lapsed_lately_as_long_as_the_law_lets_the_next_begin_at_once():
    since = lapsed_since(national_tables(), DAY)
    assert isinstance(since, str)
    still, gone = (waiting(national_tables(), DAY, end) for end in (since, add_days(since, -1)))
    assert not isinstance(still, NotKnown)
    assert not isinstance(gone, NotKnown)
    assert still.start_if_today == DAY
    assert gone.start_if_today > DAY


def heads(**more):
    told = {"covered": 940, "people": 990, "uninsured": 12, "unconfirmed": 3, "not_asked": 20}
    return Heads(**{**told, "missing": 12, "population": 1000, **more})


def test_winning_everybody_brings_the_rate_of_the_plans_own_denominator():
    won = heads()
    assert (won.rate, won.rate_won, won.still_missing) == ("94.00", "95.20", 0)


def test_where_winning_is_not_enough_the_rest_is_said():
    assert heads(uninsured=10).still_missing == 2


def test_without_a_plan_the_rate_is_of_the_people_recorded():
    bare = heads(missing=None, population=None)
    assert (bare.rate_won, bare.still_missing) == ("96.16", 0)


@pytest.mark.parametrize(
    ("what", "situation", "do"),
    [
        ("what the insurance sent back is mended first",
         {"status": "not_asked", "stage": "returned", "number": "12", "reason": "other"},
         "sent_back"),
        ("an enrolment that the office sent back is mended",
         {"status": "none", "stage": "returned"}, "mend_enrolment"),
        ("a list at the insurance is waited for", {"status": "none", "stage": "received"},
         "await_insurance"),
        ("a list that lies in the office is sent", {"status": "none", "stage": "on_list"},
         "send_list"),
        ("who paid waits for a list", {"status": "starting", "stage": "enrolled"}, "await_list"),
        ("an answer of long ago is no step", {"status": "expired", "stage": "issued"}, "persuade"),
        ("a card that begins later only begins", {"status": "starting"}, "await_start"),
        ("a birth is registered before anybody asks for a card",
         {"status": "not_asked", "child": True, "birth_registration": "none"}, "register_birth"),
        ("whoever was not asked is visited", {"status": "not_asked", "paid_by": "budget"}, "ask"),
        ("a card without a proven end is looked up", {"status": "unconfirmed"}, "look_up"),
        ("what the law does not say is not guessed",
         {"status": "none", "lacks": NotKnown("groups", "HN", "", DAY)}, "law_not_known"),
        ("no list takes anybody without an id", {"status": "none", "has_id": False}, "get_id"),
        ("whom the budget pays for stands on a list next", {"status": "none", "paid_by": "budget"},
         "make_list"),
        ("who works for a wage asks the employer", {"status": "none", "paid_by": "employer"},
         "employer"),
        ("the school collects from pupils", {"status": "none", "pupil": True}, "school"),
        ("who just lapsed is told until when", {"status": "expired", "renew_by": "2026-12-01"},
         "renew"),
        ("who pays a part is told which", {"status": "none", "supported": True},
         "persuade_supported"),
        ("all others are asked to join", {"status": "none"}, "persuade"),
    ],
)  # fmt: skip
def test_there_is_one_next_step(what, situation, do):
    assert next_step(Situation(**situation)).do == Do(do), what
