"""What stands around every page: its title, the menu, the way to the same page in the other language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from locutorio.store.databases import configured
from locutorio.web.languages import NAMES, other
from locutorio.web.words import words


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads and what it says. ``here`` marks the part of the site that the reader is in."""

    address: str
    says: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """What a form sends along without showing it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Switch:
    """The way to the other language from a page that answers a form: where to, and what to send along."""

    action: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is signed in, where, and the address to sign out at.

    ``told`` leads to what happened to their account, where they have not seen it.
    """

    name: str
    place: str
    out: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """``w`` holds the sentences that templates use by name; ``trail`` the pages above, nearest last.

    ``switch``, where there is one, stands for ``other_link``; ``tab`` is the title in the browser's history.
    ``foot`` is what every page of its part ends with. ``alarms`` are what staff must see on every page, and
    ``alarm_address`` where they can look at it.
    """

    lang: str
    title: str
    w: Mapping[str, str]
    menu: tuple[Link, ...]
    trail: tuple[Link, ...]
    other_lang: str
    other_link: Link
    switch: Switch | None
    tab: str
    foot: tuple[str, ...]
    signed: Signed | None = None
    alarms: tuple[str, ...] = ()
    alarm_address: str = ""


MENU, SIGN_IN = ("ask", "form", "deadlines", "release", "owed", "history", "cases", "law"), "sign-in"


def frame(
    lang: str,
    title: str,
    *,
    twin: str | None = None,
    part: str = "",
    trail: tuple[Link, ...] = (),
    switch: Switch | None = None,
    tab: str = "",
) -> Frame:
    """Give the frame of an open page.

    Args:
        lang: the language of the page.
        title: its name, without the name of the site.
        twin: the address of the same page in the other language; None leads to the first page.
        part: the name of the address of the part of the site it belongs to.
        trail: the pages above it.
        switch: what leads to the other language where the page answers a form.
        tab: what the browser calls the page, where the title holds what somebody entered.
    """
    told = words(lang)
    away = other(lang)
    return Frame(
        lang=lang,
        title=title,
        w=told,
        menu=menu_of((*MENU, SIGN_IN) if configured() else MENU, lang, part),
        trail=trail,
        other_lang=away,
        other_link=Link(twin or reverse("ask", args=[away]), NAMES[away]),
        switch=switch,
        tab=tab or title,
        foot=(told["foot_advice"], told["foot_nothing_kept"]),
    )


def menu_of(names: Iterable[str], lang: str, part: str) -> tuple[Link, ...]:
    """Give the links of a menu, by the names of their addresses; ``part`` is the one the reader is in."""
    told = words(lang)
    return tuple(
        Link(reverse(name, args=[lang]), told[f"menu_{name.replace('-', '_')}"], name == part)
        for name in names
    )
