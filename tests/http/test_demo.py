"""The demo commune: what the plan printed, exactly as many people, and the same ones every time."""

from datetime import date

import pytest
from sqlalchemy import func, select

from server.demo.commune import households, plan_lines
from server.demo.seed import COMMUNE
from server.store.feeds import ChangeRow, Instance, Waiting
from server.store.people import User
from server.store.places import Area
from server.store.records import Household, Member
from tests.actors import Desk
from tests.conftest import migrated

DAY = "2026-11-22"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Seeded once: the tests only look."""
    app = migrated(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    seeded = app.test_cli_runner().invoke(args=["seed", "--day", DAY])
    assert seeded.exit_code == 0, seeded.output
    app.extensions["said"] = seeded.output
    yield app
    from server.store.db import db

    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def ask_demo(demo):
    from server.store.db import db

    def rows(statement):
        with demo.app_context():
            return list(db.session.execute(statement).all())

    return rows


@pytest.fixture
def officer_page(demo, ask_demo):
    [[officer]] = ask_demo(select(User).where(User.username == "officer"))
    [[commune]] = ask_demo(select(Area.id).where(Area.name == COMMUNE))
    page = Desk(demo, officer).get(f"/coverage?area={commune}&on={DAY}")
    assert page.status_code == 200
    return page.get_data(as_text=True)


def test_it_holds_exactly_the_people_of_the_plan(ask_demo):
    counts = ask_demo(
        select(Area.name, func.count())
        .join(Member, Member.village_id == Area.id)
        .group_by(Area.name)
    )
    plan = {line.unit: line.population for line in plan_lines() if line.level == "village"}
    assert [(name, plan[name]) for name, _ in counts] == [tuple(row) for row in counts]
    assert sum(plan.values()) == 8060


def test_every_record_applied_and_nothing_waits(ask_demo):
    assert ask_demo(select(ChangeRow.status).distinct()) == [("applied",)]
    assert ask_demo(select(func.count()).select_from(Waiting)) == [(0,)]


def test_the_page_shows_the_plan_and_its_misprint(officer_page):
    assert "7.703" in officer_page
    assert "95,57\u00a0%" in officer_page
    assert "97,01\u00a0%" in officer_page
    assert "văn bản in 95,01\u00a0%" in officer_page


def test_it_is_marked_as_a_sample(ask_demo):
    assert ask_demo(select(Instance.demo)) == [(True,)]
    assert ask_demo(select(func.count()).where(~Household.code.startswith("MẪU-"))) == [(0,)]


def test_its_users_are_told_with_their_password(demo, ask_demo):
    users = {name for [name] in ask_demo(select(User.username))}
    assert users == {"surveyor", "surveyor2", "officer", "bhxh", "viewer", "admin"}
    assert "Password of all of them, shown only now" in demo.extensions["said"]


def test_a_second_seed_does_nothing(demo, ask_demo):
    again = demo.test_cli_runner().invoke(args=["seed"])
    assert "not empty" in again.output
    assert again.exit_code == 0
    assert ask_demo(select(func.count()).select_from(User)) == [(6,)]


def test_the_same_day_makes_the_same_people():
    line = next(line for line in plan_lines() if line.unit == "Thôn Quyết Tiến")
    once, twice = (list(households("v", line, date(2026, 11, 22))) for _ in range(2))
    assert once == twice
    assert once != list(households("v", line, date(2026, 11, 23)))


def test_sample_ids_fit_sex_and_birth_but_for_a_few(ask_demo):
    people = ask_demo(
        select(Member.personal_id, Member.sex, Member.birth_date).where(
            Member.personal_id.is_not(None)
        )
    )
    odd = [p for p in people if (int(p.personal_id[3]) % 2 == 1) != (p.sex == "female")]
    years = [p for p in people if p.personal_id[4:6] != p.birth_date[2:4]]
    assert len(people) > 6000
    assert len(odd) < len(people) * 0.01
    assert years == []
    assert len({p.personal_id for p in people}) == len(people)
