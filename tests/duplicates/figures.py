"""Precision and recall of the duplicate pass on the labelled sample, slip by slip."""

from dataclasses import dataclass, field

from server.review.matching import Commune, Pair
from tests.duplicates.sample import KINDS, NOT_SAME, Sample

PairOfIds = tuple[str, str]


@dataclass
class Tally:
    """`pairs` there are, `found` of them, and `false` ones proposed beside."""

    pairs: int = 0
    found: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.pairs if self.pairs else 1.0

    @property
    def precision(self) -> float:
        proposed = self.found + self.false
        return self.found / proposed if proposed else 1.0

    def add(self, other: "Tally") -> None:
        self.pairs += other.pairs
        self.found += other.found
        self.false += other.false


@dataclass
class Figures:
    by_kind: dict[str, Tally] = field(default_factory=dict)
    missed: list[PairOfIds] = field(default_factory=list)
    wrong: list[PairOfIds] = field(default_factory=list)
    apart_proposed: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> Tally:
        return self.by_kind["all people"]

    def add(self, other: "Figures") -> None:
        for kind, tally in other.by_kind.items():
            self.by_kind.setdefault(kind, Tally()).add(tally)
        for kind, count in other.apart_proposed.items():
            self.apart_proposed[kind] = self.apart_proposed.get(kind, 0) + count


def score(sample: Sample, proposed: list[Pair]) -> Figures:
    """Compare what was proposed with the truth. A false pair is counted with the slips of its two
    records, or as `background` when neither had one."""
    kind_of = {one.id: one.kind for one in sample.beings}
    truth = {one.id: one.truth for one in sample.beings}
    by_truth: dict[str, list[str]] = {}
    for id_, who in truth.items():
        by_truth.setdefault(who, []).append(id_)
    real = {
        (one, other)
        for ids in by_truth.values()
        for at, one in enumerate(sorted(ids))
        for other in sorted(ids)[at + 1 :]
    }
    ended = {one.id for one in sample.beings if one.data.get("ended_on")}
    real = {pair for pair in real if not set(pair) <= ended}
    told = {(pair.one, pair.other) for pair in proposed if pair.entity == "member"}
    figures = Figures({kind: Tally() for kind in ("all people", *KINDS, "background")})
    for pair in sorted(real | told):
        kinds = [kind_of[id_] for id_ in sorted(pair, reverse=True) if kind_of[id_]]
        kind = kinds[0] if kinds else "background"
        for tally in (figures.by_kind["all people"], figures.by_kind[kind]):
            tally.pairs += pair in real
            tally.found += pair in real and pair in told
            tally.false += pair not in real
    figures.missed, figures.wrong = sorted(real - told), sorted(told - real)
    for kind in NOT_SAME:
        pairs = {tuple(sorted(pair)) for pair in sample.apart[kind]}
        figures.apart_proposed[kind] = len(pairs & told)
    figures.by_kind["households"] = _households(sample, proposed)
    return figures


def _households(sample: Sample, proposed: list[Pair]) -> Tally:
    by_truth: dict[str, list[str]] = {}
    for house in sample.houses:
        by_truth.setdefault(house.truth, []).append(house.id)
    real = {tuple(sorted(ids)) for ids in by_truth.values() if len(ids) == 2}
    partly = {house.id for house in sample.houses if house.partly}
    told = {(pair.one, pair.other) for pair in proposed if pair.entity == "household"}
    told = {pair for pair in told if not partly & set(pair)}
    return Tally(len(real), len(real & told), len(told - real))


def find(sample: Sample) -> list[Pair]:
    """The whole pass over a sample, without a database."""
    from server.linking.model import likely_pairs

    commune = Commune(sample.people(), sample.households())
    return commune.pairs(likely_pairs(commune.rows()))


def table(figures: Figures) -> str:
    lines = [f"{'slip':26} {'pairs':>6} {'found':>6} {'recall':>7} {'false':>6} {'precision':>9}"]
    for kind, tally in figures.by_kind.items():
        lines.append(
            f"{kind:26} {tally.pairs:6} {tally.found:6} {tally.recall:7.3f} {tally.false:6}"
            f" {tally.precision:9.3f}"
        )
    lines += [f"{kind}: {count} proposed" for kind, count in figures.apart_proposed.items()]
    return "\n".join(lines)
