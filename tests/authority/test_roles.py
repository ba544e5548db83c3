"""A share of every role against every action, read and page; `make soak` tries all, many times over."""

from __future__ import annotations

from random import Random

import pytest

from locutorio.actions import authority
from locutorio.actions.create_account import Role
from locutorio.store.relations import Related
from tests.authority.attempts import Asked, called, calls, looked, pages, place, plain, tried
from tests.authority.code import functions
from tests.web.test_roles import behind_the_wall

KINDS = ("sqlite", "postgresql")
SHARE = 0.06


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_may_what_is_not_theirs(kind: str) -> None:
    """Drawn calls and pages, by every role, of one's own, others', another establishment's and nothing."""
    found = tried(kind, seed=5, share=SHARE)

    assert found.wrong == []
    assert found.count > 500


@pytest.mark.parametrize("hole", ["_holds", "_relations", "_found"])
def test_a_hole_is_found(monkeypatch: pytest.MonkeyPatch, hole: str) -> None:
    """Where what is not theirs is let through, the trial says so."""
    wide = {
        "_holds": lambda *_: True,
        "_relations": lambda *_: frozenset({"here"}),
        "_found": lambda *_: Related(here=True),
    }
    monkeypatch.setattr(authority, hole, wide[hole])

    assert tried("sqlite", seed=5, share=SHARE / 2).wrong


def test_every_action_and_every_page_is_among_them() -> None:
    """Each function that asks for an act, and each address behind the wall, is tried by each role."""
    functions_tried = {(one.function, one.role) for one in calls()}
    pages_tried = {(one.pattern.name, one.role) for one in pages()}

    assert functions_tried == {(one, role) for one in functions() if one.act for role in Role}
    assert pages_tried == {
        (one.name, role) for one in behind_the_wall() if one.name != "sign-out" for role in Role
    }


def test_every_function_can_be_called_by_the_trial() -> None:
    """The trial reaches the question in each function: none fails before it asks."""
    with place("sqlite") as here:
        wrong = [said for one in calls() if one.role == Role.VISITS and (said := called(one, here))]

    assert wrong == []


def test_what_is_not_theirs_is_answered_as_what_is_not_there() -> None:
    """The page of another family's request, notice or person is byte for byte that of nothing at all."""
    rng = Random(1)
    with place("sqlite") as here:
        asked = [
            one
            for one in pages()
            if one.role == Role.FAMILY
            and one.of in {"theirs", "elm"}
            and str(one.pattern.name).startswith("visits")
        ]
        assert len(asked) > 20
        assert [said for one in asked if (said := looked(one, here, rng))] == []
        notice = next(one for one in asked if one.pattern.name == "visits-notice" and not one.sends)
        own = Asked(notice.pattern, notice.role, "own", sends=False)
        assert looked(own, here, rng) == ""
        client = here.client(Role.FAMILY)
        nowhere, page = (
            client.get("/en/no-such-page"),
            client.get(f"/en/visits/notice/{here.ids['elm']['notice']}"),
        )
        assert plain(page) == plain(nowhere)
