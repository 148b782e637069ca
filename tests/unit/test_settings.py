"""A wrong setting stops the server at once, with one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.config import Settings, SettingsError

GOOD = {"SECRET_KEY": "x" * 32}


def test_only_a_secret_is_needed():
    settings = Settings.from_environment(GOOD)
    assert (settings.bind, settings.port) == ("127.0.0.1", 8000)
    assert settings.database_url.startswith("sqlite:///")


def test_postgresql_is_spoken_to_by_psycopg():
    settings = Settings.from_environment({**GOOD, "DATABASE_URL": "postgresql://me:pw@db/baophu"})
    assert settings.database_url == "postgresql+psycopg://me:pw@db/baophu"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "mysql://db"),
        ("DATABASE_URL", "no address"),
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("DEMO_PASSWORD", "123"),
    ],
)
def test_a_wrong_setting_is_named(name, value):
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({**GOOD, name: value})


def test_the_server_stops_for_good_and_says_why():
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "wsgi:app",
            "--no-control-socket",
            "--bind",
            "127.0.0.1:0",
        ],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "SECRET_KEY": "short"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert done.stderr.count("SECRET_KEY must be set") == 1
