"""The room's blueprint, and what its doors ask of whoever knocks."""

from dataclasses import dataclass

import orjson
from flask import Blueprint, request
from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import AreaLevel
from server.errors import Problem
from server.roster.importing import how_as_params, how_of
from server.roster.lines import How
from server.roster.places import Places
from server.roster.plan import Kind
from server.roster.service import kinds
from server.store.changes.write import author_at_desk
from server.store.db import db, today
from server.store.places import Area, School
from server.store.scope import areas_of, require_area
from server.tables.encodings import READERS

blueprint = Blueprint("imports", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Form:
    """What the forms of an import carry from page to page."""

    kind: Kind
    commune: str
    school: str
    file_name: str
    digest: str
    how: How

    @property
    def hidden(self) -> dict[str, str]:
        how = orjson.dumps(how_as_params(self.how)).decode()
        return {
            "kind": self.kind.layout.kind, "commune": self.commune, "school": self.school,
            "file_name": self.file_name, "digest": self.digest, "how": how,
        }  # fmt: skip


def posted(*, digest: str | None = None, file_name: str | None = None) -> Form:
    """The posted form. Problem: not_found for an unknown kind, malformed for a broken `how`."""
    told = request.form
    return Form(
        kind_called(told.get("kind", "")),
        told.get("commune", ""),
        told.get("school", ""),
        (file_name or told.get("file_name", ""))[:200],
        digest or told.get("digest", ""),
        _how(told.get("how", "")),
    )


def _how(text: str) -> How:
    if reading := request.form.get("reading"):
        return How(encoding=reading if reading in READERS else None)
    if not text:
        return How()
    try:
        told = orjson.loads(text)
        how = how_of(told)
    except (ValueError, AttributeError, TypeError):
        raise Problem("malformed") from None
    if not isinstance(how.heading, int | None) or not isinstance(how.sheet, str | None):
        raise Problem("malformed")
    return how


def kind_called(name: str) -> Kind:
    kind = kinds().get(name)
    if kind is None:
        raise Problem("not_found")
    return kind


def places_for(commune: str) -> Places:
    """Where this person may write, and the commune that rows without one belong to."""
    day = today()
    areas = frozenset(areas_of(current_user.id, current_user, day))
    chosen = require_area(commune, current_user.id, current_user, day) if commune else None
    if chosen is None:
        own = [area for area in communes() if area.id in areas]
        chosen = own[0] if len(own) == 1 else None
    return Places(author_at_desk(current_user, "import"), day, areas, chosen)


def communes() -> list[Area]:
    seen = areas_of(current_user.id, current_user, today())
    query = select(Area).where(Area.id.in_(seen), Area.level == AreaLevel.COMMUNE)
    return list(db.session.scalars(query.order_by(Area.name)))


def schools() -> list[School]:
    """The schools of one's communes, by name."""
    own = [commune.id for commune in communes()]
    query = select(School).where(School.commune_id.in_(own)).order_by(School.name)
    return list(db.session.scalars(query.limit(500)))


def school_of(school: str, commune: str | None) -> str | None:
    """The school a roll is of. Problem: not_found, not_allowed for another commune's."""
    if not school:
        return None
    found = db.session.get(School, school)
    if found is None:
        raise Problem("not_found")
    if found.commune_id != commune:
        raise Problem("not_allowed")
    return found.id
