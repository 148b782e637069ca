"""Coverage over a period: page, workbook and API tell what the change log gives, to the digit."""

import json
import re
from collections import defaultdict
from io import BytesIO
from random import Random

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from server.domain.counting import PersonFacts, Residence, Tally, tally
from server.domain.coverage.periods import Every, days_of
from server.domain.numbers import day_words, number_words, percent, percent_words
from server.domain.status import (
    answer_facts,
    card_facts,
    enrolment_facts,
    entitlement_facts,
)
from server.reports.figures import figures_of
from server.store.coverage.ground import ground_within
from server.store.coverage.planned import plans_on
from server.store.db import db, new_id, reading, today
from server.store.feeds import ChangeRow
from server.store.places import Area
from server.store.plans import Figure
from tests import homes
from tests.http.test_coverage import target


def exported(desk, asked):
    return desk.submit("/coverage/over-time/export", asked, form_at="/account")


START, END = "2024-11-01", "2026-10-31"
MONTHS = days_of(Every.MONTH, START, END)
PERIOD = f"from={START}&to={END}"


def test_an_unknown_area_is_not_found(as_officer, ask_series):
    assert as_officer.get(f"/coverage/over-time?area={new_id()}").status_code == 404
    assert exported(as_officer, {"area": new_id()}).status_code == 404
    assert ask_series(as_officer, new_id()).get_json()["code"] == "not_found"


def test_anothers_area_is_not_shown(as_stranger, places, ask_series):
    asked = places.commune.id
    assert as_stranger.get(f"/coverage/over-time?area={asked}").status_code == 403
    assert exported(as_stranger, {"area": asked}).status_code == 403
    assert ask_series(as_stranger, asked).get_json()["code"] == "not_allowed"


def test_nobody_sees_it_without_signing_in(client, places):
    page = client.get("/coverage/over-time")
    assert (page.status_code, "/sign-in" in page.headers["Location"]) == (302, True)
    assert client.get(f"/api/v1/coverage/series?area={places.commune.id}").status_code == 401


def test_a_period_that_is_none_is_refused(as_officer, places, ask_series):
    for query in ("from=2026-02-30", "to=hôm qua", "every=day"):
        assert as_officer.get(f"/coverage/over-time?{query}").status_code == 400
        assert ask_series(as_officer, places.commune.id, query).status_code == 400
    assert as_officer.get("/coverage/over-time?by=name").status_code == 400


def test_no_day_ahead_is_foretold(as_officer, places, ask_series):
    points = ask_series(as_officer, places.commune.id, "to=2099-12-31").get_json()["points"]
    assert points[-1]["on"] == today()


@pytest.fixture
def ask_series(phone_of):
    def answer(desk, area, query=PERIOD):
        return phone_of(desk.user).get(f"/api/v1/coverage/series?area={area}&{query}")

    return answer


@pytest.fixture
def years(app, make, places):
    """Two years of a commune as they happen: people come, go, die, are insured and lose it; homes
    are ended, moved and merged, people merged; a plan of each year, months of one."""
    dice = Random(20261123)
    rooms = [home(app, dice, village) for village in places.villages for _ in range(14)]
    for number, (id_, people) in enumerate(rooms[:-1]):
        if number % 5 == 1:
            homes.edit(app, "household", id_, {"merged_into": rooms[number + 1][0]})
        if number % 5 == 3:
            homes.edit(app, "member", people[0], {"merged_into": rooms[number + 1][1][0]})
    moved = {"village": places.villages[1].id}
    homes.edit(app, "household", rooms[0][0], moved, {"village": places.villages[0].id})
    for year in (2025, 2026):
        for village, population in zip(places.villages, (31, 29), strict=True):
            target(make, village, year=year, population=population, planned=population - 3)
    target(make, places.commune, population=60, planned=54, month=6)
    target(make, places.commune, population=60, planned=57, deadline="2026-12-31")


