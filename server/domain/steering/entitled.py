"""The groups that must all have a card, and what the law says of them on a day."""

from dataclasses import dataclass

from server.domain.legal.law import Law, answered
from server.domain.legal.tables import NotKnown, Tables
from server.domain.partial import add_days


@dataclass(frozen=True, slots=True)
class Group:
    """A line of the 100 % board: `key` of its list, its rows in the table `law_group`."""

    key: str
    law: tuple[str, ...]


GROUPS = (
    Group("children", ("TE",)),
    Group("pupils", ("HS", "SV")),
    Group("poor", ("HN",)),
    Group("near_poor", ("CN",)),
    Group("farm_households", ("GB",)),
    Group("minority", ("DT", "DS")),
    Group("merit", ("CK", "TC", "TS", "CB", "KC")),
    Group("social_protection", ("BT", "CT")),
)


@answered
def under_six_months(tables: Tables, day: str) -> int:
    """The months of age at which a child is no child under six any more (Luật BHYT Đ12 k3)."""
    return Law(tables, day).number("ages", "under_six")


@answered
def survivor_months(tables: Tables, day: str) -> tuple[int, int | None]:
    """The months of age from which a survivor's allowance brings a free card, for anybody and for
    the near-poor, None where the law makes no difference (Luật BHYT Đ12 k3 s)."""
    law = Law(tables, day)
    anybody = law.number("ages", "survivor_allowance") * 12
    if law.find("ages", "survivor_allowance_near_poor") is None:
        return anybody, None
    return anybody, law.number("ages", "survivor_allowance_near_poor") * 12


@answered
def lapsed_since(tables: Tables, day: str) -> str:
    """The earliest last day of a card whose holder, paying on the day, gets the next one without
    waiting: the gap has not reached `gap_waiting_days` (Luật BHYT Đ16 k3)."""
    return add_days(day, -Law(tables, day).number("card_start", "gap_waiting_days"))


def lacking(tables: Tables, day: str, group: Group) -> NotKnown | None:
    """What the law does not say of a group on the day; None where it says all that the board
    counts by."""
    for item in group.law:
        found = _law_group(tables, day, item)
        if isinstance(found, NotKnown):
            return found
    ages = {"children": under_six_months, "social_protection": survivor_months}.get(group.key)
    age = ages(tables, day) if ages else None
    return age if isinstance(age, NotKnown) else None


@answered
def _law_group(tables: Tables, day: str, item: str) -> int:
    return Law(tables, day).number("law_group", item)
