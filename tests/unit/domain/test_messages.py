"""Every code that a person may meet has words in both languages."""

import json
import re
from pathlib import Path

import pytest

from server.domain.codes import CODES
from server.domain.messages import message
from tests.support.vectors import VECTORS

ROOT = Path(__file__).parents[3]
WORDS = json.loads((CODES / "messages.json").read_text(encoding="utf-8"))


def codes_in(folder: Path, pattern: str) -> set[str]:
    sources = folder.rglob("*.py") if folder.is_dir() else [folder]
    return {code for path in sources for code in re.findall(pattern, path.read_text("utf-8"))}


def finding_codes() -> set[str]:
    return codes_in(ROOT / "server" / "domain" / "findings", r'(?:blocks|warns)\("(\w+)"') | {
        "two_heads"
    }


def fired_codes() -> set[str]:
    rows = [
        row
        for name in ("findings", "household_findings")
        for row in json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    ]
    return {finding["code"] for row in rows for finding in row["then"]["findings"]}


def refusal_codes() -> set[str]:
    texts = codes_in(ROOT / "schemas" / "fields.py", r'"((?:not|too|wrong|out)_\w+|needed)"')
    return texts | {"unknown_field"}


def test_every_finding_code_has_words() -> None:
    assert finding_codes() - WORDS.keys() == set()


def test_every_finding_code_is_fired_by_a_vector() -> None:
    assert finding_codes() | {"no_head"} == fired_codes()


def test_every_refusal_code_has_words() -> None:
    assert refusal_codes() - WORDS.keys() == set()


@pytest.mark.parametrize("code", WORDS)
def test_words_are_one_or_more_whole_sentences_in_both_languages(code: str) -> None:
    assert WORDS[code].keys() == {"vi", "en"}
    assert all(words.endswith(".") and len(words) < 140 for words in WORDS[code].values())


def test_vietnamese_comes_first_and_a_code_without_words_is_its_own_word() -> None:
    assert message("no_head") == WORDS["no_head"]["vi"]
    assert message("no_head", "en") == WORDS["no_head"]["en"]
    assert message("of_a_newer_server") == "of_a_newer_server"
