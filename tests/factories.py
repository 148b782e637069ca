"""What tests need in the database, written through the models and handed back detached."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from argon2 import PasswordHasher
from flask import Flask, g, has_app_context

from schemas.kinds import AreaLevel
from server.domain.text import fold
from server.store.areas import names_searched
from server.store.changes.write import author_at_desk, new_change, write_changes
from server.store.db import db, new_id, new_token, transaction
from server.store.devices import token_hash
from server.store.people import Device, User, UserArea
from server.store.places import Area, AreaAlias, BhxhUnit, BhxhUnitCommune

PASSWORD = "mật khẩu để thử"
LONG_AGO = "2025-07-01"

Row = TypeVar("Row")


@dataclass(frozen=True)
class Places:
    province: Area
    commune: Area
    villages: tuple[Area, Area]
    other_commune: Area
    other_village: Area
    unit: BhxhUnit


class Factory:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self._hash = ""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One commit, at the end of the outermost block."""
        if has_app_context() and "writing" in g:
            yield
            return
        with self.app.app_context(), transaction():
            g.writing = True
            yield

    def add(self, row: Row) -> Row:
        """Write one row; it comes back with its values, belonging to no session."""
        with self.writing():
            db.session.add(row)
            db.session.flush()
            db.session.expunge(row)
        return row

    def area(self, level: str, name: str, parent: Area | None = None, **more: Any) -> Area:
        province = parent.province_id or parent.id if parent else None
        with self.writing():
            area = self.add(
                Area(
                    level=AreaLevel(level).value,
                    name=name,
                    search=fold(name),
                    parent_id=parent.id if parent else None,
                    province_id=province,
                    **{"valid_from": LONG_AGO, **more},
                )
            )
            aliases = [
                AreaAlias(area_id=area.id, search=key, name="") for key in names_searched(name)
            ]
            db.session.add_all(aliases)
        return area

    def village(self, name: str, commune: Area, **more: Any) -> Area:
        return self.area("village", name, commune, **more)

    def unit(self, name: str, communes: Iterable[Area]) -> BhxhUnit:
        unit = self.add(BhxhUnit(name=name, search=fold(name)))
        for commune in communes:
            self.add(BhxhUnitCommune(unit_id=unit.id, commune_id=commune.id))
        return unit

    def places(self) -> Places:
        with self.writing():
            province = self.area("province", "Tỉnh Thanh Hóa", code="38")
            commune = self.area("commune", "Xã Thường Xuân", province, code="15646")
            other = self.area("commune", "Xã Luận Thành", province, code="15661")
            return Places(
                province,
                commune,
                (self.village("Hưng Long", commune), self.village("Xuân Thắng", commune)),
                other,
                self.village("Thôn Cao Tiến", other),
                self.unit("BHXH cơ sở Thường Xuân", [commune]),
            )

    def user(
        self,
        role: str,
        *,
        username: str | None = None,
        areas: Iterable[Area] = (),
        unit: BhxhUnit | None = None,
        **more: Any,
    ) -> User:
        """A user of a role whose password is PASSWORD, bound to areas since long ago.
        An officer holds both rooms unless the test says otherwise."""
        if role == "officer":
            more = {"farm_room": True, "lists_room": True, **more}
        username = username or role
        with self.writing():
            user = self.add(
                User(
                    username=username,
                    name=more.pop("name", f"Người thử {username}"),
                    role=role,
                    password_hash=self._password_hash(),
                    bhxh_unit_id=unit.id if unit else None,
                    **more,
                )
            )
            for area in areas:
                self.assign(user, area)
        return user

    def assign(
        self, user: User, area: Area, valid_from: str = LONG_AGO, valid_to: str | None = None
    ) -> UserArea:
        return self.add(
            UserArea(user_id=user.id, area_id=area.id, valid_from=valid_from, valid_to=valid_to)
        )

    def device(self, user: User, **more: Any) -> tuple[Device, str]:
        """A phone signed in, and its token."""
        token = new_token()
        more.setdefault("name", f"Điện thoại của {user.name}")
        return self.add(Device(user_id=user.id, token_hash=token_hash(token), **more)), token

    def write(
        self,
        author: User,
        entity: str,
        values: dict[str, Any],
        *,
        record: str | None = None,
        was: dict[str, Any] | None = None,
    ) -> str:
        """Write a record the way the desk does, or edit one; its id. It need not have applied."""
        record = record or new_id()
        with self.writing():
            change = new_change(entity, record, values, was)
            write_changes([change], author_at_desk(db.session.get_one(User, author.id)))
        return record

    def household(
        self, author: User, village: Area, names: Iterable[str], **more: Any
    ) -> tuple[str, list[str]]:
        """A household and its people, the first of them its head; their ids."""
        home = self.write(author, "household", {"village": village.id, **more})
        people = [
            self.write(
                author,
                "member",
                {"household": home, "full_name": name, "relation": "child" if place else "head"},
            )
            for place, name in enumerate(names)
        ]
        return home, people

    def _password_hash(self) -> str:
        if not self._hash:
            time_cost, memory, parallelism = self.app.extensions["baophu.settings"].argon2
            self._hash = PasswordHasher(time_cost, memory, parallelism).hash(PASSWORD)
        return self._hash
