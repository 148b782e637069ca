"""The record-linkage model: which pairs of people are compared, and what each likeness is worth.

Fellegi and Sunter's model, computed by splink in DuckDB. `m`: how often the two records of one
person compare so; `u`: how often two people do. Both are set by hand and kept here, never learned
from a commune: the same records give the same pairs today and tomorrow.

Run as a program it reads people from its input and writes the likely pairs, both as JSON: of one
list the people who may stand twice in it, of two lists (`left`, `right`) who may be whom. It is a
program because it wants some 300 MB, which the ordinary workers must not.
"""

import json
import re
import sys
from collections import Counter
from typing import Any, Literal

import duckdb
from splink import Linker, SettingsCreator
from splink.backends.duckdb import DuckDBAPI

PRIOR = 5e-6
"""Of 10,000 people some 250 stand twice among fifty million pairs."""
COMMUNE = 10_000
"""People of a commune: how common a name is, is asked among at least so many."""
LIKELY = 0.50
"""Pairs at least this likely are put before a person."""
LINK_LIKELY = 0.05
"""Between two lists the weaker candidates are told, too: they compete for one partner."""

OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
}
"""Neither the network nor a file: what is compared are people."""

Level = tuple[str, float, float]
"""Condition, m, u."""

BLOCKS = (
    "l.personal_id = r.personal_id",
    "l.bhxh_number = r.bhxh_number",
    "l.old_id_number = r.old_id_number",
    "l.tight = r.tight",
    "l.born = r.born",
    "l.household = r.household",
    "l.phone = r.phone",
    "l.first = r.first and l.given = r.given and l.year = r.year",
    "l.known_called = r.name_called",
    "l.name_called = r.known_called",
    "l.known_called = r.known_called",
)

# Names repeat: the first level is worth what that very name is worth (term frequency).
NAME: tuple[Level, ...] = (
    ("l.tight = r.tight", 0.72, 5e-4),
    (
        "l.known_called = r.name_called or l.name_called = r.known_called"
        " or l.known_called = r.known_called",
        0.10,
        3e-4,
    ),
    (
        "l.first = r.first and l.given = r.given and len(l.words) <> len(r.words)"
        " and (list_has_all(l.words, r.words) or list_has_all(r.words, l.words))",
        0.06,
        1.5e-3,
    ),
    ("l.given = r.given and damerau_levenshtein(l.tight, r.tight) = 1", 0.05, 4e-4),
    ("ELSE", 0.07, 0.998),
)

# 80 years of birthdays; day and month are as often mistaken as they are left out.
BIRTH: tuple[Level, ...] = (
    ("l.born = r.born", 0.60, 3.5e-5),
    ("l.year = r.year and l.month = r.day and l.day = r.month", 0.06, 3e-5),
    (
        "l.year = r.year and ((l.month = r.month) <> (l.day = r.day))"
        " or l.month = r.month and l.day = r.day"
        " and hamming(l.year::varchar, r.year::varchar) = 1",
        0.05,
        4e-3,
    ),
    (
        "(l.born is null or r.born is null) and l.year = r.year"
        " and coalesce(l.month, r.month) is not distinct from coalesce(r.month, l.month)",
        0.19,
        1.4e-2,
    ),
    (
        "(l.born is null or r.born is null) and abs(l.year - r.year)"
        " <= case when l.told or r.told then 2 else 1 end",
        0.05,
        4.5e-2,
    ),
    ("ELSE", 0.05, 0.93),
)

COMPARISONS: dict[str, tuple[str, tuple[Level, ...]]] = {
    "name": ("l.unnamed or r.unnamed", NAME),
    "birth": ("l.year is null or r.year is null", BIRTH),
    "sex": (
        "l.sex is null or r.sex is null",
        (("l.sex = r.sex", 0.99, 0.5), ("ELSE", 0.01, 0.5)),
    ),
    **{
        number: (
            f"l.{number} is null or r.{number} is null",
            (
                (f"l.{number} = r.{number}", 0.92, 1e-6),
                (f"damerau_levenshtein(l.{number}, r.{number}) = 1", 0.05, 1e-3),
                ("ELSE", 0.03, 0.9999),
            ),
        )
        for number in ("personal_id", "bhxh_number", "old_id_number")
    },
    "phone": (
        "l.phone is null or r.phone is null",
        (("l.phone = r.phone", 0.50, 1e-3), ("ELSE", 0.50, 0.999)),
    ),
    # Where they are recorded: twice in one house, in one hamlet, in one village, or moved.
    "place": (
        "l.village is null or r.village is null",
        (
            ("l.household = r.household", 0.20, 4e-4),
            ("l.village = r.village and l.hamlet = r.hamlet", 0.30, 0.03),
            ("l.village = r.village", 0.22, 0.12),
            ("ELSE", 0.28, 0.85),
        ),
    ),
    # Who else is recorded in the two houses.
    "mates": (
        "l.household = r.household or len(l.mates) = 0 or len(r.mates) = 0",
        (
            ("len(list_intersect(l.mates, r.mates)) >= 2", 0.38, 1e-4),
            ("len(list_intersect(l.mates, r.mates)) = 1", 0.22, 3e-3),
            ("ELSE", 0.40, 0.997),
        ),
    ),
    "mother": (
        "l.mother is null or r.mother is null",
        (("l.mother = r.mother", 0.90, 1e-3), ("ELSE", 0.10, 0.999)),
    ),
}


