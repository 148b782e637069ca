"""Checks of a household's own record."""

from collections.abc import Mapping
from typing import Any

from server.domain.findings.base import (
    Finding,
    ahead,
    blocks,
    ended_properly,
    long_ago,
    period,
    unusual_phone,
    warns,
)

LATITUDES, LONGITUDES = (6.5, 23.5), (102.0, 118.0)
"""Viet Nam with its islands, in degrees."""


def check_household_record(data: Mapping[str, Any], today: str) -> list[Finding]:
    """Days, class, place and end of a household."""
    return [
        *ahead(data, today, ("notice_on", "confirmed_on", "ended_on")),
        *long_ago(data, today, ("notice_on", "confirmed_on")),
        *period(data, "living_class_from", "living_class_to"),
        *_recognition(data),
        *_place(data),
        *unusual_phone(data),
        *ended_properly(data),
    ]


def _recognition(data: Mapping[str, Any]) -> list[Finding]:
    """Only an average household is recognised as an average farm household (QĐ 24/2021)."""
    if data.get("average_farm") and data.get("living_class") not in (None, "average"):
        return [warns("average_farm_class", "living_class")]
    return []


def _place(data: Mapping[str, Any]) -> list[Finding]:
    latitude, longitude = data.get("latitude"), data.get("longitude")
    if latitude is None and longitude is None:
        return []
    if latitude is None or longitude is None:
        return [blocks("half_a_place", "latitude" if latitude is None else "longitude")]
    inside = (
        LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
    )
    return [] if inside else [warns("outside_vietnam", "latitude")]
