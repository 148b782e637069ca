"""Both sides of a list count the same digest and the same totals."""

from hashlib import sha256

from server.domain.card_lists.digest import canonical, digest_of, digest_of_texts, totals_of

LAN = {"place": 1, "kind": "increase", "full_name": "Lê Thị Lan", "total": 1_366_200, "note": None}
TU = {"place": 2, "kind": "decrease", "full_name": "Trần Văn Tư", "total": None}


def test_a_row_is_text_with_sorted_keys_and_no_spaces():
    assert canonical(TU) == ('{"full_name":"Trần Văn Tư","kind":"decrease","place":2,"total":null}')


def test_the_digest_is_that_of_the_rows_a_line_each():
    text = f"{canonical(LAN)}\n{canonical(TU)}\n"
    assert digest_of([LAN, TU]) == sha256(text.encode()).hexdigest()
    assert digest_of_texts([canonical(LAN), canonical(TU)]) == digest_of([LAN, TU])


def test_the_digest_depends_on_the_order_and_on_every_letter():
    assert digest_of([LAN, TU]) != digest_of([TU, LAN])
    assert digest_of([LAN]) != digest_of([{**LAN, "full_name": "Lê Thị Lán"}])


def test_totals_count_both_sections_and_the_money_of_those_who_come():
    totals = totals_of([LAN, {**LAN, "place": 3}, TU])
    assert (totals["rows"], totals["increase"], totals["decrease"]) == (3, 2, 1)
    assert totals["total"] == 2 * 1_366_200
    assert totals["state_support"] == 0


def test_money_on_a_row_that_takes_a_card_away_is_not_counted():
    assert totals_of([{**TU, "total": 5}])["total"] == 0
