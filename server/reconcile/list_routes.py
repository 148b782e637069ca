"""The kept lists, how each compares, and comparing one now."""

from dataclasses import dataclass
from typing import Any

from flask import make_response, redirect, render_template, request
from flask_login import current_user
from sqlalchemy import select

from server.domain.reconciling.pairing import Kind
from server.http import page
from server.pages.scope import own_communes
from server.reconcile.doors import OFFICE, blueprint, list_in_scope
from server.reconcile.kinds import ListKind, made_on
from server.reconcile.running import JOB, last_job
from server.reconcile.tabs import counts, tabs_of, to_apply
from server.reconcile.words import KIND, LEAD, TAB
from server.store.db import db
from server.store.imported_lists import ImportedList, lists_of
from server.store.jobs import ask_for
from server.store.people import User
from server.store.places import Area
from server.store.reconciling import MatchState, ReconcileRun, counts_by_kind

REFRESH_S = 2

blueprint.add_app_template_global(lambda kind: KIND[ListKind(kind)], "list_kind_words")
blueprint.add_app_template_filter(made_on, "list_made_on")


@dataclass(frozen=True, slots=True)
class Line:
    """A kept list, its last run, and how many of its rows are sure, likely, none."""

    kept: ImportedList
    commune: Area
    run: ReconcileRun | None
    matched: int
    open: int
    none: int


@page(blueprint, "/reconcile", roles=OFFICE)
def reconcile() -> Any:
    communes = {commune.id: commune for commune in own_communes()}
    lists = list(db.session.scalars(lists_of(list(communes))))
    ids = [kept.id for kept in lists]
    runs = {
        each.list_id: each
        for each in db.session.scalars(select(ReconcileRun).where(ReconcileRun.list_id.in_(ids)))
    }
    told = counts_by_kind(ids)
    lines = [
        _line(kept, communes[kept.commune_id], runs.get(kept.id), told[kept.id]) for kept in lists
    ]
    return render_template("reconcile/lists.html", lines=lines, several=len(communes) > 1)


def _line(
    kept: ImportedList,
    commune: Area,
    last: ReconcileRun | None,
    told: dict[tuple[str, str], int],
) -> Line:
    open_ = sum(
        told.get((kind.value, MatchState.OPEN.value), 0) for kind in (Kind.SURE, Kind.LIKELY)
    )
    none = sum(
        count
        for (kind, state), count in told.items()
        if kind in (Kind.NONE, Kind.DIFFERS) or state == MatchState.REJECTED
    )
    return Line(kept, commune, last, sum(told.values()) - open_ - none, open_, none)


@page(blueprint, "/reconcile/run", roles=OFFICE, methods=("POST",))
def reconcile_run() -> Any:
    """Ask for the comparison of a list with everybody of its commune; one that is asked for
    already is not asked for again."""
    kept = list_in_scope(request.form.get("list", ""))
    db.session.refresh(kept, with_for_update=True)
    last = last_job(kept.id, kept.commune_id)
    if last is None or not last.is_open:
        ask_for(JOB, {"list": kept.id}, by=current_user.id, commune=kept.commune_id)
    return redirect(f"/reconcile/{kept.id}")


@page(blueprint, "/reconcile/<list_id>", roles=OFFICE)
def reconcile_list(list_id: str) -> Any:
    """What the comparison of one list says, in numbers."""
    kept = list_in_scope(list_id)
    last, job = db.session.get(ReconcileRun, list_id), last_job(list_id, kept.commune_id)
    told = counts_by_kind([list_id])[list_id]
    by_kind = {
        kind.value: sum(count for (each, _state), count in told.items() if each == kind)
        for kind in Kind
    }
    by_state = {
        state.value: sum(count for (_kind, each), count in told.items() if each == state)
        for state in MatchState
    }
    shown = render_template(
        "reconcile/list.html",
        kept=kept,
        job=job,
        run=last,
        ran_by=db.session.get(User, last.ran_by) if last and last.ran_by else None,
        by_kind=by_kind,
        by_state=by_state,
        tabs=tabs_of(kept) if last else [],
        counts=counts(kept) if last else {},
        waiting=len(to_apply(kept)) if last else 0,
        tab_words=TAB,
        leads=LEAD,
    )
    response = make_response(shown)
    if job is not None and job.is_open:
        response.headers["Refresh"] = str(REFRESH_S)
    return response
