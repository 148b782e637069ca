"""`python -m tests.bench [part …]`: measure and print the table."""

import sys
from importlib import import_module

from tests.bench.table import Row, show

PARTS = (
    "sync",
    "scale",
    "crowd",
    "repair",
    "download",
    "pages",
    "coverage",
    "reports",
    "export",
    "returned",
    "duplicates",
    "reconcile",
    "card_lists",
    "bhxh",
    "legal",
    "imports",
    "phone",
)


def main(chosen: list[str]) -> None:
    rows: list[Row] = []
    for part in chosen or list(PARTS):
        rows += import_module(f"tests.bench.bench_{part}").measure()
    print(show(rows))


main(sys.argv[1:])
