"""The floor that sync is held against: a bare Flask route that parses the same JSON and inserts
the same number of rows into the same tables, the ledger included, with executemany. No rights,
no rules, no merge."""

import os
import sqlite3
import time
from typing import Any

import orjson
import psycopg
from flask import Flask, Response, request

PARENT = {"household": "village", "member": "household", "card": "member"}
COLUMNS = {
    "household": "id, village_id, household_id, rev, data, search",
    "member": "id, village_id, household_id, rev, data, full_name, search",
    "card": "id, village_id, household_id, rev, data, member_id, evidence, void",
}
LEDGER = (
    "id, seq, content, entity, record_id, user_id, device_id, channel, at, received_at, status, "
    "rev, body"
)


def create_app() -> Flask:
    app = Flask(__name__)
    url = os.environ["DATABASE_URL"]
    sqlite = url.startswith("sqlite")
    mark = "?" if sqlite else "%s"
    connections: dict[int, Any] = {}

    def connection() -> Any:
        import threading

        key = threading.get_ident()
        if key not in connections:
            connections[key] = _connect(url, sqlite)
        return connections[key]

    @app.post("/api/v1/sync")
    def floor() -> Response:
        body = orjson.loads(request.get_data())
        rows: dict[str, list[Any]] = {"household": [], "member": [], "card": []}
        ledger = []
        now = time.time_ns()
        for rev, change in enumerate(body["changes"]):
            entity, values = change["entity"], change["set"]
            data = orjson.dumps(values).decode()
            row = [change["record"], change["village"], change["record"], rev, data]
            if entity == "household":
                row += [""]
            elif entity == "member":
                row += [values["full_name"], values["full_name"]]
            else:
                row += [values["member"], values["evidence"], False]
            rows[entity].append(row)
            text = orjson.dumps(change).decode()
            ledger.append(
                (change["id"], now, "", entity, change["record"], change["by"], change["device"],
                 "phone", change["at"], "2026-11-22 00:00:00", "applied", rev, text)
            )  # fmt: skip
        database = connection()
        cursor = database.cursor()
        if sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        for entity, of_kind in rows.items():
            _insert(cursor, entity, COLUMNS[entity], of_kind, mark)
        _insert(cursor, "change", LEDGER, ledger, mark)
        database.commit()
        results = [{"id": c["id"], "status": "applied", "rev": 1} for c in body["changes"]]
        return Response(orjson.dumps({"results": results}), mimetype="application/json")

    return app


def _connect(url: str, sqlite: bool) -> Any:
    if not sqlite:
        return psycopg.connect(url.replace("postgresql+psycopg", "postgresql"))
    database = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=30)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("PRAGMA foreign_keys=ON")
    return database


def _insert(cursor: Any, table: str, columns: str, rows: list[Any], mark: str) -> None:
    marks = ", ".join([mark] * len(columns.split(", ")))
    if rows:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


app = create_app()
