"""TK1-TS, the declaration of a person, with its annex of the household: QĐ 490/QĐ-BHXH.

For who has no number of the insurance yet, and for children under six. Items, annex and the words
around them are rows of `tk1_*.csv`; what was not seen on the form itself is marked there.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from server.domain.forms.head import FormHead, Row, no_forces
from server.domain.forms.layouts import layout
from server.domain.forms.values import NEW, VALUES

SURE = ("seen", "derived")
UNSURE = "*"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the form: its number, `*` behind it where the label is not certain; its label;
    what is filled in, empty to write on; its share of the line in percent."""

    number: str
    label: str
    value: str
    share: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Home:
    """A household whose people declare: `declaring` rows of the list, `members` everybody in it
    (fields as rows have them), the head first."""

    declaring: Sequence[Row]
    members: Sequence[Row]


def declares(row: Row) -> bool:
    """Whether the insurance wants a TK1-TS of who is on the list."""
    unknown = not row.get("bhxh_number") or row.get("method") == NEW
    return row["kind"] == "increase" and unknown


def homes_of(
    head: FormHead,
    rows: Iterable[Row],
    members: Mapping[str, Sequence[Row]],
    forces: Collection[str] = (),
) -> list[Home]:
    """Who of the list declares, by household, in the list's order. `members`: everybody of each
    household; people of the armed forces are left out of it. Raises ListedByTheirUnit."""
    found: dict[str, list[Row]] = {}
    for row in sorted(no_forces(head, rows, forces), key=lambda one: one["place"]):
        if declares(row):
            found.setdefault(row["household"], []).append(row)
    return [
        Home(some, [one for one in members.get(id_, some) if one["member"] not in forces])
        for id_, some in found.items()
    ]


def needs_annex(home: Home) -> bool:
    """When the household has no code of the insurance's yet, or its people are on the ladder."""
    first = home.declaring[0]
    on_ladder = any(row.get("ladder_place") for row in home.declaring)
    return not first.get("bhxh_household_code") or on_ladder


def items_of(head: FormHead, row: Row, part: str, *, annex: bool) -> list[list[Item]]:
    """The lines of a part of the form, `I` or `II`."""
    lines = groupby(
        (item for item in layout("tk1_items") if item["part"] == part), lambda item: item["line"]
    )
    return [[_item(head, row, one, annex) for one in some] for _line, some in lines]


def _item(head: FormHead, row: Row, item: dict[str, str], annex: bool) -> Item:
    value = VALUES[item["value"]](head, row, 0) if item["value"] in VALUES else None
    if item["value"] == "annex_told":
        value = "có, kèm theo tờ khai" if annex else "không"
    number = item["item"] + ("" if item["confidence"] in SURE else UNSURE)
    heading = item["role"] == "heading"
    return Item(number, item["label_vi"], str(value or ""), int(item["share"]), heading)


def unsure_items() -> list[str]:
    """The numbers whose labels are not certain."""
    return [item["item"] for item in layout("tk1_items") if item["confidence"] not in SURE]


def annex_head(head: FormHead, home: Home) -> list[tuple[str, str]]:
    """Labels and values above the annex's table."""
    first = home.declaring[0]
    return [
        (item["label_vi"], str(VALUES[item["value"]](head, first, 0) or ""))
        for item in layout("tk1_annex")
        if item["role"] == "header"
    ]


def annex_columns() -> list[dict[str, str]]:
    """The columns of the annex's table, as its file has them."""
    return [item for item in layout("tk1_annex") if item["role"] == "column"]


def annex_rows(head: FormHead, home: Home) -> list[tuple[str, ...]]:
    """Everybody of the household."""
    return [
        tuple(
            str(VALUES[column["value"]](head, one, number) or "") if column["value"] else ""
            for column in annex_columns()
        )
        for number, one in enumerate(home.members, 1)
    ]


def form_words() -> dict[str, str]:
    """The words of the form outside its items."""
    return {row["key"]: row["text_vi"] for row in layout("tk1_texts")}
