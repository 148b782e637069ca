"""What is odd in a plan is named with its numbers; what is merely modest is not."""

import pytest

from server.domain.plan_choice import Document, number_and_day, the_one
from server.domain.plans import Line, odd_figures, rate_fits

COMMUNE, HEAD, BHYT = "x", "h", "bhyt_coverage"
BHXH, VOLUNTARY, JOBLESS = (
    "social_insurance",
    "voluntary_social_insurance",
    "unemployment_insurance",
)


def line(area="a", indicator=BHYT, **values):
    return Line(area, f"Thôn {area.upper()}", indicator, **values)


def village(area, **values):
    return line(area, above=COMMUNE, **values)


def commune(**values):
    return Line(COMMUNE, "Xã X", values.pop("indicator", BHYT), **values)


def odd(*lines, numbers=None, year=2025):
    return [(one.code, one.name, one.more) for one in odd_figures(year, lines, numbers)]


def codes(*lines, **more):
    return [code for code, _name, _more in odd(*lines, **more)]


def test_the_misprint_of_hung_long_is_named_with_what_its_counts_give():
    found = odd(line(population=1604, planned=1556, printed_percent="95.01"))
    assert found == [
        ("rate_differs", "Thôn A",
         {"part": 1556, "whole": 1604, "printed": "95.01", "computed": "97.01"})
    ]  # fmt: skip


@pytest.mark.parametrize("printed", ["95.57", "95.6", "95.570", "96"])
def test_a_rate_fits_as_exactly_as_it_was_printed(printed):
    assert rate_fits(printed, 7703, 8060)


@pytest.mark.parametrize("printed", ["95.58", "95.5", "95"])
def test_a_rate_that_the_counts_do_not_round_to_does_not_fit(printed):
    assert not rate_fits(printed, 7703, 8060)


def test_a_part_greater_than_its_whole_is_odd_and_its_rate_is_not_told_again():
    assert codes(line(population=100, planned=101, printed_percent="99")) == ["part_above_whole"]


def test_a_total_that_is_not_the_sum_is_told_with_the_gap():
    lines = (
        commune(population=300, planned=280),
        village("a", population=100, planned=90),
        village("b", population=200, planned=180),
    )
    assert odd(*lines) == [
        ("sum_differs", "Xã X", {"total": 280, "sum": 270, "gap": 10, "lines": 2})
    ]


def test_people_of_the_lines_that_do_not_add_up_are_told_apart_from_targets():
    lines = (
        commune(population=310, planned=270),
        village("a", population=100, planned=90),
        village("b", population=200, planned=180),
    )
    assert codes(*lines) == ["people_differ"]


def test_a_total_whose_lines_are_not_all_known_is_not_compared():
    assert codes(commune(planned=280), village("a", planned=90), village("b")) == []


def test_a_target_below_the_goal_of_the_commune_is_named_with_both_rates():
    lines = (commune(goal_percent="95"), village("a", population=920, planned=810))
    assert odd(*lines) == [
        ("below_above", "Thôn A", {"given": "88.04", "goal": "95", "above": "Xã X"})
    ]


def test_a_target_that_does_not_reach_its_own_goal_is_odd():
    assert codes(line(population=100, planned=90, goal_percent="95")) == ["below_goal"]
    assert codes(line(population=100, planned=95, goal_percent="95")) == []


def test_the_same_village_twice_names_the_row_of_the_first():
    lines = (line(planned=1, row=5), line(planned=1, row=9))
    assert odd(*lines) == [("area_twice", "Thôn A", {"other": 5})]


