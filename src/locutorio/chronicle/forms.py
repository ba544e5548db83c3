"""The forms in which a clause is read; one in no form is not read. docs/reference/history.md lists them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from locutorio.chronicle.amounts import read_amount
from locutorio.chronicle.days import MONTHS, Days, month_days
from locutorio.chronicle.people import LEGAL, TOKEN, People, parts_of
from locutorio.chronicle.phrases import (
    any_of,
    channels_in,
    channels_pattern,
    class_in,
    measure_pattern,
    number,
    number_pattern,
    role_in,
    terms_in,
    without_brackets,
)
from locutorio.chronicle.values import Force, Sign, Signal, Statement

LENGTH_MAX = 250
_TOPICS = re.compile(r"\bon ([\w' -]+?)(?: only)?(?:,|$)")
_PLACE = re.compile(r"\bin (court)\b")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text stands, and what is taken from there: whose words they are, and since when.

    ``yes`` tells whether a bare contact ("calls with H") is allowed or not by standing here; ``asked`` are
    the channels that the same event asks about, and ``whole`` the text of which this is one part.
    """

    event: str
    path: str
    text: str
    force: Force
    since: Days
    people: People
    author: tuple[str, ...] = ()
    yes: bool = True
    asked: tuple[str, ...] = ()
    whole: str = ""

    def states(self, channels: tuple[str, ...], *, yes: bool, **more: Any) -> Statement:
        """Make a statement of this text."""
        made = Statement(
            event=self.event,
            path=self.path,
            text=self.text,
            force=self.force,
            channels=channels,
            yes=yes,
            since=self.since,
        )
        return replace(made, **more)

    def signals(self, sign: Sign, tokens: tuple[str, ...] = (), measure: str = "") -> Signal:
        """Make a signal of this text."""
        return Signal(self.event, self.path, self.text, sign, tokens, measure)

    def whom(self, text: str) -> dict[str, tuple[str, ...]]:
        """Give those whom a text names: tokens but the person's own, everybody of a role, else a class."""
        tokens = tuple(token for token in self.people.in_text(text) if self.people.role(token) != "person")
        for part in re.split(r",| and | or ", text):
            role = role_in(part)
            if role is not None and not self.people.in_text(part):
                tokens += self.people.of_role(role)
        if tokens:
            return {"whom": tuple(dict.fromkeys(tokens))}
        named = class_in(text)
        return {"classes": (named,)} if named else {}


Found = Iterator[Statement | Signal]
Form = Callable[[Source, re.Match[str]], Found]


def _terms(text: str) -> tuple[str, ...]:
    topics = tuple(f"on {one.strip()}" for one in _TOPICS.findall(text))
    places = tuple(f"in {one}" for one in _PLACE.findall(text))
    return tuple(dict.fromkeys((*topics, *places, *terms_in(text))))


def _contact(source: Source, match: re.Match[str]) -> Found:
    """Read "calls with H", "written messages to H on the house, screened first"."""
    named = source.whom(match["whom"])
    if named and source.force is not Force.STATED:
        yield source.states(
            channels_in(match["channels"]), yes=source.yes, terms=_terms(match["rest"] or ""), **named
        )


def _may(source: Source, match: re.Match[str]) -> Found:
    """Read "H may visit and bring C1 C2"."""
    named = source.whom(f"{match['whom']} {match['brings'] or ''}")
    if named:
        yield source.states(
            channels_in(match["channels"]), yes=source.yes, terms=_terms(match["rest"] or ""), **named
        )


def _speak(source: Source, match: re.Match[str]) -> Found:
    """Read "speak to H in person or by telephone"."""
    channels = {"in person": "visit", "by telephone": "call"}
    asked = tuple(channel for words, channel in channels.items() if words in match["how"])
    named = source.whom(match["whom"])
    if named:
        yield source.states(asked, yes=source.yes, terms=_terms(match["rest"] or ""), **named)


def _go_on(source: Source, match: re.Match[str]) -> Found:
    """Read "calls go on", "go on with the two 15-minute calls a month"."""
    text = match.group()
    yield source.states(
        channels_in(text) or source.asked, yes=True, classes=("social",), amount=read_amount(text)
    )


def _order_to_let(source: Source, match: re.Match[str]) -> Found:
    """Read "order Y again to let L3 visit, call, write"."""
    named = source.whom(match["whom"])
    if named:
        yield source.states(
            channels_in(match["channels"]),
            yes=True,
            again=match["again"] is not None,
            by=match["who"],
            **named,
        )


