"""Every text of the desk has its English, with the same places to fill in, and every English text
its source."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from schemas.fields import OneOf
from schemas.kinds import Entity
from schemas.records import record_fields
from server.domain import words
from server.domain.field_words import FIELD, LISTS
from server.pages.values import list_of
from server.pages.words import word

ROOT = Path(__file__).parents[2]
SERVER = ROOT / "server"
PO = ROOT / "server/translations/en/LC_MESSAGES/messages.po"
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {"_": None, "_l": None}
PLACE = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def english() -> dict[str, list[str]]:
    """Each text with its English: one, or one for each number."""
    with PO.open("rb") as file:
        read = [m for m in read_po(file) if m.id and not m.fuzzy]
    return {forms(m.id)[0]: forms(m.string) for m in read}


def forms(text: object) -> list[str]:
    """None when a form is missing."""
    several = [str(each) for each in text] if isinstance(text, list | tuple) else [str(text)]
    return several if all(several) else []


def written() -> set[str]:
    """What templates and code mark for translation, and the words of closed lists."""
    found = extract_from_dir(ROOT / "server", METHODS, keywords=KEYWORDS)
    marked = {str(message) for _file, _line, message, _comments, _context in found}
    closed = {text for words_ in (*LISTS.values(), words.INDICATOR) for text in words_.values()}
    return marked | closed


def test_no_text_of_the_desk_lacks_its_english(english):
    assert sorted(text for text in written() if not english.get(text)) == []


def test_every_english_text_of_the_desk_is_still_said_somewhere(english):
    """Or it is left from a sentence that was changed. Words of lists stand in the code as they are,
    and are asked for by what they are kept in."""
    said = written() | {text for path in SERVER.rglob("*.py") for text in texts_in(path)}
    assert sorted(english.keys() - said) == []


def texts_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in found if isinstance(value, str)}


RECORDED = [entity for entity in Entity if entity is not Entity.WAITING]


@pytest.mark.parametrize("entity", RECORDED)
def test_every_field_of_a_record_has_a_word_in_both_languages(entity, english):
    fields = record_fields(entity)
    assert [name for name in fields if not english.get(FIELD.get(name, ""))] == []


@pytest.mark.parametrize("entity", RECORDED)
def test_every_value_of_a_closed_list_has_a_word_in_both_languages(entity, english):
    closed = {
        name: field for name, field in record_fields(entity).items() if isinstance(field, OneOf)
    }
    bare = [
        (name, code)
        for name, field in closed.items()
        for code in sorted(field.values)
        if not english.get(LISTS.get(list_of(entity, name), {}).get(code, ""))
    ]
    assert bare == []


def test_a_field_that_nobody_here_knows_is_not_called_by_its_technical_name(sqlite_app):
    with sqlite_app.test_request_context():
        assert word("field", "drone_photo") == "Mục mới, phần mềm chưa có tên"
        assert word("field", "full_name") == "Họ và tên"


def test_translations_fill_in_the_same_places(english):
    differing = [
        vi
        for vi, several in english.items()
        for en in several
        if sorted(PLACE.findall(vi)) != sorted(PLACE.findall(en))
    ]
    assert differing == []
