"""A copy of the databases is nobody's second factor: what codes are made from is sealed outside of them."""

from __future__ import annotations

import json
import os
from base64 import b32decode
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.contrib.sessions.models import Session
from django.db import connections

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.kernel.faults import Fault
from locutorio.store import keyring, seeds
from tests.databases import Store, server
from tests.establishment import FOUNDED, founded
from tests.store import planting
from tests.web.seated import SECRET, Seated, account

NAME = "officer of visits"


@pytest.fixture(autouse=True)
def _standing(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give an establishment with one officer, at a moment that stands still."""
    monkeypatch.setattr(clock, "now", lambda: FOUNDED)
    account(founded(), NAME, Role.VISITS)


def kept(kind: str) -> dict[str, Any]:
    """Give what a factor's row holds."""
    data: dict[str, Any] = Authenticator.objects.get(type=kind).data
    return data


def files(store: Store) -> Path:
    """Give the folder below which every byte of both databases stands."""
    return Path(store.where).parent if store.kind == "sqlite" else server().data


def written(store: Store) -> None:
    """Let what the databases hold be in their files."""
    connections.close_all()
    if store.kind == "postgresql":
        server().say("CHECKPOINT")


def test_no_seed_can_be_read_in_a_copy_of_the_databases(store: Store) -> None:
    """In no file of either database, in no session: no secret of an app, no seed and no recovery code."""
    asking = Seated(NAME)
    shown = SECRET.search(asking.page("account/factors/codes"))
    assert shown
    first = shown[1].replace(" ", "")
    held = [one.get_decoded() for one in Session.objects.all()]
    app, codes = asking.enrol_app()
    assert app.secret == first
    seed = decrypt(kept("recovery_codes")["seed"])
    written(store)

    found = [said.encode() for said in (first, seed, *codes)] + [b32decode(first), bytes.fromhex(seed)]
    assert not planting.where(files(store), *found)
    assert first not in json.dumps(held)
    sealed = kept("totp")["secret"].encode()
    assert planting.where(files(store), sealed), "a control: what is sealed is found there"
    assert app.secret == decrypt(kept("totp")["secret"])


def used_keyring(store: Store) -> Path:
    """Give the keyring that is used."""
    return Path(os.environ.get(keyring.VARIABLE) or f"{store.where}-keyring")


@pytest.mark.parametrize("drawn", [False, True], ids=["without the key", "with another key"])
def test_another_keyring_opens_no_second_factor(store: Store, drawn: bool) -> None:
    """Without the key, or with another, the code is refused with what to do, and nobody comes in."""
    app, _ = Seated(NAME).enrol_app()
    key = used_keyring(store) / seeds.KEY
    key.unlink()
    if drawn:
        keyring.secret(key, make=True)
    somebody = Seated()
    somebody.sign_in(NAME)
    answer = somebody.post("sign-in/second", {"code": app.code()}, seen="sign-in/second")

    assert answer.status_code == 409
    assert "where keys are kept apart" in answer.content.decode()
    assert somebody.get("staff").status_code == 302
    with pytest.raises(Fault, match="factors"):
        decrypt(kept("totp")["secret"])
    if not drawn:
        assert not key.exists()


def test_a_seed_that_was_changed_is_refused() -> None:
    """A bit that somebody turned in the database, or a seed in the clear, opens as nothing."""
    Seated(NAME).enrol_app()
    sealed = kept("totp")["secret"]
    for other in (sealed[:-1] + ("0" if sealed[-1] != "0" else "1"), "JBSWY3DPEHPK3PXP", ""):
        with pytest.raises(Fault, match="does not open"):
            decrypt(other)