def _to_allow(source: Source, match: re.Match[str]) -> Found:
    """Read "Y to allow visits, calls, letters": to whom stands in the same text."""
    tokens = source.people.in_text(match["whom"] or without_brackets(source.whole)[0])
    named = tuple(token for token in tokens if source.people.class_of(token) is not None)
    if named:
        ordered = replace(source, force=Force.ORDERED)
        yield ordered.states(channels_in(match["channels"]), yes=True, whom=named, by=match["who"])


def _authorised(source: Source, match: re.Match[str]) -> Found:
    """Read "calls and visits at P2 authorised": of a lawyer who says so, or of the class that is named."""
    named = class_in(match["kind"] or "")
    terms = (match["rest"].strip(" ,"),) if match["rest"].strip(" ,") else ()
    lawyers = tuple(token for token in source.author if source.people.class_of(token) == LEGAL)
    if named:
        yield source.states(channels_in(match["channels"]), yes=True, classes=(named,), terms=terms)
    elif lawyers:
        yield source.states(channels_in(match["channels"]), yes=True, whom=lawyers, terms=terms)


def _undelivered(source: Source, match: re.Match[str]) -> Found:
    """Read "two letters of L3 not delivered"."""
    fact = replace(source, force=Force.FACT)
    yield fact.states(
        channels_in(match["channels"]), yes=False, lost=number(match["count"]), **source.whom(match["whom"])
    )


def _no_more(source: Source, match: re.Match[str]) -> Found:
    """Read "there will be no more calls with a sister and the girls", "no calls for seven months"."""
    fact = replace(source, force=Force.FACT)
    whom = source.whom(match["whom"] or "") or {"classes": ("social",)}
    yield fact.states(channels_in(match["channels"]), yes=False, **whom)


def _stopped(source: Source, match: re.Match[str]) -> Found:
    """Read "stopped August 2022": what the same event asks to go on."""
    if source.asked:
        since = month_days(int(match["year"]), MONTHS.index(match["month"].lower()) + 1)
        fact = replace(source, force=Force.FACT, since=since)
        yield fact.states(source.asked, yes=False, classes=("social",))


def _stop(source: Source, match: re.Match[str]) -> Found:
    """Read "calls with C1 C2 stop"."""
    fact = replace(source, force=Force.FACT)
    yield fact.states(channels_in(match["channels"]), yes=False, **source.whom(match["whom"]))


def _cannot_have(source: Source, match: re.Match[str]) -> Found:
    """Read "cannot have the two 15-minute calls a month"."""
    text = match.group()
    fact = replace(source, force=Force.FACT)
    if channels_in(text):
        yield fact.states(channels_in(text), yes=False, classes=("social",), amount=read_amount(text))


def _had_authorised(source: Source, match: re.Match[str]) -> Found:
    """Read "TJ had authorised 2 every 15 days"."""
    amount = read_amount(match["rest"])
    channels = channels_in(match["rest"]) or source.asked
    if amount and channels:
        yield source.states(channels, yes=True, classes=("social",), amount=amount, by=match["who"])


def _begun_again(source: Source, match: re.Match[str]) -> Found:
    """Read "calls with the daughters had begun again": since when is not said."""
    fact = replace(source, force=Force.FACT)
    yield fact.states(channels_in(match["channels"]), yes=True, resumed=True, **source.whom(match["whom"]))


def _limited(source: Source, match: re.Match[str]) -> Found:
    """Read "very limited calls with C1 C2"."""
    fact = replace(source, force=Force.FACT)
    yield fact.states(
        channels_in(match["channels"]), yes=True, terms=(match["how"],), **source.whom(match["whom"])
    )


def _superseded(source: Source, _: re.Match[str]) -> Found:
    """Read "measures of before the trial were superseded on conviction and transfer"."""
    yield source.signals(Sign.SUPERSEDED)


def _no_power(source: Source, _: re.Match[str]) -> Found:
    """Read "this court has no power"."""
    yield source.signals(Sign.NO_POWER, source.author)


def _forum(source: Source, match: re.Match[str]) -> Found:
    """Read "wrong forum - FPS then LJ"."""
    yield source.signals(Sign.WRONG_FORUM, source.author)
    yield source.signals(Sign.ASK, source.people.in_text(match["right"]))


def _ask(source: Source, match: re.Match[str]) -> Found:
    """Read "ask FPS"."""
    yield source.signals(Sign.ASK, (match["who"],))


def _solely(source: Source, match: re.Match[str]) -> Found:
    """Read "FPS solely responsible"."""
    yield source.signals(Sign.SOLELY, (match["who"],))


