"""The lawful ways for a household, side by side. Twin: pwa/src/domain/legal/ways.ts.

Whoever has a supported group of Đ12 k4 may join as household instead (Luật BHYT Đ13 k5 e). A
household of five pays more under the supported group than by the ladder unless the province adds;
this says so and decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from server.domain.legal.contribution import Contribution, Payment, contribution
from server.domain.legal.groups import HOUSEHOLD
from server.domain.legal.money import NotAllowed
from server.domain.legal.tables import NotKnown, Tables


@dataclass(frozen=True, slots=True)
class Payer:
    """A member who would join now: the payment by the order of law, and the groups to choose."""

    member: str
    payment: Payment
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Totals in đồng of one way; `own` is None where a province's support is not known for one of
    the payers: then `own_at_most` counts what is known of the others, so that it is the sum of
    what each is told.

    `groups` and `shares` follow the payers. `name`: supported, household or mixed.
    """

    name: str
    groups: tuple[str, ...]
    shares: tuple[Contribution, ...]
    total: int
    state: int
    local: int | None
    other: int
    own: int | None
    own_at_most: int


@dataclass(frozen=True, slots=True)
class Ways:
    """`difference` is what the household way costs its members more than the supported one;
    `difference_at_most` the same without any support of the province, or, where a part of it is
    not known, without that part. `cheapest` names the ways that cost least, more than one on a
    tie.
    """

    ways: tuple[Way, ...]
    difference: int | None
    difference_at_most: int
    cheapest: tuple[str, ...]


def household_ways(
    tables: Tables, day: str, payers: Sequence[Payer], ladder_from: int = 1
) -> Ways | NotKnown | NotAllowed:
    """Both pure ways, and a mix where that is cheaper than either. Payers stand in the order in
    which they pay; the ladder begins at `ladder_from` (see `ladder_start`).
    """
    choosing = [index for index, payer in enumerate(payers) if HOUSEHOLD in payer.choices]
    supported = _way(tables, day, payers, "supported", frozenset(), ladder_from)
    household = _way(tables, day, payers, "household", frozenset(choosing), ladder_from)
    for way in (supported, household):
        if not isinstance(way, Way):
            return way
    assert isinstance(supported, Way)
    assert isinstance(household, Way)
    ways = [supported, household]
    mixed = _mixed(tables, day, payers, choosing, supported, ladder_from)
    if mixed and _cost(mixed) < min(_cost(supported), _cost(household)):
        ways.append(mixed)
    least = min(_cost(way) for way in ways)
    known = supported.own is not None and household.own is not None
    told = _cost(household) - _cost(supported)
    at_most = household.own_at_most - supported.own_at_most
    return Ways(
        ways=tuple(ways),
        difference=told if known else None,
        difference_at_most=at_most if known else told,
        cheapest=tuple(way.name for way in ways if _cost(way) == least),
    )


def _cost(way: Way) -> int:
    return way.own_at_most if way.own is None else way.own


def _mixed(
    tables: Tables,
    day: str,
    payers: Sequence[Payer],
    choosing: list[int],
    supported: Way,
    ladder_from: int,
) -> Way | None:
    """The best of the splits: those leave the supported group first who pay most in it."""
    if len({_own(supported.shares[index]) for index in choosing}) < 2:
        # The ladder falls, so among equals a split never beats the better whole.
        return None
    dearest = sorted(choosing, key=lambda index: -_own(supported.shares[index]))
    best: Way | None = None
    for count in range(1, len(dearest)):
        way = _way(tables, day, payers, "mixed", frozenset(dearest[:count]), ladder_from)
        if isinstance(way, Way) and (best is None or _cost(way) < _cost(best)):
            best = way
    return best


def _own(share: Contribution) -> int:
    return share.own_at_most if share.own is None else share.own


def _way(
    tables: Tables,
    day: str,
    payers: Sequence[Payer],
    name: str,
    as_household: frozenset[int],
    ladder_from: int,
) -> Way | NotKnown | NotAllowed:
    place = ladder_from
    shares: list[Contribution] = []
    groups: list[str] = []
    for index, payer in enumerate(payers):
        payment = payer.payment
        if index in as_household:
            payment = replace(payment, group=HOUSEHOLD)
        if payment.group == HOUSEHOLD:
            payment = replace(payment, ladder_place=place)
            place += 1
        share = contribution(tables, day, payment)
        if not isinstance(share, Contribution):
            return share
        shares.append(share)
        groups.append(payment.group)
    local = [share.local for share in shares if share.local is not None]
    own = [share.own for share in shares if share.own is not None]
    unknown = any(share.local is None for share in shares)
    return Way(
        name=name,
        groups=tuple(groups),
        shares=tuple(shares),
        total=sum(share.total or 0 for share in shares),
        state=sum(share.state for share in shares),
        local=None if unknown else sum(local),
        other=sum(share.other for share in shares),
        own=None if unknown else sum(own),
        own_at_most=sum(_own(one) if unknown else one.own_at_most for one in shares),
    )
