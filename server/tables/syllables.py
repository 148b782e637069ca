"""Whether a word could be a Vietnamese syllable: how a text in an old encoding is told from one
that was read rightly."""

import re
from functools import lru_cache
from unicodedata import normalize

_TONES = dict.fromkeys((0x300, 0x301, 0x303, 0x309, 0x323))
_ACUTE_OR_DOT = "\u0301\u0323"
_INITIALS = "ngh|ng|nh|gh|gi|ch|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx]"
_VOWELS = (
    "uyê|oai|oao|oay|oeo|uai|uây|uôi|uya|uyu|iêu|yêu|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|"
    "oe|oi|ôi|ơi|oo|ua|uâ|ue|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy]"
)
_OPEN = re.compile(rf"(?:{_INITIALS})?(?:{_VOWELS})(?:ng|nh|[mn])?\Z")
_STOPPED = re.compile(rf"(?:{_INITIALS})?(?:{_VOWELS})(?:ch|[cpt])\Z")


@lru_cache(16384)
def is_syllable(word: str) -> bool:
    """`Nguyễn` and `đ` with a vowel are, `NguyÔn` and `HuyÃ®n` are not. A syllable that ends in a
    stop carries the acute tone or the dot, which tells many a wrong reading."""
    apart = normalize("NFD", word.lower())
    toneless = normalize("NFC", apart.translate(_TONES))
    tones = sum(ord(mark) in _TONES for mark in apart)
    if tones > 1:
        return False
    if _STOPPED.match(toneless):
        return any(mark in _ACUTE_OR_DOT for mark in apart)
    return bool(_OPEN.match(toneless))
