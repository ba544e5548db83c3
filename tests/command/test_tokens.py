"""`locutorio token` makes a token of an account, lists those it has, and withdraws one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.actions.make_token import Kind
from locutorio.actions.tokens_held import seat_of_token
from tests.command.test_serving import run
from tests.databases import fresh
from tests.establishment import founded
from tests.web.seated import account


@pytest.fixture
def where() -> Iterator[str]:
    """Give the file of a database with a family's account and a gate officer's."""
    with fresh("sqlite") as store:
        oak = founded()
        account(oak, "ash", Role.FAMILY, contact=oak.contacts["alder"])
        yield store.where


def test_a_token_is_printed_once_listed_and_withdrawn(where: str, tmp_path: Path) -> None:
    """What is printed acts as the account; the list names it without its secret; withdrawn, it is gone."""
    ours = ("--establishment", "oak", "--database", where)
    made = run(tmp_path, "token", "ash", *ours, "--name", "cron")
    secret = made.stdout.strip()
    seat = seat_of_token(secret, Kind.API, clock.now())
    assert (made.returncode, seat is not None and seat.name) == (0, "ash")
    listed = run(tmp_path, "token", "ash", *ours).stdout
    assert "cron" in listed
    assert secret not in listed
    named = re.findall("^[0-9a-f-]{36}", listed)
    assert run(tmp_path, "token", "ash", *ours, "--withdraw", named[0]).returncode == 0
    assert run(tmp_path, "token", "ash", *ours).stdout == ""
    assert seat_of_token(secret, Kind.API, clock.now()) is None


def test_what_cannot_be_is_refused(where: str, tmp_path: Path) -> None:
    """An account that is not here, an identifier that is none, a year too long: each with what to do."""
    ours = ("--establishment", "oak", "--database", where)
    for more in (["birch"], ["ash", "--withdraw", "x"], ["ash", "--name", "x", "--days", "999"]):
        refused = run(tmp_path, "token", *more, *ours)
        assert (refused.returncode, refused.stdout) == (3, "")
        assert "What to do:" in refused.stderr
