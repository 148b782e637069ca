"""Bao Phủ: the application factory."""

from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from whitenoise import WhiteNoise

from server import http
from server.config import Settings
from server.pages.plurals import speak_with_numbers
from server.store import db as database
from server.store.db import db
from server.store.people import user_of_session

ROOMS = (
    "accounts",
    "sync",
    "review",
    "farm",
    "roster",
    "coverage",
    "steering",
    "reports",
    "plans",
    "lists",
    "enrolment",
    "sponsors",
    "leads",
    "card_lists",
    "reconcile",
    "returned",
    "bhxh",
    "desk",
)
LANGUAGES = ("vi", "en")
PHONE_APP = Path(__file__).parent.parent / "pwa" / "dist"

CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application. Raises `SettingsError` first if a setting is wrong."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__)
    app.config.update(_flask_settings(settings))
    app.extensions["baophu.settings"] = settings
    database.start(app)
    Migrate(app, db, directory="migrations", compare_type=True, render_as_batch=True)
    csrf = CSRFProtect(app)
    Babel(app, default_locale=LANGUAGES[0], locale_selector=_language)
    speak_with_numbers(app)
    _sign_in(app)
    _headers(app, settings)
    http.frame(app)
    _open_rooms(app, csrf)
    _serve_phone_app(app)
    return app


def _flask_settings(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
        "TESTING": settings.testing,
    }


def _language() -> str:
    """Vietnamese unless the person chose another language; the browser's wish is not asked,
    because office machines are rarely set to the language of their users."""
    chosen = request.cookies.get("language", "")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def _sign_in(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = "basic"
    manager.user_loader(user_of_session)


def _headers(app: Flask, settings: Settings) -> None:
    Talisman(
        app,
        force_https=False,
        strict_transport_security=settings.secure_cookies,
        session_cookie_secure=settings.secure_cookies,
        session_cookie_samesite="Lax",
        content_security_policy=CONTENT_SECURITY_POLICY,
        referrer_policy="same-origin",
    )


def _open_rooms(app: Flask, csrf: CSRFProtect) -> None:
    """Each room brings `blueprint` (desk pages) and may bring `api` (bearer tokens, so no CSRF)."""
    for room in ROOMS:
        if find_spec(f"server.{room}") is None:
            continue
        routes = import_module(f"server.{room}.routes")
        if hasattr(routes, "blueprint"):
            app.register_blueprint(routes.blueprint)
        if hasattr(routes, "api"):
            app.register_blueprint(routes.api)
            csrf.exempt(routes.api)
    app.register_blueprint(http.basics)
    cli = import_module("server.cli")
    cli.add_commands(app)


def _serve_phone_app(app: Flask) -> None:
    """The built phone app and the desk's styles, compressed at build, under the same policy."""
    policy = "; ".join(f"{name} {value}" for name, value in CONTENT_SECURITY_POLICY.items())

    def headers(headers: Any, path: str, url: str) -> None:
        headers["Content-Security-Policy"] = policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        if path.endswith(("index.html", "sw.js", "manifest.webmanifest")):
            headers["Cache-Control"] = "no-cache"

    app.extensions["baophu.app_version"] = app_version()
    if PHONE_APP.is_dir():
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app,
            root=str(PHONE_APP),
            prefix="app/",
            index_file=True,
            max_age=3600,
            add_headers_function=headers,
            immutable_file_test=lambda path, url: "/assets/" in url,
        )


def app_version() -> str:
    """Names the phone app this server carries: when it changes, phones try again what got stuck."""
    index = PHONE_APP / "index.html"
    return sha256(index.read_bytes()).hexdigest()[:8] if index.is_file() else "none"