def likely_pairs(people: list[dict[str, Any]]) -> list[tuple[str, str, float]]:
    """The pairs of people at least `LIKELY` to be one, with that probability."""
    if len(people) < 2:
        return []
    pairs = _predict([people], _settings("dedupe_only", PRIOR), LIKELY)
    return sorted((min(one, other), max(one, other), score) for one, other, score in pairs)


def linked_pairs(
    left: list[dict[str, Any]], right: list[dict[str, Any]]
) -> list[tuple[str, str, float]]:
    """Who of the left list may be whom of the right one, with the probability. Nearly everybody has
    a partner there, so that one pair in as many as the longer list has people is true."""
    if not left or not right:
        return []
    prior = 1 / max(len(left), len(right), 100)
    mine = {person["unique_id"] for person in left}
    pairs = _predict([left, right], _settings("link_only", prior), LINK_LIKELY)
    return sorted(
        (one, other, score) if one in mine else (other, one, score) for one, other, score in pairs
    )


def _predict(
    lists: list[list[dict[str, Any]]], settings: SettingsCreator, threshold: float
) -> list[tuple[str, str, float]]:
    with duckdb.connect(":memory:", config=OFFLINE) as connection:
        database = DuckDBAPI(connection)
        tables = [
            database.register(people, dataset_display_name=f"list_{at}")
            for at, people in enumerate(lists)
        ]
        linker = Linker(tables, settings, log_level=None)
        frequencies = database.register(_frequencies([one for people in lists for one in people]))
        linker.table_management.register_term_frequency_lookup(frequencies, "tight")
        found = linker.inference.predict(
            threshold_match_probability=threshold, warning_mode="never"
        ).as_record_list()
    return [
        (row["unique_id_l"], row["unique_id_r"], round(row["match_probability"], 4))
        for row in found
    ]


def _frequencies(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How common each name is. A few people say little about that: where only twenty are recorded
    yet, a name that stands twice among them is not a common one."""
    names = Counter(person["tight"] for person in people if person["tight"] is not None)
    of = max(len(people), COMMUNE)
    return [{"tight": name, "tf_tight": count / of} for name, count in sorted(names.items())] or [
        {"tight": "", "tf_tight": 1.0}
    ]


def _settings(link_type: Literal["dedupe_only", "link_only"], prior: float) -> SettingsCreator:
    return SettingsCreator(
        link_type=link_type,
        probability_two_random_records_match=prior,
        blocking_rules_to_generate_predictions=[{"blocking_rule": rule} for rule in BLOCKS],
        comparisons=[
            _comparison(name, missing, levels) for name, (missing, levels) in COMPARISONS.items()
        ],
        retain_matching_columns=False,
        linker_uid="baophu",
    )


def _comparison(name: str, missing: str, levels: tuple[Level, ...]) -> dict[str, Any]:
    null = {"sql_condition": _sided(missing), "is_null_level": True}
    return {
        "output_column_name": name,
        "comparison_levels": [null, *(_level(name, level) for level in levels)],
    }


def _level(name: str, level: Level) -> dict[str, Any]:
    condition, m, u = level
    written: dict[str, Any] = {
        "sql_condition": _sided(condition),
        "m_probability": m,
        "u_probability": u,
    }
    if condition == NAME[0][0]:
        written |= {"tf_adjustment_column": "tight", "tf_adjustment_weight": 1.0}
    return written


def _sided(condition: str) -> str:
    """`l.name` as splink writes it in a level: `name_l`."""
    return re.sub(r"\b([lr])\.(\w+)", r"\2_\1", condition)


if __name__ == "__main__":
    asked = json.load(sys.stdin.buffer)
    told = likely_pairs(asked) if isinstance(asked, list) else linked_pairs(**asked)
    json.dump(told, sys.stdout)
