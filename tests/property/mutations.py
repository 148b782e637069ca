"""Breaks one rule at a time in a scratch copy; the short run of the schedules must notice each.

    python -m tests.property.mutations [NAME…]

Each mutation replaces text that must be there exactly once: when the code has moved on, the script
says so instead of proving nothing.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import ROOT, project_files

TEST = "tests/property/test_sync_schedules.py"
PATIENCE_S = 1800


@dataclass(frozen=True)
class Edit:
    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Mutation:
    name: str
    edits: tuple[Edit, ...]


MUTATIONS = (
    Mutation(
        "commit results apart from the change",
        (
            Edit(
                "server/store/changes/workspace.py",
                "        insert_rows(table_of(ChangeRow), (*LOGGED, *FATED), rows)\n",
                '        if "apart" in db.session.info:\n'
                '            db.session.info["apart"].append(rows)\n'
                "        else:\n"
                "            insert_rows(table_of(ChangeRow), (*LOGGED, *FATED), rows)\n",
            ),
            Edit(
                "server/sync/service.py",
                "            done = work()\n            db.session.commit()\n",
                "            from server.store.changes import workspace as ws\n"
                '            db.session.info["apart"] = []\n'
                "            done = work()\n"
                "            db.session.commit()\n"
                '            for rows in db.session.info.pop("apart"):\n'
                "                table = ws.table_of(ws.ChangeRow)\n"
                "                ws.insert_rows(table, (*ws.LOGGED, *ws.FATED), rows)\n"
                "                db.session.commit()\n",
            ),
        ),
    ),
    Mutation(
        "drop a held change",
        (
            Edit(
                "server/store/changes/judging.py",
                "        wait = self.queue.put(change, author, list(change.set), named, where)\n"
                "        if wait.missing is None and not change.rescue:\n"
                "            self.queue.give_way(change, author, wait)\n"
                "        return fate\n",
                "        return fate\n",
            ),
        ),
    ),
    Mutation(
        "compare clocks",
        (
            Edit(
                "server/domain/merge.py",
                "        if recorded != value and recorded != as_stored(was.get(name)):\n",
                '        late = str(change.at or "") < "2026-11-22"\n'
                "        if late and recorded != value and recorded != as_stored(was.get(name)):\n",
            ),
        ),
    ),
    Mutation(
        "judge by device instead of by what was seen",
        (
            Edit(
                "server/store/changes/judging.py",
                "        verdict = decide(change, rec.data if rec else None,"
                " author.rights, self.today)\n",
                "        last = LAST.get(change.record)\n"
                "        LAST[change.record] = author.device_id\n"
                "        if rec is not None and last in (None, author.device_id):\n"
                "            change.was = dict(rec.data)\n"
                "        verdict = decide(change, rec.data if rec else None,"
                " author.rights, self.today)\n",
            ),
            Edit(
                "server/store/changes/judging.py",
                "\n\nclass Judge:\n",
                "\n\nLAST: dict[str, str | None] = {}\n\n\nclass Judge:\n",
            ),
        ),
    ),
    Mutation(
        "write the cursor before its rows",
        (
            Edit(
                "tests/fake_phone.py",
                "            copies.take(village, feed, repair=village in have)\n",
                '            copies.cursors[village] = feed["next"]\n'
                "            self.step()\n"
                "            copies.take(village, feed, repair=village in have)\n",
            ),
        ),
    ),
    Mutation(
        "take the digest outside the snapshot",
        (
            Edit(
                "server/sync/feeds.py",
                "    feeds: dict[str, Wire] = {}\n    left = limit\n",
                "    db.session.rollback()\n    feeds: dict[str, Wire] = {}\n    left = limit\n",
            ),
        ),
    ),
    Mutation(
        "drop the rescue",
        (
            Edit(
                "server/store/changes/judging.py",
                "        current = rec.data if rec else {}\n"
                "        open_ = {n: v for n, v in change.set.items()",
                "        return Fate(change.content, ChangeStatus.APPLIED.value, None, [])\n"
                "        current = rec.data if rec else {}\n"
                "        open_ = {n: v for n, v in change.set.items()",
            ),
        ),
    ),
    Mutation(
        "treat absence as deletion",
        (
            Edit(
                "server/domain/merge.py",
                "    merged = {**current, **apply}\n",
                '    optional = ("note", "phone", "known_as", "address")\n'
                "    kept = {n: v for n, v in current.items() if n not in optional}\n"
                "    merged = {**kept, **apply}\n",
            ),
        ),
    ),
)


def main(names: list[str]) -> int:
    chosen = [it for it in MUTATIONS if not names or it.name in names]
    with tempfile.TemporaryDirectory(prefix="baophu-mutant-") as folder:
        sound = Path(folder) / "sound"
        scratch(sound)
        if (finding := run(sound)) is not None:
            raise SystemExit(
                f"Nothing is proven: the short run fails without a mutation\n{finding}"
            )
        survived = sum(not found(mutation, sound) for mutation in chosen)
    print(f"{len(chosen) - survived} of {len(chosen)} found")
    return 1 if survived else 0


def found(mutation: Mutation, sound: Path) -> bool:
    """Whether the short run notices the broken rule; says so, and by what."""
    started = time.monotonic()
    broken = sound.with_name("broken")
    shutil.copytree(sound, broken)
    for edit in mutation.edits:
        apply(broken, edit)
    finding = run(broken)
    shutil.rmtree(broken)
    verdict = "SURVIVED" if finding is None else "found"
    print(f"{verdict:9} {time.monotonic() - started:4.0f} s  {mutation.name}", flush=True)
    if finding is not None:
        print(f"{'':18}{finding}", flush=True)
    return finding is not None


def run(copy: Path) -> str | None:
    """What the short run says of a copy; None when it finds nothing."""
    outcome = subprocess.run(
        [ROOT / ".venv/bin/pytest", TEST, "-x", "-q", "-k", "sqlite", "-p", "no:cacheprovider"],
        cwd=copy,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    if outcome.returncode == 0:
        return None
    if f"FAILED {TEST}" not in outcome.stdout:
        raise SystemExit(f"The test did not run\n{outcome.stdout[-3000:]}")
    said = re.findall(r"^E +(\S.*)$", outcome.stdout, re.MULTILINE)
    return said[0][:150] if said else "failed"


def scratch(copy: Path) -> None:
    """The files of the project as they are now, and the installed packages."""
    for source in project_files(":!pwa"):
        target = copy / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def apply(copy: Path, edit: Edit) -> None:
    path = copy / edit.file
    text = path.read_text(encoding="utf-8")
    if text.count(edit.old) != 1:
        raise SystemExit(f"{edit.file} no longer holds this exactly once:\n{edit.old}")
    path.write_text(text.replace(edit.old, edit.new), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
