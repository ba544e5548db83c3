"""Tokens: made and shown once, kept as a digest, withdrawn, and never more than the account itself."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.apps import apps

from locutorio.actions import clock
from locutorio.actions.change_account import stop_account
from locutorio.actions.create_account import Role
from locutorio.actions.make_token import Kind, NewToken, make_token
from locutorio.kernel.faults import Fault
from locutorio.store import tokens
from locutorio.store.models import Account, Entry, Token, TokenUse
from locutorio.web.api import limiting
from tests.gate.at_oak import MINUTE
from tests.web.api.programs import Program, token_of
from tests.web.api.worlds import World
from tests.web.seated import Seated, account

SHOWN = re.compile(r'<code class="secret">([^<]+)</code>')


def test_a_token_is_made_shown_once_used_and_withdrawn_on_a_page(world: World) -> None:
    """The page of one's tokens shows a new one in full, then never again; withdrawn, it opens nothing."""
    family = Seated("of family")
    made = family.post("account/tokens", {"name": "my telephone", "kind": "api", "days": "30"})
    secret = SHOWN.findall(unescape(made.content.decode()))[0]

    assert made.headers["Cache-Control"] == "no-store"
    assert Program(secret).read("me")["name"] == "of family"
    page = family.page("account/tokens")
    assert "my telephone" in page
    assert secret not in page
    mine = Token.objects.get(name="my telephone")
    assert family.post("account/tokens", {"withdraw": str(mine.id)}).status_code == 303
    assert Program(secret).read("me", 401)["type"] == "/api#no_token"
    assert "my telephone" not in family.page("account/tokens")


def test_only_the_digest_is_kept(world: World) -> None:
    """Nowhere in the database does the secret stand, nor in the record."""
    secret = token_of(world.gate.oak, "of family")

    assert Token.objects.filter(digest=tokens.digest(secret)).exists()
    for model in (one for one in apps.get_models() if one._meta.app_label != "account"):
        rows = json.dumps([str(row) for row in model._default_manager.values()])
        assert secret not in rows, model
        assert secret.removeprefix(tokens.PREFIX) not in rows, model


def test_the_same_form_sent_twice_makes_one_token(world: World) -> None:
    """The second answer has no secret to show, since it is kept nowhere, and says so."""
    family, command = Seated("of family"), str(uuid4())
    form = {"name": "twice", "kind": "api", "days": "30"}
    first = family.post("account/tokens", form, command=command)
    again = family.post("account/tokens", form, command=command)

    assert SHOWN.findall(first.content.decode())
    assert not SHOWN.findall(again.content.decode())
    assert Token.objects.filter(name="twice").count() == 1


def test_a_token_ends_with_its_day_and_with_its_account(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its last day, and once the account is stopped, it opens nothing; other accounts' go on."""
    oak, now = world.gate.oak, clock.now()
    short = Program(token_of(oak, "of family", days=1))
    assert short.read("me")
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1))
    short.read("me", 401)
    world.family.read("me")
    stop_account("of family", oak.sent("stop"))
    world.family.read("me", 401)
    world.others.read("me")


def test_the_last_use_is_noted_once_a_minute_and_is_no_entry(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its owner sees when it was last used; looking is no change of the record."""
    now, before = clock.now(), Entry.objects.count()
    for seconds in (0, 20, 40, 61):
        monkeypatch.setattr(clock, "now", lambda at=now + timedelta(seconds=seconds): at)
        world.family.read("me")
    assert TokenUse.objects.get().used_at == now + MINUTE + timedelta(seconds=1)
    assert Entry.objects.count() == before


def test_a_token_of_one_kind_opens_nothing_of_the_other(world: World) -> None:
    """What stands in the address of a calendar opens no API, and what a program holds no calendar."""
    secret = token_of(world.gate.oak, "of family", Kind.CALENDAR)

    Program(secret).read("me", 401)
    assert Program().get(f"calendar/{secret}.ics").status_code == 200
    assert Program().get(f"calendar/{world.family.token}.ics").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    ["", "x", "Bearer", "locutorio_", "locutorio_x", "\u0131", "a" * 5_000, "locutorio_' OR 1=1 --"],
)
def test_what_is_no_token_opens_nothing(world: World, wrong: str) -> None:
    """It is told as a token that ended: nobody learns which it was."""
    ended = Program(world.family.token + "x").read("me", 401)

    assert Program(wrong).read("me", 401) == ended
    assert Program(wrong).get("me").headers["WWW-Authenticate"] == "Bearer"


def test_only_those_who_can_do_something_with_it_hold_one(world: World) -> None:
    """No token for a person in custody, the gate, an administrator or an auditor; and none by their pages."""
    oak = world.gate.oak
    for role in (Role.PERSON, Role.GATE, Role.ADMINISTRATOR, Role.AUDITOR):
        acts = {"person": oak.people["rowan"]} if role is Role.PERSON else {}
        made = account(oak, f"one of {role}", role, **acts)
        with pytest.raises(Fault, match="can have no token"):
            make_token(NewToken(made, "x"), oak.sent(f"token of {role}"))
        assert Seated(f"one of {role}").get("account/tokens").status_code == 403


@pytest.mark.parametrize(
    ("name", "days"), [("", 30), (" ", 30), ("x" * 61, 30), ("a\u202eb", 30), ("x", 0), ("x", 367)]
)
def test_a_token_needs_a_name_and_an_end(world: World, name: str, days: int) -> None:
    """A name that tells which it is, without hidden signs, and at most a year."""
    mine = Account.objects.get(name="of family").id
    with pytest.raises(Fault):
        make_token(NewToken(mine, name, days=days), world.gate.oak.sent("unfit"))


def test_an_account_has_a_few_tokens_at_most(world: World) -> None:
    """Whoever has twenty is asked to withdraw one."""
    for _ in range(19):
        token_of(world.gate.oak, "of family")
    with pytest.raises(Fault, match="20 tokens"):
        token_of(world.gate.oak, "of family")


def test_nobody_withdraws_anothers_token(world: World) -> None:
    """Another account's token is told as one that is not there, and goes on."""
    theirs = Token.objects.get(account__name="of others")
    for id_ in (theirs.id, uuid4(), "x"):
        assert Seated("of family").post("account/tokens", {"withdraw": str(id_)}).status_code == 409
    world.others.read("me")


def test_too_much_is_refused_with_how_long_to_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """By token, by address where none is needed, for wrong tokens; after the wait all goes on."""
    now = clock.now()
    for limit, program, address, status in (
        (limiting.BY_TOKEN, world.family, "me", 200),
        (limiting.BY_ADDRESS, Program(), "laws", 200),
        (limiting.OF_WRONG_TOKENS, Program("locutorio_wrong"), "me", 401),
    ):
        monkeypatch.setattr(limit, "most", 3)
        assert [program.get(address).status_code for _ in range(4)] == [status] * 3 + [429]
        wait = int(program.get(address).headers["Retry-After"])
        assert 0 < wait <= limit.seconds
        monkeypatch.setattr(clock, "now", lambda wait=wait: now + timedelta(seconds=wait))
        assert program.get(address).status_code == status
        monkeypatch.setattr(clock, "now", lambda: now)
