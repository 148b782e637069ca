"""A fresh clone is all that anybody needs: nothing points outside it or at a single host."""

import re
from pathlib import Path

from tests.architecture.tree import ROOT, find, project_files

GENERATED = (":!pwa/package-lock.json", ":!requirements*.txt", ":!*.csv", ":!*.png", ":!*.xlsx")
CLIMBS = re.compile(r"(?<![\w./])((?:\.\./)+)")


def test_no_file_names_a_folder_of_one_machine():
    places = r"(?<![\w.:/)}*])/(home|root|tmp|work|mnt|opt|Users)/\w"
    assert find(places, ".", *GENERATED) == []


def test_no_relative_path_climbs_out_of_the_project():
    outside = [
        f"{path.relative_to(ROOT)}: {climb}"
        for path in project_files(".", *GENERATED)
        for climb in CLIMBS.findall(path.read_text(encoding="utf-8"))
        if climb.count("../") > len(path.relative_to(ROOT).parent.parts)
    ]
    assert outside == []


def test_locks_pin_what_is_installed_and_name_no_host():
    assert find(r"^\s*(-i|--index-url|--extra-index-url|--find-links|-f)\b", "requirements*") == []
    assert find(r'"resolved"', "pwa/package-lock.json") == []
    assert all(hashed(ROOT / name) for name in ("requirements.txt", "requirements-dev.txt"))


def hashed(lock: Path) -> bool:
    pins = re.findall(r"^\S+==\S+ \\$", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return bool(pins) and lock.read_text(encoding="utf-8").count("==") == len(pins)
