"""Every text of the desk has its English, with the same places to fill in."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from server.domain import words
from server.domain.field_words import LISTS

ROOT = Path(__file__).parents[2]
PO = ROOT / "server/translations/en/LC_MESSAGES/messages.po"
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {"_": None, "_l": None}
PLACE = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    with PO.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and not m.fuzzy}


def written() -> set[str]:
    """What templates and code mark for translation, and the words of closed lists."""
    found = extract_from_dir(ROOT / "server", METHODS, keywords=KEYWORDS)
    marked = {str(message) for _file, _line, message, _comments, _context in found}
    closed = {text for words_ in (*LISTS.values(), words.INDICATOR) for text in words_.values()}
    return marked | closed


def test_no_text_of_the_desk_lacks_its_english(english):
    assert sorted(text for text in written() if not english.get(text)) == []


def test_translations_fill_in_the_same_places(english):
    differing = [
        vi for vi, en in english.items() if sorted(PLACE.findall(vi)) != sorted(PLACE.findall(en))
    ]
    assert differing == []