def _imposed(source: Source, match: re.Match[str]) -> Found:
    """Read "SAM imposed by MIN on FPS"."""
    yield source.signals(
        Sign.IMPOSED, (match["by"], *([match["on"]] if match["on"] else [])), match["measure"]
    )


def _regime(source: Source, _: re.Match[str]) -> Found:
    """Read "regime changes"."""
    yield source.signals(Sign.REGIME_CHANGES)


def _renewed(source: Source, match: re.Match[str]) -> Found:
    """Read "the SAM continues by renewal"."""
    yield source.signals(Sign.RENEWED, (), match["measure"])


def _appears(source: Source, match: re.Match[str]) -> Found:
    """Read "L3 may appear and act"."""
    yield source.signals(Sign.APPEARS, (match["who"],))


def _no_visa(source: Source, match: re.Match[str]) -> Found:
    """Read "O and brothers have no visas"."""
    named = source.whom(match["whom"]).get("whom", ())
    if named:
        yield source.signals(Sign.NO_VISA, named)


@cache
def forms() -> tuple[tuple[re.Pattern[str], Form], ...]:
    """Give every form with what it reads; the first that fits the whole clause counts."""
    some, many, months = channels_pattern(), number_pattern(), any_of(MONTHS)
    token, measure = rf"(?P<who>{TOKEN})", rf"(?P<measure>{measure_pattern()})"
    which, how = rf"(?P<channels>{some})", r"(?:in person|by telephone)"
    whom, done = "(?P<whom>.+?)", "(?:authorised|authorized|allowed|permitted)"
    patterns: Mapping[str, Form] = {
        rf"{whom} may {which}(?: and bring (?P<brings>.+?))?(?P<rest>(?: on |,| without ).*)?": _may,
        rf"speak (?:to|with) (?P<whom>\S+) (?P<how>{how}(?: or {how})?)(?P<rest> .*)?": _speak,
        rf"(?:(?:go on with|keep) .*{some}.*|{some} go on)": _go_on,
        rf"order {token}(?P<again> again)? to (?:let|allow) {whom} {which}": _order_to_let,
        rf"{token} (?:to|must|shall) (?:allow|permit) {which}(?: (?:for|of) (?P<whom>.+))?": _to_allow,
        rf"(?P<kind>\w+ )??{which}(?: at {TOKEN})? (?:are |is )?{done}(?P<rest>.*)": _authorised,
        rf"(?P<count>{many}) {which} of (?P<whom>.+) (?:not delivered|undelivered)": _undelivered,
        rf"(?:{TOKEN} told that )?there will be no more {which}(?: with (?P<whom>.+))?": _no_more,
        rf"no {which}(?: with (?P<whom>.+))? for {many} (?:days?|weeks?|months?|years?)": _no_more,
        rf"stopped (?P<month>{months}) (?P<year>[0-9]{{4}})": _stopped,
        rf"{which} with {whom} (?:stop|stopped|end|ended)": _stop,
        r"cannot have (?:the )?.+": _cannot_have,
        rf"{token} (?:had |has )?{done} (?P<rest>.+)": _had_authorised,
        rf"{which} with {whom} (?:had|have) begun again": _begun_again,
        rf"(?P<how>(?:very )?limited) {which} with (?P<whom>.+)": _limited,
        r".*superseded on conviction and transfer": _superseded,
        r"this court has no power": _no_power,
        r"wrong forum(?: -|,|:) (?P<right>.+)": _forum,
        rf"ask {token}": _ask,
        rf"{token} (?:is )?(?:solely|alone) responsible": _solely,
        rf"{measure} imposed by (?P<by>{TOKEN})(?: on (?P<on>{TOKEN}))?": _imposed,
        r"regime changes": _regime,
        rf"(?:the )?{measure} continues by renewal": _renewed,
        rf"{token} may appear(?: and act)?": _appears,
        rf"{whom} (?:have|has) no (?:\w+ )?visas?": _no_visa,
        rf"(?:\w+ )??{which} (?:with|to|of|by) {whom}(?P<rest>(?: on |,| with | in ).*)?": _contact,
    }
    return tuple((re.compile(pattern, re.IGNORECASE), form) for pattern, form in patterns.items())


def read_text(source: Source) -> Found:
    """Read a text clause by clause; brackets and what is longer than anybody reads are left out."""
    for part in parts_of(source.text):
        if len(part) > LENGTH_MAX:
            continue
        yield from _read_part(source, " ".join(without_brackets(part)[0].split()))


def _read_part(source: Source, part: str) -> Found:
    for pattern, form in forms():
        match = pattern.fullmatch(part)
        found = list(form(source, match)) if match else []
        if found:
            yield from found
            return
