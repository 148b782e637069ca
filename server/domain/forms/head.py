"""The head of a list as the forms print it, and who may not stand on one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FORCES = frozenset({"QN", "CA", "CY", "TQ", "TA", "TY"})
"""The armed forces, police, cipher and their relatives are listed by their unit (Luật BHYT Đ17)."""

Row = Mapping[str, Any]


class ListedByTheirUnit(ValueError):
    """A list of the commune names people of the armed forces; `places` are their rows."""

    def __init__(self, places: Sequence[int]) -> None:
        super().__init__("people of the armed forces are listed by their unit")
        self.places = places


@dataclass(frozen=True, slots=True)
class FormHead:
    """What a list says about itself. Unknown texts are empty: the paper leaves a line to write on.
    `month` is `2026-11`; `day` the day of the list, empty on a draft; `base_salary` whole đồng;
    `ladder`: percent of the first, second ... person of a household."""

    commune: str
    group: str
    month: str
    commune_code: str = ""
    province: str = ""
    province_code: str = ""
    unit_name: str = ""
    unit_code: str = ""
    tax_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    base_salary: int | None = None
    ladder: tuple[int, ...] = ()
    support_percent: str = ""
    number: str = ""
    document_number: str = ""
    supplements: str = ""
    digest: str = ""
    day: str = ""
    maker: str = ""
    signer: str = ""
    signer_title: str = ""

    @property
    def card_code(self) -> str:
        """The group's two letters; empty for a group whose letters nobody knows."""
        return self.group if len(self.group) == 2 else ""


def head_of(
    told: Mapping[str, Any],
    *,
    day: str,
    base_salary: int | None = None,
    ladder: tuple[int, ...] = (),
    **more: str,
) -> FormHead:
    """The head of a list that looks like `schemas.card_lists.SealedCardList`; a draft lacks its
    number, day and signer. `day` is today, for a list without a day of its own."""
    sealed = told.get("sealed_on") or ""
    commune: str = told["commune_name"]
    return FormHead(
        commune=commune,
        group=told["insurance_group"],
        month=(sealed or day)[:7],
        commune_code=told.get("commune_code") or "",
        unit_name=told.get("maker_name") or f"UBND {commune[:1].lower()}{commune[1:]}",
        unit_code=told.get("maker_code") or "",
        base_salary=base_salary,
        ladder=ladder,
        support_percent=told.get("support_percent") or "",
        number=told.get("number") or "",
        document_number=told.get("document_number") or "",
        supplements=told.get("supplements") or "",
        digest=told.get("digest") or "",
        day=sealed,
        signer=told.get("signer") or "",
        signer_title=told.get("signer_title") or "",
        **more,
    )


def no_forces(head: FormHead, rows: Iterable[Row], forces: Collection[str] = ()) -> list[Row]:
    """The rows, once it is certain that none is of the armed forces: neither by the list's group
    nor among `forces`, the members known to be. Raises ListedByTheirUnit."""
    whole = list(rows)
    refused = [
        row["place"] for row in whole if head.group in FORCES or row["member"] in frozenset(forces)
    ]
    if refused or head.group in FORCES:
        raise ListedByTheirUnit(refused)
    return whole
