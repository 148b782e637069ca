"""What a file lacks, as pages say it: by the record where it is to be added."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from server.domain.lacking import LACKS, Lack
from server.pages.words import sentence, word


@dataclass(frozen=True, slots=True)
class Lacking:
    """One record and what is to be added to it. `fields`: nothing is recorded. `sentences`: what
    is wrong with what is."""

    entity: str
    record: str | None
    fields: tuple[str, ...]
    sentences: tuple[str, ...]


def by_record(lacks: Sequence[Lack]) -> list[Lacking]:
    """The same in words, each record once, in the order of the form."""
    keys = dict.fromkeys((one.entity, one.record) for one in lacks)
    return [_said(key, [one for one in lacks if (one.entity, one.record) == key]) for key in keys]


def _said(key: tuple[str, str | None], lacks: Sequence[Lack]) -> Lacking:
    entity, record = key
    return Lacking(
        entity,
        record,
        tuple(_name(one) for one in lacks if one.code == LACKS),
        tuple(sentence(one.code) for one in lacks if one.code != LACKS),
    )


def lacking_words(lacks: Sequence[Lack]) -> str:
    """One line for a list: 'số định danh cá nhân, giới tính'; empty when nothing lacks."""
    return ", ".join(dict.fromkeys(_name(one) for one in lacks))


def _name(lack: Lack) -> str:
    name = _("Người trong hộ") if lack.entity == "household" else word("field", lack.field)
    return name[:1].lower() + name[1:] if not name[:2].isupper() else name
