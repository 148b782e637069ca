"""The digest and the control totals of a list: what both sides count again and compare."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

MONEY = ("total", "state_support", "local_support", "other_support", "own_share")


def canonical(row: Mapping[str, Any]) -> str:
    """One row as text that is the same everywhere: keys sorted, no spaces, letters as they are."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """The digest of `rows` in their order, as `schemas.card_lists.SealedCardList` defines it."""
    return digest_of_texts(canonical(row) for row in rows)


def digest_of_texts(texts: Iterable[str]) -> str:
    """The same, from rows that are canonical text already."""
    whole = sha256()
    for text in texts:
        whole.update(text.encode())
        whole.update(b"\n")
    return whole.hexdigest()


def totals_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The fields of `schemas.card_lists.CardListTotals`. Money counts where a row adds a card; a
    row that takes one away costs nobody anything."""
    totals = dict.fromkeys(("rows", "increase", "decrease", *MONEY), 0)
    for row in rows:
        totals["rows"] += 1
        totals[row["kind"]] += 1
        if row["kind"] == "increase":
            for name in MONEY:
                totals[name] += row.get(name) or 0
    return totals
