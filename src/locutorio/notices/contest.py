"""Says who must be told, how to contest the answer and until when, and what only a person may settle."""

from __future__ import annotations

from locutorio.decisions.decision import ClockSeen, Contested, NoticeOwed, Outcome, Route, Side, Truth
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, Items, Paragraph
from locutorio.notices.words import Words, clean, closed, sentence
from locutorio.rules.provision import RouteTo


def contested(teller: Teller) -> list[Block]:
    """Give each contested question, its sides and their authorities, the interim, and who may settle it."""
    told: list[Block] = []
    for question in teller.decision.contested:
        told.extend(_question(teller, question))
    return told


def _question(teller: Teller, question: Contested) -> list[Block]:
    words = teller.words
    turns = words.say("contested.decides" if question.decides else "contested.beside")
    asked = sentence(words.text(question.question))
    until = words.say("contested.interim", interim=closed(words.text(question.interim)))
    who = words.say("contested.office", office=words.office(question.office))
    told: list[Block] = [Paragraph(words.say("list.sentences", first=asked, then=turns))]
    if question.sides:
        sides = tuple(_side(teller, side) for side in question.sides)
        told.append(Items(sides, words.say("contested.sides")))
    told.append(Paragraph(words.say("list.sentences", first=until, then=who)))
    return told


def _side(teller: Teller, side: Side) -> str:
    words = teller.words
    says = closed(words.text(side.says))
    if side.authorities:
        by = words.apart(clean(authority) for authority in side.authorities)
        told = words.say("contested.side_authorities", says=says, authorities=by)
    else:
        told = words.say("contested.side", says=says)
    if side.conditions:
        labels = words.apart(words.condition(token) for token in side.conditions)
        told = words.say("contested.side_conditions", side=told, conditions=labels)
    if side.outcome is None:
        return told
    return words.say("contested.side_outcome", side=told, outcome=teller.outcome(side.outcome))


def told(teller: Teller) -> list[Block]:
    """Give each notice that is owed: to whom, by whom, of what, within how long."""
    return [teller.block(notice.finding, _notice(teller, notice)) for notice in teller.decision.notices]


def _notice(teller: Teller, notice: NoticeOwed) -> str:
    words = teller.words
    said = words.say(
        "told.must",
        to=words.offices(notice.to),
        by=words.office(notice.by),
        tell=closed(words.text(notice.tell)),
    )
    if notice.within_days == 0:
        said = words.say("told.same_day", told=said)
    elif notice.within_days is not None:
        said = words.say("told.within", told=said, days=words.quantity(notice.within_days, "days"))
    if notice.given is Truth.UNKNOWN:
        return said
    done = words.say("told.done" if notice.given is Truth.YES else "told.not_done")
    return words.say("list.sentences", first=said, then=done)


def contest(teller: Teller) -> list[Block]:
    """Give each way to contest once: for whom, by what form, to which office, until when, by which law."""
    ways: dict[tuple[str, ...], list[Route]] = {}
    for route in teller.decision.routes:
        window = teller.words.text(route.form) if route.clock is None else _clock(teller, route.clock)
        ways.setdefault((route.recipient, route.office, window), []).append(route)
    told: list[Block] = []
    for routes in ways.values():
        told.extend(teller.blocks((route.finding for route in routes), _route(teller, routes[0])))
        clocks = (route.clock.finding for route in routes if route.clock is not None)
        told.extend(teller.block(clock) for clock in clocks if not teller.has_told(clock))
    return told


def _route(teller: Teller, route: Route) -> str:
    said = [way(teller.words, route)]
    if route.clock is not None:
        said.append(_clock(teller, route.clock))
    return " ".join(said)


def way(words: Words, route: Route | RouteTo) -> str:
    """Say a way to contest without its deadline: who, by what form, to which office, how to reach it."""
    said = sentence(
        words.say(
            "contest.route",
            recipient=words.office(route.recipient),
            form=closed(words.text(route.form)),
            office=words.office(route.office),
        )
    )
    reach = words.reach(route.office)
    return said if reach is None else f"{said} {words.say('needed.reach', reach=reach)}"


def clocks(teller: Teller) -> list[Block]:
    """Give every deadline that no way to contest has already shown."""
    shown = [route.clock for route in teller.decision.routes]
    return [
        teller.block(clock.finding, _clock(teller, clock))
        for clock in teller.decision.clocks
        if clock not in shown
    ]


def _clock(teller: Teller, clock: ClockSeen) -> str:
    """Say a deadline with its arithmetic: "Until 11 December 2026: 20 calendar days following ..."."""
    words = teller.words
    said = [counted(words, clock)]
    if clock.acted_on is not None:
        said.append(words.say("clock.acted", day=words.day(clock.acted_on)))
    if clock.outcome is not None:
        said.append(_seen_on(teller, clock, clock.outcome))
    return " ".join(said)


def counted(words: Words, clock: ClockSeen) -> str:
    """Say the last day of a deadline with all of its arithmetic: also the holidays that do not count."""
    if not clock.skipped:
        return last_day(words, clock)
    skipped = words.say("clock.skipped", days=words.all_of(words.day(day) for day in clock.skipped))
    return f"{last_day(words, clock)} {skipped}"


def last_day(words: Words, clock: ClockSeen) -> str:
    """Say the last day of a deadline and how it was counted, or what of it is not known."""
    days = None
    if clock.days is not None:
        count = "work" if clock.count == "work" else "calendar"
        days = words.say(f"clock.{count}.{'one' if clock.days == 1 else 'many'}", n=str(clock.days))
    if days is None:
        if clock.start is None:
            return words.say("clock.unknown")
        return words.say("clock.days_unknown", start=words.day(clock.start))
    if clock.start is None:
        return words.say("clock.from_unknown", days=days)
    if clock.last_day is None:
        return words.say("clock.last_unknown", days=days, start=words.day(clock.start))
    return words.say("clock.until", last=words.day(clock.last_day), days=days, start=words.day(clock.start))


def _seen_on(teller: Teller, clock: ClockSeen, outcome: Outcome) -> str:
    words = teller.words
    if clock.acted_on is not None:
        return words.say(f"clock.done_{outcome.value}")
    return words.say(f"clock.{outcome.value}", day=words.day(clock.asked_about))
