"""The tabs of a comparison: pages, files, and confirming what is sure."""

from typing import Any

from flask import Response, flash, redirect, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from server.domain.numbers import number_words
from server.domain.reconciling.periods import Step
from server.errors import Problem
from server.http import page
from server.pages.paging import Page, asked_page
from server.pages.sheets import CSV_TYPE, XLSX_TYPE, sent_file
from server.reconcile.applying import Applied, apply, periods_of
from server.reconcile.doors import OFFICE, blueprint, list_in_scope
from server.reconcile.files import tab_file
from server.reconcile.lines import (
    MatchLine,
    PersonLine,
    child_lines,
    match_lines,
    not_listed_lines,
    period_words,
    school_words,
)
from server.reconcile.schooling import differing, take_over
from server.reconcile.tabs import (
    MATCH_TABS,
    Tab,
    Why,
    children_misplaced,
    matches_by_id,
    matches_on,
    people_not_listed,
    tabs_of,
    to_apply,
)
from server.reconcile.words import KIND, LEAD, TAB, WHY
from server.store.audit import note_act, note_look
from server.store.changes.write import author_at_desk
from server.store.db import db, today
from server.store.imported_lists import ImportedList
from server.store.places import Area
from server.store.reconciling import Answer, Asked, MatchState, decide, decide_pairs
from server.store.scope import may_take_lists

TYPES = {"xlsx": XLSX_TYPE, "csv": CSV_TYPE, "pdf": "application/pdf"}
ACT, TAKE = "reconcile_confirm", "reconcile_schools"

blueprint.add_app_template_filter(period_words, "period_words")
blueprint.add_app_template_filter(school_words, "school_words")


def _tab(kept: ImportedList, text: str) -> Tab:
    if text not in set(tabs_of(kept)):
        raise Problem("not_found")
    return Tab(text)


def _why() -> Why | None:
    typed = request.values.get("why", "")
    if typed and typed not in set(Why):
        raise Problem("malformed", {"why": "not_in_list"})
    return Why(typed) if typed else None


@page(blueprint, "/reconcile/<list_id>/<tab>", roles=OFFICE)
def reconcile_tab(list_id: str, tab: str) -> Any:
    kept = list_in_scope(list_id)
    which, why = _tab(kept, tab), _why()
    lines, shown = _page_of(kept, which, why)
    note_look(
        current_user,
        "reconcile",
        count=len(lines),
        areas=[kept.commune_id],
        list=kept.id,
        tab=which.value,
        page=shown.number,
    )
    return render_template(
        "reconcile/tab.html",
        kept=kept,
        tab=which,
        tabs=tabs_of(kept),
        tab_words=TAB,
        lead=LEAD[which],
        lines=lines,
        page=shown,
        why=why,
        whys=_groups(kept) if which is Tab.NOT_LISTED else [],
        to_write=_to_write(kept) if which is Tab.SURE else None,
        kind=KIND,
        may_export=may_take_lists(current_user),
    )


def _groups(kept: ImportedList) -> list[tuple[str, Any, int]]:
    """Why people are not on the list, and how many of each."""
    found = people_not_listed(kept)
    return [(why.value, WHY[why], sum(each.why is why for each in found)) for why in Why]


def _to_write(kept: ImportedList) -> dict[str, int]:
    """What confirming would do, counted before it is done."""
    matches = to_apply(kept)
    periods = periods_of(kept, matches).values()
    steps = {step.value: sum(each.step is step for each in periods) for step in Step}
    new = sum(match.state == MatchState.OPEN for match in matches)
    return {**steps, "pairs": len(matches), "new": new}


def _page_of(
    kept: ImportedList, tab: Tab, why: Why | None
) -> tuple[list[MatchLine] | list[PersonLine], Page]:
    if tab in MATCH_TABS:
        ids = matches_on(kept, tab)
        total = db.session.scalar(select(func.count()).select_from(ids.order_by(None).subquery()))
        shown = asked_page(total or 0)
        chosen = db.session.scalars(ids.limit(shown.per_page).offset(shown.offset)).all()
        return match_lines(kept, matches_by_id(chosen)), shown
    if tab is Tab.CHILDREN:
        children = children_misplaced(kept)
        shown = asked_page(len(children))
        return child_lines(children[shown.offset : shown.offset + shown.per_page]), shown
    people = people_not_listed(kept, why)
    shown = asked_page(len(people))
    return not_listed_lines(people[shown.offset : shown.offset + shown.per_page]), shown


