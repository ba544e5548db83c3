"""What the one-page form shows: the answer, then the question with every field that can matter to it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse

from locutorio.actions import form_fields as reaching
from locutorio.actions import shelf
from locutorio.actions.form import CLOCK, PAPER, Filled, FilledPaper, kept_values
from locutorio.decisions.decision import Decision
from locutorio.facts.case import NONE, UNKNOWN
from locutorio.facts.vocabulary import FactKind, vocabulary
from locutorio.notices.compose import compose
from locutorio.notices.handout import Handout
from locutorio.notices.letter import Letter
from locutorio.notices.said import value_said
from locutorio.notices.words import Words
from locutorio.web.frame import Field
from locutorio.web.open.beginning import ABOUT, laws
from locutorio.web.open.conversation import Way, ways
from locutorio.web.open.form_fields import Names, of_paper
from locutorio.web.open.letters import DrawnSection, address_in, draw
from locutorio.web.open.search import Choice
from locutorio.web.words import say, words

UNTIL = "instrument.until"
_AT_ONCE = ("contest", "clocks")
TAKEN = (("answer-pdf", "form_take_pdf"), ("case-file", "form_take_file"))
KIND_OF_PAPER = "instruments."
_OF_FACT = re.compile(r"(?:p\d+\.)?f\.(.+)")
_TYPES = {"quantity": "number", "day": "date"}
_COUNTED_FROM = {kind.years_from for kind in vocabulary().facts.values()}  # days of birth have come about


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What is wrong, and where it can be put right. ``exact`` is what the program says, in English."""

    says: str
    at: str
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """One field. ``type`` is choice, number, date or text; ``instead`` the value of the box beside a day.

    ``from_file`` says what a file held that one field cannot show; ``kept`` is its text, sent along.
    """

    names: Names
    label: str
    type: str
    value: str
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    instead: str = ""
    instead_says: str = ""
    from_file: tuple[str, ...] = ()
    kept: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    """Fields that stand together, those in ``rest`` folded away; ``open`` is false where all of them are."""

    name: str
    heading: str
    controls: tuple[Control, ...]
    rest: tuple[Control, ...]
    rest_says: str
    open: bool
    count: str


@dataclass(frozen=True, slots=True)
class DrawnPaper:
    """One paper: the fields of the paper itself, and those of what it states."""

    index: int
    before: str
    name: str
    form: str
    title: str
    bounds: tuple[Control, ...]
    stated: tuple[Control, ...]
    known_at: str
    source: str
    problem: str


