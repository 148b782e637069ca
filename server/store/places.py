"""Areas, what is known of them by date, and the insurance units that group communes."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.store.db import Base, new_id

ID = String(36)


class Area(Base):
    """A province, a commune, a village, or a former district kept for old reports."""

    __tablename__ = "area"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    level: Mapped[str] = mapped_column(String(20))
    code: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    search: Mapped[str] = mapped_column(String(200), default="")
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"), index=True)
    province_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"), index=True)
    former_district: Mapped[str | None] = mapped_column(String(200))
    valid_from: Mapped[str | None] = mapped_column(String(10))
    valid_to: Mapped[str | None] = mapped_column(String(10))
    __table_args__ = (
        Index("ix_area_level_search", "level", "search"),
        Index("ix_area_level_code", "level", "code"),
    )


class AreaAlias(Base):
    """Another name an area is known by; `search` is the folded form that lookups use."""

    __tablename__ = "area_alias"
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True)
    search: Mapped[str] = mapped_column(String(200), primary_key=True, index=True)
    name: Mapped[str] = mapped_column(String(200))


class AreaFactRow(Base):
    """A dated fact of an area with its source, e.g. region III from a decision."""

    __tablename__ = "area_fact"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), index=True)
    fact: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(String(40))
    valid_from: Mapped[str | None] = mapped_column(String(10))
    valid_to: Mapped[str | None] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(300))


class AreaSuccessor(Base):
    """An ended area and one that took its place."""

    __tablename__ = "area_successor"
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True)
    successor_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True)


class BhxhUnit(Base):
    """An office of the social insurance agency: its own grouping of communes."""

    __tablename__ = "bhxh_unit"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    code: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    search: Mapped[str] = mapped_column(String(200), index=True)
    address: Mapped[str | None] = mapped_column(String(300))
    province_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"))
    source: Mapped[str | None] = mapped_column(String(300))


class BhxhUnitCommune(Base):
    __tablename__ = "bhxh_unit_commune"
    unit_id: Mapped[str] = mapped_column(ForeignKey("bhxh_unit.id"), primary_key=True)
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True, index=True)
    valid_from: Mapped[str | None] = mapped_column(String(10))
    valid_to: Mapped[str | None] = mapped_column(String(10))


class School(Base):
    __tablename__ = "school"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    code: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    search: Mapped[str] = mapped_column(String(200), index=True)
    level: Mapped[str | None] = mapped_column(String(30))
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"), index=True)


class Clinic(Base):
    """A place where people are registered for first treatment (nơi đăng ký KCB ban đầu)."""

    __tablename__ = "clinic"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"), index=True)
