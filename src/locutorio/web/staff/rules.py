"""The establishment's own rules: what its memos lay down, and a form for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict

from locutorio.actions import clock, house_rules, shelf
from locutorio.actions.deciding import local_day
from locutorio.actions.house_rules import ITEM
from locutorio.actions.propose import preview
from locutorio.actions.sign_in import Seat
from locutorio.kernel.faults import Fault, Faults
from locutorio.web.drawing import drawn
from locutorio.web.faults import told
from locutorio.web.posts import SENDING
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.staff.proposals import drawn_new
from locutorio.web.words import words

HEAD = ("number", "signed_on", "from")
LISTS = "choices"


@dataclass(frozen=True, slots=True)
class Option:
    """One value that can be chosen."""

    value: str
    says: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a memo may lay down, and the item of the memo that does."""

    name: str
    label: str
    options: tuple[Option, ...]
    many: bool
    value: str
    unit: str
    item: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading."""

    heading: str
    fields: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """A memo as it was adopted: its rows are what, how it is answered, and the item."""

    number: str
    since: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The memos adopted so far, and the form for the next one, as it was filled in."""

    memos: tuple[Laid, ...]
    groups: tuple[Group, ...]
    number: str
    signed_on: str
    since: str
    problems: tuple[str, ...]
    can_enter: bool


@for_acts("change_rules", posts=True)
def rules(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show the rules of the house; take a memo that adds to them, check and prove it, and go by it."""
    folder = shelf.house_folder()
    code = seat.law.removeprefix(shelf.HOUSE) if seat.law.startswith(shelf.HOUSE) else seat.code
    before = house_rules.adopted_in(folder, code) if folder else None
    faults: Fault | Faults | None = None
    if request.method == SENDING and folder:
        said = _answers(request.POST)
        said["entered_on"] = local_day(seat.zone, clock.now()).isoformat()
        if before is None:
            names = {"name.en": seat.establishment_name, "name.es": seat.establishment_name}
            said |= {"house": code, "zone": seat.zone, **names}
        try:
            entered = house_rules.entered(said, before)
            house_rules.adopt(entered, folder, dry_run=True)
            form = {"form": house_rules.form_text(entered)}
            what = preview(actor_of(seat), seat.establishment, "change_rules", form)
            return drawn_new(request, seat, lang, what)
        except (Fault, Faults) as fault:
            faults = fault
    wrong = _wrong(faults)
    memos = before.memos if before else ()
    given = request.POST
    page = RulesPage(
        memos=tuple(
            Laid(memo.number, memo.since.isoformat(), house_rules.shown(memo, lang)) for memo in memos
        ),
        groups=_groups(given, wrong, lang),
        number=given.get("number", ""),
        signed_on=given.get("signed_on", ""),
        since=given.get("from", ""),
        problems=tuple(one.exact for one in told(faults, lang)) if faults else (),
        can_enter=folder is not None,
    )
    title = words(lang)["rules_title"]
    return drawn(request, seat, lang, "staff/rules.html", page, title=title, part="staff-rules")


def _answers(post: QueryDict) -> dict[str, str | list[str]]:
    """Read what was filled in, by the names that the rules have."""
    said: dict[str, str | list[str]] = {name: post.get(name, "").strip() for name in HEAD}
    for name, field in house_rules.form_fields().by_name.items():
        said[name] = post.getlist(name) if field.kind == LISTS else post.get(name, "").strip()
        said[f"{name}{ITEM}"] = post.get(f"{name}{ITEM}", "").strip()
    return said


def _wrong(faults: Fault | Faults | None) -> Mapping[str, str]:
    """Give what is wrong by the name of the field where it is."""
    several = faults.faults if isinstance(faults, Faults) else (faults,) if faults else ()
    return {one.where.file.removesuffix(ITEM): one.what for one in several if one.where}


def _groups(given: QueryDict, wrong: Mapping[str, str], lang: str) -> tuple[Group, ...]:
    known = house_rules.form_fields()
    return tuple(
        Group(
            heading[lang],
            tuple(
                _asked(name, given, wrong.get(name, ""), lang)
                for name, field in known.by_name.items()
                if field.group == group
            ),
        )
        for group, heading in known.groups.items()
    )


def _asked(name: str, given: QueryDict, wrong: str, lang: str) -> Asked:
    known = house_rules.form_fields()
    field, chosen = known.by_name[name], given.getlist(name)
    values = {word: says[lang] for word, says in field.values.items()}
    if field.kind == "yes_no":
        values = {word: known.words[word][lang] for word in ("yes", "no")}
    return Asked(
        name=name,
        label=field.label[lang],
        options=tuple(Option(word, says, word in chosen) for word, says in values.items()),
        many=field.kind == LISTS,
        value=given.get(name, ""),
        unit=f"{field.least} - {field.most}" if field.kind == "number" else "",
        item=given.get(f"{name}{ITEM}", ""),
        wrong=wrong,
    )
