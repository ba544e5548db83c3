"""All that somebody can read: every address there is, whatever it names, and what it gives to be saved.

Addresses are found in the program's own table, and what they name in the database, so that a page that is
added is read as well, without being named here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from itertools import islice, product
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import UUID, uuid4

from django.apps import apps
from django.test import Client
from django.urls import URLPattern, reverse
from pypdf import PdfReader

from locutorio.actions import clock
from locutorio.actions.acts import roles_for
from locutorio.actions.create_account import STAFF, Role
from locutorio.actions.make_token import Kind as TokenKind
from locutorio.actions.make_token import NewToken, make_token
from locutorio.kernel.faults import Fault
from locutorio.record.entry import read
from locutorio.record.sealing import opened
from locutorio.store.models import Account, Slot
from locutorio.web.api.urls import urlpatterns as api
from locutorio.web.open.urls import urlpatterns as open_pages
from locutorio.web.seats import roles_of
from tests.establishment import Oak
from tests.privacy.planting import Planted, plain
from tests.privacy.table import KINDS
from tests.web.seated import HIDDEN, WHY, Seated, account
from tests.web.test_roles import patterns

LINK = re.compile(r'(?:href|action|src)="([^"#]+)"')
SEARCH = re.compile(r'<form(?:(?!method="post")[^>])*>(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'<input(?![^>]*type="hidden")[^>]*name="([^"]+)"')
SEARCHED = ("Qv", "Ash", "1001", "Quetz")
ENDS = ("sign-out",)
OPEN = {pattern.callback for pattern in open_pages}
FURTHER_MAX = 80


@dataclass(frozen=True)
class Reader:
    """Somebody who reads: in a role, for a person or for contacts, by their names in the establishment."""

    name: str
    role: Role | None = None
    person: str = ""
    contacts: frozenset[str] = frozenset()

    def may_know(self, one: Planted) -> bool:
        """Tell whether they may know a secret, by the one table."""
        if self.role in STAFF:
            return self.role in KINDS[one.kind].roles
        return self.person in one.people or bool(self.contacts & one.contacts)


OUTSIDE = (
    Reader("nobody"),
    Reader("of alder", Role.FAMILY, contacts=frozenset({"alder", "willow"})),
    Reader("of laurel", Role.FAMILY, contacts=frozenset({"laurel"})),
    Reader("of holly", Role.FAMILY, contacts=frozenset({"holly"})),
    Reader("of myrtle", Role.COUNSEL, contacts=frozenset({"myrtle"})),
    Reader("rowan", Role.PERSON, person="rowan"),
    Reader("linden", Role.PERSON, person="linden"),
)
# Staff who see no people, but what they themselves do: nothing about anybody is theirs.
SEES_PEOPLE = roles_for("read_day", here=True) | roles_for("find_person", here=True)
INSIDE = tuple(Reader(f"of {role}", role) for role in sorted(STAFF))


@dataclass
class Reading:
    """What one reader can read: each address, and what it gives, as plain text whatever kind of file it is.

    ``broken``: rows were made that the program never makes, so that a page may fail.
    """

    oak: Oak
    reader: Reader
    broken: bool = False

    def everything(self) -> Iterator[tuple[str, str]]:
        """Read all there is, in both languages, then what pages lead to and what is found by searching."""
        seat = Seated(self.reader.name if self.reader.role else "")
        further: dict[str, None] = {}
        for lang, pattern in product(("en", "es"), _walled()):
            if self.reader.role and self.reader.role not in (roles_of(pattern.callback) or {*Role}):
                continue
            for address in addresses(self.oak, pattern, lang):
                text, page = self._look(seat, address)
                further |= dict.fromkeys(_further(address, page))
                yield address, text
        for address in islice(further, FURTHER_MAX):
            yield address, self._look(seat, address)[0]
        if self.reader.role in {Role.FAMILY, Role.VISITS}:
            yield from self._by_program()

    def _look(self, seat: Seated, address: str) -> tuple[str, str]:
        """Open an address; where it is asked why, say why, and go on.

        Returns:
            what it says, in plain text, and the page as it is written, if it is one.
        """
        response = seat.client.get(address)
        if WHY in response.headers.get("Location", ""):
            fields = {
                name: unescape(value)
                for name, value in HIDDEN.findall(
                    seat.client.get(response.headers["Location"]).content.decode()
                )
            }
            told = seat.client.post(f"/{address[1:3]}{WHY}", {**fields, "reason": "visit"})
            response = seat.client.get(told.headers["Location"])
        assert self.broken or response.status_code < 500, (self.reader, address, response.status_code)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return plain("".join(texts_of(response))), response.content.decode() if is_page else ""

    def _by_program(self) -> Iterator[tuple[str, str]]:
        """Ask for all that the API and a calendar give."""
        of = Account.objects.get(name=self.reader.name).id
        secrets = {}
        for kind in (TokenKind.API, TokenKind.CALENDAR):
            with suppress(Fault):
                new = NewToken(of, "mine", kind, 30)
                secrets[kind] = make_token(new, self.oak.sent(f"token {uuid4()}", clock.now())).secret
        client = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")
        for lang, pattern in product(("en", "es"), _api()):
            secret = secrets[TokenKind.API]
            for address in addresses(self.oak, pattern, lang, secrets.get(TokenKind.CALENDAR, "none")):
                headers = {"Accept-Language": lang, "Authorization": f"Bearer {secret}"}
                response = client.get(address, headers=headers)
                assert self.broken or response.status_code < 500, (self.reader, address)
                yield f"{lang} {address}", plain("".join(texts_of(response)))


def _walled() -> list[URLPattern]:
    return [
        one
        for one in patterns()
        if one.callback not in OPEN and one.name not in ENDS and roles_of(one.callback) is not None
    ]


def _api() -> list[URLPattern]:
    return [one for one in api if isinstance(one, URLPattern) and one.name != "document"]


def addresses(oak: Oak, pattern: URLPattern, lang: str, secret: str = "none") -> Iterator[str]:
    """Give the addresses of a pattern, with all that its names can stand for."""
    names = [name for name in pattern.pattern.converters if name != "lang"]
    meant = [[*_meant(oak, pattern, name, secret)] for name in names]
    prefix = "api:" if pattern in api else ""
    for values in product(*meant):
        named = dict(zip(names, values, strict=True))
        language = {} if prefix else {"lang": lang}
        yield reverse(f"{prefix}{pattern.name}", kwargs={**named, **language})


def _meant(oak: Oak, pattern: URLPattern, name: str, secret: str) -> Iterator[object]:
    """Give what a name in an address can stand for: every row of the tables that it can mean."""
    if name == "secret":
        yield secret
    elif name == "key":
        yield from Slot.objects.filter(establishment=oak.id).values_list("key", flat=True)
    elif "UUID" not in type(pattern.pattern.converters[name]).__name__:
        yield "arcadia" if name in ("law", "pack") else "x"
    else:
        said = f"{pattern.name} {pattern.pattern} {name}".lower().replace("_", "")
        every = {model.__name__.lower(): model for model in apps.get_app_config("store").get_models()}
        exact = [every[name]] if name in every else []
        meant = exact or [model for word, model in every.items() if word in said] or [*every.values()]
        for model in meant:
            if "establishment" in {one.name for one in model._meta.fields}:
                found = model._default_manager.filter(establishment=oak.id).order_by("pk")
                yield from (one for one in found.values_list("pk", flat=True) if isinstance(one, UUID))


def texts_of(response: Any) -> Iterator[str]:
    """Give all texts of an answer: its headers, and what is in it, whatever kind of file it is."""
    yield from (f"{name}: {value}\n" for name, value in response.headers.items())
    yield from texts_in(response.content, response.headers.get("Content-Type", ""))


def texts_in(data: bytes, kind: str) -> Iterator[str]:
    """Give all texts in a file, in what is packed in it, and under its seals where their keys are beside."""
    if data.startswith(b"%PDF"):
        pdf = PdfReader(io.BytesIO(data))
        yield from (page.extract_text() for page in pdf.pages)
        yield str(pdf.metadata)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        for name, packed in files.items():
            yield name
            yield from texts_in(packed, "")
            stem = name.removesuffix(".sealed")
            if stem != name:
                key = bytes.fromhex(files[f"{stem}.key"].decode())
                yield opened(key, packed, str(read(files[f"{stem}.json"])["id"])).decode()
    else:
        text = data.decode("utf-8", "replace")
        yield unescape(text) if "html" in kind else text


def _further(at: str, text: str) -> Iterator[str]:
    """Give where a page leads that is more than an address of the table: with a question, or by a search."""
    for link in LINK.findall(text):
        address = urlsplit(urljoin(at, unescape(link)))
        if not address.netloc and address.query and not address.path.endswith(WHY):
            yield f"{address.path}?{address.query}"
    for form in SEARCH.findall(text):
        for name, word in product(FIELD.findall(form), SEARCHED):
            yield f"{at}?{urlencode({name: word})}"


@dataclass
class Found:
    """What a reader found: leaks in words, and which kinds of secret they read that they may know."""

    leaks: list[str] = field(default_factory=list)
    rightly: Counter[str] = field(default_factory=Counter)
    read: int = 0


def found(oak: Oak, reader: Reader, planted: Sequence[Planted], *, until_one: bool = False) -> Found:
    """Read all that a reader can; say what they find that they may not know, and what they may.

    ``until_one``: no further than to the first leak.
    """
    known = {mark: one for one in planted if reader.may_know(one) for mark in one.marks}
    hidden = {mark: one for one in planted if not reader.may_know(one) for mark in one.marks}
    told = Found()
    for address, text in Reading(oak, reader).everything():
        told.read += 1
        for mark in (mark for mark in hidden.keys() - known.keys() if mark in text):
            told.leaks.append(f"{reader.name} reads of {hidden[mark].kind} {hidden[mark].what} at {address}")
        told.rightly.update(one.kind for mark, one in known.items() if mark in text)
        if until_one and told.leaks:
            break
    return told


def seated(oak: Oak) -> None:
    """Make an account for each reader who signs in."""
    for one in (*OUTSIDE, *INSIDE):
        if one.role is None:
            continue
        own = {"person": oak.people[one.person]} if one.person else {}
        first = next(iter(sorted(one.contacts)), "")
        acts = {"contact": oak.contacts[first]} if first else own
        account(oak, one.name, one.role, **acts)
