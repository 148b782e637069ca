"""A page of a long list."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from flask import request

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """`path`, `keep`: where other pages are and what they are asked for, where that is not this
    address."""

    number: int
    total: int
    per_page: int = PER_PAGE
    path: str = ""
    keep: Mapping[str, str] | None = None

    @property
    def last(self) -> int:
        return max(1, ceil(self.total / self.per_page))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.per_page

    def link(self, number: int) -> str:
        """This address with another page number."""
        kept = request.args.to_dict() if self.keep is None else self.keep
        return f"{self.path or request.path}?{urlencode({**kept, 'page': str(number)})}"


def asked_page(
    total: int,
    per_page: int = PER_PAGE,
    path: str = "",
    keep: Mapping[str, str] | None = None,
) -> Page:
    """The page that was asked for; what lies beyond the ends becomes the nearest one."""
    typed = request.values.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 8 else 1
    last = max(1, ceil(total / per_page))
    return Page(min(max(number, 1), last), total, per_page, path, keep)
