"""Programs that hold a token, and what they ask."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from locutorio.actions import clock
from locutorio.actions.make_token import Kind, NewToken, make_token
from locutorio.store.models import Account
from locutorio.web.headers import HEADERS
from locutorio.web.problems import MEDIA
from tests.establishment import Oak

NAME = "my program"


def token_of(oak: Oak, name: str, kind: Kind = Kind.API, days: int = 90) -> str:
    """Make a token of the account of a name."""
    account = Account.objects.get(name=name).id
    return make_token(NewToken(account, NAME, kind, days), oak.sent(f"token {uuid4()}", clock.now())).secret


@dataclass
class Program:
    """A program with a token, or without one."""

    token: str = ""
    lang: str = "en"
    client: Client = field(
        default_factory=lambda: Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")
    )

    def headers(self) -> dict[str, str]:
        """Give what goes with each request."""
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {"Accept-Language": self.lang, **bearer}

    def get(self, address: str) -> Any:
        """Ask for something; the answer is looked over."""
        return looked_over(self.client.get(f"/api/{address}", headers=self.headers()))

    def read(self, address: str, status: int = 200) -> Any:
        """Ask for something that is answered with a status; give what it says."""
        return said(self.get(address), status)

    def post(self, address: str, body: object, *, command: UUID | None = None) -> Any:
        """Send a change with a command of its own."""
        whole = {"command": str(command or uuid4()), **body} if isinstance(body, dict) else body
        response = self.client.post(
            f"/api/{address}", json.dumps(whole), content_type="application/json", headers=self.headers()
        )
        return looked_over(response)

    def send(self, address: str, body: object, status: int = 200, *, command: UUID | None = None) -> Any:
        """Send a change that is answered with a status; give what it says."""
        return said(self.post(address, body, command=command), status)


def looked_over(response: Any) -> Any:
    """See that an answer has what each must have: its headers, no cookie, a problem where it is one."""
    for name, value in HEADERS.items():
        assert response.headers.get(name) == value, name
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert not [name for name in response.headers if name.startswith("Access-Control")]
    if response.status_code >= 400:
        assert response.headers["Content-Type"] == MEDIA
        document = response.json()
        assert document["status"] == response.status_code
        assert {"type", "title", "detail", "remedy"} <= document.keys()
    return response


def said(response: Any, status: int) -> Any:
    """Give what an answer says."""
    assert response.status_code == status, (response.status_code, response.content[:600])
    return response.json()
