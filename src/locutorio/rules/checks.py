"""What makes a pack valid beyond being well typed: references lead somewhere, numbers begin in time,
nothing turns in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from holidays import list_supported_countries

from locutorio.facts.vocabulary import Vocabulary
from locutorio.kernel.faults import Fault, Place, suggestion
from locutorio.rules.effects import sums_of_effect
from locutorio.rules.provision import (
    Form,
    Pack,
    Prohibit,
    Provision,
    Refer,
    Require,
    RouteTo,
    Window,
)
from locutorio.rules.rulebook import ABOUT, facts_of_provision
from locutorio.rules.tree import Constant, Member, facts_of, lines_of, numbers_of, sums_of

ALWAYS = frozenset({"instrument.from", "instrument.until"})
CHAIN_MAX = 50


def faults(pack: Pack, words: Vocabulary) -> Iterator[Fault]:
    """Give everything that makes a pack invalid, each with its place and remedy."""
    clocks = {
        effect.name for p in pack.provisions.values() for effect in p.effects if isinstance(effect, Window)
    }
    for provision in pack.provisions.values():
        yield from _references(provision, pack, clocks)
        yield from _numbers(provision)
        yield from _papers(provision, pack)
        if not provision.effects:
            yield _fault(provision, "has no effect", "write what follows from it under `then:`")
        if not provision.citation:
            yield _fault(provision, "cites nothing", "add its citation")
        if provision.until and provision.until <= provision.since:
            yield _fault(
                provision,
                f"ends on {provision.until.isoformat()}, before it begins",
                "check the two days: `until` is the first day it is no longer in force",
            )
        if provision.status == "derived" and provision.reading is None:
            yield _fault(
                provision, "is derived and names no reading", "add `reading: N` and docs/readings/NNNN-*.md"
            )
    yield from _circles(pack)
    if not pack.overlay:
        yield from _residuals(pack, words)
    for form in pack.forms.values():
        yield from _form(form, pack)
    yield from _kinds(pack)
    if pack.holidays and pack.holidays not in list_supported_countries():
        yield Fault(
            f'the public holidays of "{pack.holidays}" are not known',
            remedy="correct the two letters after `holidays:` in pack.yaml, or take the line out",
        )


def _fault(provision: Provision, what: str, remedy: str) -> Fault:
    return Fault(f"{provision.name} {what}", where=provision.place, remedy=remedy)


def _unknown(place: Place | None, what: str, word: str, known: Mapping[str, object] | set[str]) -> Fault:
    return Fault(what, where=place, remedy=suggestion(word, known))


def _references(provision: Provision, pack: Pack, clocks: set[str]) -> Iterator[Fault]:
    name, place = provision.name, provision.place
    for other in provision.overrides:
        if other not in pack.provisions:
            yield _unknown(
                place, f'{name} overrides "{other}", which is no provision', other, pack.provisions
            )
    if provision.source not in pack.sources:
        yield _unknown(
            place,
            f'{name} has a source "{provision.source}" that is not listed',
            provision.source,
            pack.sources,
        )
    if provision.rank not in pack.ladder:
        yield _fault(
            provision, f"has rank {provision.rank}, which is not on the ladder", "use a rank of pack.yaml"
        )
    papers = set(pack.kinds if pack.overlay else pack.forms)
    known_of = papers if provision.about == "instrument" else clocks
    for other in provision.of:
        if provision.form is None and other not in known_of:
            yield _unknown(place, f'{name} is of "{other}", which is not known', other, known_of)
    if provision.side:
        question = pack.contested.get(provision.side[0])
        if question is None or provision.side[1] not in {side.name for side in question.sides}:
            known_sides = {f"{one.name}.{side.name}" for one in pack.contested.values() for side in one.sides}
            yield _unknown(
                place, f"{name} is on a side that no question has", ".".join(provision.side), known_sides
            )
    for effect in provision.effects:
        if isinstance(effect, RouteTo) and effect.clock and effect.clock not in clocks:
            yield _unknown(
                place,
                f'{name} has a route with a clock "{effect.clock}", which is not set',
                effect.clock,
                clocks,
            )
        if isinstance(effect, Refer) and effect.question not in pack.contested:
            yield _unknown(
                place,
                f'{name} refers to "{effect.question}", which is no contested question',
                effect.question,
                pack.contested,
            )


def _numbers(provision: Provision) -> Iterator[Fault]:
    sums = [part for line in (lines_of(provision.when) if provision.when else ()) for part in sums_of(line)]
    sums += [part for effect in provision.effects for part in sums_of_effect(effect)]
    used = set(numbers_of(sums))
    for number in provision.numbers.values():
        first = number.rows[0].since
        if first > provision.since:
            yield _fault(
                provision,
                f'is in force before its number "{number.name}" has a value ({first.isoformat()})',
                "add the earlier row with its citation, or let the provision begin later",
            )
        if number.name not in used and provision.form is None:
            yield _fault(provision, f'has a number "{number.name}" that it does not use', "delete it")


def _papers(provision: Provision, pack: Pack) -> Iterator[Fault]:
    read = {path for path in facts_of_provision(provision) if path.startswith("instrument.")} - ALWAYS
    forms = [pack.forms[name] for name in provision.of if name in pack.forms]
    if read and (not forms or provision.about == "clock"):
        yield _fault(
            provision,
            f"reads {min(read)} but is of no form",
            "move it into the file of a form: only a form's own provisions read a paper",
        )
    for form in forms:
        for path in sorted(read - {f"instrument.{parameter}" for parameter in form.parameters}):
            yield _fault(
                provision,
                f"reads {path}, which the form {form.name} does not state",
                "add it to the form's parameters",
            )


def _kinds(pack: Pack) -> Iterator[Fault]:
    used: list[tuple[str, Place | None, str]] = [
        (f"the contested question {one.name}", one.place, kind)
        for one in pack.contested.values()
        for kind in one.papers
    ]
    used += [
        (f"the safety property {one.name}", None, kind) for one in pack.safety for kind in one.unless_papers
    ]
    for what, place, kind in used:
        if kind not in pack.kinds:
            yield _unknown(place, f'{what} names "{kind}", which is no kind of paper', kind, pack.kinds)


def _form(form: Form, pack: Pack) -> Iterator[Fault]:
    if form.kind not in pack.kinds:
        yield _unknown(
            form.place,
            f'the form {form.name} is of a kind "{form.kind}" that pack.yaml does not list',
            form.kind,
            pack.kinds,
        )


def _circles(pack: Pack) -> Iterator[Fault]:
    """Find overrides that turn in a circle or make too long a chain; ``done`` holds the chain below each."""
    done: dict[str, int] = {}

    def follow(start: str) -> list[str] | None:
        path: list[str] = [start]
        choices = [iter(pack.provisions[start].overrides)]
        while path:
            step = next(choices[-1], None)
            if step is None:
                last = path.pop()
                choices.pop()
                below = (done.get(name, 0) for name in pack.provisions[last].overrides)
                done[last] = 1 + max(below, default=-1)
            elif step in path:
                return [*path[path.index(step) :], step]
            elif step in pack.provisions and step not in done:
                path.append(step)
                choices.append(iter(pack.provisions[step].overrides))
        return None

    for name in pack.provisions:
        circle = follow(name) if name not in done else None
        if circle:
            what = "overrides itself" if len(circle) == 2 else f"overrides in a circle: {' > '.join(circle)}"
            yield _fault(pack.provisions[circle[0]], what, "take one of these overrides out")
            return
    longest = max(done, key=lambda name: done[name], default=None)
    if longest and done[longest] > CHAIN_MAX:
        yield _fault(
            pack.provisions[longest],
            f"begins a chain of {done[longest]} overrides; at most {CHAIN_MAX} are followed",
            "let provisions override what they displace directly, not through one another",
        )


def _abouts(provision: Provision) -> set[str]:
    """Give the questions a provision speaks to: all, where no line says."""
    for line in lines_of(provision.when) if provision.when else ():
        if facts_of(sums_of(line)) != (ABOUT,):
            continue
        if isinstance(line, Member):
            return {str(item) for item in line.items}
        constants = [t.value for part in sums_of(line) for _, t in part.terms if isinstance(t, Constant)]
        return {str(value) for value in constants}
    return set()


def _residuals(pack: Pack, words: Vocabulary) -> Iterator[Fault]:
    covered: set[str] = set()
    for provision in pack.provisions.values():
        if not provision.residual:
            continue
        lines = lines_of(provision.when) if provision.when else ()
        plain = all(facts_of(sums_of(line)) == (ABOUT,) for line in lines)
        if not plain or not any(isinstance(effect, Prohibit) for effect in provision.effects):
            yield _fault(
                provision,
                "is residual but does not refuse in every case",
                "let its only lines fix request.about",
            )
        covered |= _abouts(provision) or set(words.facts[ABOUT].values)
    for provision in pack.provisions.values():
        if provision.about == "contact" and not provision.form and not provision.residual:
            for about in sorted(_abouts(provision) - covered):
                yield _fault(
                    provision,
                    f'speaks of "{about}", for which the pack has no residual provision',
                    "name the residual",
                )
        for effect in provision.effects:
            if isinstance(effect, Require) and provision.about != "contact":
                yield _fault(
                    provision, "requires a key outside a question of contact", "use a condition line"
                )
