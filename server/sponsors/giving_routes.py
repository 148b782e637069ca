"""Giving cards: chosen on the hardship list, looked at with the balance, then written."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from server.domain.legal.groups import group_names
from server.errors import Problem
from server.http import page
from server.pages.typed import day_of, number_of, text_of
from server.sponsors.doors import OFFICE, blueprint
from server.sponsors.giving import FIXED, MOST, WHOLE, Offer, Wish, give, offer
from server.sponsors.hardship import hardship
from server.sponsors.hardship_routes import Asked, shown
from server.sponsors.reading import sponsor_in_scope
from server.sponsors.words import FAULTS, why_not_words
from server.store.db import today
from server.store.legal import legal_tables
from server.store.sponsors import Sponsor


@page(blueprint, "/hardship/give", roles=OFFICE, methods=("POST",))
def give_cards() -> Any:
    """First what it comes to; with `seen`, the total somebody read, it is written."""
    asked = Asked()
    wish = _wish(asked)
    fault = _fault(wish)
    if fault:
        return _refused(asked, fault)
    sponsor = sponsor_in_scope(asked.sponsor)
    if sponsor.ended_on and sponsor.ended_on < today():
        return _refused(asked, "ended")
    made = offer(sponsor, wish, today())
    seen = number_of("seen")
    if seen is None or not made.gifts:
        return _preview(asked, sponsor, wish, made)
    if seen != made.total:
        return _preview(asked, sponsor, wish, made, changed=True)
    try:
        give(sponsor, wish, made, today())
    except Problem as problem:
        if problem.code != "already_decided":
            raise
        flash(_("Chưa gán được: có người vừa được tài trợ. Xem lại rồi làm tiếp."), "warn")
        return redirect(f"/hardship?months={wish.months}")
    flash(_("Đã gán thẻ. Điện thoại ở thôn thấy suất tài trợ sau lần đồng bộ kế tiếp."), "success")
    return redirect(f"/sponsors/{sponsor.id}")


def _refused(asked: Asked, fault: str) -> Any:
    found = hardship(asked.villages, today(), asked.months)
    return shown(asked, found, asked.choose(found.people), str(FAULTS[fault]))


def _wish(asked: Asked) -> Wish:
    return Wish(
        tuple(dict.fromkeys(request.form.getlist("member"))),
        asked.months,
        request.form.get("way", WHOLE),
        number_of("each") or 0,
        day_of("ends_on"),
        text_of("note", 2000),
    )


def _fault(wish: Wish) -> str | None:
    if not wish.people:
        return "nobody"
    if len(wish.people) > MOST:
        return "too_many"
    if not request.form.get("sponsor"):
        return "sponsor"
    if wish.way not in (WHOLE, FIXED) or (wish.way == FIXED and wish.each <= 0):
        return "each"
    return "ends_on" if wish.ends_on and wish.ends_on < today() else None


def _preview(
    asked: Asked, sponsor: Sponsor, wish: Wish, made: Offer, *, changed: bool = False
) -> Any:
    return render_template(
        "sponsors/give.html",
        asked=asked,
        it=sponsor,
        wish=wish,
        made=made,
        changed=changed,
        groups=group_names(legal_tables(), today()),
        why_not_words=why_not_words,
    )
