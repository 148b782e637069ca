"""The legal rules against a second, independent computation: equal to the đồng and to the day."""

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.domain.legal.card_dates import CardDates, child_card, paid_card
from server.domain.legal.contribution import Contribution, Payment, contribution
from server.domain.legal.facts import AreaFacts, PersonFacts, Place
from server.domain.legal.farm_income import FarmFacts, FarmLine, FarmVerdict, farm_verdict
from server.domain.legal.groups import GroupAnswer, insurance_group
from server.domain.legal.reading import national_tables
from server.domain.legal.tables import LegalRow, Tables
from server.domain.legal.voluntary import VoluntaryCost, VoluntaryFacts, voluntary_cost
from server.domain.legal.ways import Payer, Ways, household_ways
from server.domain.status import EntitlementFacts
from tests.property import law_again as again

TABLES = national_tables()
FIRST, LAST = date(2019, 7, 1), date(2026, 12, 31)
GIA_LAI = Place("52", "64")
HOME = Place("38")

PRICED = st.dates(FIRST, LAST)
NEW_LAW = st.dates(again.LAW_51, LAST)
TURNS = st.sampled_from(
    [date.fromisoformat(day) for day in ("2025-07-01", "2025-12-31", "2026-01-01", "2026-06-30")]
    + [date(2026, 7, 1), FIRST, LAST]
)
GROUPS = st.sampled_from(
    ["GD", "GB", "CN", "HS", "SV", "DS", "mine_victim", *sorted(again.OF_THE_COMMUNE)]
)
MONTHS = st.sampled_from([3, 6, 12])
NEAR = st.sampled_from([-1, 0, 1])
RIGHTS = ("veteran", "social_allowance", "social_pension", "survivor_allowance", "village_officer")


def known_then(day: date, group: str) -> bool:
    """Whether the state's support of a group is known on a day."""
    if group == "DS":
        return day >= date(2023, 12, 3)
    return day >= again.LAW_51 or group in ("GD", "GB", "CN", "HS", "SV")


@given(
    PRICED | TURNS, GROUPS, MONTHS, st.integers(1, 9), st.booleans(), st.booleans(), st.booleans()
)
def test_every_share_of_a_contribution_is_the_same_to_the_dong(
    day: date, group: str, months: int, place: int, poor: bool, pupil: bool, minority: bool
):
    payment = Payment(group, months, place, GIA_LAI, pupil, minority, poor)
    found = contribution(TABLES, day.isoformat(), payment)
    if not known_then(day, group):
        assert not isinstance(found, Contribution)
        return
    assert isinstance(found, Contribution)
    total = again.month_of(day, group, place) * months
    state = again.whole(total * again.state_share(day, group, poor))
    assert (found.total, found.state, found.own_at_most) == (total, state, total - state)
    if day < date(2022, 12, 19):
        return
    share = again.gia_lai_share(day, group, pupil, minority)
    if share is None:
        assert found.own is None
        return
    local = min(again.whole(total * share), total - state)
    assert (found.local, found.own) == (local, total - state - local)


@given(NEW_LAW | TURNS.filter(again.LAW_51.__le__), st.lists(GROUPS, max_size=9), MONTHS)
def test_the_totals_of_the_ways_of_a_household_are_the_same_to_the_dong(
    day: date, groups: list[str], months: int
):
    payers = [
        Payer(str(place), Payment(group, months), (group, "GD"))
        if group not in ("GD", "HS", "SV", "mine_victim")
        else Payer(str(place), Payment(group, months), (group,))
        for place, group in enumerate(groups)
    ]
    found = household_ways(TABLES, day.isoformat(), payers)
    assert isinstance(found, Ways)
    supported, household = found.ways[0], found.ways[1]
    assert supported.own_at_most == own_total(day, groups, months)
    stays = ("HS", "SV", "mine_victim")
    left = [group if group in stays else "GD" for group in groups]
    assert household.own_at_most == own_total(day, left, months)
    assert found.difference_at_most == household.own_at_most - supported.own_at_most
    cheapest = cheapest_of_all(day, groups, months)
    assert min(way.own_at_most for way in found.ways) == cheapest


def own_total(day: date, groups: list[str], months: int) -> int:
    place, total = 0, 0
    for group in groups:
        place += group == "GD"
        due = again.month_of(day, group, place) * months
        total += due - again.whole(due * again.state_share(day, group, poor_commune=False))
    return total


def cheapest_of_all(day: date, groups: list[str], months: int) -> int:
    """Every choice of every member, tried one by one."""
    ways: list[list[str]] = [[]]
    for group in groups:
        fixed = group in ("GD", "HS", "SV", "mine_victim")
        ways = [[*way, one] for way in ways for one in ({group} if fixed else {group, "GD"})]
    return min(own_total(day, way, months) for way in ways)


@given(NEW_LAW, st.integers(1, 12), MONTHS)
def test_splitting_a_farm_household_is_never_cheaper_than_the_better_whole(
    day: date, people: int, months: int
):
    payers = [Payer(str(n), Payment("GB", months), ("GB", "GD")) for n in range(people)]
    found = household_ways(TABLES, day.isoformat(), payers)
    assert isinstance(found, Ways)
    assert [way.name for way in found.ways] == ["supported", "household"]


