"""Who signs in: users, the areas they are bound to, their phones, and what they did at the desk."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import DateTime, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.store.db import Base, db, new_id, now

ID = String(36)
MOMENT = DateTime(timezone=True)


class User(UserMixin, Base):
    __tablename__ = "user"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str | None] = mapped_column(String(30))
    password_hash: Mapped[str] = mapped_column(String(200))
    farm_room: Mapped[bool] = mapped_column(default=False)
    lists_room: Mapped[bool] = mapped_column(default=False)
    bhxh_unit_id: Mapped[str | None] = mapped_column(ForeignKey("bhxh_unit.id"))
    sign_in_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(MOMENT)

    @property
    def is_active(self) -> bool:
        return self.ended_at is None

    def get_id(self) -> str:
        """What the cookie carries. A new password changes it, so that older sessions end."""
        return f"{self.id}.{self.sign_in_version}"


def user_of_session(session_id: str) -> User | None:
    """The user behind a desk cookie, unless they ended or their password changed since."""
    user = db.session.get(User, session_id.partition(".")[0])
    return user if user and user.is_active and user.get_id() == session_id else None


class UserArea(Base):
    """A user's area from and to a day: a surveyor's village, an officer's commune."""

    __tablename__ = "user_area"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), index=True)
    valid_from: Mapped[str] = mapped_column(String(10))
    valid_to: Mapped[str | None] = mapped_column(String(10))


class Device(Base):
    """A phone signed in. The token itself is never kept, only its SHA-256."""

    __tablename__ = "device"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    last_used_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(MOMENT)
    stolen: Mapped[bool] = mapped_column(default=False)
    signed_out_at: Mapped[datetime | None] = mapped_column(MOMENT)
    last_sync_at: Mapped[datetime | None] = mapped_column(MOMENT)
    app_version: Mapped[str | None] = mapped_column(String(40))
    unsent: Mapped[int] = mapped_column(default=0)
    persisted: Mapped[bool | None]
    came_back_empty_at: Mapped[datetime | None] = mapped_column(MOMENT)
    lost_unsent: Mapped[int | None]
    """How many changes the phone had reported unsent before it came back empty, and when."""
    lost_reported_at: Mapped[datetime | None] = mapped_column(MOMENT)
    settled_at: Mapped[datetime | None] = mapped_column(MOMENT)
    """Somebody has asked the phone's user about what was lost: the warning has done its work."""
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    clock_offset_s: Mapped[int | None]
    repairs: Mapped[int] = mapped_column(default=0)


class SignInAttempts(Base):
    """Failures in a row per user name typed, known or not: the two must look alike."""

    __tablename__ = "sign_in_attempts"
    username: Mapped[str] = mapped_column(String(100), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(MOMENT)


class Audit(Base):
    """What a person did or looked at: lists, exports, merges, moves, decisions, users, imports."""

    __tablename__ = "audit"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    area_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"))
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str | None] = mapped_column(String(100))
    count: Mapped[int | None]
    detail: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index("ix_audit_area_id_at", "area_id", "at"),
        Index("ix_audit_kind_at", "kind", "at"),
        Index("ix_audit_user_id_at", "user_id", "at"),
    )
