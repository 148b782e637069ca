"""The command line: the desk's twin for whoever runs the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select

from schemas.kinds import Role
from server.accounts.device_lines import all_devices
from server.accounts.devices import revoke_device
from server.accounts.users import (
    LEVELS,
    NewUser,
    create_user,
    end_user,
    reset_password,
    user_called,
)
from server.backup import cli as backup_commands
from server.demo import cli as demo_commands
from server.errors import Problem
from server.reconcile import cli as reconcile_commands
from server.review import cli as record_commands
from server.roster import cli as import_commands
from server.store.area_loading import load_areas
from server.store.areas import find_areas
from server.store.audit import note_act
from server.store.db import db, today, transaction
from server.store.people import Device
from server.store.places import Area, BhxhUnit
from server.work import work

user = AppGroup("user", help="People who sign in.")
device = AppGroup("device", help="Phones that are signed in.")
areas = AppGroup("areas", help="Provinces, communes, insurance units.")


def add_commands(app: Flask) -> None:
    """Hang the commands of every file on `flask --app wsgi`."""
    for group in (user, device, areas):
        app.cli.add_command(group)
    import_commands.commands(app)
    demo_commands.commands(app)
    record_commands.commands(app)
    reconcile_commands.commands(app)
    backup_commands.commands(app)
    _work_command(app)


def _work_command(app: Flask) -> None:
    @app.cli.command("work")
    @click.option("--parent", type=int, help="Id of the process with which this one ends.")
    def work_(parent: int | None) -> None:
        """Do the jobs of the background, one after another, until told to stop."""
        work(app, parent)


@contextmanager
def one_commit() -> Iterator[None]:
    """All of a command or nothing; an expected failure is one sentence and exit code 1."""
    try:
        with transaction():
            yield
    except Problem as problem:
        details = ", ".join(f"{name}: {value}" for name, value in problem.details.items())
        raise click.ClickException(f"{problem.kind.en} {details}".strip()) from None


@user.command("create")
@click.argument("username")
@click.argument("name")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--area", "texts", multiple=True, help="Name, code or id of an area; repeatable.")
@click.option("--within", help="Look for the areas only within this area: its code or id.")
@click.option("--unit", help="Name of the BHXH unit of a BHXH officer.")
@click.option("--farm-room", is_flag=True, help="An officer who decides on farm households.")
@click.option("--lists-room", is_flag=True, help="An officer who decides on lists.")
@click.option("--id", "id_", help="The id they had before a restore, as `restore` printed it.")
def user_create(
    username: str,
    name: str,
    role: str,
    texts: tuple[str, ...],
    within: str | None,
    unit: str | None,
    farm_room: bool,
    lists_room: bool,
    id_: str | None,
) -> None:
    """Create a user and print a password for the first sign-in."""
    with one_commit():
        inside = _area(within, tuple(LEVELS[Role.VIEWER]), None).id if within else None
        found = [_area(text, LEVELS[role], inside) for text in texts]
        new = NewUser(
            username,
            name,
            role,
            farm_room=farm_room,
            lists_room=lists_room,
            bhxh_unit_id=_unit(unit) if unit else None,
            id=id_,
        )
        made, password = create_user(new, found, by=None)
        click.echo(f"{made.username}: {password}")


def _area(text: str, levels: tuple[Any, ...], within: str | None) -> Area:
    """The area meant by an id, a code or a name, on one of these levels."""
    by_id = db.session.get(Area, text)
    if by_id is not None:
        return by_id
    found = [
        area for level in levels for area in find_areas(text, level, within=within, day=today())
    ]
    if len(found) != 1:
        told = "; ".join(f"{area.name} ({area.code or area.id})" for area in found[:10])
        raise click.ClickException(f"{text!r} is {'several areas: ' + told if told else 'no area'}")
    return found[0]


def _unit(name: str) -> str:
    found = db.session.scalars(select(BhxhUnit.id).where(BhxhUnit.name == name)).all()
    if len(found) != 1:
        raise click.ClickException(f"{name!r} is no BHXH unit")
    return found[0]


@user.command("reset-password")
@click.argument("username")
def user_reset_password(username: str) -> None:
    """Give a user a new password, print it, and end their sessions at the desk."""
    with one_commit():
        click.echo(f"{username}: {reset_password(user_called(username), by=None)}")


@user.command("end")
@click.argument("username")
def user_end(username: str) -> None:
    """Let a user sign in no more; their phones may only send what they still hold."""
    with one_commit():
        end_user(user_called(username), by=None)
        click.echo(f"{username} has ended.")


@device.command("list")
def device_list() -> None:
    """Every phone: id, user, state, last sync, changes unsent."""
    with one_commit():
        for line in all_devices():
            seen = line.device.last_sync_at or line.device.created_at
            told = (line.device.id, line.user.username, line.state, f"{seen:%Y-%m-%d %H:%M}")
            click.echo("\t".join([*told, str(line.device.unsent), line.device.name]))


@device.command("revoke")
@click.argument("device_id")
@click.option("--stolen", is_flag=True, help="Erase the phone at its next call, unsent data too.")
def device_revoke(device_id: str, stolen: bool) -> None:
    """Let a phone send what it holds, and nothing more."""
    with one_commit():
        found = db.session.get(Device, device_id)
        if found is None:
            raise Problem("not_found")
        revoke_device(found, None, stolen=stolen)
        click.echo(f"{device_id} is revoked.")


@areas.command("load")
def areas_load() -> None:
    """Write what is missing of provinces, communes, BHXH units, codes and the data notice."""
    with one_commit():
        loaded = load_areas()
        if loaded.areas or loaded.units:
            note_act("areas_load", by=None, count=loaded.areas, units=loaded.units)
        click.echo(
            f"{loaded.areas} areas, {loaded.units} BHXH units, {loaded.published} for the phones"
        )