def home(app, dice, village):
    people = [somebody(dice) for _ in range(dice.randint(1, 4))]
    ended = {"ended_on": day(dice), "end_reason": "moved_away"} if dice.random() < 0.1 else {}
    return homes.write(app, village, *people, **ended), [one["id"] for one in people]


def somebody(dice):
    cards = [a_card(dice) for _ in range(dice.randint(0, 3))]
    rights = [{"kind": "police", "valid_from": day(dice)}] if dice.random() < 0.1 else []
    more = {
        "registration": dice.choice(("permanent", "temporary", "none")),
        "presence": dice.choice(("here", "abroad", "studying")),
    }
    if dice.random() < 0.6:
        said = dice.choice(("has_card", "had_card", "never_had", "does_not_know"))
        more |= {"insurance_answer": said, "insurance_asked_on": day(dice)}
    if dice.random() < 0.3:
        more |= {"since": part(dice), "since_reason": "moved_in"}
    if dice.random() < 0.1:
        more |= {"ended_on": part(dice), "end_reason": "deceased"}
    return homes.person("Lê Thị An", cards=cards, rights=rights, **more)


def a_card(dice):
    card = {"evidence": dice.choice(("app", "bhxh_list", "receipt", "card_seen", "told"))}
    start, end = sorted((day(dice), day(dice)))
    if dice.random() < 0.8:
        card |= {"valid_from": start, "valid_to": end}
    else:
        card["checked_on"] = start
    return card if dice.random() < 0.95 else card | {"void_reason": "ghi nhầm"}


def day(dice):
    """Before this test was written: what somebody told never lies ahead."""
    year = dice.choice((2024, 2025, 2026))
    return f"{year}-{dice.randint(1, 12 if year < 2026 else 10):02}-{dice.randint(1, 28):02}"


def part(dice):
    return day(dice)[: dice.choice((4, 7, 10))]


def replayed(app, ask):
    """The records as the change log gives them, without any table of theirs; by kind and id."""
    records: dict[str, dict[str, dict]] = defaultdict(lambda: defaultdict(dict))
    for entity, id_, body in ask(
        select(ChangeRow.entity, ChangeRow.record_id, ChangeRow.body).order_by(ChangeRow.seq)
    ):
        records[entity][id_] |= json.loads(body)["set"]
    return records


def last_of(records, id_):
    while into := records[id_].get("merged_into"):
        id_ = into
    return id_


def facts_by_village(records):
    """Everybody who is not merged away, with all that the count asks."""
    members, houses = records["member"], records["household"]
    hanging = {
        entity: grouped(records[entity].values(), members, facts)
        for entity, facts in (
            ("card", card_facts),
            ("entitlement", entitlement_facts),
            ("enrolment", enrolment_facts),
        )
    }
    found = defaultdict(list)
    for id_, member in members.items():
        if member.get("merged_into"):
            continue
        house = houses[last_of(houses, member["household"])]
        found[house["village"]].append(
            PersonFacts(
                hanging["card"].get(id_, ()),
                hanging["entitlement"].get(id_, ()),
                answer_facts(member),
                Residence(member.get("since"), member.get("ended_on")),
                house.get("ended_on"),
                member.get("registration"),
                member.get("presence"),
                hanging["enrolment"].get(id_, ()),
            )
        )
    return found


def grouped(rows, members, facts):
    found = defaultdict(list)
    for row in rows:
        found[last_of(members, row["member"])].append(facts(row))
    return found


def as_told(counts: Tally):
    names = Tally.__slots__
    return {**{name: getattr(counts, name) for name in names}, "uninsured": counts.uninsured}


def added(counts):
    return {name: sum(one[name] for one in counts) for name in counts[0]}