@given(
    day=NEW_LAW,
    birth=st.dates(date(1930, 1, 1), LAST) | st.dates(date(2019, 1, 1), LAST),
    work=st.sampled_from([None, "farm", "wage_contract", "pupil", "student", "homemaker"]),
    social_insurance=st.sampled_from([None, "none", "voluntary", "pension", "compulsory"]),
    living_class=st.sampled_from([None, "poor", "near_poor", "average", "other"]),
    farm=st.booleans(),
    minority=st.booleans(),
    region=st.sampled_from([None, "I", "II", "III"]),
    left=st.none() | st.tuples(st.sampled_from([0, 12, 36]) | st.integers(0, 60), NEAR),
    papers=st.frozensets(st.sampled_from(RIGHTS)),
)
def test_the_group_of_a_person_is_the_same(
    day: date, birth: date, left: tuple[int, int] | None, **told: Any
):
    if left:
        ago, days = left
        left_on = date.fromordinal(again.plus_months(day, -ago).toordinal() + days)
    told["left_region"] = left_on if left else None
    if told["social_insurance"] == "compulsory" and "village_officer" in told["papers"]:
        told["social_insurance"] = None
    found = insurance_group(TABLES, day.isoformat(), facts_of(birth, **told))
    assert isinstance(found, GroupAnswer)
    assert found.group == again.group_of(day, birth, **told)


def facts_of(
    birth: date, farm: bool, region: str | None, left_region: date | None, **told: Any
) -> PersonFacts:
    rights = tuple(EntitlementFacts(kind) for kind in sorted(told.pop("papers")))
    left = left_region.isoformat() if left_region else None
    return PersonFacts(
        birth_date=birth.isoformat(),
        registration="permanent",
        average_farm=farm,
        entitlements=rights,
        area=AreaFacts(region=region, left_region_on=left),
        **told,
    )


GAPS = st.integers(-2, 2) | st.integers(88, 93) | st.integers(-60, 150)


@given(NEW_LAW, GAPS, st.booleans(), MONTHS)
def test_a_card_begins_and_ends_on_the_same_days(paid: date, gap: int, had: bool, months: int):
    old_end = date.fromordinal(paid.toordinal() - gap) if had else None
    found = paid_card(TABLES, paid.isoformat(), months, old_end.isoformat() if old_end else None)
    assert isinstance(found, CardDates)
    start = again.card_starts(paid, old_end)
    assert found.valid_from == start.isoformat()
    assert found.valid_to == again.card_ends(start, months).isoformat()


@given(st.dates(date(2019, 1, 1), date(2030, 12, 31)))
def test_a_childs_card_ends_on_the_same_day(birth: date):
    found = child_card(TABLES, "2026-11-22", birth.isoformat())
    assert isinstance(found, CardDates)
    assert found.valid_to == again.child_card_ends(birth).isoformat()


AMOUNTS = st.integers(0, 400_000_000)
EDGES = st.sampled_from([1_500_000, 2_000_000, 2_250_000, 3_000_000])


@given(st.sampled_from(["rural", "urban"]), EDGES, NEAR, st.integers(1, 12))
def test_at_the_edges_of_the_bands_one_dong_decides(
    settlement: str, edge: int, more: int, people: int
):
    yearly = edge * 12 * people + more
    found = farm_verdict(
        TABLES, "2026-11-22", FarmFacts(settlement, [FarmLine("crops", yearly)], people)
    )
    assert isinstance(found, FarmVerdict)
    assert found.band == band_of(settlement, Fraction(yearly, 12 * people))


@given(
    st.dates(date(2022, 1, 1), LAST),
    st.sampled_from(["rural", "urban"]),
    st.lists(st.tuples(st.sampled_from(["crops", "wages", "salt"]), AMOUNTS, AMOUNTS), max_size=6),
    st.integers(1, 12),
)
def test_a_farm_households_band_is_the_same(
    day: date, settlement: str, lines: list[tuple[str, int, int]], people: int
):
    facts = FarmFacts(settlement, [FarmLine(*line) for line in lines], people, in_sector=True)
    found = farm_verdict(TABLES, day.isoformat(), facts)
    assert isinstance(found, FarmVerdict)
    income = Fraction(sum(revenue - cost for _, revenue, cost in lines), people * 12)
    band = band_of(settlement, income)
    assert found.band == band
    assert found.verdict == ("candidate" if band == "average" else "not_average")
    assert found.per_person_month == income // 1


def band_of(settlement: str, income: Fraction) -> str:
    low, high = (1_500_000, 2_250_000) if settlement == "rural" else (2_000_000, 3_000_000)
    return "poor_or_near_poor" if income <= low else "average" if income <= high else "above"


@given(
    NEW_LAW,
    st.integers(1_500_000, 46_800_000),
    st.sampled_from([1, 3, 6, 12]),
    st.sampled_from([None, "poor", "near_poor", "average"]),
    st.booleans(),
    st.integers(0, 130),
    st.none() | st.integers(0, 100),
)
def test_voluntary_insurance_costs_the_same_to_the_dong(
    day: date,
    income: int,
    months: int,
    living_class: str | None,
    minority: bool,
    had: int,
    added: int | None,
):
    facts = VoluntaryFacts(income, months, living_class, minority, months_supported=had, place=HOME)
    found = voluntary_cost(_with_support(added), day.isoformat(), facts)
    assert isinstance(found, VoluntaryCost)
    percent = max({"poor": 50, "near_poor": 40}.get(living_class or "", 20), 30 * minority)
    state = 3300 * percent * max(0, min(months, 120 - had))
    due = again.whole(Fraction(22 * income, 100)) * months
    assert (found.due, found.state, found.own_at_most) == (due, state, due - state)
    if added is None:
        assert (found.local, found.own) == (None, None)
    else:
        local = min(3300 * added * months, due - state)
        assert (found.local, found.own) == (local, due - state - local)


def _with_support(percent: int | None) -> Tables:
    """The tables, and a resolution of the province that adds so much for everybody."""
    if percent is None:
        return TABLES
    row = LegalRow(
        *("local_support", "voluntary_other", HOME.province or "", str(percent), "percent"),
        *("2025-07-01", "", "", "seen", "", ""),
    )
    return Tables([*TABLES.rows, row])
