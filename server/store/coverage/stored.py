"""Steps of villages as the worker stores them, so that a server that has just started need not work
them out. Nothing hangs on them: a row counts only while its village's feed stands where it stood
when they were worked out, and without one they are worked out anew."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import LargeBinary, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.coverage.steps import Steps, unpacked
from server.store.db import Base, db
from server.store.kept import Mark

RULE = 1
"""To be raised when the rule of counting or the form of what is stored changes."""


class VillageSteps(Base):
    __tablename__ = "village_steps"
    village_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64))
    steps: Mapped[bytes] = mapped_column(LargeBinary)


def stored_steps(marks: Mapping[str, Mark]) -> dict[str, Steps]:
    """Those that are stored of villages whose feeds stand there."""
    told = {_told(village, mark): village for village, mark in marks.items()}
    rows = db.session.execute(
        select(VillageSteps.mark, VillageSteps.steps).where(
            VillageSteps.village_id.in_(list(marks)), VillageSteps.mark.in_(list(told))
        )
    )
    return {told[mark]: unpacked(steps) for mark, steps in rows}


def not_stored(marks: Mapping[str, Mark]) -> list[str]:
    """The villages of which nothing is stored, or what is stored is older than their feeds."""
    stored = dict(db.session.execute(select(VillageSteps.village_id, VillageSteps.mark)).all())
    return [
        village for village, mark in marks.items() if stored.get(village) != _told(village, mark)
    ]


def store_steps(found: Mapping[str, Steps], marks: Mapping[str, Mark]) -> None:
    """Write them in place of what was stored of these villages."""
    db.session.execute(delete(VillageSteps).where(VillageSteps.village_id.in_(list(found))))
    db.session.execute(
        insert(VillageSteps),
        [
            {"village_id": id_, "mark": _told(id_, marks[id_]), "steps": its.packed()}
            for id_, its in found.items()
        ],
    )


def _told(village: str, mark: Mark) -> str:
    return sha256(repr((RULE, village, mark)).encode()).hexdigest()
