"""What the program reads without saying whose rows it is about fails on SQLite: PostgreSQL shows it none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from locutorio.store import models, policies
from locutorio.store.context import ACCOUNT, LISTING, SESSION, inside, listing
from locutorio.store.statements import ESTABLISHMENT
from tests.authority.code import SOURCE
from tests.databases import Store
from tests.establishment import founded
from tests.saying import Unsaid, shown_by

SOWN = """
def rows(model):
    return [*model.objects.all()]

def none_is_changed(model):
    return model.objects.update(unit="x") == 0

def gone(model):
    return model.objects.filter(number="1001").delete()[0]
"""


@pytest.fixture
def sown() -> dict[str, Callable[..., Any]]:
    """Give functions as they would stand in the store, that say nothing."""
    functions: dict[str, Any] = {}
    exec(compile(SOWN, str(SOURCE / "store" / "sown.py"), "exec"), functions)
    return functions


def test_a_read_that_says_nothing_is_found(store: Store, sown: dict[str, Callable[..., Any]]) -> None:
    """On SQLite it fails, in any thread; on PostgreSQL it finds and changes nothing. Inside, it works."""
    oak = founded()
    found: list[object] = []

    def elsewhere() -> None:
        try:
            found.append(sown["rows"](models.Person))
        except Unsaid as error:
            found.append(error)
        connections.close_all()

    one = threading.Thread(target=elsewhere)
    one.start()
    one.join()
    if store.kind == "sqlite":
        assert isinstance(found[0], Unsaid)
        for name in ("rows", "none_is_changed", "gone"):
            with pytest.raises(Unsaid, match="store_person is read"):
                sown[name](models.Person)
        with pytest.raises(Unsaid), listing():
            sown["rows"](models.Person)
    else:
        assert found == [[]]
        assert sown["rows"](models.Person) == []
        assert sown["none_is_changed"](models.Person)
    assert models.Person.objects.count() == len(oak.people)
    with inside(oak.id):
        assert len(sown["rows"](models.Person)) == len(oak.people)
    with listing():
        assert [one.id for one in sown["rows"](models.Establishment)] == [oak.id]


def test_each_table_is_looked_over() -> None:
    """Of every table with a policy something must be said; what that is stands in its policy."""
    assert all(shown_by(table) for table in policies.fenced())
    assert not any(shown_by(table) for table in policies.ABOUT_NOBODY)
    assert shown_by("store_person") == {ESTABLISHMENT}
    assert shown_by("store_establishment") == {ESTABLISHMENT, LISTING}
    assert SESSION in shown_by("django_session")
    assert ACCOUNT in shown_by("mfa_authenticator")
