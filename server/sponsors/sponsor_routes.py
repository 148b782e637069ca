"""Sponsors: the list with a new one, one with money and cards."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from schemas.kinds import SponsorKind
from server.errors import Problem
from server.http import page
from server.pages.once import id_of_form
from server.pages.paging import asked_page
from server.pages.scope import own_communes, own_villages
from server.pages.typed import day_of, number_of, text_of
from server.sponsors.doors import OFFICE, blueprint
from server.sponsors.giving import withdraw
from server.sponsors.reading import money_lines, sponsor_in_scope, sponsor_lines
from server.sponsors.service import (
    Told,
    ToldMoney,
    add_money,
    add_sponsor,
    cancel_money,
    change_sponsor,
    money_fault,
    sponsor_fault,
)
from server.sponsors.words import CARD_LOOK, FAULTS
from server.store.audit import note_look
from server.store.db import today
from server.store.sponsor_cards import cards_of_sponsors, sheets_of
from server.store.sponsors import Sponsor


@page(blueprint, "/sponsors", roles=OFFICE)
def sponsors() -> Any:
    return _list()


def _list(wrong: str = "") -> Any:
    lines, total = sponsor_lines(today())
    body = render_template(
        "sponsors/sponsors.html",
        lines=lines,
        total=total,
        communes=own_communes(),
        kinds=list(SponsorKind),
        wrong=wrong,
        typed=request.form,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/sponsors", roles=OFFICE, methods=("POST",))
def new_sponsor() -> Any:
    communes = {area.id: area for area in own_communes()}
    commune = communes.get(request.form.get("commune", ""))
    if commune is None:
        raise Problem("not_allowed")
    told = _told()
    fault = sponsor_fault(told)
    if fault:
        return _list(str(FAULTS[fault]))
    id_ = id_of_form()
    add_sponsor(id_, told, commune)
    flash(_("Đã thêm nhà tài trợ. Ghi số tiền hứa và số tiền đã nhận ở dưới đây."), "success")
    return redirect(f"/sponsors/{id_}")


def _told() -> Told:
    return Told(
        text_of("name", 200),
        request.form.get("kind", ""),
        text_of("contact", 200),
        text_of("phone", 40),
        text_of("note", 2000),
        day_of("ended_on"),
    )


@page(blueprint, "/sponsors/<sponsor_id>", roles=OFFICE)
def sponsor(sponsor_id: str) -> Any:
    return _shown(sponsor_in_scope(sponsor_id))


def _shown(found: Sponsor, wrong: str = "", at: str = "") -> Any:
    """One sponsor's page; `wrong` is said at the form called `at`."""
    given = cards_of_sponsors([found.id], today())
    shown = asked_page(len(given))
    cards = given[shown.offset :][: shown.per_page]
    if cards:
        places = sorted({card.village for card in cards})
        note_look(current_user, found.id, count=len(cards), areas=places, of="sponsor")
    body = render_template(
        "sponsors/sponsor.html",
        it=found,
        sheet=sheets_of([found.id], today())[found.id],
        money=money_lines(found.id),
        cards=cards,
        page=shown,
        villages=own_villages(),
        kinds=list(SponsorKind),
        looks=CARD_LOOK,
        today=today(),
        wrong=wrong,
        at=at,
        typed=request.form,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/sponsors/<sponsor_id>", roles=OFFICE, methods=("POST",))
def edit_sponsor(sponsor_id: str) -> Any:
    found, told = sponsor_in_scope(sponsor_id), _told()
    fault = sponsor_fault(told)
    if fault:
        return _shown(found, str(FAULTS[fault]), "told")
    change_sponsor(found, told, today())
    flash(_("Đã lưu."), "success")
    return redirect(f"/sponsors/{found.id}")


@page(blueprint, "/sponsors/<sponsor_id>/money", roles=OFFICE, methods=("POST",))
def record_money(sponsor_id: str) -> Any:
    found = sponsor_in_scope(sponsor_id)
    told = ToldMoney(
        request.form.get("money_kind", ""),
        number_of("amount"),
        day_of("day"),
        text_of("document", 200),
        text_of("money_note"),
    )
    fault = money_fault(told, today())
    if fault:
        return _shown(found, str(FAULTS[fault]), "money")
    add_money(id_of_form(), found, told)
    flash(_("Đã ghi số tiền."), "success")
    return redirect(f"/sponsors/{found.id}")


@page(blueprint, "/sponsors/<sponsor_id>/money/<money_id>/cancel", roles=OFFICE, methods=("POST",))
def cancel_recorded_money(sponsor_id: str, money_id: str) -> Any:
    cancel_money(sponsor_id, money_id, text_of("reason"))
    flash(_("Đã hủy dòng tiền này; dòng vẫn còn trong sổ với lý do."), "success")
    return redirect(f"/sponsors/{sponsor_id}")


@page(blueprint, "/sponsors/<sponsor_id>/cards/<card_id>/end", roles=OFFICE, methods=("POST",))
def take_card_back(sponsor_id: str, card_id: str) -> Any:
    found = sponsor_in_scope(sponsor_id)
    try:
        withdraw(found, card_id, text_of("reason", 2000), today())
    except Problem as problem:
        if problem.code != "already_decided":
            raise
        flash(_("Suất này đã dùng hoặc đã rút rồi, nên không rút được nữa."), "warn")
    else:
        flash(_("Đã rút lại suất này. Số tiền dùng được cho người khác."), "success")
    return redirect(f"/sponsors/{found.id}")
