"""Decides what of a change applies and what waits for a person: field by field, against what its
author saw. Clock, revision and device decide nothing. The record and the rights are passed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.kinds import CardEvidence, Entity, Weight
from schemas.records import (
    DESK_ONLY_EVIDENCE,
    FIELD_FARM_STATES,
    RECORDS,
    TOGETHER,
    record_fields,
)
from server.domain.change import Change, as_stored
from server.domain.enrolment.states import refused_fields
from server.domain.findings import check_record
from server.domain.reading import missing_fields, read_set

Data = dict[str, Any]

UNIT_OF: dict[str, frozenset[str]] = {name: unit for unit in TOGETHER for name in unit}
DESK_ONLY: dict[Entity, frozenset[str]] = {
    entity: frozenset(name for name, spec in record_fields(entity).items() if spec.desk_only)
    for entity in RECORDS
}


@dataclass(frozen=True, slots=True)
class Rights:
    """What the author may set. `desk`: the fields only desk, importers and BHXH set.
    `move`: a household's village."""

    desk: bool
    move: bool


@dataclass(slots=True)
class Verdict:
    """`apply`: the values the record takes. `wait`: the code for each field that waits.
    `held`: why nothing of the change may apply."""

    apply: Data = field(default_factory=dict)
    wait: dict[str, str] = field(default_factory=dict)
    held: list[tuple[str | None, str]] = field(default_factory=list)
    result: Data = field(default_factory=dict)
    """The record as it is after the change."""


def decide(change: Change, current: Data | None, rights: Rights, today: str) -> Verdict:
    """Judge a change against the record as it stands; `current` is None for a new record."""
    entity = change.entity
    apply, wait = read_set(entity, change.set)  # type: ignore[arg-type]
    before = current or {}
    if current is not None:
        _keep_what_others_wrote(change, apply, wait, current)
    _keep_to_rights(entity, apply, wait, before, rights)
    if wait:
        _wait_together(apply, wait)
    while True:
        result = after(before, apply)
        blocked = _blocked(entity, current, result, apply, today)
        if not blocked:
            break
        for name, code in blocked.items():
            apply.pop(name, None)
            wait[name] = code
        _wait_together(apply, wait)
    missing = missing_fields(entity, result)
    if missing:
        return Verdict({}, wait, [(name, wait.get(name, "needed")) for name in missing], before)
    return Verdict(apply, wait, [], result)


def after(current: Mapping[str, Any], apply: Mapping[str, Any]) -> Data:
    """The record with the values applied; null takes a field away."""
    merged = {**current, **apply}
    if None in merged.values():
        return {name: value for name, value in merged.items() if value is not None}
    return merged


def holds(current: Mapping[str, Any], name: str, value: Any) -> bool:
    """True when the record holds this value of the field (null: does not have it)."""
    return bool(current.get(name) == as_stored(value))


def _keep_what_others_wrote(
    change: Change, apply: Data, wait: dict[str, str], current: Data
) -> None:
    was = change.was
    for name, value in list(apply.items()):
        recorded = current.get(name)
        if recorded != value and recorded != as_stored(was.get(name)):
            del apply[name]
            wait[name] = "conflict"


def _keep_to_rights(
    entity: Entity, apply: Data, wait: dict[str, str], current: Data, rights: Rights
) -> None:
    if not rights.desk:
        for name in DESK_ONLY[entity] & apply.keys():
            if apply[name] != current.get(name):
                del apply[name]
                wait[name] = "desk_only"
        if entity is Entity.CARD and apply.get("evidence") in DESK_ONLY_EVIDENCE:
            evidence: CardEvidence = apply["evidence"]
            if evidence != current.get("evidence"):
                del apply["evidence"]
                wait["evidence"] = "desk_only"
        if entity is Entity.FARM_REQUEST:
            _keep_the_commune_s(apply, wait, current)
    if entity is Entity.ENROLMENT:
        for name, code in refused_fields(current, apply, desk=rights.desk).items():
            del apply[name]
            wait[name] = code
    moves = entity is Entity.HOUSEHOLD and current and "village" in apply
    if moves and not rights.move and apply["village"] != current["village"]:
        del apply["village"]
        wait["village"] = "officer_only"


def _keep_the_commune_s(apply: Data, wait: dict[str, str], current: Data) -> None:
    """A farm request the commune took up is no longer the field's, nor are its later states."""
    taken_up = current.get("state", "submitted") not in FIELD_FARM_STATES
    for name, value in list(apply.items()):
        beyond = name == "state" and value is not None and value not in FIELD_FARM_STATES
        if value != current.get(name) and (taken_up or beyond):
            del apply[name]
            wait[name] = "desk_only"


def hold_back(verdict: Verdict, before: Mapping[str, Any], doubts: Mapping[str, str]) -> None:
    """Let these fields wait after all, each with its code, and what means something only with
    them: for what can be told only beside other records."""
    for name, code in doubts.items():
        verdict.apply.pop(name, None)
        verdict.wait[name] = code
    _wait_together(verdict.apply, verdict.wait)
    verdict.result = after(before, verdict.apply)


def _wait_together(apply: Data, wait: dict[str, str]) -> None:
    for name in list(wait):
        for other in UNIT_OF.get(name, frozenset()) & apply.keys():
            del apply[other]
            wait[other] = "together"


def _blocked(
    entity: Entity, before: Data | None, result: Data, apply: Data, today: str
) -> dict[str, str]:
    """The fields of this change that break a blocking rule which held before it."""
    blocking = [f for f in check_record(entity, result, today) if f.weight is Weight.BLOCKS]
    if not blocking:
        return {}
    known = (
        {(f.code, f.field) for f in check_record(entity, before, today)}
        if before is not None
        else set()
    )
    blocked: dict[str, str] = {}
    for finding in blocking:
        if (finding.code, finding.field) in known and finding.field not in apply:
            continue
        for name in _culprits(
            entity, finding.code, finding.field, result, apply, before or {}, today
        ):
            blocked[name] = finding.code
    return blocked


def _culprits(
    entity: Entity,
    code: str,
    field: str | None,
    result: Data,
    apply: Data,
    before: Data,
    today: str,
) -> list[str]:
    """Which values to hold: what the finding names; else whatever, taken back, mends it."""
    if field in apply:
        return [field]
    for name in apply:
        unit = UNIT_OF.get(name, frozenset({name})) & apply.keys()
        without = after(before, {key: value for key, value in apply.items() if key not in unit})
        if not any(f.code == code for f in check_record(entity, without, today)):
            return sorted(unit)
    return list(apply)
