"""Ethnic groups are found by what people type."""

import pytest

from server.domain.codes import ethnic_code, ethnic_groups, is_minority, personal_id_prefixes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Kinh", "01"),
        ("kinh", "01"),
        ("Việt", "01"),
        ("14", "14"),
        ("6", "06"),
        ("Jrai", "10"),
        ("gia-rai", "10"),
        ("Bahnar", "13"),
        ("H'Mông", "08"),
        ("Khơ me", "05"),
        ("Thổ", "24"),
        ("57", None),
        ("0", None),
        ("người Hỏa tinh", None),
        ("", None),
    ],
)
def test_a_code_a_name_or_an_alias_finds_the_group(typed: str, code: str | None) -> None:
    assert ethnic_code(typed) == code


def test_every_group_but_kinh_foreigners_and_unknown_is_a_minority() -> None:
    outside = {code for code in ethnic_groups() if not is_minority(code)}
    assert outside == {"01", "55", "56"}
    assert not is_minority(None)


def test_all_sixty_three_old_provinces_are_known() -> None:
    assert len(personal_id_prefixes()) == 63
    assert "038" in personal_id_prefixes()
