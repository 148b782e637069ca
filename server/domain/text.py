"""Text as it is stored, and text as it is searched. Twin: pwa/src/domain/text.ts."""

import re
from functools import lru_cache
from typing import Any
from unicodedata import category, is_normalized, normalize

_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BLANKS = "\t\n \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a" + (
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What trimming takes off: exactly what String.trim of a browser does."""
_LETTERS = {"đ": "d", "ð": "d", "ƀ": "b", "ł": "l", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t"}
"""Letters that Unicode does not take apart into a letter and a mark."""
_WORD_CATEGORIES = frozenset({"Ll", "Lu", "Lt", "Lo", "Nd", "Nl", "No"})


def clean_text(value: str) -> str | None:
    """The text as it is stored: NFC, trimmed, without control characters and lone surrogates.

    New lines and tabs stay. A text of which nothing is left is None.
    """
    if not value.isprintable():
        value = _UNWANTED.sub("", value)
    if not (value.isascii() or is_normalized("NFC", value)):
        value = normalize("NFC", value)
    return value.strip(_BLANKS) or None


def clean_row(row: Any) -> Any:
    """A row of a list as stored: text cleaned, empty cells left out, so that equal rows compare
    equal."""
    if not isinstance(row, dict):
        return row
    cells = {
        name: clean_text(cell) if isinstance(cell, str) else cell for name, cell in row.items()
    }
    return {name: cell for name, cell in cells.items() if cell is not None}


class _Folding(dict[int, str | None]):
    """What each character becomes in a search key, worked out once a character."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        kind = category(char)
        if kind == "Mn":
            folded = None
        elif kind in _WORD_CATEGORIES:
            folded = _LETTERS.get(char, char)
        else:
            folded = " "
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The words of a text without accents, tones, case, hyphens and apostrophes.

    `Y H'Ŏk  Êban` becomes `y h ok eban`: words joined by one space.
    """
    return " ".join([folded for word in text.split() if (folded := _fold_word(word))])


@lru_cache(8192)
def _fold_word(word: str) -> str:
    """Vietnamese has a few thousand syllables: most words of a text were folded before."""
    word = word.lower()
    if not word.isascii():
        word = normalize("NFD", word)
    return " ".join(word.translate(_FOLDING).split())


def fold_tight(text: str) -> str:
    """`fold` without spaces: `H'Mông`, `H Mông` and `hmong` are all `hmong`."""
    return fold(text).replace(" ", "")


def search_key(*texts: str | None) -> str:
    """One key to find somebody by part of any of these texts.

    Each text stands as ` its words|itswords`. `fold_tight(query) in key` finds;
    `' ' + fold(query) in key` says that a word begins with it, which ranks first.
    """
    words = [fold(text) for text in texts if text]
    return "\n".join(f" {word}|{word.replace(' ', '')}" for word in words if word)