def test_page_workbook_and_api_say_what_the_change_log_gives(
    app, as_officer, places, years, ask, ask_series
):
    people = facts_by_village(replayed(app, ask))
    commune, names = places.commune, {area.id: area.name for area in places.villages}
    answer = ask_series(as_officer, commune.id).get_json()
    page = as_officer.get(f"/coverage/over-time?area={commune.id}&{PERIOD}").get_data(as_text=True)
    sheets = load_workbook(
        BytesIO(exported(as_officer, {"area": commune.id, "from": START, "to": END}).data)
    )  # fmt: skip
    assert [point["on"] for point in answer["points"]] == MONTHS
    assert len(MONTHS) == 24
    in_sheet = {(row[0], row[1]): row for row in sheets["Từng nơi"].values}
    in_page = rows_of(page, "Từng ngày:")
    varied = set()
    for point, whole, total_row in zip(
        answer["points"], list(sheets["Toàn địa bàn"].values)[1:], in_page[1:], strict=True
    ):
        by_id = {row["area"]["id"]: row for row in point["rows"]}
        counted = {id_: as_told(tally(point["on"], people[id_])) for id_ in names}
        assert {id_: by_id[id_]["counts"] for id_ in names} == counted, point["on"]
        together = added(list(counted.values()))
        assert point["total"]["counts"] == together
        varied.add(tuple(together.values()))
        with app.app_context(), reading():
            plans = plans_on(point["on"], [*names, commune.id])
        for id_, name in names.items():
            row = in_sheet[name, day_words(point["on"])]
            assert_sheet(row, counted[id_], plans.get(id_))
        planned = point["total"]["target"]
        population = planned["population"] if planned else None
        assert point["total"]["percent_of_official"] == percent(together["covered"], population)
        assert list(whole[1:9:3]) == [
            day_words(point["on"]), together["covered"], together["people"],
        ]  # fmt: skip
        assert total_row == [
            day_words(point["on"]),
            number_words(together["covered"]),
            total_row[2],
            number_words(population),
            percent_words(percent(together["covered"], population)),
            number_words(planned["heads_missing"] if planned else None),
            number_words(together["people"]),
            percent_words(percent(together["covered"], together["people"])),
            number_words(together["uninsured"]),
            number_words(together["unconfirmed"] + together["not_asked"]),
        ]
    assert len(varied) > 20, "months that are all alike would prove nothing"


def assert_sheet(row, counted, plan):
    population = plan.population if plan else None
    assert row[2] == population
    assert row[4:9] == (
        counted["covered"],
        percent_words(percent(counted["covered"], population)),
        max(0, plan.planned - counted["covered"]) if plan else None,
        counted["people"],
        percent_words(percent(counted["covered"], counted["people"])),
    )
    assert row[9:20] == tuple(
        counted[name]
        for name in (
            "starting", "elsewhere", "unconfirmed", "expired", "none", "not_asked", "abroad",
            "registered", "registered_covered", "present", "present_covered",
        )
    )  # fmt: skip


CELL = r"<t[hd].*?>(.*?)</t[hd]>"


def rows_of(page, caption):
    """The cells of the table with this caption, the head first."""
    table = next(
        part for part in page.split("<table")[1:] if f"<caption>{caption}" in part
    ).partition("</table>")[0]
    return [
        [re.sub(r"<[^>]+>|[ \n]+", " ", cell).strip() for cell in re.findall(CELL, row, re.S)]
        for row in re.findall(r"<tr.*?>(.*?)</tr>", table, re.S)
    ]  # fmt: skip


def test_each_day_is_what_coverage_says_of_it(as_officer, places, years, phone_of, ask_series):
    phone, area = phone_of(as_officer.user), places.commune.id
    for point in ask_series(as_officer, area).get_json()["points"][::6]:
        alone = phone.get(f"/api/v1/coverage?area={area}&on={point['on']}").get_json()
        assert {**point, "completeness": alone["completeness"]} == alone


def test_places_farthest_from_their_target_come_first(make, app, as_officer, places):
    for village, planned in zip(places.villages, (90, 60), strict=True):
        people = [homes.covered(f"Người {number}") for number in range(10)]
        homes.write(app, village, *people)
        target(make, village, population=planned * 2, planned=planned, deadline="2026-12-31")
    target(make, places.villages[1], population=62, planned=60, year=2026, month=11)
    first, second = (village.name for village in places.villages)
    page = as_officer.get("/coverage/over-time?to=2026-11-22").get_data(as_text=True)
    by_heads = rows_of(page, "Nơi còn xa chỉ tiêu nhất")[1:]
    assert [(row[1], row[2]) for row in by_heads] == [(first, "80"), (second, "50")]
    page = as_officer.get("/coverage/over-time?to=2026-11-22&by=rate").get_data(as_text=True)
    by_rate = rows_of(page, "Nơi còn xa chỉ tiêu nhất")[1:]
    assert [row[1] for row in by_rate] == [second, first]


