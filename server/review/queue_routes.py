"""The queue: one list of what waits, and the same decision about several at once."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_login import current_user

from schemas.kinds import WaitingState
from server.domain.reviewing import ReviewKind
from server.domain.text import clean_text
from server.errors import Problem
from server.http import page
from server.pages.paging import asked_page
from server.pages.plurals import said as _
from server.pages.scope import own_villages
from server.review.bulk import BY_VERB, SAFE_TOGETHER, decide_together, rescue_groups, rescued_by
from server.review.doors import blueprint
from server.review.lines import lines_of
from server.review.scope import REVIEWERS, asked, page_of, path_after, query_of, queue
from server.store.audit import note_act, note_look
from server.store.changes.write import author_at_desk
from server.store.review import decisions
from server.store.review.queue import NO_VILLAGE, counts, items

STATES = (
    WaitingState.OPEN,
    WaitingState.RETURNED,
    WaitingState.ANSWERED,
    WaitingState.REJECTED,
)


@page(blueprint, "/review", roles=REVIEWERS)
def review() -> Any:
    which, state = asked(), _state()
    found = queue(state)
    numbers = counts(found)
    kinds: dict[str, int] = {}
    villages: dict[str | None, int] = {}
    for (kind, village), count in numbers.items():
        if which.village in ("", village or NO_VILLAGE):
            kinds[kind] = kinds.get(kind, 0) + count
        if which.kind in ("", kind):
            villages[village] = villages.get(village, 0) + count
    here = kinds.get(which.kind, 0) if which.kind else sum(kinds.values())
    shown = asked_page(here)
    lines = lines_of(items(found, which, shown.per_page, shown.offset))
    if lines:
        note_look(current_user, "review", count=len(lines), page=shown.number)
    return render_template(
        "review/queue.html",
        lines=lines,
        page=shown,
        asked=which,
        state=state,
        states=STATES,
        kinds=[(kind, kinds[kind]) for kind in ReviewKind if kinds.get(kind)],
        all_kinds=sum(kinds.values()),
        villages=_village_choices(villages),
        page_of=page_of,
        query_of=query_of,
        together=which.kind in SAFE_TOGETHER and state is WaitingState.OPEN,
        rescues=rescue_groups(which) if which.kind == ReviewKind.RESCUE else [],
    )


def _state() -> WaitingState:
    typed = request.args.get("state", "").strip() or WaitingState.OPEN.value
    if typed not in set(WaitingState):
        raise Problem("malformed", {"state": "not_in_list"})
    return WaitingState(typed)


def _village_choices(numbers: dict[str | None, int]) -> list[tuple[str, str, int]]:
    choices = [(id_, area.name, numbers.get(id_, 0)) for id_, area in own_villages().items()]
    if numbers.get(None):
        choices.append((NO_VILLAGE, _("chưa rõ thôn"), numbers[None]))
    return choices


@page(blueprint, "/review/next", roles=REVIEWERS)
def review_next() -> Any:
    """Straight to the first that waits, or to the one after the item that is given."""
    return redirect(path_after(request.args.get("after", ""), asked()))


@page(blueprint, "/review/together", roles=REVIEWERS, methods=("POST",))
def review_together() -> Any:
    """Refuse, return or take several of one kind."""
    which = asked()
    back = f"/review{query_of(which)}"
    ids = request.form.getlist("items")[:500]
    verb, note = request.form.get("do", ""), clean_text(request.form.get("note", "")[:2000])
    if not ids:
        flash(_("Chưa chọn mục nào."), "warn")
        return redirect(back)
    if note is None and verb in BY_VERB:
        flash(_("Hãy ghi lý do hoặc lời nhắn cho thôn."), "warn")
        return redirect(back)
    words = decide_together(ids, which.kind, verb, note)
    flash(words, "success")
    return redirect(back)


@page(blueprint, "/review/rescues/<device>", roles=REVIEWERS, methods=("POST",))
def review_rescues(device: str) -> Any:
    """Take everything that one phone brought back."""
    which = asked()
    ids = rescued_by(device, which)
    if not ids:
        raise Problem("not_found")
    taken, left = decisions.accept_all(ids, author_at_desk(current_user))
    note_act("review_rescues", by=current_user.id, subject=device, count=taken)
    words = _("Đã nhận %(n)s thay đổi cứu về.", n=taken)
    if left:
        words += " " + _("%(n)s thay đổi sai quy tắc còn chờ, mở từng mục để sửa.", n=left)
    flash(words, "warn" if left else "success")
    return redirect(f"/review{query_of(which)}")
