"""The encodings of before Unicode. Such text comes as bytes of a CSV file, or as letters of a
spreadsheet that only looked right in an old font (.VnTime, VNI-Times): each byte became the letter
that Windows' western code page (1252) has at its place."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from server.tables.syllables import is_syllable

_TCVN3_FROM_A1 = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗ"
    "ốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
"""TCVN 5712:1993, from byte A1 on; fonts like .VnTimeH show small letters as capitals."""
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "ê": "\u0306",
    "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
    "ë": "\u0306\u0323", "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300",
    "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_TCVN3 = {0xA1 + place: letter for place, letter in enumerate(_TCVN3_FROM_A1)}
_VNI = {ord(old): new for old, new in _VNI_LETTERS.items()}
_VNI |= {ord(old.upper()): new.upper() for old, new in _VNI_LETTERS.items()}
_VNI_AFTER = re.compile(
    "([AaEeOoUuYyÔôÖö])([" + "".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper() + "])"
)
_BETWEEN_WORDS = re.compile(r"[\s!-@\[-`{-~\xa0]+")
_LETTERS_1252 = frozenset(bytes(range(0x80, 0x100)).decode("cp1252", "ignore"))


def western(data: bytes) -> str:
    """Bytes as letters of code page 1252; the five bytes it leaves out stay as they are."""
    return data.decode("cp1252", "surrogateescape").translate(_LEFT_OUT)


_LEFT_OUT = {0xDC00 + byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def tcvn3(text: str) -> str:
    """`NguyÔn V¨n A` → `Nguyễn Văn A`; where all plain letters are capitals, the others are too."""
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    in_capitals = len(plain) > 2 and all(letter.isupper() for letter in plain)
    read = text.translate(_TCVN3)
    return read.upper() if in_capitals else read


def vni(text: str) -> str:
    """`Nguyeãn Vaên A` → `Nguyễn Văn A`: a mark stands behind its vowel. One walk: a letter
    that was made is not read again."""
    out, place = [], 0
    for found in _VNI_AFTER.finditer(text):
        out.append(text[place : found.start()].translate(_VNI))
        out.append(normalize("NFC", found[1].translate(_VNI) + _VNI_MARKS[found[2].lower()]))
        place = found.end()
    return "".join([*out, text[place:].translate(_VNI)])


def windows_1258(text: str) -> str:
    """Letters followed by their tone, as Windows itself once wrote Vietnamese."""
    raw = text.encode("cp1252", "ignore") if not text.isascii() else text.encode()
    return normalize("NFC", raw.decode("cp1258", "ignore"))


READERS: dict[str, Callable[[str], str]] = {
    "tcvn3": tcvn3,
    "vni": vni,
    "windows-1258": windows_1258,
}
NAMES = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI",
    "windows-1258": "Windows-1258",
    "windows-1252": "Windows-1252",
}
MANY_ODD = 8
"""So many words that are no syllables, and that one font explains, are no foreign names."""
FONTS = ("tcvn3", "vni")
"""What text may be in though the file itself is Unicode."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`encoding`: what the text was written in, None when it is as it should be."""

    encoding: str | None
    sure: bool = True


def words_of(texts: Iterable[str]) -> list[str]:
    """The words that tell an encoding: those that are not plain ASCII."""
    return [
        word
        for text in texts
        if not text.isascii()
        for word in _BETWEEN_WORDS.split(text)
        if word and not word.isascii()
    ]


def verdict_on_bytes(texts: Iterable[str]) -> Verdict:
    """Of the text of a file that is not Unicode, read as western letters."""
    words = words_of(texts)
    if not words:
        return Verdict("windows-1252")
    shares = {name: _share(words, read) for name, read in READERS.items()}
    shares["windows-1252"] = _share(words, str)
    return _best(shares, least=0.6)


def verdict_on_text(texts: Iterable[str]) -> Verdict:
    """Of text that is Unicode by its file. Only words that are western throughout and no syllables
    can come from an old font; a foreign name or two prove nothing, rows pasted from an old file
    among many others do."""
    words = [word for word in words_of(texts) if is_western(word)]
    odd = [word for word in words if not is_syllable(word)]
    if len(odd) < 2 or len(odd) < min(MANY_ODD, len(words) / 5):
        return Verdict(None)
    found = _best({name: _share(odd, READERS[name]) for name in FONTS}, least=0.8)
    return found if found.sure else Verdict(None)


def is_western(word: str) -> bool:
    return all(letter.isascii() or letter in _LETTERS_1252 for letter in word)


def _share(words: list[str], read: Callable[[str], str]) -> float:
    return sum(is_syllable(read(word)) for word in words) / len(words)


def _best(shares: dict[str, float], least: float) -> Verdict:
    """The best reading, sure when it makes syllables of most words and no other comes near."""
    ranked = sorted(shares, key=lambda name: -shares[name])
    first, second = ranked[0], ranked[1]
    sure = shares[first] >= least and shares[first] - shares[second] >= 0.1
    return Verdict(first, sure)


@lru_cache(65536)
def mended(cell: str, encoding: str, leans: bool) -> str:
    """A cell of a file in which some text is in an old encoding: read that way when this makes more
    syllables of its words; where both make as many, as its column `leans`."""
    if cell.isascii() or not is_western(cell):
        return cell
    read = READERS[encoding](cell)
    words = words_of([cell])
    as_is = sum(map(is_syllable, words))
    as_read = sum(is_syllable(READERS[encoding](word)) for word in words)
    return read if as_read > as_is or (leans and as_read == as_is) else cell


def leaning(texts: Iterable[str], encoding: str) -> bool:
    """Whether a column of a sheet in the encoding is in it too, judged by the words that tell;
    where none does, it is as the sheet."""
    read = READERS[encoding]
    balance = 0
    for word in words_of(texts):
        if is_western(word):
            balance += is_syllable(read(word)) - is_syllable(word)
        else:
            balance -= 1
    return balance >= 0
