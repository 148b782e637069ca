"""Text of before Unicode: recognised by what it looks like, mended, and never guessed."""

from unicodedata import normalize

import pytest

from server.tables import encodings
from server.tables.encodings import (
    READERS,
    leaning,
    mended,
    verdict_on_bytes,
    verdict_on_text,
    western,
)
from server.tables.syllables import is_syllable

NAMES = ["Nguyễn Văn Hùng", "Lê Thị Mơ", "Cầm Bá Thức", "Phạm Đức Thọ", "Vi Thị Hoa",
         "Trần Quốc Tuấn", "Đỗ Thị Quỳnh", "Hoàng Xuân Ước"]  # fmt: skip
IN_VNI = ["Nguyeãn Vaên Huøng", "Leâ Thò Mô", "Caàm Baù Thöùc", "Phaïm Ñöùc Thoï", "Vi Thò Hoa",
          "Traàn Quoác Tuaán", "Ñoã Thò Quyønh", "Hoaøng Xuaân Öôùc"]  # fmt: skip


def in_tcvn3(text: str) -> str:
    """As a font like .VnTime has it: `Nguyễn` is `NguyÔn`; for capitals there is another font."""
    letters = {letter: chr(code) for code, letter in encodings._TCVN3.items() if code < 0x100}
    capitals = {letter for letter in letters if letter.isupper() and letter not in "ĂÂÊÔƠƯĐ"}
    for letter in capitals:
        del letters[letter]
    return "".join(letters.get(it) or letters.get(it.lower(), it) for it in text)


def in_vni(text: str) -> str:
    """As a font like VNI-Times has it: `Nguyễn` is `Nguyeãn`."""
    marks = {mark: sign for sign, mark in encodings._VNI_MARKS.items()}
    own = {new: old for old, new in encodings._VNI_LETTERS.items()}
    own |= {new.upper(): old.upper() for new, old in own.items()}
    written = ""
    for letter in text:
        apart = normalize("NFD", letter)
        base = normalize("NFC", apart[0] + "".join(m for m in apart[1:] if m == "\u031b"))
        order = [m for m in apart[1:] if m in "\u0302\u0306"]
        order += [m for m in apart[1:] if m not in "\u0302\u0306\u031b"]
        if letter in own or not apart[1:]:
            written += own.get(letter, letter)
        else:
            sign = marks.get("".join(order), "")
            written += own.get(base, base) + (sign.upper() if base.isupper() else sign)
    return written


def in_1258(text: str) -> str:
    """As Windows wrote it: a letter, then its tone."""
    apart = normalize("NFD", text)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    joined, tone = "", ""
    for letter in [*apart, ""]:
        if letter and letter in tones:
            tone = letter
        elif letter and joined and letter in "\u0302\u0306\u031b":
            joined = joined[:-1] + normalize("NFC", joined[-1] + letter)
        else:
            joined, tone = joined + tone + letter, ""
    return western(joined.encode("cp1258"))


OLD = {
    "tcvn3": list(map(in_tcvn3, NAMES)),
    "vni": IN_VNI,
    "windows-1258": list(map(in_1258, NAMES)),
}


@pytest.mark.parametrize("encoding", OLD)
def test_every_name_reads_as_it_was_written(encoding):
    assert [READERS[encoding](text) for text in OLD[encoding]] == NAMES


@pytest.mark.parametrize("encoding", OLD)
def test_bytes_are_recognised_by_what_they_look_like(encoding):
    assert verdict_on_bytes(OLD[encoding]) == encodings.Verdict(encoding)


@pytest.mark.parametrize("encoding", encodings.FONTS)
def test_letters_of_an_old_font_are_recognised(encoding):
    assert verdict_on_text(OLD[encoding]).encoding == encoding


@pytest.mark.parametrize("encoding", encodings.FONTS)
def test_rows_pasted_from_an_old_file_are_recognised_among_many(encoding):
    assert verdict_on_text([*NAMES * 20, *OLD[encoding]]).encoding == encoding


@pytest.mark.parametrize(
    "names",
    [
        NAMES,
        [*NAMES * 20, "François Müller", "José Muñoz", "Søren Jäger", "Zoë Brontë", "Åse Bø"],
        ["Hà", "Bé", "Tú", "Lê Hồng Sơn"],
        ["Y H'Ŏk Êban", "Rơ Châm H'Lưk", "Kpă Wơn"],
        ["Café René", "François Müller"],
        ["Nguyen Van A"],
        [],
    ],
)
def test_unicode_is_left_as_it_is(names):
    assert verdict_on_text(names).encoding is None


def test_the_samples_in_vni_are_made_rightly():
    assert [in_vni(name) for name in NAMES] == IN_VNI


def test_noise_is_asked_about():
    assert not verdict_on_bytes([western(bytes(range(0xC0, 0x100)))]).sure


def test_a_word_in_capitals_stays_in_capitals():
    assert READERS["tcvn3"]("TRÇN THÞ LAN") == "TRẦN THỊ LAN"
    assert READERS["vni"]("NGUYEÃN THÒ ÑAØO") == "NGUYỄN THỊ ĐÀO"


def test_a_cell_that_is_unicode_already_stays_beside_mended_ones():
    assert mended("NguyÔn V¨n Hïng", "tcvn3", False) == "Nguyễn Văn Hùng"
    assert mended("Nguyễn Văn Hùng", "tcvn3", True) == "Nguyễn Văn Hùng"
    assert mended("Bé Hà", "tcvn3", False) == "Bé Hà"


def test_a_column_leans_to_what_its_words_tell():
    assert leaning(OLD["tcvn3"], "tcvn3")
    assert not leaning(NAMES, "tcvn3")


@pytest.mark.parametrize("word", ["Nguyễn", "nghiêng", "khuya", "ước", "yếu", "quỳnh", "Đỗ"])
def test_a_syllable_is_one(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["NguyÔn", "Huøng", "thùc", "àct", "Müller", "hàà"])
def test_what_no_tongue_says_is_none(word):
    assert not is_syllable(word)
