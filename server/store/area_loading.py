"""The country's areas from the official list of July 2025, and the insurance units known so far."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import vietnam_provinces
from sqlalchemy import insert, select

from schemas.kinds import AreaFact, AreaLevel
from server.domain.codes import ethnic_groups
from server.domain.text import fold
from server.store.areas import area_item, find_area, names_searched, stated_of
from server.store.db import db
from server.store.legal import legal_items
from server.store.places import Area, AreaAlias, AreaFactRow, BhxhUnit, BhxhUnitCommune
from server.store.reference import Item, publish_all
from server.store.talking import usual_items

CODES = Path(__file__).parents[2] / "schemas" / "codes"
NAMESPACE = UUID("6b1f4c1e-7d0b-5d0e-9f0a-3d1f0c2b7a11")
REFORM = "2025-07-01"
SETTLEMENT_SOURCE = "Danh mục đơn vị hành chính từ 01/7/2025: xã là nông thôn, phường là thành thị"
CITY = "Thành phố"
SETTLEMENT = {"xã": "rural", "phường": "urban"}
PROVINCE_ALIASES = {"79": ("TP.HCM", "Sài Gòn"), "46": ("Thừa Thiên Huế",)}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a run of the loader wrote; all zero when it was run before."""

    areas: int
    units: int
    published: int


def load_areas() -> Loaded:
    """Write what is missing of provinces, communes, their settlement facts, BHXH units, the
    ethnic groups, the legal tables, what surveyors may say and the notice text. Running it again
    changes nothing."""
    areas = _missing_areas()
    if areas:
        db.session.execute(insert(Area), [_area_values(area) for area in areas])
        db.session.execute(insert(AreaAlias), list(_aliases(areas)))
        facts = [fact for area in areas if (fact := _settlement(area))]
        db.session.execute(insert(AreaFactRow), facts)
    units = _load_units()
    shown, stated = _shown_aliases(), stated_of()
    items = [
        area_item(area, shown.get(area.id, ()), stated[area.id])
        for area in db.session.scalars(select(Area))
    ]
    published = publish_all(
        [*items, *_ethnic_items(), *legal_items(), *usual_items(), notice_item()]
    )
    return Loaded(len(areas), units, published)


def area_id(level: str, code: str) -> str:
    """The id of a province or commune: the same in every database."""
    return str(uuid5(NAMESPACE, f"{level}:{code}"))


def _missing_areas() -> list[Area]:
    known = set(db.session.scalars(select(Area.id)))
    return [area for area in _official_areas() if area.id not in known]


def _official_areas() -> Iterable[Area]:
    for province in vietnam_provinces.Province.iter_all():
        code = f"{province.code.value:02}"
        full = province.name if province.name.startswith(CITY) else f"Tỉnh {province.name}"
        yield _area(AreaLevel.PROVINCE, code, full, None)
    for commune in vietnam_provinces.Ward.iter_all():
        province_id = area_id(AreaLevel.PROVINCE, f"{commune.province_code.value:02}")
        yield _area(AreaLevel.COMMUNE, f"{commune.code.value:05}", commune.name, province_id)


def _area(level: AreaLevel, code: str, name: str, province_id: str | None) -> Area:
    return Area(
        id=area_id(level, code),
        level=level.value,
        code=code,
        name=name,
        search=fold(name),
        parent_id=province_id,
        province_id=province_id,
        valid_from=REFORM,
    )


def _area_values(area: Area) -> dict[str, Any]:
    columns = ["id", "level", "code", "name", "search", "parent_id", "province_id", "valid_from"]
    return {column: getattr(area, column) for column in columns}


def _aliases(areas: Sequence[Area]) -> Iterable[dict[str, str]]:
    for area in areas:
        names = dict.fromkeys(names_searched(area.name), "")
        if area.level == AreaLevel.PROVINCE:
            names |= {fold(name): name for name in PROVINCE_ALIASES.get(area.code or "", ())}
        for key, name in names.items():
            yield {"area_id": area.id, "search": key, "name": name}


def _shown_aliases() -> dict[str, list[str]]:
    shown: dict[str, list[str]] = {}
    for row in db.session.execute(
        select(AreaAlias.area_id, AreaAlias.name)
        .where(AreaAlias.name != "")
        .order_by(AreaAlias.name)
    ):
        shown.setdefault(row.area_id, []).append(row.name)
    return shown


def _settlement(area: Area) -> dict[str, Any] | None:
    kind = area.name.partition(" ")[0].lower()
    if area.level != AreaLevel.COMMUNE or kind not in SETTLEMENT:
        return None
    return {
        "id": str(uuid5(NAMESPACE, f"settlement:{area.code}")),
        "area_id": area.id,
        "fact": AreaFact.SETTLEMENT.value,
        "value": SETTLEMENT[kind],
        "valid_from": REFORM,
        "source": SETTLEMENT_SOURCE,
    }


def _load_units() -> int:
    with (CODES / "bhxh_units.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    written = 0
    for row in rows:
        province = find_area(row["province"], AreaLevel.PROVINCE)
        commune = province and find_area(
            f"{row['commune_type']} {row['commune']}", AreaLevel.COMMUNE, within=province.id
        )
        if province is None or commune is None:
            raise LookupError(f"{row['commune']}, {row['province']}: no such commune")
        unit_id = str(uuid5(NAMESPACE, f"bhxh:{province.code}:{fold(row['bhxh_unit'])}"))
        written += _unit(unit_id, row, province.id)
        if db.session.get(BhxhUnitCommune, (unit_id, commune.id)) is None:
            db.session.add(
                BhxhUnitCommune(unit_id=unit_id, commune_id=commune.id, valid_from=REFORM)
            )
    db.session.flush()
    return written


def _unit(unit_id: str, row: dict[str, str], province_id: str) -> int:
    if db.session.get(BhxhUnit, unit_id) is not None:
        return 0
    name = row["bhxh_unit"]
    db.session.add(
        BhxhUnit(
            id=unit_id,
            name=name,
            search=fold(name),
            address=row["address"] or None,
            province_id=province_id,
            source=row["source"],
        )
    )
    db.session.flush()
    return 1


def _ethnic_items() -> Iterable[Item]:
    for group in ethnic_groups().values():
        data = {
            "list": "ethnic_group",
            "code": group.code,
            "name": group.name,
            "minority": group.minority,
        }
        yield Item("code", f"code:ethnic_group:{group.code}", None, data)


def notice_item() -> Item:
    """The data notice that surveyors read out, with its version."""
    texts = {
        lang: (CODES / f"notice_{lang}.txt").read_text(encoding="utf-8").strip()
        for lang in ("vi", "en")
    }
    version, _, _ = texts["vi"].partition("\n")
    bodies = {lang: body.partition("\n")[2].strip() for lang, body in texts.items()}
    data = {"version": version.strip(), "valid_from": "2026-01-01", **bodies}
    return Item("notice_text", f"notice:{version.strip()}", None, data)
