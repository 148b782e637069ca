"""Text never becomes HTML by accident, and no page needs an exception from the policy."""

from tests.architecture.tree import find

TEMPLATES = "server/*.html"


def test_no_template_carries_an_inline_script():
    assert find(r"<script(?![^>]*\bsrc=)", TEMPLATES) == []


def test_no_template_carries_a_handler_in_an_attribute():
    assert find(r"(?<![\w-])on[a-z]+\s*=\s*[\"']", TEMPLATES) == []


def test_no_template_carries_inline_styles_which_the_policy_would_refuse():
    assert find(r"<style|(?<![\w-])style\s*=\s*[\"']", TEMPLATES) == []


def test_no_template_turns_escaping_off():
    assert find(r"\|\s*safe\b|autoescape\s+false", TEMPLATES, "server/*.py") == []


def test_no_script_turns_text_into_html():
    unsafe = r"\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML)\b"
    assert find(unsafe, "pwa/src/*.ts", "pwa/src/*.tsx", "pwa/worker/*.ts", "pwa/desk/*.ts") == []


def test_what_somebody_types_to_search_is_asked_for_in_one_place():
    """A percent sign finds a percent sign. The queue compares two columns, which nobody types;
    who loses support is looked for by the names of fields."""
    asking = find(r"\.(i?like|contains)\(", "server/*.py")
    files = {place.rpartition(":")[0] for place in asking}
    assert files == {
        "server/store/search.py",
        "server/store/review/queue.py",
        "server/store/losing.py",
    }
