"""LibreOffice, opening what we write: recalculated, and printed."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from server.pages.papers.pdf import FONTS

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
# Where Times New Roman is missing, its metric twin prints the same lines.
FONT_SETTINGS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir>
<cachedir>{cache}</cachedir><alias binding="same"><family>Times New Roman</family><prefer>
<family>Times New Roman</family><family>Tinos</family></prefer></alias></fontconfig>
"""


class Office:
    """One profile of its own, for as many conversions as a run needs."""

    def __init__(self, folder: Path) -> None:
        self.binary = shutil.which("soffice") or shutil.which("libreoffice")
        assert self.binary, "LibreOffice is needed for the tests of the forms: tools/setup.sh test"
        self.profile, fonts = folder / "profile", folder / "fonts.conf"
        (self.profile / "user").mkdir(parents=True)
        (self.profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
        fonts.write_text(FONT_SETTINGS.format(fonts=FONTS, cache=folder / "fontcache"))
        self.environment = {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(folder)}

    def converted(self, files: Sequence[Path], to: str, folder: Path) -> dict[str, Path]:
        """Every file in another format, by its name without the ending; one start for all."""
        command = [
            self.binary or "",
            f"-env:UserInstallation={self.profile.as_uri()}",
            *("--headless", "--norestore", "--convert-to", to, "--outdir", str(folder)),
            *map(str, files),
        ]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=180, check=True
        )
        made = {file.stem: folder / f"{file.stem}.{to}" for file in files}
        assert all(path.is_file() for path in made.values()), done.stderr
        return made
