"""Closed lists that live as files: ethnic groups and the 63 provinces of personal ids."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from server.domain.text import fold_tight

CODES = Path(__file__).parents[2] / "schemas" / "codes"
KINH, FOREIGNER, UNKNOWN = "01", "55", "56"


@dataclass(frozen=True, slots=True)
class EthnicGroup:
    """A group of list 121-TCTK/PPCĐ of 1979. Aliases find it and are never shown."""

    code: str
    name: str
    minority: bool


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of codes."""
    with (CODES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def ethnic_groups() -> dict[str, EthnicGroup]:
    """Every ethnic group by its code of 1979."""
    return {
        row["code_121_1979"]: EthnicGroup(
            row["code_121_1979"], row["name_vi"], row["is_minority"] == "yes"
        )
        for row in rows_of("ethnic_groups.csv")
    }


@cache
def _ethnic_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for kinds in (("name_vi", "name_variant"), ("aliases",)):
        for row in rows_of("ethnic_groups.csv"):
            for kind in kinds:
                for name in row[kind].split(","):
                    names.setdefault(fold_tight(name), row["code_121_1979"])
    names.pop("", None)
    return names


def ethnic_code(typed: str) -> str | None:
    """The code of 1979 of what somebody typed: a code, a name or an alias; None when unknown.

    Own names win over aliases: `Thổ` is the Thổ, though some Tày were called so too.
    """
    typed = typed.strip()
    if typed.isdecimal():
        code = typed.zfill(2)
        return code if code in ethnic_groups() else None
    return _ethnic_names().get(fold_tight(typed))


def is_minority(code: str | None) -> bool:
    """True for every group of the list but Kinh; foreigners and unknown are none."""
    group = ethnic_groups().get(code or "")
    return group is not None and group.minority


@cache
def personal_id_prefixes() -> frozenset[str]:
    """First three digits of a personal id that name a province of birth registration."""
    return frozenset(row["personal_id_prefix"] for row in rows_of("province_codes_old63.csv"))
