"""Why something waits, from the reasons it carries."""

import pytest

from server.domain.reviewing import review_kind


@pytest.mark.parametrize(
    ("reasons", "kind"),
    [
        ([("phone", "conflict")], "conflict"),
        ([("valid_to", "ends_before_start"), ("valid_from", "together")], "held"),
        ([("valid_to", "ends_before_start"), ("number", "conflict")], "conflict"),
        ([("average_farm", "desk_only")], "officer"),
        ([("village", "officer_only")], "officer"),
        ([("village", "not_allowed")], "officer"),
        ([(None, "not_allowed")], "late"),
        ([(None, "revoked_device")], "late"),
        ([(None, "unproven_author")], "late"),
        ([(None, "ended_parent")], "ended"),
        ([(None, "merged_record")], "ended"),
        ([("household", "parent_missing")], "missing"),
        ([(None, "same_id_other_content")], "reused"),
        ([(None, "server_error")], "error"),
        ([(None, "rescue")], "rescue"),
        ([(None, "returned")], "sent_back"),
        ([], "held"),
    ],
)
def test_what_concerns_the_change_names_it_before_what_concerns_a_field(reasons, kind):
    told = [{"field": field, "code": code} for field, code in reasons]
    assert review_kind(told) == kind