@dataclass(frozen=True, slots=True)
class OfferedKind:
    """A kind of paper: whether there is none, and the forms of it that can be added."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    turns: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer as it stands over the form: what it hangs on, unless that is open, and the rest folded."""

    letter: Letter
    first: tuple[DrawnSection, ...]
    rest: tuple[DrawnSection, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class DayField:
    """A day of the question."""

    name: str
    label: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """The whole page. ``wrong`` holds what is wrong by the field where it stands."""

    answer: Answer | None
    problems: tuple[FormProblem, ...]
    wrong: Mapping[str, str]
    laws: tuple[Choice, ...]
    abouts: tuple[tuple[str, tuple[Choice, ...]], ...]
    days: tuple[DayField, ...]
    groups: tuple[DrawnGroup, ...]
    papers: tuple[DrawnPaper, ...]
    kinds: tuple[OfferedKind, ...]
    all_papers: bool
    adopt: str
    reopened: str
    action: str


@dataclass(frozen=True, slots=True)
class HandoutPage:
    """Papers to print and hand over, and what leads to their PDF and back to the form."""

    handouts: tuple[Handout, ...]
    carried: tuple[Field, ...]
    pdf: str
    back: str


def page(
    filled: Filled,
    decision: Decision | None,
    lang: str,
    *,
    answered: bool = True,
    wrong: Mapping[str, str] = MappingProxyType({}),
    besides: Iterable[FormProblem] = (),
    reopened: str = "",
) -> FormPage:
    """Give the page of a form.

    Args:
        filled: what was filled in.
        decision: the answer to it, where there is one.
        lang: the language.
        answered: whether the answer is shown.
        wrong: what is wrong, in words, by the name of the field where it stands.
        besides: what is wrong that stands at no field of its own.
        reopened: the name of the file that was opened, if one was.
    """
    drawing = _Drawing(filled, decision, lang, wrong)
    law = shelf.pack(filled.law)
    problems = (*besides, *(FormProblem(drawing.named(at, says), at) for at, says in wrong.items()))
    return FormPage(
        answer=_answer(decision, filled.law, lang) if decision and answered and not problems else None,
        problems=problems,
        wrong=wrong,
        laws=tuple(Choice(name, shelf.pack(name).title[lang], name == law.name) for name in laws()),
        abouts=tuple(drawing.abouts()),
        days=tuple(
            DayField(name, words(lang)[f"form_{name}"], value, wrong.get(name, ""))
            for name, value in (("on", filled.on), ("asked_on", filled.asked_on))
        ),
        groups=tuple(drawing.groups()),
        papers=tuple(drawing.paper(index, paper) for index, paper in enumerate(filled.papers)),
        kinds=tuple(drawing.kinds()),
        all_papers=filled.complete is None,
        adopt=" ".join(filled.adopt),
        reopened=say(lang, "form_reopened", name=reopened) if reopened else "",
        action=reverse("form", args=[lang]),
    )


def _answer(decision: Decision, law: str, lang: str) -> Answer:
    letter = compose(decision, lang)
    sections = draw(letter.sections, address_in([law], lang))
    at_once = {sections[0].name, *_AT_ONCE} if decision.firm and sections else set()
    shown = tuple(one for one in sections if one.name in at_once)
    rest = tuple(one for one in sections if one.name not in at_once)
    return Answer(letter, shown, rest, ways(TAKEN, decision, lang))


class _Drawing:
    """Draws the fields of one form in one language."""

    def __init__(
        self, filled: Filled, decision: Decision | None, lang: str, wrong: Mapping[str, str]
    ) -> None:
        self._filled = filled
        self._decision = decision
        self._lang = lang
        self._wrong = wrong
        self._told = words(lang)
        about = filled.about if filled.about in vocabulary().facts[ABOUT].values else None
        self._speak = Words(lang, about)
        self._pack = shelf.pack(filled.law)

    def named(self, field: str, says: str) -> str:
        """Say what is wrong, after the name of the fact it is about, if it is about one."""
        fact = _OF_FACT.fullmatch(field)
        if fact is None:
            return says
        label = self._speak.label(fact[1])
        return say(self._lang, "form_wrong_at", label=label[:1].upper() + label[1:], says=says)

    def abouts(self) -> Iterator[tuple[str, tuple[Choice, ...]]]:
        """Give what can be asked about, by kind of question."""
        asked, told = self._filled.about, self._told
        contacts = ((name, told[f"about_{name}"]) for name in vocabulary().facts[ABOUT].values)
        yield told["form_about_contact"], tuple(Choice(name, says, name == asked) for name, says in contacts)
        clocks = reaching.clocks(self._filled.law, self._filled.on)
        named = ((f"{CLOCK}{name}", says[self._lang]) for name, says in clocks.items())
        if clocks:
            yield told["form_about_clock"], tuple(Choice(name, says, name == asked) for name, says in named)
        if self._filled.papers:
            papers = ((f"{PAPER}{paper.name}", self._title(paper)) for paper in self._filled.papers)
            yield (
                told["form_about_paper"],
                tuple(Choice(name, says, name == asked) for name, says in papers),
            )

    def groups(self) -> Iterator[DrawnGroup]:
        """Give the facts, those that still turn the answer first."""
        for group in reaching.groups(self._filled, self._decision):
            controls = tuple(self._control(self._filled, "", path) for path in group.paths)
            given = tuple(one for one in controls if one.value or one.kept)
            whole = group.name == reaching.FIRST or not given
            rest = () if whole else tuple(one for one in controls if one not in given)
            yield DrawnGroup(
                name=group.name,
                heading=self._told[f"form_group_{group.name}"],
                controls=controls if whole else given,
                rest=rest,
                rest_says=say(self._lang, "form_rest", n=len(rest)),
                open=group.name == reaching.FIRST or bool(given),
                count=say(self._lang, "form_count", given=len(given), all=len(controls)),
            )

    def paper(self, index: int, paper: FilledPaper) -> DrawnPaper:
        """Give the fields of one paper."""
        before = of_paper(index)
        stated = reaching.parameters(self._filled.law, paper.form, self._decision, paper.name)
        return DrawnPaper(
            index=index,
            before=before,
            name=paper.name,
            form=paper.form,
            title=self._title(paper),
            bounds=tuple(self._control(paper, before, bound) for bound in ("instrument.from", UNTIL)),
            stated=tuple(self._control(paper, before, path) for path in stated),
            known_at=paper.known_at,
            source=paper.source,
            problem=self._wrong.get(f"{before}known_at", ""),
        )

    def kinds(self) -> Iterator[OfferedKind]:
        """Give the kinds of paper, those of which one could still turn the answer first."""
        turning = () if self._decision is None else self._decision.unknown
        complete = self._pack.kinds.keys() if self._filled.complete is None else self._filled.complete
        for name, kind in sorted(
            self._pack.kinds.items(), key=lambda one: KIND_OF_PAPER + one[0] not in turning
        ):
            forms = (form for form in self._pack.forms.values() if form.kind == name)
            some = any(self._pack.forms[paper.form].kind == name for paper in self._filled.papers)
            none = self._told["form_kind_no_other" if some else "form_kind_none"]
            choices = (
                Choice("", self._told["form_unknown"], name not in complete),
                Choice(NONE, none, name in complete),
                *(
                    Choice(form.name, say(self._lang, "form_kind_add", title=form.title[self._lang]), False)
                    for form in forms
                ),
            )
            yield OfferedKind(name, kind.label[self._lang], choices, KIND_OF_PAPER + name in turning)

    def _title(self, paper: FilledPaper) -> str:
        title = self._pack.forms[paper.form].title[self._lang]
        return say(self._lang, "paper_named", title=title, name=paper.name)

    def _control(self, part: Filled | FilledPaper, before: str, path: str) -> Control:
        names, kind = Names(before, path), vocabulary().facts[path]
        value, kept = part.said.get(path, ""), part.kept.get(path, "")
        instead = "" if kind.type != "day" or path in _COUNTED_FROM else UNKNOWN if path == UNTIL else NONE
        return Control(
            names=names,
            label=self._speak.label(path),
            type=_TYPES.get(kind.type, "choice"),
            value=value,
            choices=tuple(self._choices(kind, value)),
            unit=self._unit(kind),
            instead=instead,
            instead_says=self._told["form_until_unknown" if path == UNTIL else "form_not_yet"],
            from_file=tuple(self._from_file(path, kept)),
            kept=kept,
            problem=self._wrong.get(names.value, ""),
        )

    def _unit(self, kind: FactKind) -> str:
        unit = vocabulary().units.get(kind.unit or "")
        return unit.many[self._lang] if unit else ""

    def _choices(self, kind: FactKind, value: str) -> Iterator[Choice]:
        match kind.type:
            case "yes_no":
                known = {"yes": self._speak.value(kind.path, True), "no": self._speak.value(kind.path, False)}
            case "choice":
                known = {name: says[self._lang] for name, says in kind.values.items()}
            case "office":
                known = {name: office.label[self._lang] for name, office in vocabulary().offices.items()}
            case _:
                return
        yield Choice("", self._told["form_unknown"], value not in known)
        yield from (Choice(name, says, name == value) for name, says in known.items())

    def _from_file(self, path: str, kept: str) -> Iterator[str]:
        if kept:
            yield from (value_said(path, dated, self._speak) for dated in kept_values(path, kept))
