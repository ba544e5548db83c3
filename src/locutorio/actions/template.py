"""Prints a case to fill in: every fact that can matter to a question, what it means, who can know it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from locutorio.actions import shelf
from locutorio.decisions.clocks import known_clocks
from locutorio.facts.vocabulary import FactKind, Vocabulary, vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.rules.rulebook import ABOUT, Rulebook

GIVEN = (ABOUT, "request.on", "request.asked_on")
INSTRUMENT = "instrument"
CLOCK = "clock:"
NO_END = {
    "en": "A paper without `until` names no last day. If it names one, add `until: YYYY-MM-DD`, the first "
    "day on which it no longer counts; if you do not know, `until: unknown`.",
    "es": "Un documento sin `until` no fija un último día. Si lo fija, añada `until: YYYY-MM-DD`, el primer "
    "día en que ya no cuenta; si no lo sabe, `until: unknown`.",
}


def template(law: str, name: str, lang: str, day: date) -> str:
    """Give a case file to fill in, as YAML with comments.

    Args:
        law: the pack.
        name: visit, call, ... (a value of request.about), instrument, or clock:NAME.
        lang: en or es, the language of the comments.
        day: the day put in for the question.

    Raises:
        Fault: there is no template of that name, or the pack is an overlay.
    """
    if law in shelf.overlays():
        raise Fault(
            f'"{law}" decides nothing',
            why="it is an overlay: it comments on what a law decides",
            remedy=suggestion(law, shelf.laws()),
        )
    book = shelf.shelf(law).on(day)
    words = vocabulary()
    known = [*(about for about in words.facts[ABOUT].values if book.general(about).indices), INSTRUMENT]
    known += [CLOCK + clock for clock in known_clocks(book)]
    if name not in known:
        raise Fault(f'there is no template "{name}"', remedy=suggestion(name, known))
    if name == INSTRUMENT:
        question = [f"  {{kind: instrument, instrument: paper-1, on: {day}}}"]
        facts = sorted({path for form in book.pack.forms for path in book.reach_of_form(form)})
    elif name.startswith(CLOCK):
        question = [f"  {{kind: clock, clock: {name.removeprefix(CLOCK)}, on: {day}}}"]
        facts = sorted(book.reach_of_clock(name.removeprefix(CLOCK)))
    else:
        question = [f"  {{kind: contact, about: {name}, on: {day}, asked_on: {day}}}"]
        facts = sorted(
            {_observed(path, words) for path in book.reach[name] if not path.startswith("instrument.")}
        )
    lines = [f"law: {law}", "question:", *question, "facts:"]
    for path in facts:
        if path not in GIVEN and not path.startswith("instrument."):
            lines += _fact(words.facts[path], words, lang)
    if not any(line.startswith("  ") for line in lines[4:]):
        lines[3] = "facts: {}"
    lines += _papers(book, lang, None if name == INSTRUMENT or name.startswith(CLOCK) else name)
    return "\n".join(lines) + "\n"


def _observed(path: str, words: Vocabulary) -> str:
    """Give the fact that is observed: a derived one gives way to what it is counted from."""
    return words.facts[path].years_from or path


def _fact(kind: FactKind, words: Vocabulary, lang: str) -> Iterator[str]:
    yield f"  # {kind.ask[lang]}"
    yield f"  {kind.path}: unknown   # {_answers(kind, words)}"


def _answers(kind: FactKind, words: Vocabulary) -> str:
    match kind.type:
        case "yes_no":
            return "yes | no"
        case "choice":
            return " | ".join(kind.values)
        case "office":
            return " | ".join(words.offices)
        case "day":
            return "YYYY-MM-DD | none"
        case _:
            return f"0, 1, 2 ... ({kind.unit})"


def _papers(book: Rulebook, lang: str, about: str | None) -> Iterator[str]:
    """Give the papers to fill in: those that can bear on a question of contact, or (None) every one."""
    kinds = [name for name, kind in book.pack.kinds.items() if about is None or about in kind.reaches]
    yield f"# {NO_END[lang]}"
    yield "# instruments:"
    for form in sorted(book.pack.forms.values(), key=lambda one: one.name):
        if form.kind not in kinds:
            continue
        facts = ", ".join(
            f"{parameter}: unknown" for parameter in form.parameters if parameter not in {"from", "until"}
        )
        yield f"#   # {form.title[lang]} ({form.citation})"
        yield f"#   - {{id: paper-1, form: {form.name}, from: YYYY-MM-DD, facts: {{{facts}}}}}"
    yield f"complete: []   # all | [{', '.join(sorted(kinds))}]"