def _all_of(kept: ImportedList, tab: Tab, why: Why | None) -> list[MatchLine] | list[PersonLine]:
    if tab in MATCH_TABS:
        return match_lines(kept, matches_by_id(db.session.scalars(matches_on(kept, tab)).all()))
    if tab is Tab.CHILDREN:
        return child_lines(children_misplaced(kept))
    return not_listed_lines(people_not_listed(kept, why))


@page(blueprint, "/reconcile/<list_id>/<tab>/export", roles=OFFICE, methods=("POST",))
def reconcile_export(list_id: str, tab: str) -> Response:
    kept = list_in_scope(list_id)
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    which, why, kind = _tab(kept, tab), _why(), request.form.get("format", "")
    if kind not in TYPES:
        raise Problem("malformed", {"fields": {"format": ["not_in_list"]}})
    commune, day = db.session.get_one(Area, kept.commune_id), today()
    # A paper for another office speaks Vietnamese, whatever language its author reads.
    with force_locale("vi"):
        lines = _all_of(kept, which, why)
        body = tab_file(kind, kept, commune.name, which, lines, current_user.name, day)
    note_act(
        "export",
        by=current_user.id,
        subject="reconcile",
        area=kept.commune_id,
        count=len(lines),
        format=kind,
        tab=which.value,
        list=kept.id,
    )
    return sent_file(body, TYPES[kind], f"doi-chieu-{which}-{day}.{kind}")


@page(blueprint, "/reconcile/<list_id>/confirm", roles=OFFICE, methods=("POST",))
def reconcile_confirm(list_id: str) -> Any:
    """Confirm everything sure and write what it and all that was confirmed before adds."""
    kept = list_in_scope(list_id)
    # Pressed twice, the second waits and finds everything confirmed.
    db.session.refresh(kept, with_for_update=True)
    matches = to_apply(kept)
    fresh = [match for match in matches if match.state == MatchState.OPEN]
    decide_pairs(kept.commune_id, fresh, current_user.id)
    for match in fresh:
        match.state = MatchState.CONFIRMED.value
    done = apply(kept, matches, author_at_desk(current_user))
    note_act(
        ACT,
        by=current_user.id,
        subject=kept.id,
        area=kept.commune_id,
        count=len(fresh),
        cards=done.cards,
    )
    _tell(len(fresh), done)
    return redirect(f"/reconcile/{list_id}")


@page(blueprint, "/reconcile/<list_id>/school/take", roles=OFFICE, methods=("POST",))
def reconcile_take_schools(list_id: str) -> Any:
    """In autumn everybody is a class higher: the roll's school and class of all its pupils."""
    kept = list_in_scope(list_id)
    db.session.refresh(kept, with_for_update=True)
    found = differing(kept)
    asked = [(match, found[match.id]) for match in matches_by_id(list(found))]
    author = author_at_desk(current_user)
    _results, refused = take_over(asked, author)
    taken = [each for at, each in enumerate(asked) if at not in refused]
    if refused:
        take_over(taken, author)
    for match, each in taken:
        about, by = each.told.about, current_user.id
        decide(kept.commune_id, match, Asked.SCHOOL, Answer.LIST, by, about=about)
    note_act(
        TAKE,
        by=current_user.id,
        subject=kept.id,
        area=kept.commune_id,
        count=len(taken),
    )
    flash(_("Đã ghi trường, lớp cho %(n)s người.", n=number_words(len(taken))), "success")
    if refused:
        flash(_("%(n)s người chưa ghi được: xem từng người.", n=number_words(len(refused))), "warn")
    return redirect(f"/reconcile/{list_id}")


def _tell(pairs: int, done: Applied) -> None:
    flash(
        _(
            "Đã xác nhận %(pairs)s cặp, ghi %(cards)s kỳ thẻ. Điện thoại nhận ở lần đồng bộ tới.",
            pairs=number_words(pairs),
            cards=number_words(done.cards),
        ),
        "success",
    )
    if done.schools:
        flash(_("Đã ghi trường, lớp cho %(n)s người.", n=number_words(done.schools)), "success")
    if done.differ:
        flash(
            _(
                "%(n)s kỳ thẻ trên danh sách kết thúc sớm hơn đã ghi: xem từng người.",
                n=number_words(done.differ),
            ),
            "warn",
        )
    if done.held:
        flash(_("%(n)s thay đổi chưa ghi được, đang chờ xét.", n=number_words(done.held)), "warn")
