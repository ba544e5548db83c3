"""Tells one provision, apart from any case: when it applies, what it does, its numbers, its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from locutorio.facts.vocabulary import vocabulary
from locutorio.notices.letter import Block, FindingBlock, Items, Paragraph, Section
from locutorio.notices.lines import Lines
from locutorio.notices.words import Words, closed, sentence
from locutorio.rules.provision import (
    DECIDING,
    Ceiling,
    Defect,
    Effect,
    Floor,
    Impose,
    Lapse,
    Notice,
    Owed,
    Pack,
    Permit,
    Prohibit,
    Provision,
    Raise,
    Refer,
    Require,
    RouteTo,
    Supersede,
    Void,
    Window,
)
from locutorio.rules.tree import Sum


def sheet(provision: Provision, pack: Pack, lang: str) -> tuple[Section, ...]:
    """Tell a provision in this language ("en" or "es"); sections without content are left out.

    Raises:
        Fault: the catalogue does not have this language.
    """
    teller = _Teller(provision, pack, lang)
    told: Mapping[str, tuple[Block, ...]] = {
        "when": tuple(teller.when()),
        "does": tuple(teller.does()),
        "numbers": tuple(teller.numbers()),
        "prevails": tuple(teller.prevails()),
        "source": tuple(teller.source()),
    }
    heading = teller.words.say
    return tuple(
        Section(name, heading(f"sheet.heading.{name}"), blocks) for name, blocks in told.items() if blocks
    )


class _Teller:
    def __init__(self, provision: Provision, pack: Pack, lang: str) -> None:
        self.words = Words(lang)
        self._lines = Lines(self.words, provision.numbers)
        self._provision = provision
        self._pack = pack

    def when(self) -> Iterator[Block]:
        """Say to what it applies and on what conditions."""
        say, provision = self.words.say, self._provision
        if provision.form:
            yield Paragraph(say("sheet.in_paper", paper=self._form(provision.form)))
        elif provision.about == "instrument":
            yield Paragraph(
                say("sheet.judges", papers=self.words.apart(self._form(form) for form in provision.of))
            )
        lines = tuple(sentence(line) for line in self._lines.conditions(provision.when))
        if lines:
            yield Items(lines, say("sheet.all_hold"))
        else:
            yield Paragraph(say("sheet.always"))
        if provision.residual:
            yield Paragraph(say("sheet.residual"))
        if provision.side:
            question, side = provision.side
            contested = self._pack.contested[question]
            says = next(one.says for one in contested.sides if one.name == side)
            yield Paragraph(
                say(
                    "sheet.side",
                    question=closed(self.words.text(contested.question)),
                    side=closed(self.words.text(says)),
                )
            )

    def does(self) -> Iterator[Block]:
        """Say each effect."""
        yield Items(tuple(sentence(self._effect(effect)) for effect in self._provision.effects))

    def numbers(self) -> Iterator[Block]:
        """Give every value each number ever had, with its first day and its citation."""
        for number in self._provision.numbers.values():
            rows = tuple(
                self.words.say(
                    "sheet.number_row",
                    day=self.words.day(row.since),
                    value=self.words.quantity(row.value, number.unit),
                    citation=row.citation,
                )
                for row in number.rows
            )
            yield Items(rows, sentence(self.words.text(number.label)))

    def prevails(self) -> Iterator[Block]:
        """Give the provisions that this one removes."""
        for name in self._provision.overrides:
            other = self._pack.provisions[name]
            yield FindingBlock(other.citation, sentence(self.words.text(other.says)), provision=name)

    def source(self) -> Iterator[Block]:
        """Say how far the text can be relied on, since when it is in force for us, its rank and its place."""
        say, provision, pack = self.words.say, self._provision, self._pack
        if pack.overlay and provision.status in DECIDING:
            yield Paragraph(say("sheet.overlay"))
        else:
            yield Paragraph(say(f"sheet.status.{provision.status.replace('-', '_')}"))
        if provision.reading is not None:
            yield Paragraph(say("sheet.reading", number=str(provision.reading)))
        read = {
            "day": self.words.day(provision.read_on),
            "source": self.words.text(pack.sources[provision.source].title),
        }
        facts = [say("sheet.read", **read), say("sheet.since", day=self.words.day(provision.since))]
        if provision.until:
            facts.append(say("sheet.until", day=self.words.day(provision.until)))
        facts.append(say("sheet.rank", rank=self.words.text(pack.ladder[provision.rank])))
        if provision.rows:
            facts.append(say("sheet.rows", rows=", ".join(provision.rows)))
        yield Items(tuple(facts))

    def _form(self, name: str) -> str:
        return self.words.text(self._pack.forms[name].title) if name in self._pack.forms else name

    def _sum(self, operand: Sum, unit: str | None = None) -> str:
        return self._lines.operand(operand, unit=unit)

    def _effect(self, effect: Effect) -> str:
        match effect:
            case Permit():
                return self.words.say("sheet.permit_right" if effect.right else "sheet.permit_open")
            case Prohibit():
                return self.words.say("sheet.prohibit")
            case Require():
                ask, office = self.words.ask(effect.key), self.words.office(effect.office)
                return self.words.say("sheet.require", ask=ask, office=office)
            case Impose():
                labels = (self.words.text(vocabulary().conditions[token].label) for token in effect.tokens)
                return self.words.say("sheet.condition", conditions=self.words.apart(labels))
            case Ceiling() | Floor() | Owed():
                return self._quantity(effect)
            case Notice() | RouteTo() | Raise() | Refer():
                return self._telling(effect)
            case Window():
                return self._window(effect)
            case Defect() | Void() | Supersede() | Lapse():
                return self._judging(effect)

    def _quantity(self, effect: Ceiling | Floor | Owed) -> str:
        allowance = self.words.allowance(effect.of)
        unit = vocabulary().allowances[effect.of].unit
        if isinstance(effect, Owed):
            authorised, delivered = self._sum(effect.authorised, unit), self._sum(effect.delivered, unit)
            return self.words.say(
                "sheet.owed", allowance=allowance, authorised=authorised, delivered=delivered
            )
        key = "sheet.ceiling" if isinstance(effect, Ceiling) else "sheet.floor"
        return self.words.say(
            key, allowance=allowance, limit=self._sum(effect.limit, unit), used=self._sum(effect.used, unit)
        )

    def _telling(self, effect: Notice | RouteTo | Raise | Refer) -> str:
        say, words = self.words.say, self.words
        match effect:
            case Notice():
                told = say(
                    "sheet.notice",
                    to=words.offices(effect.to),
                    by=words.office(effect.by),
                    tell=words.text(effect.tell),
                )
                if effect.within is not None:
                    told = say("sheet.within", told=told, days=self._sum(effect.within, "days"))
                return told
            case RouteTo():
                form = closed(words.text(effect.form))
                return say(
                    "sheet.route",
                    recipient=words.office(effect.recipient),
                    form=form,
                    office=words.office(effect.office),
                )
            case Raise():
                return say("sheet.flag", flag=words.text(vocabulary().flags[effect.flag]))
            case Refer():
                return say("sheet.refer", question=words.text(self._pack.contested[effect.question].question))

    def _window(self, effect: Window) -> str:
        return self.words.say(
            f"sheet.window.{effect.count}",
            days=self._sum(effect.days, "days"),
            start=self._sum(effect.start),
            past=self.words.say(f"outcome.{effect.past}"),
        )

    def _judging(self, effect: Defect | Void | Supersede | Lapse) -> str:
        match effect:
            case Defect():
                return self.words.say("sheet.defect", cure=self.words.text(effect.cure))
            case Void():
                return self.words.say("sheet.void")
            case Supersede():
                return self.words.say("sheet.supersede")
            case Lapse():
                return self.words.say("sheet.lapse", day=self._sum(effect.on))
