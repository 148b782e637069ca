"""What surveyors may say: usual sentences for every reason, a commune's own on its phones."""

import orjson
import pytest
from sqlalchemy import select

from schemas.kinds import UninsuredReason
from server.store.db import transaction
from server.store.feeds import ReferenceRecord
from server.store.people import Audit
from server.store.reference import publish_all
from server.store.talking import (
    LENGTH,
    SENTENCES,
    TALKING_POINT,
    usual_items,
    usual_sentences,
)

OWN = ["Nhà mình đóng ba tháng một lần cũng được.", "Có gì cứ hỏi tôi."]


def say(who, commune, reason="cannot_afford", sentences=OWN):
    form_at = f"/talking?commune={commune.id}"
    return who.submit(f"/talking/{commune.id}/{reason}", {"sentence": sentences}, form_at=form_at)


def published(ask, commune_id):
    """What the phones get for a commune, or for the country."""
    rows = ask(
        select(ReferenceRecord.province_id, ReferenceRecord.data).where(
            ReferenceRecord.entity == TALKING_POINT, ReferenceRecord.deleted.is_(False)
        )
    )
    told = [(province, orjson.loads(data)) for province, data in rows]
    return {data["reason"]: (province, data) for province, data in told
            if data["commune"] == commune_id}  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_reason_has_three_short_usual_sentences(language):
    usual = usual_sentences(language)
    assert set(usual) == {reason.value for reason in UninsuredReason}
    assert {len(sentences) for sentences in usual.values()} == {SENTENCES}
    assert max(len(one) for sentences in usual.values() for one in sentences) <= LENGTH


def test_the_usual_sentences_are_the_whole_countrys(app, ask):
    with app.app_context(), transaction():
        assert publish_all(usual_items()) == len(UninsuredReason)
        assert publish_all(usual_items()) == 0
    provinces = {province for province, _data in published(ask, None).values()}
    assert provinces == {None}


def test_a_commune_says_it_in_its_own_words(as_officer, places, ask):
    assert "Lời nói khi vận động" in as_officer.get("/talking").text
    answer = say(as_officer, places.commune, sentences=[f"  {OWN[0]} ", OWN[1], ""])
    assert answer.headers["Location"].endswith("#cannot_afford")
    province, data = published(ask, places.commune.id)["cannot_afford"]
    assert province == places.province.id
    assert data["vi"] == OWN
    page = as_officer.get("/talking").text
    assert OWN[0] in page
    assert "lời của xã" in page
    acts = ask(select(Audit.user_id, Audit.area_id).where(Audit.kind == "talking_own"))
    assert acts == [(as_officer.user.id, places.commune.id)]


def test_saying_the_same_again_changes_nothing(as_officer, places, ask):
    say(as_officer, places.commune)
    say(as_officer, places.commune)
    assert len(ask(select(Audit.id).where(Audit.kind == "talking_own"))) == 1


def test_the_usual_words_come_back(as_officer, places, ask):
    say(as_officer, places.commune)
    path = f"/talking/{places.commune.id}/cannot_afford/usual"
    as_officer.submit(path, form_at="/talking")
    assert published(ask, places.commune.id) == {}
    assert OWN[0] not in as_officer.get("/talking").text
    assert len(ask(select(Audit.id).where(Audit.kind == "talking_usual"))) == 1
    as_officer.submit(path, form_at="/talking")
    assert len(ask(select(Audit.id).where(Audit.kind == "talking_usual"))) == 1
    say(as_officer, places.commune)
    assert published(ask, places.commune.id)["cannot_afford"][1]["vi"] == OWN


@pytest.mark.parametrize(
    "sentences", [[], ["", "  "], ["một", "hai", "ba", "bốn"], ["x" * (LENGTH + 1)]]
)
def test_what_cannot_be_said_is_refused(as_officer, places, ask, sentences):
    assert say(as_officer, places.commune, sentences=sentences).status_code == 400
    assert published(ask, places.commune.id) == {}


def test_what_is_not_there_is_not_found(as_officer, places):
    assert say(as_officer, places.commune, reason="no_such_reason").status_code == 404
    village = places.villages[0]
    assert as_officer.get(f"/talking?commune={village.id}").status_code == 404
    for tail in ("away", "away/usual"):
        path = f"/talking/{village.id}/{tail}"
        answer = as_officer.submit(path, {"sentence": OWN}, form_at="/talking")
        assert answer.status_code == 404


def test_another_communes_words_are_not_ones_own(as_stranger, places, ask):
    assert as_stranger.get(f"/talking?commune={places.commune.id}").status_code in (403, 404)
    for tail in ("away", "away/usual"):
        path = f"/talking/{places.commune.id}/{tail}"
        answer = as_stranger.submit(path, {"sentence": OWN}, form_at="/talking")
        assert answer.status_code in (403, 404)
    assert published(ask, places.commune.id) == {}


@pytest.mark.parametrize("role", ["as_surveyor", "as_bhxh", "as_viewer"])
def test_only_officers_and_administrators_word_it(request, places, role):
    who = request.getfixturevalue(role)
    assert who.get("/talking").status_code == 403
    for tail in ("away", "away/usual"):
        path = f"/talking/{places.commune.id}/{tail}"
        assert who.submit(path, {"sentence": OWN}, form_at="/").status_code == 403


def test_an_administrator_chooses_the_commune(as_admin, places, ask):
    page = as_admin.get("/talking").text
    assert places.commune.name in page
    assert places.other_commune.name in page
    say(as_admin, places.other_commune)
    assert set(published(ask, places.other_commune.id)) == {"cannot_afford"}
