"""People in tests: at the desk with a browser, in the field with a phone."""

import re
from html import unescape
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from server.store.people import Device, User

CSRF_FIELD = re.compile(r'name="csrf_token"[^>]*\bvalue="([^"]+)"')


class Desk:
    """A browser signed in as somebody. Its forms carry the token of the page they stand on."""

    def __init__(self, app: Flask, user: User) -> None:
        self.user = user
        self.client = app.test_client()
        with self.client.session_transaction() as session:
            session["_user_id"] = user.get_id()
            session["_fresh"] = True

    def get(self, path: str, **arguments: Any) -> TestResponse:
        return self.client.get(path, **arguments)

    def submit(
        self, path: str, data: dict[str, Any] | None = None, *, form_at: str | None = None
    ) -> TestResponse:
        """Open the page with the form (`form_at`, else the path itself), then send the form."""
        token = csrf_token(self.client.get(form_at or path).get_data(as_text=True))
        return self.client.post(path, data={"csrf_token": token, **(data or {})})


def csrf_token(page: str) -> str:
    """The token of the first form of a page; a page without a form is the test's mistake."""
    found = CSRF_FIELD.search(page)
    assert found, "the page has no form with a csrf_token"
    return found.group(1)


def hidden_value(page: str, name: str) -> str:
    """What a page's form would send along unseen."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page)
    assert found, f"the page has no hidden {name}"
    return unescape(found.group(1))


class Phone:
    """A phone with a bearer token, speaking JSON."""

    def __init__(self, app: Flask, user: User, device: Device, token: str) -> None:
        self.user, self.device, self.token = user, device, token
        self.client = app.test_client(use_cookies=False)

    def get(self, path: str, **arguments: Any) -> TestResponse:
        return self.client.get(path, headers=self._headers(), **arguments)

    def post(self, path: str, body: Any = None, **arguments: Any) -> TestResponse:
        return self.client.post(path, json=body, headers=self._headers(), **arguments)

    def delete(self, path: str, **arguments: Any) -> TestResponse:
        return self.client.delete(path, headers=self._headers(), **arguments)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}
