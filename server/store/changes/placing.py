"""Where a record lies, and whether its author may write there."""

from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.kinds import Entity
from schemas.records import PARENT_FIELD
from server.domain.change import Change, is_id
from server.store.changes.authors import Author
from server.store.changes.loading import PARENT_ENTITY
from server.store.changes.workspace import Rec, Workspace
from server.store.scope import successions


class Place(NamedTuple):
    """Where a record lies, or will lie if its new parent is taken."""

    village: str
    household: str

    @property
    def missing(self) -> None:
        return None


class Trouble(NamedTuple):
    """Why a whole change is held, and where it waits."""

    field: str | None
    code: str
    village: str | None
    household: str | None
    missing: str | None = None


@dataclass
class Placing:
    """Asks where the changes of one slice belong; everybody is judged by where things lie now."""

    ws: Workspace
    heirs: dict[str, str] = field(default_factory=dict)

    def place(self, change: Change, rec: Rec | None, author: Author) -> Place | Trouble:
        """Where the record lies, and whether its author may write there."""
        if author.revoked:
            return Trouble(None, "revoked_device", *where(rec))
        parent_field = PARENT_FIELD[change.entity]
        parent_id = change.set.get(parent_field)
        if rec is None and self._of_other_kind(change):
            return Trouble(None, "record_unknown", claimed(change, author), None)
        if rec is None and (_edits(change) or not is_id(parent_id)):
            return self._unknown(change, author)
        if rec is not None and self._living_village(rec.village, author) is None:
            return Trouble(None, "not_allowed", rec.village, rec.household)
        if is_id(parent_id) and (rec is None or parent_id != rec.data.get(parent_field)):
            place = self._under(change, str(parent_id), author)
            if rec is not None and isinstance(place, Trouble):
                # It stays where it is, and so does what waits about it.
                return place._replace(village=rec.village, household=rec.household)
            return place
        assert rec is not None
        return Place(rec.village, rec.household)

    def _of_other_kind(self, change: Change) -> bool:
        return change.record in self.ws.records or change.record in self.ws.other_kinds

    def _unknown(self, change: Change, author: Author) -> Trouble:
        """Nothing is known of this record: it may arrive yet, or the author may not know of it."""
        return Trouble(None, "parent_missing", claimed(change, author), None, missing=change.record)

    def _under(self, change: Change, parent_id: str, author: Author) -> Place | Trouble:
        if change.entity is Entity.HOUSEHOLD:
            village = self._living_village(parent_id, author)
            if village is None:
                return Trouble("village", "not_allowed", claimed(change, author), None)
            return Place(village, change.record)
        parent = self.ws.records.get(parent_id)
        if parent is None:
            return Trouble(
                PARENT_FIELD[change.entity],
                "parent_missing",
                claimed(change, author),
                None,
                parent_id,
            )
        if self._living_village(parent.village, author) is None:
            return Trouble(None, "not_allowed", parent.village, parent.household)
        expected = PARENT_ENTITY.get(PARENT_FIELD[change.entity])
        if expected is not None and parent.entity is not expected:
            return Trouble(
                PARENT_FIELD[change.entity], "other_parent", parent.village, parent.household
            )
        return Place(parent.village, parent.household)

    def _living_village(self, village: str, author: Author) -> str | None:
        """The village, or for an ended one its only successor, when the author may write there."""
        if author.serves(village):
            return village
        if village not in self.heirs:
            self.heirs.update({village: village, **successions({village})})
        new = self.heirs[village]
        return new if author.serves(new) else None


def _edits(change: Change) -> bool:
    """Who saw a value edits: a move that overtakes its record must not make a second one."""
    return bool(change.was) and any(seen is not None for seen in change.was.values())


def where(rec: Rec | None) -> tuple[str | None, str | None]:
    """Village and household of a record, as far as there is one."""
    return (rec.village, rec.household) if rec is not None else (None, None)


def claimed(change: Change, author: Author) -> str | None:
    """Where the phone believed the record to be, if its author serves that village."""
    return change.village if change.village in author.villages else None
