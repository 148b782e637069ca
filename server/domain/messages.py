"""The words for a code: of a finding, of a refused value, of a reason to wait."""

import json
from functools import cache

from server.domain.codes import CODES


@cache
def _messages() -> dict[str, dict[str, str]]:
    return json.loads((CODES / "messages.json").read_text(encoding="utf-8"))


def message(code: str, lang: str = "vi") -> str:
    """One sentence that says what to do, Vietnamese unless asked otherwise.

    A code without words, as a newer server may send, is its own word.
    """
    words = _messages().get(code)
    return words.get(lang, words["vi"]) if words else code
