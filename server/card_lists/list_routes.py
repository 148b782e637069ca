"""The lists by state, and one list with its rows, checks and history."""

from typing import Any

from flask import render_template, request
from flask_login import current_user

from schemas.kinds import CardListState
from server.card_lists.doors import OFFICE, blueprint
from server.card_lists.reading import ALL, FAULTY, Opened, lines_of, opened, steps_of
from server.card_lists.scope import communes, list_in_scope, villages_in
from server.card_lists.words import STEP_WORDS, group_name, reason_words, support_words
from server.domain.card_lists.states import EDITABLE, NEXT, SEALED
from server.errors import Problem
from server.http import page
from server.pages.paging import asked_page
from server.store.audit import note_look
from server.store.card_lists import CardList
from server.store.db import db, today
from server.store.places import Area


@page(blueprint, "/card-lists", roles=OFFICE)
def card_lists() -> Any:
    state = request.args.get("state", "")
    if state and state not in set(CardListState):
        raise Problem("malformed", {"state": "not_in_list"})
    own = {id_: area.name for id_, area in communes().items()}
    lines, numbers = lines_of(own, state)
    shown = asked_page(len(lines))
    return render_template(
        "card_lists/lists.html",
        lines=lines[shown.offset :][: shown.per_page],
        page=shown,
        numbers=numbers,
        states=list(CardListState),
        state=state,
        one_commune=len(own) == 1,
        support_words=support_words,
    )


@page(blueprint, "/card-lists/<list_id>", roles=OFFICE)
def card_list(list_id: str) -> Any:
    return shown(list_in_scope(list_id))


def shown(it: CardList, wrong: str = "", at: str = "") -> Any:
    """The page of one list; with `wrong` the form `at` says what is to be mended."""
    told = opened(it)
    show = request.args.get("show", ALL)
    lines = told.shown(show)
    numbered = asked_page(len(lines))
    on_page = lines[numbered.offset :][: numbered.per_page]
    if on_page:
        areas = sorted(
            {line.row.village_id for line in on_page} & villages_in(it.commune_id).keys()
        )
        note_look(current_user, it.id, count=len(on_page), areas=areas, of="card_list")
    body = render_template(
        "card_lists/list.html",
        it=it,
        told=told,
        lines=on_page,
        page=numbered,
        show=show,
        faulty=FAULTY,
        may=NEXT[it.state],
        editable=it.state in EDITABLE,
        sealed=it.state == SEALED,
        steps=steps_of(it),
        wrong=wrong,
        at=at,
        typed=request.form,
        **_around(it, told),
    )
    return (body, 400) if wrong else body


def _around(it: CardList, told: Opened) -> dict[str, Any]:
    corrected = db.session.get(CardList, it.supplements_id or "")
    return {
        "commune": db.session.get_one(Area, it.commune_id).name,
        "corrected": corrected,
        "returned": sum(line.row.state == "returned" for line in told.lines),
        "today": today(),
        "group_name": group_name,
        "support_words": support_words,
        "reason_words": reason_words,
        "step_words": STEP_WORDS,
    }
