"""One person, two people: English declines by the number in a sentence, Vietnamese does not."""

import pytest
from flask import render_template_string
from flask_babel import force_locale

from server.pages.plurals import said

COUNTED = [("1", "1 person"), (1, "1 person"), ("0", "0 people"), ("21", "21 people")]
TEMPLATE = '{{ _("%(n)s người", n=n) }}|{{ _("trang %(n)s", n=n) }}|{{ _("Lọc") }}'


@pytest.fixture
def english(sqlite_app):
    with sqlite_app.test_request_context(), force_locale("en"):
        yield


@pytest.mark.parametrize(("n", "words"), COUNTED)
def test_english_has_a_form_for_one_and_one_for_more(english, n, words):
    assert said("%(n)s người", n=n) == words
    assert render_template_string(TEMPLATE, n=n) == f"{words}|page {n}|Filter"


def test_vietnamese_has_one_form(sqlite_app):
    with sqlite_app.test_request_context(), force_locale("vi"):
        assert [said("%(n)s người", n=n) for n in (1, 2)] == ["1 người", "2 người"]
        assert render_template_string(TEMPLATE, n=1) == "1 người|trang 1|Lọc"


def test_what_is_filled_in_is_escaped_in_a_page_and_left_alone_elsewhere(english):
    assert said("Đã chuyển %(n)s hộ về %(village)s.", n=1, village="<b>") == (
        "Moved 1 household to <b>."
    )
    assert "&lt;b&gt;" in render_template_string(
        '{{ _("Đã chuyển %(n)s hộ về %(village)s.", n=1, village="<b>") }}'
    )
