"""The forms, opened by LibreOffice: one start for all workbooks, one for all that is printed."""

import fcntl
from pathlib import Path

import pytest

from tests.support.office import Office
from tests.unit.forms.written import written_files


class Opened:
    """What LibreOffice made of every file: `workbooks` recalculated, `printed` as PDF."""

    def __init__(self, folder: Path) -> None:
        self.sent = folder / "sent"
        self.recalculated, self.printed = folder / "recalculated", folder / "printed"

    def make(self) -> None:
        for path in (self.sent, self.recalculated, self.printed):
            path.mkdir(parents=True)
        for name, body in written_files().items():
            (self.sent / name).write_bytes(body)
        office = Office(self.sent.parent / "office")
        office.converted(sorted(self.sent.glob("*.xlsx")), "xlsx", self.recalculated)
        papers = [*self.sent.glob("d03-*.xlsx"), *self.sent.glob("*.docx")]
        office.converted(sorted(papers), "pdf", self.printed)


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Made once a run: the workers share the folder, and the second waits for the first."""
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    found = Opened(shared / "forms")
    with (shared / "forms.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not found.printed.is_dir():
            found.make()
    return found
