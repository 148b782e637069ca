"""The right input for each field, and what somebody typed into it."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from schemas.fields import Day, Flag, Id, Month, Note, Number, OneOf, PartialDate, Rows
from schemas.kinds import Entity
from schemas.records import PARENT_FIELD, record_fields
from server.domain.change import is_id
from server.domain.codes import ethnic_groups
from server.domain.numbers import day_words
from server.domain.reading import READERS, Refused
from server.domain.text import clean_text, fold
from server.pages.scope import own_villages
from server.pages.values import list_of
from server.pages.words import word
from server.store.bulk import among
from server.store.db import db
from server.store.places import School
from server.store.records import Household, Member
from server.store.search import holds

PLACES = ("village", "suggested_village")
PEOPLE = ("mother", "guardian", "respondent")


@dataclass(frozen=True, slots=True)
class Input:
    """`kind`: select, day, text, long. `value`: as it stands in the form."""

    kind: str
    value: str
    options: list[tuple[str, str]] = field(default_factory=list)
    hint: str = ""
    mode: str = ""
    needed: bool = False


def input_for(entity: str, name: str, value: Any, household: str | None) -> Input | None:
    """How this field is typed at the desk; None for what is only taken or left as a whole."""
    spec = record_fields(Entity(entity)).get(name)
    if spec is None or isinstance(spec, Rows) or name == "merged_into":
        return None
    text = "" if value is None or isinstance(value, list | dict) else str(value)
    options = _options(entity, name, spec, household)
    if options is not None:
        text = str(value).lower() if isinstance(value, bool) else text
        return Input("select", text, options, needed=spec.needed)
    if isinstance(spec, Id):
        # People type what it is called; an id means nothing to anybody.
        return Input("text", "", hint=_record_hint(name), needed=spec.needed)
    if isinstance(spec, Day):
        # A browser's date box would empty what is no date and still has to be mended.
        return Input("text", day_words(text), hint=_("ngày/tháng/năm"), mode="numeric")
    if isinstance(spec, PartialDate | Month):
        hint = _("17/05/1980, 05/1980 hoặc 1980") if isinstance(spec, PartialDate) else "05/2026"
        return Input("text", day_words(text), hint=hint, mode="numeric", needed=spec.needed)
    if isinstance(spec, Note):
        return Input("long", text, needed=spec.needed)
    mode = "decimal" if isinstance(spec, Number) else ""
    return Input("text", text, mode=mode, needed=spec.needed)


def _record_hint(name: str) -> str:
    if name == "household":
        return _("Mã hộ, hoặc họ tên chủ hộ")
    return _("Số định danh, hoặc đúng họ tên")


def _options(
    entity: str, name: str, spec: object, household: str | None
) -> list[tuple[str, str]] | None:
    if isinstance(spec, OneOf):
        kind = list_of(entity, name)
        return [(each.value, word(kind, each.value)) for each in spec.kind]
    if isinstance(spec, Flag):
        return [("true", _("Có")), ("false", _("Không"))]
    if name == "ethnic_group":
        return [(code, group.name) for code, group in ethnic_groups().items()]
    if name in PLACES:
        return [(id_, village.name) for id_, village in own_villages().items()]
    if name in PEOPLE and household:
        people = select(Member.id, Member.full_name).where(Member.household_id == household)
        own = Member.village_id.in_(list(own_villages()))
        return [(id_, full) for id_, full in db.session.execute(people.where(own))]
    if name == "school":
        return [(id_, full) for id_, full in db.session.execute(_schools())]
    return None


def _schools() -> Any:
    communes = {village.parent_id for village in own_villages().values() if village.parent_id}
    near = select(School.id, School.name).where(among(School.commune_id, communes))
    return near.order_by(School.name)


def read_typed(entity: str, name: str, typed: str) -> Any:
    """The value of what somebody typed; raises `Refused` with a code."""
    spec = record_fields(Entity(entity))[name]
    text = clean_text(typed)
    if text is None:
        if spec.needed:
            raise Refused("needed")
        return None
    return READERS[entity][name](_raw(entity, name, spec, text))


def _raw(entity: str, name: str, spec: object, text: str) -> Any:
    """As the wire writes it."""
    if isinstance(spec, Flag):
        return {"true": True, "false": False}.get(text, text)
    if isinstance(spec, Number):
        return _number(text, whole=spec.whole)
    if isinstance(spec, Day | PartialDate | Month):
        return iso_day(text)
    if isinstance(spec, Id) and not is_id(text):
        found = find_record(entity, name, text)
        if found is None:
            raise Refused("not_an_id")
        return found
    return text


def _number(text: str, *, whole: bool) -> float | int:
    """Thousands may be parted by dots, decimals follow a comma."""
    plain = text.replace(" ", "")
    plain = plain.replace(".", "") if whole else plain.replace(",", ".")
    try:
        return int(plain) if whole else float(plain)
    except ValueError:
        raise Refused("not_a_number") from None


def iso_day(text: str) -> str:
    """`17/5/1980`, `05/1980` and `1980` as the wire writes them; anything else as it came."""
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if not all(part.isascii() and part.isdecimal() for part in parts):
        return text
    if len(parts[0]) == 4:
        return "-".join(part.zfill(2) for part in parts)
    return "-".join(part.zfill(2) for part in reversed(parts))


def find_record(entity: str, name: str, text: str) -> str | None:
    """The only household or person of one's villages that is called so; None when there is none,
    or more than one."""
    if name == "household" or (name == "about" and PARENT_FIELD[Entity(entity)] == "about"):
        found = _households(text)
        if found or name == "household":
            return found[0] if len(found) == 1 else None
    people = list(db.session.scalars(_people(text).limit(2)))
    return people[0] if len(people) == 1 else None


def _households(text: str) -> list[str]:
    own = list(own_villages())
    heads = select(Member.household_id).where(
        Member.village_id.in_(own), Member.relation == "head", _named(text)
    )
    query = select(Household.id).where(
        Household.village_id.in_(own), or_(Household.code == text, Household.id.in_(heads))
    )
    return list(db.session.scalars(query.limit(2)))


def _people(text: str) -> Any:
    own = Member.village_id.in_(list(own_villages()))
    return select(Member.id).where(own, or_(Member.personal_id == text, _named(text)))


def _named(text: str) -> Any:
    return holds(Member.search, f" {fold(text)}|")
