"""A sealed list in the insurance's layouts, at the unit's own desk."""

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from server.store.bhxh import CardListPull
from server.store.people import Audit
from tests.http.test_bhxh_desk import at, desk, neighbour, text  # noqa: F401
from tests.http.test_farm_requests import on  # noqa: F401


def book_of(answer):
    assert answer.status_code == 200, answer.status
    return openpyxl.load_workbook(BytesIO(answer.data))


def test_the_list_comes_as_d03_and_as_an_import_sheet(desk, lot, ask):  # noqa: F811
    page = text(desk.get(at(lot)))
    for name, sheet in (("d03", "D03-TS"), ("d03_tk1_63", "D03-TK1")):
        assert f"{at(lot)}/forms/{name}.xlsx" in page
        answer = desk.get(f"{at(lot)}/forms/{name}.xlsx")
        cells = {cell.value for line in book_of(answer)[sheet].iter_rows() for cell in line}
        names = {value for value in cells if isinstance(value, str)}
        assert len(lot.rows) <= len(names)
        assert f'filename="{name}_{lot.number}.xlsx"' in answer.headers["Content-Disposition"]


def test_taking_it_is_a_pull_that_the_log_keeps(desk, lot, ask):  # noqa: F811
    desk.get(f"{at(lot)}/forms/d03.xlsx")
    [(whole,)] = ask(select(CardListPull.whole_at).where(CardListPull.list_id == lot.id))
    assert whole is not None
    [(count,)] = ask(select(Audit.count).where(Audit.kind == "bhxh_pull"))
    assert count == len(lot.rows)


@pytest.mark.parametrize("paper", ["tk1", "song"])
def test_what_is_no_layout_is_not_found(desk, lot, paper):  # noqa: F811
    assert desk.get(f"{at(lot)}/forms/{paper}.xlsx").status_code == 404
    assert desk.get("/bhxh/lists/none/forms/d03.xlsx").status_code == 404


def test_it_stays_with_the_unit(neighbour, as_officer, lot, ask):  # noqa: F811
    assert neighbour.get(f"{at(lot)}/forms/d03.xlsx").status_code in (403, 404)
    assert as_officer.get(f"{at(lot)}/forms/d03.xlsx").status_code == 403
    assert ask(select(CardListPull.list_id)) == []
