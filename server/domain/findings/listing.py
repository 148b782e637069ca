"""Checks of a person's place on a list. Twin: pwa/src/domain/findings/listing.ts."""

from collections.abc import Mapping
from typing import Any

from server.domain.findings.base import Finding, ahead


def check_listing(data: Mapping[str, Any], today: str) -> list[Finding]:
    """A list takes no step on a day to come."""
    return ahead(data, today, ("state_on",))
