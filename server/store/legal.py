"""The legal tables on every phone: one record of the reference feed for each table.

Columns and cells stand apart, so a table of 60 rows does not say its column names 60 times; the
notes stay here. Twin of the reading: pwa/src/domain/legal/feed.ts.
"""

from collections.abc import Iterable
from operator import attrgetter

from server.domain.legal.reading import rows_of_table, table_names
from server.store.reference import Item

LEGAL_TABLE = "legal_table"
COLUMNS = (
    "item",
    "where",
    "value",
    "unit",
    "valid_from",
    "valid_to",
    "source",
    "confidence",
    "name_vi",
)


def legal_items() -> Iterable[Item]:
    """Every legal table as a record for the phones; the order of its rows is kept."""
    cells = attrgetter(*COLUMNS)
    for name in table_names():
        rows = [list(cells(row)) for row in rows_of_table(name)]
        data = {"name": name, "columns": list(COLUMNS), "rows": rows}
        yield Item(LEGAL_TABLE, f"{LEGAL_TABLE}:{name}", None, data)
