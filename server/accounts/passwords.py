"""Passwords: their rules, and Argon2 so that a stolen table gives nobody away."""

import secrets
from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from server.config import PASSWORD_LENGTH, Settings

EASY_LETTERS = "abcdefghkmnpqrstuvwxyz23456789"
"""For passwords read out over the telephone: nothing that is mistaken for something else."""


@cache
def _hasher(time_cost: int, memory_cost: int, parallelism: int) -> PasswordHasher:
    return PasswordHasher(time_cost, memory_cost, parallelism)


def hasher() -> PasswordHasher:
    settings: Settings = current_app.extensions["baophu.settings"]
    return _hasher(*settings.argon2)


def _bytes(password: str) -> bytes:
    """One keyboard sends 'ậ' as one character, another as three: both are the same password."""
    return normalize("NFC", password).encode("utf-8", "surrogatepass")


def hash_password(password: str) -> str:
    return hasher().hash(_bytes(password))


def verify_password(stored: str | None, password: str) -> bool:
    """Is this the password? Without a stored one it takes just as long, and the answer is no."""
    try:
        hasher().verify(stored or _nobodys_hash(), _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def _nobodys_hash() -> str:
    settings: Settings = current_app.extensions["baophu.settings"]
    return _hash_of_chance(settings.argon2)


@cache
def _hash_of_chance(costs: tuple[int, int, int]) -> str:
    return _hasher(*costs).hash(secrets.token_bytes(16))


def fault_of(password: str, username: str) -> str | None:
    """Why this may not be a password, as a code, or None: at least 8 characters, not the name."""
    if len(normalize("NFC", password)) < PASSWORD_LENGTH:
        return "too_short"
    if password.strip().lower() == username.lower():
        return "same_as_username"
    return None


def easy_password() -> str:
    """A password to be read out and typed once: about 59 bits in three groups."""
    groups = ("".join(secrets.choice(EASY_LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
