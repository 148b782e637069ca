"""The legal tables reach every phone with the reference feed."""

import orjson
from sqlalchemy import select

from server.domain.legal.reading import national_tables
from server.store.area_loading import load_areas
from server.store.db import db, transaction
from server.store.feeds import ReferenceRecord
from server.store.legal import COLUMNS, LEGAL_TABLE


def test_every_row_of_the_legal_tables_is_published_for_the_whole_country(app):
    with app.app_context(), transaction():
        load_areas()
        legal = ReferenceRecord.entity == LEGAL_TABLE
        found = db.session.execute(
            select(ReferenceRecord.province_id, ReferenceRecord.data).where(legal)
        ).all()
    published = {
        (table["name"], *row)
        for record in found
        if record.province_id is None
        for table in [orjson.loads(record.data)]
        for row in table["rows"]
    }
    assert published == {
        (row.table, *(getattr(row, column) for column in COLUMNS)) for row in national_tables().rows
    }
