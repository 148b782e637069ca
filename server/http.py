"""The shared door-frame: what a route takes and gives, who may pass, one commit a request,
and every expected failure as JSON or as a page."""

import gzip
import json
import logging
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from marshmallow import Schema, ValidationError
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from schemas.api import HEALTH, Operation
from schemas.sync import DECODED_LIMIT, JSON_DEPTH
from server.errors import Problem
from server.store import db as database
from server.store.afterwards import take_afterwards, write_afterwards
from server.store.audit import looks_are_written, write_looks
from server.store.bhxh_keys import KeyHolder, holder_of, write_use
from server.store.db import db
from server.store.devices import Caller, caller_of

BODY_LIMIT = 8 * 1024 * 1024
UPLOAD_LIMIT = 25 * 1024 * 1024
JSON_TYPE = "application/json"
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
GZIP_FROM = 300
"""Bytes below which an answer is not worth zipping."""
GZIP_LEVEL = 8
"""A twentieth fewer bytes for a weak signal than at 6, for some 80 ms of ours in 8,060 people."""
OPENAPI = Path(__file__).parent.parent / "schemas" / "openapi.json"
READ_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

log = logging.getLogger("baophu")


@dataclass(frozen=True)
class Call:
    """What a door hands to its route: who calls, the decoded body, the query, the path's values.
    Who calls is a phone's user, or the software of an insurance unit; never both."""

    caller: Caller | None
    body: Any
    query: dict[str, Any]
    key: KeyHolder | None = None

    @property
    def device(self) -> Caller:
        if self.caller is None:
            raise Problem("not_signed_in")
        return self.caller

    @property
    def unit(self) -> KeyHolder:
        if self.key is None:
            raise Problem("not_signed_in")
        return self.key


