"""Tables that say nothing from a day on, as an administrator writes it when nobody knows."""

from server.domain.legal.adding import Document
from server.domain.legal.reading import rows_of_table
from server.domain.legal.tables import OPEN, LegalRow
from server.store.db import transaction
from server.store.legal import legal_items
from server.store.legal_rows import new_added_row
from server.store.reference import publish_all

PAPER = Document("1/CV", "UBND tỉnh", "2026-01-05", "", "")


def silence(app, by, table, since, *only):
    """From this day on nobody knows any value of the table, or of these items of it."""
    rows = {(row.item, row.where): row for row in rows_of_table(table)}
    with app.app_context(), transaction():
        for (item, where), row in rows.items():
            if not only or item in only:
                new_added_row(_open(row, item, where, since), PAPER, by)
        publish_all(legal_items([table]))


def _open(row: LegalRow, item: str, where: str, since: str) -> LegalRow:
    told = (row.table, item, where, OPEN, row.unit, since, "", PAPER.source, "open")
    return LegalRow(*told, row.name_vi, "")
