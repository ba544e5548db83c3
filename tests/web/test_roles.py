"""Each page of an establishment, asked for by each role: whoever may not see it does not."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from locutorio.actions.create_account import Role
from locutorio.web.api.urls import urlpatterns as api
from locutorio.web.open.urls import urlpatterns as open_pages
from locutorio.web.seats import for_acts, roles_of, walled
from locutorio.web.words import words
from tests.databases import Store
from tests.establishment import founded
from tests.web.seated import Seated, every_role

OPEN = {pattern.callback for pattern in (*open_pages, *api)}
SIGNING_IN = ["sign-in", "sign-in-second", "sign-in-passkey", "begin", "kiosk", "kiosk-pin", "kiosk-device"]
NAMED = {"day": "2026-11-09", "on": "2026-11-09", "key": "any@2026-11-09T09:00", "form": "any"}


def patterns(of: URLResolver | None = None) -> Iterator[URLPattern]:
    """Give every address that leads to a view."""
    for one in (of or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def behind_the_wall() -> list[URLPattern]:
    """Give the addresses that ask who somebody is."""
    return [one for one in patterns() if roles_of(one.callback)]


def address(pattern: URLPattern, lang: str = "en") -> str:
    """Give an address of a pattern; whatever it names exists nowhere."""
    named = {
        name: NAMED.get(name, uuid4() if type(converter).__name__ == "UUIDConverter" else "1")
        for name, converter in pattern.pattern.converters.items()
    }
    return reverse(str(pattern.name), kwargs={**named, "lang": lang})


def test_every_address_is_open_or_asks_who_somebody_is() -> None:
    """No page of an establishment can be reached without a role: each view names its own."""
    without = [one.name for one in patterns() if one.callback not in OPEN and roles_of(one.callback) is None]

    assert without == ["choose", "api-begin", "api-page"]
    assert [one.name for one in patterns() if roles_of(one.callback) == frozenset()] == SIGNING_IN
    assert len(behind_the_wall()) > 3
    assert {role for one in behind_the_wall() for role in roles_of(one.callback) or ()} == set(Role)


def test_a_view_without_a_role_cannot_be_given_an_address() -> None:
    """The program does not start with a view that nobody named a role for, and no wall is without a role."""

    def view(request: HttpRequest, lang: str) -> HttpResponse:
        return HttpResponse()

    with pytest.raises(ValueError, match="no role"):
        walled([path("x", view, name="x")])
    with pytest.raises(ValueError, match="no such act"):
        for_acts()
    with pytest.raises(ValueError, match="no such act"):
        for_acts("do_anything")
    with pytest.raises(ValueError, match="no role may do all"):
        for_acts("read_log", "change_rules")


@pytest.mark.usefixtures("quick_passwords")
def test_each_role_sees_its_own_pages_and_no_other(store: Store) -> None:
    """
    Each address, asked for and sent to by each role and by nobody: those it is not for are refused, in both
    languages; for the others it answers, if only that what it names is not there.
    """
    seated = {role: Seated(name) for role, name in every_role(founded()).items()}
    wrong: list[tuple[object, ...]] = []
    for pattern in behind_the_wall():
        if pattern.name == "sign-out":
            continue
        may = roles_of(pattern.callback) or frozenset()
        for role, one in seated.items():
            for lang in ("en", "es"):
                response = one.client.get(address(pattern, lang))
                refused = words(lang)["error_not_yours_title"] in unescape(response.content.decode())
                if refused != (role not in may) or response.status_code >= 500:
                    wrong.append((pattern.name, role, response.status_code))
            sent = one.post(address(pattern).removeprefix("/en/"), {})
            if role not in may and sent.status_code not in (403, 405):
                wrong.append((pattern.name, role, "sent", sent.status_code))
            if sent.status_code >= 500:
                wrong.append((pattern.name, role, "sent", sent.status_code))

    assert wrong == []


def test_nobody_sees_anything_before_signing_in(store: Store) -> None:
    """Whoever is not signed in is led to where they can, from every address."""
    founded()
    for pattern in behind_the_wall():
        response = Seated().client.get(address(pattern))
        assert (response.status_code, response.headers["Location"].partition("?")[0]) == (302, "/en/sign-in")


@pytest.mark.usefixtures("quick_passwords")
def test_a_menu_names_only_what_its_reader_may_open(store: Store) -> None:
    """The menu of each role names only pages that it may open."""
    for role, name in every_role(founded()).items():
        one = Seated(name)
        home = one.get("account").content.decode()
        for pattern in behind_the_wall():
            shown = f'<li><a href="{address(pattern)}"' in home
            assert not shown or role in (roles_of(pattern.callback) or ()), (role, pattern.name)