def door(
    blueprint: Blueprint, operation: Operation, *, raw: bool = False, own_transactions: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Serve an operation of `schemas.api`. `raw`: hand over the bytes, the route decodes them.
    `own_transactions`: the route commits slice by slice (sync is the only one)."""

    def bind(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def answer(**path: str) -> Response:
            # Before any transaction: a slow sender must not hold a lock or a snapshot open.
            body = _receive(operation, raw)
            if own_transactions:
                with one_snapshot():
                    call = _call(operation, body, raw)
                return _json(view(call, **path), operation.status)
            with one_commit():
                return _json(view(_call(operation, body, raw), **path), operation.status)

        blueprint.add_url_rule(
            operation.path, endpoint=operation.name, view_func=answer, methods=[operation.method]
        )
        return answer

    return bind


def page(
    blueprint: Blueprint,
    rule: str,
    *,
    roles: tuple[str, ...] = (),
    methods: tuple[str, ...] = ("GET",),
    public: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Serve a desk page to people signed in by cookie; with `roles`, only to those."""

    def bind(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def answer(**path: str) -> Any:
            with one_commit():
                if not public:
                    _admit(roles)
                return view(**path)

        blueprint.add_url_rule(
            rule, endpoint=view.__name__, view_func=answer, methods=list(methods)
        )
        return answer

    return bind


@contextmanager
def one_commit() -> Iterator[None]:
    """The one place that commits. A read writes nothing but who looked at whom; a `Problem`
    leaves nothing, or says keep."""
    if request.method in READ_METHODS:
        with one_snapshot():
            yield
        _put_down_looks()
        return
    try:
        yield
        write_looks()
        db.session.commit()
        looks_are_written()
    except Problem as problem:
        if problem.keep:
            db.session.commit()
        db.session.rollback()
        raise
    except BaseException:
        db.session.rollback()
        raise


def _put_down_looks() -> None:
    """Whoever reads a list of people leaves a line in the log; a list that cannot be logged is
    not shown."""
    try:
        afterwards = take_afterwards()
        for write in afterwards:
            write()
        if write_looks() or afterwards:
            db.session.commit()
            looks_are_written()
    except BaseException:
        db.session.rollback()
        raise


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Everything read inside is read from one moment of the database; nothing is written."""
    with database.reading():
        try:
            yield
        finally:
            db.session.rollback()


def _admit(roles: tuple[str, ...]) -> None:
    if not current_user.is_authenticated:
        raise Problem("not_signed_in")
    if roles and current_user.role not in roles:
        raise Problem("not_allowed")


def _receive(operation: Operation, raw: bool) -> bytes:
    if raw:
        return read_body(DECODED_LIMIT)
    return read_body(BODY_LIMIT) if operation.body is not None else b""


def _call(operation: Operation, data: bytes, raw: bool) -> Call:
    with_key = bool(operation.scope)
    caller = _bearer() if operation.signed_in and not with_key else None
    key = _key_holder(operation.scope) if with_key else None
    body: Any = data
    if operation.body is not None and not raw:
        body = load(operation.body, parse_json(data))
    query = load(operation.query, request.args.to_dict()) if operation.query else {}
    return Call(caller, body, query, key)


def _bearer() -> Caller:
    token = _token()
    caller = caller_of(token) if token else None
    if caller is None:
        raise Problem("not_signed_in")
    return caller


def _key_holder(scope: str) -> KeyHolder:
    """The software behind the key: a phone's token is none, and a key opens what it allows only."""
    token = _token()
    holder = holder_of(token) if token else None
    if holder is None:
        raise Problem("not_signed_in")
    if scope not in holder.scopes:
        raise Problem("not_allowed")
    if holder.use_is_news:
        if request.method in READ_METHODS:
            write_afterwards("key", lambda: write_use(holder.key_id))
        else:
            write_use(holder.key_id)
    return holder


def _token() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def read_body(limit: int) -> bytes:
    """The request's body, unzipped as a stream that stops at `limit` bytes."""
    data = request.stream.read(limit + 1)
    if len(data) > limit:
        raise Problem("too_large", {"limit": limit})
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding == "identity":
        return data
    if coding != "gzip":
        raise Problem("malformed", {"Content-Encoding": coding})
    return unzip(data, limit)


def unzip(data: bytes, limit: int) -> bytes:
    stream = zlib.decompressobj(wbits=31)
    try:
        plain = stream.decompress(data, limit + 1)
    except zlib.error:
        raise Problem("malformed", {"Content-Encoding": "gzip"}) from None
    if len(plain) > limit or stream.unconsumed_tail:
        raise Problem("too_large", {"limit": limit})
    if not stream.eof:
        raise Problem("malformed", {"Content-Encoding": "gzip"})
    return plain


def parse_json(data: bytes) -> Any:
    """The body as JSON, refused when it is none or nested deeper than the limit. NUL and lone
    surrogates, which a keyboard app may leave in a text, are taken out instead of refused."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        value = _parse_patiently(data)
    if isinstance(value, dict | list) and deeper_than(value, JSON_DEPTH - 1):
        raise Problem("too_deep", {"limit": JSON_DEPTH})
    return without_unstorable(value) if b"\\u0000" in data else value


def _parse_patiently(data: bytes) -> Any:
    """The standard library takes lone surrogates, which orjson does not."""
    try:
        value = json.loads(data, parse_constant=_no_number, parse_int=_whole_number)
        if deeper_than(value, JSON_DEPTH - 1):
            raise Problem("too_deep", {"limit": JSON_DEPTH})
    except RecursionError:
        raise Problem("too_deep", {"limit": JSON_DEPTH}) from None
    except ValueError:
        raise Problem("not_json") from None
    return without_unstorable(value)


def _no_number(text: str) -> None:
    raise ValueError(text)


def _whole_number(text: str) -> int | float:
    """Whole numbers as orjson reads them: what 64 bits do not hold becomes a float."""
    number = int(text) if len(text) <= 20 else float(text)
    return number if -(2**63) <= number < 2**64 else float(text)


def without_unstorable(value: Any) -> Any:
    """The same value, without what no database keeps in a text."""
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [without_unstorable(item) for item in value]
    if isinstance(value, dict):
        return {UNSTORABLE.sub("", key): without_unstorable(it) for key, it in value.items()}
    return value


def deeper_than(value: Any, depth: int) -> bool:
    """True when lists and objects stand more than so many levels inside one another."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(depth + 1):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if outer.__class__ is dict else outer)
            if inner.__class__ is dict or inner.__class__ is list
        ]
        if not level:
            return False
    return True


@cache
def _made(schema: type[Schema]) -> Schema:
    """A schema is made once; it keeps nothing of what it loads."""
    return schema()


def load(schema: type[Schema], value: Any) -> Any:
    try:
        return _made(schema).load(value)
    except ValidationError as error:
        raise Problem("malformed", {"fields": error.messages}) from None


def _json(value: Any, status: int) -> Response:
    if isinstance(value, Response):
        return value
    if status == 204:
        return Response(status=204)
    body = value if isinstance(value, bytes) else orjson.dumps(value)
    response = Response(body, status=status, mimetype=JSON_TYPE)
    if len(body) > GZIP_FROM and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(gzip.compress(body, compresslevel=GZIP_LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["X-App-Version"] = current_app.extensions["baophu.app_version"]
    response.headers["Cache-Control"] = "no-store"
    return response


def refuse(problem: Problem) -> Response:
    """A problem in the form its reader takes: JSON for programs, a page for people."""
    if problem.code == "not_signed_in" and request.method == "GET" and not _for_programs():
        return redirect(f"/sign-in?{urlencode({'next': request.full_path.rstrip('?')})}")  # type: ignore[return-value]
    if _for_programs():
        response = Response(
            orjson.dumps(problem.body(), default=str, option=orjson.OPT_NON_STR_KEYS),
            status=problem.kind.status,
            mimetype=JSON_TYPE,
        )
    else:
        # Read from a snapshot: a refusal must not wait for whoever is writing.
        with one_snapshot():
            page_body = render_template("problem.html", problem=problem)
        response = Response(page_body, status=problem.kind.status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    if problem.kind.status == 429 and "retry_after" in problem.details:
        response.headers["Retry-After"] = str(problem.details["retry_after"])
    return response


def _for_programs() -> bool:
    return request.path.startswith("/api/") or request.path == "/healthz"


def frame(app: Flask) -> None:
    """Hang the door-frame's failures on the application."""
    app.config["MAX_CONTENT_LENGTH"] = UPLOAD_LIMIT
    app.config["MAX_FORM_MEMORY_SIZE"] = 1024 * 1024
    app.before_request(_refuse_unstorable)
    app.register_error_handler(Problem, refuse)
    app.register_error_handler(CSRFError, lambda error: refuse(Problem("form_expired")))
    app.register_error_handler(HTTPException, _refuse_http)
    app.register_error_handler(Exception, _refuse_unforeseen)


def _refuse_unstorable() -> None:
    """No name and no id holds a NUL; a path or question with one is somebody's probe."""
    if "\x00" in request.path:
        raise Problem("not_found")
    given = [request.args] if _for_programs() else [request.args, request.form]
    if any("\x00" in value for some in given for _name, value in some.items(multi=True)):
        raise Problem("malformed")


BY_STATUS = {
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "too_many_attempts",
}


def _refuse_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return error.get_response()  # type: ignore[return-value]
    code = BY_STATUS.get(status, "malformed" if status < 500 else "server_error")
    return refuse(Problem(code))


def _refuse_unforeseen(error: Exception) -> Response:
    """An unforeseen error is logged with its place, never with what the request carried. A database
    that cannot write now, because somebody loads a whole commune, is none."""
    if database.cannot_write(error):
        log.error("the database cannot write at %s: %s", request.url_rule, type(error).__name__)
        return refuse(Problem("database_busy", {"retry_after": database.BUSY_S}))
    log.error("unforeseen error at %s %s", request.method, request.url_rule, exc_info=error)
    return refuse(Problem("server_error"))


basics = Blueprint("basics", __name__)


@door(basics, HEALTH)
def healthz(call: Call) -> dict[str, Any]:
    try:
        db.session.execute(text("SELECT 1"))
    except OperationalError:
        raise Problem("database_unavailable") from None
    return {"ok": True, "database": db.engine.dialect.name}


@basics.get("/api/openapi.json")
def openapi() -> Response:
    """What the API takes and gives, as written by `make schemas`."""
    return Response(OPENAPI.read_bytes(), mimetype=JSON_TYPE)
