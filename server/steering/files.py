"""What every file of the room says of itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from server.domain.numbers import day_words, number_words
from server.steering.doors import Asked, whole_name
from server.store.completeness import UNSYNCED_DAYS
from server.store.db import VIETNAM, now
from server.store.duties import Duty

PRIVATE = "Có dữ liệu cá nhân: lưu hành nội bộ, không niêm yết công khai."
OWN = "Địa bàn của bạn"


def place(asked: Asked) -> str:
    return whole_name(asked.ground) or OWN


def notes(asked: Asked, complete: Mapping[str, int], by: str, *more: str) -> list[tuple[str, str]]:
    """Of what and when it is, what is missing in it, who took it. `more`: how to read it."""
    return [
        ("Địa bàn", place(asked)),
        ("Tính đến ngày", day_words(asked.day)),
        *(("Cách đọc", one) for one in more),
        (f"Điện thoại chưa đồng bộ quá {UNSYNCED_DAYS} ngày hoặc còn giữ thay đổi",
         number_words(complete["phones_not_synced"])),
        ("Thay đổi chưa gửi về", number_words(complete["changes_outstanding"])),
        ("Mục đang chờ xét", number_words(complete["waiting"])),
        ("Người chưa được hỏi", number_words(complete["not_asked"])),
        ("Xuất lúc", now().astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")),
        ("Người xuất", by),
    ]  # fmt: skip


def lacking_sentence(complete: Mapping[str, Any]) -> str:
    """The completeness line where there is room for one line only."""
    told = [
        f"{number_words(complete[name])} {words}"
        for name, words in (
            ("phones_not_synced", "điện thoại chưa đồng bộ"),
            ("changes_outstanding", "thay đổi chưa gửi về"),
            ("waiting", "mục chờ xét"),
            ("not_asked", "người chưa hỏi"),
        )
        if complete[name]
    ]
    return f"Số liệu còn thiếu: {', '.join(told)}." if told else "Số liệu không thiếu gì."


def in_charge(duties: Sequence[Duty], *, phones: bool) -> str:
    """Who answers for a place, by name; with their telephone where nobody else reads it."""
    return "; ".join(
        f"{one.full_name} ({one.phone})" if phones and one.phone else one.full_name
        for one in duties
    )
