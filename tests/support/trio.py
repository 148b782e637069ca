"""Which answers each route gave while the HTTP tests ran, and which of its three tests it lacks.

A route is 'METHOD endpoint'. Its trio:
- works: an answer below 400 that is no way to the sign-in page;
- not allowed: 401 or 403, or that way; asked of every route that is not for everybody;
- not found: 404; asked of every route that takes an id in its path.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request, request_finished
from werkzeug.routing import Rule

WORKS, REFUSED, MISSING = "works", "not allowed", "not found"
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})

Seen = dict[str, list[str]]


@dataclass
class Recorder:
    """Listens to every answer of every application in this process while a test has it on."""

    on: bool = False
    seen: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        request_finished.connect(self._hear)

    def _hear(self, sender: Flask, response: Response, **_more: Any) -> None:
        kind = kind_of(response)
        if self.on and request.url_rule is not None and kind:
            self.seen.setdefault(route(request.method, request.url_rule), set()).add(kind)

    def told(self) -> Seen:
        return {name: sorted(kinds) for name, kinds in self.seen.items()}

    def add(self, told: Seen) -> None:
        for name, kinds in told.items():
            self.seen.setdefault(name, set()).update(kinds)


def kind_of(response: Response) -> str | None:
    """The part of the trio that an answer is; None for what is none of them."""
    status = response.status_code
    if status in (401, 403) or response.headers.get("Location", "").startswith("/sign-in?next="):
        return REFUSED
    if status == 404:
        return MISSING
    return WORKS if status < 400 else None


def route(method: str, rule: Rule) -> str:
    return f"{'GET' if method == 'HEAD' else method} {rule.endpoint}"


def lacking(rules: Iterable[Rule], seen: dict[str, set[str]], for_all: frozenset[str]) -> list[str]:
    """What is missing, one line a route. `for_all`: endpoints that refuse nobody."""
    lines = []
    for rule in rules:
        wanted = [WORKS]
        wanted += [] if rule.endpoint in for_all else [REFUSED]
        wanted += [MISSING] if rule.arguments else []
        for method in sorted(METHODS & (rule.methods or set())):
            name = route(method, rule)
            missing = [kind for kind in wanted if kind not in seen.get(name, ())]
            if missing:
                lines.append(f"{name} ({rule.rule}): {', '.join(missing)}")
    return sorted(lines)
