"""Settings from the environment. What is wrong is said in one sentence, before anything starts."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SECRET_LENGTH = 32
PASSWORD_LENGTH = 8
ARGON2_DEFAULT = (3, 65536, 4)


class SettingsError(Exception):
    """A setting that cannot work, in one sentence."""


@dataclass(frozen=True)
class Settings:
    database_url: str
    secret_key: str
    bind: str = "127.0.0.1"
    port: int = 8000
    demo_password: str | None = None
    secure_cookies: bool = False
    argon2: tuple[int, int, int] = ARGON2_DEFAULT
    """Time cost, memory in KiB, parallelism. Tests use a cheap one."""
    testing: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        env = os.environ if environment is None else environment
        return cls(
            database_url=_database_url(env.get("DATABASE_URL", "sqlite:///baophu.db")),
            secret_key=_secret_key(env.get("SECRET_KEY", "")),
            bind=env.get("BIND", "127.0.0.1"),
            port=_port(env.get("PORT", "8000")),
            demo_password=_demo_password(env.get("DEMO_PASSWORD")),
            secure_cookies=env.get("SECURE_COOKIES", "") == "1",
        )


def _database_url(text: str) -> str:
    try:
        url = make_url(text)
    except ArgumentError:
        raise SettingsError(f"DATABASE_URL is not a database address: {text!r}") from None
    kind = url.get_backend_name()
    if kind == "sqlite":
        return text
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    raise SettingsError(f"DATABASE_URL must start with sqlite:// or postgresql://, not {kind}://")


def _secret_key(text: str) -> str:
    if len(text) < SECRET_LENGTH:
        raise SettingsError(
            f"SECRET_KEY must be set to at least {SECRET_LENGTH} characters that nobody can guess."
        )
    return text


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"PORT must be a number from 1 to 65535, not {text!r}")
    return int(text)


def _demo_password(text: str | None) -> str | None:
    if text is not None and len(text) < PASSWORD_LENGTH:
        raise SettingsError(f"DEMO_PASSWORD must have at least {PASSWORD_LENGTH} characters.")
    return text
