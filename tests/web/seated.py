"""Accounts at the establishment under test, and clients that are signed in to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from uuid import UUID

from django.test import Client

from locutorio.actions.create_account import FOR_CONTACT, NewAccount, Role, create_account
from tests.establishment import Oak
from tests.web.devices import App, Passkey

PASSWORD = "three quiet lanterns"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
WHY = "/staff/why"
SECRET = re.compile(r'<strong class="secret">([A-Z2-7 ]+)</strong>')
CODE = re.compile(r'<strong class="secret">([0-9]{8})</strong>')
COMMAND = re.compile(r'name="command" value="([^"]+)"')


def account(oak: Oak, name: str, role: Role, **acts: Any) -> UUID:
    """Make an account; ``contact`` or ``person`` is whom it acts for."""
    return create_account(NewAccount(name, PASSWORD, role, **acts), oak.sent(f"account {name}"))


def every_role(oak: Oak) -> dict[str, str]:
    """Make an account for each role; give its name by the role."""
    acts = {
        **{role: {"contact": oak.contacts["alder"]} for role in FOR_CONTACT},
        Role.PERSON: {"person": oak.people["rowan"]},
    }
    for role in Role:
        account(oak, f"of {role}", role, **acts.get(role, {}))
    return {role.value: f"of {role}" for role in Role}


class Seated:
    """Somebody at a browser, with the token that their forms carry."""

    def __init__(self, name: str = "", lang: str = "en", app: App | None = None) -> None:
        self.client = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
        self.lang = lang
        if name:
            answer = self.sign_in(name)
            if app:
                answer = self.post("sign-in/second", {"code": app.code()}, seen="sign-in/second")
            assert answer.status_code == 303

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> Any:
        """Send the form to sign in."""
        return self.post("sign-in", {"name": name, "password": password, **more}, seen="sign-in")

    def enrol_app(self) -> tuple[App, list[str]]:
        """Add an app with one-time codes; give it, and the recovery codes that came with it, if any."""
        shown = SECRET.search(self.page("account/factors/codes"))
        assert shown
        app = App(shown[1].replace(" ", ""))
        answer = self.post("account/factors/codes", {"code": app.code()}, seen="account/factors/codes")
        return app, CODE.findall(answer.content.decode())

    def enrol_passkey(self, passkey: Passkey | None = None) -> Passkey:
        """Add a passkey, a new one unless one is named."""
        held, at = passkey or Passkey(), "account/factors/passkey"
        answer = self.post(
            at, {"credential": held.make(self.options(f"{at}/options", at)), "name": "mine"}, seen=at
        )
        assert answer.status_code in (200, 303), answer.content.decode()
        return held

    def options(self, address: str, seen: str) -> dict[str, Any]:
        """Ask as the script of a page does for what a passkey is to sign."""
        given: dict[str, Any] = self.post(address, {}, seen=seen).json()
        return given

    def sign_in_by(self, passkey: Passkey, **bent: Any) -> Any:
        """Sign in by a passkey alone."""
        answer = passkey.use(self.options("sign-in/passkey", "sign-in"), **bent)
        return self.post("sign-in", {"credential": answer}, seen="sign-in")

    def get(self, address: str) -> Any:
        """Open a page, by its address below the language; where it is asked why, say why, and go on."""
        response = self.client.get(f"/{self.lang}/{address}")
        if WHY not in response.headers.get("Location", ""):
            return response
        page = self.client.get(response.headers["Location"]).content.decode()
        fields = {name: unescape(value) for name, value in HIDDEN.findall(page)}
        told = self.client.post(f"/{self.lang}{WHY}", {**fields, "reason": "visit"})
        return self.client.get(told.headers["Location"])

    def page(self, address: str) -> str:
        """Open a page; give what stands on it."""
        response = self.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return unescape(response.content.decode())

    def post(
        self, address: str, fields: Mapping[str, object], *, seen: str = "account", command: str | None = None
    ) -> Any:
        """Send a form to an address, with the token of a page that was seen and a command of its own."""
        page = self.get(seen).content.decode()
        carried = {"csrfmiddlewaretoken": TOKEN.search(page), "command": COMMAND.search(page)}
        given = {name: found[1] for name, found in carried.items() if found}
        if command is not None:
            given["command"] = command
        return self.client.post(f"/{self.lang}/{address}", {**given, **fields})
