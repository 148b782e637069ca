"""A table of counts, events or places on the screen and as a file."""

from collections.abc import Sequence
from typing import Any

from flask import Response, render_template, request
from flask_login import current_user

from server.domain.numbers import day_words, number_words
from server.lists.counting import categories, statuses
from server.lists.events import changes
from server.lists.export import RECORD_ID
from server.lists.kinds import TableList
from server.lists.papers import WIDTH_MM, signature, top
from server.lists.places import bought, without_collector
from server.lists.service import (
    PRIVATE,
    Ground,
    choices,
    commune_of,
    completeness_of,
    missing,
    missing_sentence,
    taken,
)
from server.lists.tables import Asked, Body, Reader, asked_of
from server.lists.views import shown
from server.pages.papers.blocks import Column, Paper, Table, para
from server.pages.papers.pdf import pdf_file
from server.pages.sheets import (
    CSV_TYPE,
    XLSX_TYPE,
    Cell,
    Notes,
    Sheet,
    csv_file,
    sent_file,
    workbook_file,
)
from server.store.audit import note_act, note_look
from server.store.completeness import UNSYNCED_DAYS, Completeness
from server.store.counts import counts_by_village
from server.store.scope import may_take_lists

READ: dict[str, Reader] = {
    "statuses": statuses,
    "categories": categories,
    "changes": changes,
    "bought": bought,
    "no_collector": without_collector,
}
PDF_TYPE = "application/pdf"


def table_page(which: TableList) -> str:
    asked = asked_of(which, request.args)
    body = READ[which.key](asked)
    if body.people:
        areas = [asked.ground.area.id] if asked.ground.area else []
        note_look(
            current_user, "people_list", count=body.people, areas=areas, key=which.key,
            month=asked.month,
        )  # fmt: skip
    return render_template(
        "lists/table.html",
        which=which,
        asked=asked,
        body=body,
        heading=_heading(which, asked),
        ground=asked.ground,
        communes=choices(request.args.get("area", ""), asked.ground.seen),
        fields=fields_of(which, asked),
        may_export=may_take_lists(current_user),
        complete=_whole(asked),
        unsynced_days=UNSYNCED_DAYS,
        **shown(which, asked.ground),
    )


def fields_of(which: TableList, asked: Asked) -> dict[str, str]:
    area = {"area": asked.ground.area.id} if asked.ground.area else {}
    return {**area, "month": asked.month} if which.monthly else area


def _heading(which: TableList, asked: Asked) -> str:
    return f"{which.title} {day_words(asked.month)}" if which.monthly else str(which.title)


def _whole(asked: Asked) -> Completeness:
    counted = counts_by_village(asked.day, asked.villages)
    not_asked = sum(count.people for count in counted if count.status == "not_asked")
    return completeness_of(asked.ground, {"not_asked": not_asked})


def table_file(which: TableList, kind: str) -> Response:
    """The table to take away, in Vietnamese. The caller has asked for the right to."""
    asked = asked_of(which, request.form)
    body = READ[which.key](asked)
    note_act(
        "export",
        by=current_user.id,
        subject="people_list",
        area=asked.ground.area.id if asked.ground.area else None,
        count=body.people or len(body.rows),
        format=kind,
        key=which.key,
        month=asked.month,
    )
    name = f"{which.key.replace('_', '-')}-{asked.month or asked.day}.{kind}"
    if kind == "csv":
        lines = [*body.rows, *([body.total] if body.total else [])]
        return sent_file(csv_file([str(head.title) for head in body.heads], lines), CSV_TYPE, name)
    if kind == "xlsx":
        return sent_file(_workbook(which, asked, body), XLSX_TYPE, name)
    return sent_file(pdf_file(_paper(which, asked, body)), PDF_TYPE, name)


def _workbook(which: TableList, asked: Asked, body: Body) -> Any:
    columns = [(str(head.title), head.width) for head in body.heads]
    rows: list[Sequence[Cell]] = [*body.rows, *([body.total] if body.total else [])]
    hidden = 0
    if body.ids:
        columns, hidden = [RECORD_ID, *columns], 1
        rows = [[id_, *row] for id_, row in zip(body.ids, body.rows, strict=True)]
    told = (
        ("Để làm gì", str(which.about)),
        ("Gửi cho", str(which.taker)),
        ("Địa bàn", asked.ground.name),
        ("Tháng", day_words(asked.month)) if which.monthly else ("Ngày", day_words(asked.day)),
        *(("Cách đọc", remark) for remark in body.remarks),
        *missing(_whole(asked)),
        *taken(current_user.name),
        *((("Lưu ý", PRIVATE),) if which.named else ()),
    )
    sheet = Sheet("Bảng", columns, rows, filters=not body.total, hidden=hidden)
    return workbook_file([sheet], Notes(_heading(which, asked), told))


def _paper(which: TableList, asked: Asked, body: Body) -> Paper:
    commune, heading = commune_of(asked.ground), _heading(which, asked)
    rows = [*body.rows, *([body.total] if body.total else [])]
    told = [*body.remarks, missing_sentence(_whole(asked)), *([PRIVATE] if which.named else [])]
    return Paper(
        which.key.replace("_", "-"),
        heading,
        [
            *top(commune, _about(heading, asked.ground), asked.day),
            Table(_columns(body), [[_text(cell) for cell in row] for row in rows]),
            *(para(sentence) for sentence in told),
            signature(commune),
        ],
    )


def _about(heading: str, ground: Ground) -> str:
    return f"{heading}: {ground.name}" if ground.area else heading


def _columns(body: Body) -> list[Column]:
    """The columns share the paper's width as they share a sheet's."""
    whole = sum(head.width for head in body.heads)
    return [
        Column(
            str(head.title),
            max(8, head.width * WIDTH_MM // whole),
            "right" if head.number else "left",
        )
        for head in body.heads
    ]


def _text(cell: Cell) -> str:
    return number_words(cell) if isinstance(cell, int) else cell or ""