@pytest.mark.parametrize(
    ("lines", "numbers", "code"),
    [
        ([line(indicator=BHXH, population=600)], {"working_age": 500}, "labour_above_age"),
        ([line(indicator=BHXH, population=600), line(population=500)], {}, "labour_above_people"),
        ([line(population=500)], {"working_age": 600}, "age_above_people"),
        (
            [line(population=500), line(indicator="children_under_6", population=501)],
            {},
            "group_above_people",
        ),
        (
            [line(indicator=BHXH, planned=80), line(indicator=VOLUNTARY, planned=90)],
            {},
            "part_above_bhxh",
        ),
        (
            [line(indicator=BHXH, planned=80), line(indicator=JOBLESS, planned=90)],
            {},
            "part_above_bhxh",
        ),
        (
            [line(indicator=BHXH, population=400), line(indicator=VOLUNTARY, population=300)],
            {},
            "two_labour_forces",
        ),
        ([line(population=500)], {"population": 501}, "two_populations"),
        ([line(planned=1)], {"labour_force": 9, "working_age": 8}, "labour_above_age"),
    ],
)
def test_denominators_that_cannot_agree_are_odd(lines, numbers, code):
    found = {("a", basis): count for basis, count in numbers.items()}
    assert codes(*lines, numbers=found) == [code]


def test_unemployment_insurance_has_a_denominator_of_its_own():
    lines = (line(indicator=BHXH, population=400), line(indicator=JOBLESS, population=300))
    assert codes(*lines) == []


def test_milestones_never_fall_and_end_within_the_year_s_target():
    months = [line(month=m, planned=n) for m, n in ((3, 50), (6, 40), (9, 130))]
    assert codes(line(planned=120), *months) == ["month_falls", "month_above_year"]
    assert codes(line(planned=120), line(month=3, planned=50), line(month=12, planned=120)) == []


def test_what_people_hold_together_is_not_more_than_the_area_s_target():
    held = [line(holder=name, planned=60) for name in ("Bà Hoa", "Ông Sơn")]
    assert odd(line(planned=100), *held) == [
        ("holders_above", "Thôn A", {"sum": 120, "total": 100, "gap": 20})
    ]


def test_a_deadline_in_another_year_is_odd():
    assert codes(line(deadline="2025-10-31")) == []
    assert codes(line(deadline="2052-10-31")) == ["deadline_elsewhere"]


def test_a_row_said_twice_or_due_in_another_year_is_told_once_for_all_its_indicators():
    rows = [line(indicator=one, planned=1, row=7, deadline="2052") for one in (BHYT, "pupils")]
    again = [line(indicator=one, planned=1, row=9) for one in (BHYT, "pupils")]
    found = odd_figures(2025, [*rows, *again])
    assert [(one.code, one.indicator, one.row) for one in found] == [
        ("deadline_elsewhere", None, 7),
        ("area_twice", None, 9),
    ]


def document(id_, **more) -> Document:
    told = {"family": id_, "state": "in_force", "signed_on": None, "version": 1,
            "valid_from": None, "valid_to": None, **more}  # fmt: skip
    return Document(id_, **told)


def test_the_plan_signed_last_counts_unless_somebody_chose_another():
    early, late = document("1", signed_on="2025-01-10"), document("2", signed_on="2025-03-01")
    assert the_one("2025-06-01", [late, early], None) is late
    assert the_one("2025-06-01", [late, early], "1") is early


def test_a_draft_never_counts_even_when_it_is_chosen():
    draft, plan = document("1", state="draft"), document("2")
    assert the_one("2025-06-01", [draft, plan], "1") is plan
    assert the_one("2025-06-01", [draft], None) is None


def test_each_version_counts_for_its_own_days():
    old = document("1", state="replaced", valid_to="2025-06-30")
    new = document("2", family="1", version=2, valid_from="2025-07-01")
    assert the_one("2025-06-30", [old, new], "1") is old
    assert the_one("2025-07-01", [old, new], "1") is new


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("Kế hoạch số 15/KH-UBND ngày 10/02/2025", ("15/KH-UBND", "2025-02-10")),
        ("Kế hoạch số 7, ngày 1/3/2026 của UBND", ("7", "2026-03-01")),
        ("Kế hoạch của UBND xã (số liệu mẫu)", (None, None)),
    ],
)
def test_a_document_s_name_tells_its_number_and_day(source, told):
    assert number_and_day(source) == told