def test_pace_and_outlook_are_those_of_the_last_four_weeks(
    make, app, as_officer, places, ask_series
):
    since = homes.person("Mới có thẻ", cards=[{"evidence": "app", "valid_from": "2026-10-20",
                                               "valid_to": "2027-10-19"}])  # fmt: skip
    homes.write(app, places.villages[0], homes.covered("Có từ trước"), since)
    target(make, places.commune, population=10, planned=4, deadline="2027-01-31")
    asked = ask_series(as_officer, places.commune.id, "to=2026-11-10").get_json()
    pace = asked["pace"]["total"]
    assert (pace["gained"], pace["weekly"], pace["heads_missing"]) == (1, "0.3", 2)
    assert (pace["reached_on"], pace["outlook"]) == ("2027-01-05", "in_time")
    assert (pace["covered_then"], pace["percent_then"]) == (4, "40.00")


def test_milestones_of_the_year_stand_beside_the_days(as_officer, places, years, ask_series):
    milestones = ask_series(as_officer, places.commune.id).get_json()["milestones"]
    assert milestones == [{"month": "2026-06", "heads": 54, "population": 60, "percent": "90.00"}]


def test_a_viewer_sees_the_numbers_and_no_door_to_people(as_viewer, places, years):
    page = as_viewer.get(f"/coverage/over-time?area={places.commune.id}").get_data(as_text=True)
    assert places.villages[0].name in page
    assert "/lists" not in page
    assert exported(as_viewer, {}).status_code == 200


def test_an_export_is_logged(as_officer, places, years):
    exported(as_officer, {"area": places.commune.id})
    assert "diễn biến bao phủ" in as_officer.get("/audit").get_data(as_text=True)


def test_each_published_indicator_keeps_its_own_denominator(make, as_officer, places):
    area, source = places.commune, "BHXH cơ sở Thường Xuân"
    for indicator, on, count, denominator in (
        ("bhyt_coverage", "2026-08-31", 7_000, 8_060),
        ("bhyt_coverage", "2026-09-30", 7_100, 8_060),
        ("voluntary_social_insurance", "2026-09-30", 310, 4_100),
    ):
        make.add(Figure(area_id=area.id, indicator=indicator, on=on, count=count,
                        denominator=denominator, source=source))  # fmt: skip
    target(make, area, indicator="voluntary_social_insurance", population=4_000, planned=400)
    path = f"/coverage/over-time?area={area.id}&{PERIOD}"
    rows = rows_of(as_officer.get(path).get_data(as_text=True), "Số liệu BHXH công bố")[1:]
    assert [row[1:6] for row in rows] == [
        ["31/08/2026", "7.000", "8.060", "86,85\xa0%", "–"],
        ["30/09/2026", "7.100", "8.060", "88,09\xa0%", "–"],
        ["30/09/2026", "310", "4.100", "7,56\xa0%", "10,00\xa0%  400/4.000"],
    ]


def test_a_report_of_any_month_end_tells_the_same(app, as_officer, places, years, ask_series):
    points = ask_series(as_officer, places.commune.id).get_json()["points"]
    with app.app_context(), reading():
        ground = ground_within(db.session.get_one(Area, places.commune.id))
        told = [figures_of(ground, day, None)["coverage"] for day in MONTHS]
    for point, figures in zip(points, told, strict=True):
        assert point["on"] == figures["on"]
        assert point["total"] == json.loads(json.dumps(figures["total"]))
        assert point["rows"] == json.loads(json.dumps(figures["rows"]))
