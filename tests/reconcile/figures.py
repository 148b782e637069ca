"""Precision and recall of a reconciliation on the labelled pair of lists."""

from dataclasses import dataclass, field

from server.domain.reconciling.pairing import Kind, Verdict
from server.domain.reconciling.rows import mended
from server.linking.model import linked_pairs
from server.reconcile.comparing import Comparison
from tests.reconcile.lists import SLIPS, Lists

MATCHED = (Kind.SURE, Kind.LIKELY)


@dataclass
class Figures:
    """Of `pairs` true ones so many `found`, of so many `told`; `sure_wrong` should be none."""

    pairs: int = 0
    told: int = 0
    found: int = 0
    sure: int = 0
    sure_wrong: int = 0
    by_slip: dict[str, tuple[int, int]] = field(default_factory=dict)
    wrong: list[Verdict] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.pairs

    @property
    def precision(self) -> float:
        return self.found / self.told


def find(lists: Lists) -> list[Verdict]:
    """The whole comparison, the model in this process."""
    rows = {id_: mended(row) for id_, row in lists.rows.items()}
    sample = lists.sample
    comparison = Comparison(sample.people(), sample.households(), rows, lists.villages)
    return comparison.verdicts(link=linked_pairs)


def score(lists: Lists, verdicts: list[Verdict]) -> Figures:
    told = {each.row: each for each in verdicts if each.kind in MATCHED}
    right = {row for row, each in told.items() if lists.truth.get(row) == each.person}
    sure = {row for row, each in told.items() if each.kind is Kind.SURE}
    by_slip = {}
    for slip in SLIPS:
        rows = {row for row in lists.truth if slip in lists.slips[row]}
        by_slip[slip] = (len(rows & right), len(rows))
    return Figures(
        len(lists.truth), len(told), len(right), len(sure), len(sure - right), by_slip,
        [told[row] for row in sorted(told.keys() - right)], sorted(lists.truth.keys() - right),
    )  # fmt: skip


def table(figures: Figures) -> str:
    lines = [
        f"rows of surveyed people {figures.pairs}, told {figures.told}, right {figures.found}: "
        f"recall {figures.recall:.4f}, precision {figures.precision:.4f}; "
        f"sure {figures.sure}, of them wrong {figures.sure_wrong}"
    ]
    lines += [
        f"{slip:24} {found:5} of {of:5}  {found / of if of else 1:.3f}"
        for slip, (found, of) in figures.by_slip.items()
    ]
    return "\n".join(lines)
