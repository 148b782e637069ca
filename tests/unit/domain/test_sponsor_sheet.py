"""What a sponsor promised, gave and has left: told by hand, then against a second computation."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from server.domain.enrolment.sponsor_sheet import Card, all_together, sponsor_sheet

MONEY = st.integers(0, 50_000_000)
CARDS = st.lists(
    st.builds(
        Card,
        state=st.sampled_from(["open", "used", "withdrawn", "lapsed"]),
        amount=MONEY,
        paid=MONEY,
        people=st.integers(1, 4),
    ),
    max_size=30,
)


def test_ten_cards_of_a_received_promise():
    cards = [Card("open", 956_340)] * 4 + [Card("used", 956_340, paid=956_340)] * 6
    sheet = sponsor_sheet(20_000_000, 15_000_000, cards)
    assert (sheet.cards, sheet.used, sheet.open) == (10, 6, 4)
    assert sheet.given == 9_563_400
    assert sheet.balance == 5_436_600
    assert sheet.still_promised == 5_000_000


def test_a_used_card_counts_what_the_enrolment_took():
    assert sponsor_sheet(0, 0, [Card("used", 956_340, paid=683_100)]).given == 683_100


def test_what_was_taken_back_or_lapsed_is_free_again():
    cards = [Card("withdrawn", 956_340), Card("lapsed", 956_340), Card("open", 683_100)]
    sheet = sponsor_sheet(1_000_000, 1_000_000, cards)
    assert (sheet.cards, sheet.given, sheet.balance) == (1, 683_100, 316_900)


def test_more_may_be_given_than_came():
    sheet = sponsor_sheet(5_000_000, 0, [Card("open", 956_340)])
    assert (sheet.balance, sheet.still_promised) == (-956_340, 5_000_000)


@given(MONEY, MONEY, CARDS)
def test_the_sheet_equals_a_ledger_kept_line_by_line(promised: int, received: int, cards: list):
    ledger = [("in", received)]
    seen: Counter[str] = Counter()
    for card in cards:
        seen[card.state] += card.people
        if card.state in ("open", "used"):
            ledger.append(("out", card.amount if card.state == "open" else card.paid))
    sheet = sponsor_sheet(promised, received, cards)
    left = sum(amount if way == "in" else -amount for way, amount in ledger)
    assert sheet.balance == left
    assert (sheet.used, sheet.open) == (seen["used"], seen["open"])
    assert sheet.balance + sheet.given + sheet.still_promised == promised


@given(st.lists(st.tuples(MONEY, MONEY, CARDS), max_size=6))
def test_the_totals_are_those_of_one_sponsor_with_everything(sponsors: list):
    together = all_together(sponsor_sheet(*one) for one in sponsors)
    promised, received = sum(one[0] for one in sponsors), sum(one[1] for one in sponsors)
    assert together == sponsor_sheet(promised, received, [c for one in sponsors for c in one[2]])
