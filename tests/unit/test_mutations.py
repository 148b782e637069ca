"""The rules that the proof breaks on purpose still stand where it looks for them."""

from pathlib import Path

import pytest

from tests.property.mutations import MUTATIONS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda it: it.name)
def test_what_a_mutation_replaces_is_there_exactly_once(mutation):
    """Else nobody would know that the proof has stopped to be one."""
    found = [(it.file, (ROOT / it.file).read_text().count(it.old)) for it in mutation.edits]
    assert {count for _file, count in found} == {1}, found
