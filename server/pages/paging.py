"""A page of a long list."""

from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from flask import request

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def last(self) -> int:
        return max(1, ceil(self.total / self.per_page))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.per_page

    def link(self, number: int) -> str:
        """This address with another page number."""
        values = {**request.args.to_dict(), "page": str(number)}
        return f"{request.path}?{urlencode(values)}"


def asked_page(total: int) -> Page:
    """The page that was asked for; what lies beyond the ends becomes the nearest one."""
    typed = request.args.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 8 else 1
    last = max(1, ceil(total / PER_PAGE))
    return Page(min(max(number, 1), last), total)
