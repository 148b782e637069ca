"""`flask --app wsgi import`: the upload page's twin for whoever runs the server."""

from pathlib import Path

import click
from flask import Flask
from sqlalchemy import select

from schemas.kinds import AreaLevel, Role
from server.roster.places import Places
from server.roster.service import Looked, carry_out, fault_rows, kinds, look_through
from server.store.areas import find_area
from server.store.changes.write import Author
from server.store.db import db, today, transaction
from server.store.places import Area

KINDS = ("areas", "targets", "figures", "households", "schools", "duties")


def commands(app: Flask) -> None:
    @app.cli.command("import")
    @click.argument("kind", type=click.Choice(KINDS))
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--commune", help="Code or name of the commune that rows without one belong to.")
    @click.option("--dry-run", is_flag=True, help="Look only; write nothing.")
    @click.option("--good-rows", is_flag=True, help="Write the good rows and leave the others.")
    def import_(kind: str, file: Path, commune: str | None, dry_run: bool, good_rows: bool) -> None:
        """Import areas, targets, figures, households, schools or duties from a CSV or XLSX file."""
        data = file.read_bytes()
        with transaction():
            places = _places(commune)
            if dry_run:
                looked, run = look_through(kind, data, places), None
            else:
                looked, run = carry_out(
                    kind, data, places, file_name=file.name, good_rows=good_rows
                )
        _tell(looked)
        if dry_run:
            click.echo("Chỉ xem thử, chưa ghi gì.")
        elif run is not None:
            click.echo(f"Đã ghi {run.written} dòng.")
        elif looked.faults.blocking:
            click.echo("Chưa ghi gì. Sửa tệp, hoặc thêm --good-rows để ghi các dòng đúng.")
            raise SystemExit(1)
        else:
            click.echo("Không có gì mới để ghi.")


def _places(commune: str | None) -> Places:
    """The command line may write everywhere."""
    chosen = None
    if commune is not None:
        chosen = find_area(commune, AreaLevel.COMMUNE)
        if chosen is None:
            raise click.BadParameter(f"{commune}: no such commune, or more than one")
    villages = frozenset(db.session.scalars(select(Area.id).where(Area.level == AreaLevel.VILLAGE)))
    author = Author(None, None, "import", Role.ADMIN, villages)
    return Places(author, today(), None, chosen)


def _tell(looked: Looked) -> None:
    plan = looked.plan
    click.echo(
        f"{looked.kind.layout.title}: {looked.rows} dòng; mới {plan.new}, đổi {plan.changed}, "
        f"như cũ {plan.same}, lỗi {looked.bad_rows}."
    )
    for row, column, weight, words in fault_rows(looked.faults.told, parts=looked.faults.parts):
        place = ", ".join(part for part in (row and f"dòng {row}", column) if part)
        click.echo(f"  {weight}: {place}: {words}" if place else f"  {weight}: {words}")
    rest = looked.faults.total - len(looked.faults.told)
    if rest:
        click.echo(f"  … và {rest} lỗi nữa.")


assert set(KINDS) == {name for name, kind in kinds().items() if not kind.kept}
