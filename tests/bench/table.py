"""The rows that every measurement gives, and the table they make."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

REPEATS = 5


@dataclass(frozen=True)
class Row:
    """One figure beside what it is compared with. `ok`: within its aim; None without one."""

    name: str
    figure: float
    unit: str
    floor: float | None = None
    floor_name: str = ""
    aim: str = ""
    ok: bool | None = None


def median_ms(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """The median time of the work in milliseconds, after one turn that does not count."""
    work()
    times: list[float] = []
    for _ in range(repeats):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def in_turns(
    works: Sequence[Callable[[], tuple[float, ...]]], repeats: int = REPEATS
) -> list[tuple[float, ...]]:
    """The medians of what each work gives, asked one after the other again and again, so that a
    busy machine is busy for all of them; after one turn that does not count."""
    # The first turn warms up: statements are built, modules read.
    turns = [[work() for work in works] for _ in range(1 + repeats)]
    return [
        tuple(map(median, zip(*of_one, strict=True))) for of_one in zip(*turns[1:], strict=True)
    ]


def show(rows: Sequence[Row]) -> str:
    head = ("measured", "figure", "floor in the same run", "of the floor", "aim", "")
    lines = [head, *(_line(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _line(row: Row) -> tuple[str, ...]:
    share = f"{row.figure / row.floor:.2f}" if row.floor else ""
    floor = f"{row.floor:,.1f} {row.unit} ({row.floor_name})" if row.floor is not None else ""
    mark = {True: "ok", False: "MISSED", None: ""}[row.ok]
    return (row.name, f"{row.figure:,.1f} {row.unit}", floor, share, row.aim, mark)
