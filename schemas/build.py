"""Writes what is made from the schemas: `python -m schemas.build`, or `--check` to only compare.

schemas/openapi.json is the API for everybody; pwa/src/wire/ is the same for the phone. The types
of the API itself (pwa/src/wire/api.ts) are written from openapi.json by `make schemas`.
"""

import json
import sys
from pathlib import Path

from schemas import openapi, typescript

ROOT = Path(__file__).parents[1]


def outputs() -> dict[Path, str]:
    """Every file that is made here, and what it must hold."""
    document = json.dumps(openapi.document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files = {ROOT / "schemas" / "openapi.json": document}
    for name, text in typescript.modules().items():
        files[ROOT / "pwa" / "src" / "wire" / name] = text
    return files


def stale() -> list[str]:
    """The files that do not hold what they must, as paths inside the project."""
    return [
        str(path.relative_to(ROOT))
        for path, text in outputs().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        for name in (names := stale()):
            print(f"stale: {name} (run `make schemas`)")
        return 1 if names else 0
    for path, text in outputs().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
