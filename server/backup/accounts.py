"""What a restore takes back besides records: revocations, passwords, users, assignments. Nobody
offers these again, so a person is told of each."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from server.store.people import Device, User, UserArea
from server.store.places import Area

Rows = dict[str, Any]


@dataclass(frozen=True)
class Accounts:
    """Users, phones and assignments of a database at one moment, each by id."""

    users: Rows
    devices: Rows
    assignments: Rows


def read_accounts(connection: Connection) -> Accounts:
    user, device, bound, area = (it.__table__.c for it in (User, Device, UserArea, Area))
    users: list[Any] = [
        user.id,
        user.username,
        user.name,
        user.role,
        user.farm_room,
        user.lists_room,
        user.password_hash,
        user.ended_at,
    ]
    devices: list[Any] = [
        device.id,
        device.name,
        device.token_hash,
        device.revoked_at,
        device.stolen,
        user.username,
    ]
    assignments: list[Any] = [
        bound.id,
        bound.valid_from,
        bound.valid_to,
        user.username,
        area.id.label("area_id"),
        area.name.label("area"),
    ]
    owned = select(*devices).join_from(Device, User, user.id == device.user_id)
    people = select(*assignments).join_from(UserArea, User, user.id == bound.user_id)
    placed = people.join(Area, area.id == bound.area_id)
    return Accounts(*(_by_id(connection, query) for query in (select(*users), owned, placed)))


def _by_id(connection: Connection, query: Any) -> Rows:
    return {row.id: row for row in connection.execute(query)}


def what_to_check(before: Accounts | None, after: Accounts) -> list[str]:
    """The lines a restore prints: first what may do harm, each with the command that mends it."""
    if before is None:
        return [
            "!! Không đọc được cơ sở dữ liệu cũ: hãy tự kiểm tra các máy đã thu hồi, người dùng, "
            "mật khẩu và phân công thay đổi từ sau bản sao lưu."
        ]
    return [
        *_devices_revoked(before, after),
        *_users_back(before, after),
        *_users_lost(before, after),
        *_devices_lost(before, after),
        *_assignments(before, after),
    ]


def _devices_revoked(before: Accounts, after: Accounts) -> list[str]:
    lines = []
    for id_, old in before.devices.items():
        new = after.devices.get(id_)
        if new is None:
            continue
        if old.revoked_at and (not new.revoked_at or old.stolen and not new.stolen):
            stolen = " --stolen" if old.stolen else ""
            lines.append(
                f"!! MÁY ĐÃ THU HỒI NAY LẠI DÙNG ĐƯỢC: {old.name} ({old.username}). "
                f"Thu hồi lại ngay: device revoke {id_}{stolen}"
            )
        elif new.token_hash and not old.token_hash:
            lines.append(
                f"!! Máy đã đăng xuất nay lại dùng được: {old.name} ({old.username}). "
                f"Nếu máy không còn ở người này: device revoke {id_}"
            )
    return lines


def _users_back(before: Accounts, after: Accounts) -> list[str]:
    lines = []
    for id_, old in before.users.items():
        new = after.users.get(id_)
        if new is None:
            continue
        if old.ended_at and not new.ended_at:
            lines.append(
                f"!! NGƯỜI DÙNG ĐÃ THÔI NAY LẠI ĐĂNG NHẬP ĐƯỢC: {old.username}. "
                f"Cho thôi lại: user end {old.username}"
            )
        elif old.password_hash != new.password_hash:
            lines.append(
                f"!! Mật khẩu cũ của {old.username} lại dùng được. "
                f"Đặt lại: user reset-password {old.username}"
            )
        if (old.role, old.farm_room, old.lists_room) != (new.role, new.farm_room, new.lists_room):
            lines.append(f"!! Vai trò hoặc phòng của {old.username} trở lại như cũ: hãy xem lại.")
    return lines


def _users_lost(before: Accounts, after: Accounts) -> list[str]:
    """With the id they had: their phone keeps what they saved under it."""
    return [
        f"-  Người dùng tạo sau bản sao lưu: {old.username} ({old.name}). Tạo lại với mã cũ: "
        f'user create --id {id_} {old.username} "{old.name}" {old.role}{_areas(before, old)}'
        for id_, old in before.users.items()
        if id_ not in after.users and not old.ended_at
    ]


def _areas(before: Accounts, user: Any) -> str:
    mine = [it for it in before.assignments.values() if it.username == user.username]
    return "".join(f" --area {it.area_id}" for it in mine if it.valid_to is None)


def _devices_lost(before: Accounts, after: Accounts) -> list[str]:
    return [
        f"-  Máy đăng nhập sau bản sao lưu: {old.name} ({old.username}). "
        "Đăng nhập lại một lần trên máy; dữ liệu trên máy tự gửi lại."
        for id_, old in before.devices.items()
        if old.token_hash and not old.revoked_at
        if id_ not in after.devices or after.devices[id_].token_hash != old.token_hash
    ]


def _assignments(before: Accounts, after: Accounts) -> list[str]:
    lines = []
    for id_ in sorted(before.assignments.keys() | after.assignments.keys()):
        old, new = before.assignments.get(id_), after.assignments.get(id_)
        known = old or new
        if known is not None and _term(old) != _term(new):
            lines.append(
                f"-  Phân công {known.username}, {known.area}: trước khôi phục {_term(old)}, "
                f"nay {_term(new)}."
            )
    return lines


def _term(assignment: Any) -> str:
    if assignment is None:
        return "không có"
    return f"từ {assignment.valid_from} đến {assignment.valid_to or 'nay'}"
