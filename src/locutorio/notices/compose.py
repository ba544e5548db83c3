"""Write the letter that tells a decision: ``compose(decision, lang) -> Letter``.

The shape, in full in ``letter.py``; all strings are text in the chosen language, without markup::

    Letter(lang, outcome, title, headline, lead, sections, foot)
        lead, foot      tuple[str, ...]: paragraphs
        sections        tuple[Section, ...]
    Section(name, heading, blocks)
        name            why, criteria, conditions, needed, limits, beside, papers, also, lost, unknown,
                        changes, contested, told, contest, clocks, comments (fixed; fit for an anchor or
                        a style)
        blocks          tuple[Block, ...]
    Block = Paragraph(text) | Items(items, intro)
          | FindingBlock(citation, says, head, lead, seen, marks, provision)

A section stands only when it has something to say.
"""

from __future__ import annotations

from collections.abc import Callable

from locutorio.decisions.decision import Decision, Outcome
from locutorio.notices import answer, contest, papers, reasons, terms, unknowns
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, FindingBlock, Items, Letter, Paragraph, Section

__all__ = ["SECTIONS", "Block", "FindingBlock", "Items", "Letter", "Paragraph", "Section", "compose"]

SECTIONS: dict[str, Callable[[Teller], list[Block]]] = {
    "why": reasons.why,
    "criteria": reasons.criteria,
    "conditions": terms.conditions,
    "needed": terms.needed,
    "limits": terms.limits,
    "beside": papers.beside,
    "papers": papers.papers,
    "lost": reasons.lost,
    "unknown": unknowns.unknown,
    "changes": unknowns.changes,
    "contested": contest.contested,
    "told": contest.told,
    "contest": contest.contest,
    "clocks": contest.clocks,
    "also": reasons.also,
    "comments": reasons.comments,
}
_FIRST = {"pending_key": "needed", "pending_unknown": "unknown", "refer": "contested"}


def compose(decision: Decision, lang: str) -> Letter:
    """Tell this decision in this language ("en" or "es"). What the answer hangs on comes first.

    Raises:
        Fault: the catalogue does not have this language.
    """
    teller = Teller(decision, lang)
    first = _FIRST.get(answer.state(teller), "why")
    order = [first, *(name for name in SECTIONS if name != first)]
    told = [(name, blocks) for name in order if _adds(blocks := tuple(SECTIONS[name](teller)))]
    return Letter(
        lang=lang,
        outcome=decision.outcome.value,
        title=answer.title(teller),
        headline=answer.headline(teller),
        lead=answer.lead(teller),
        sections=tuple(Section(name, _heading(teller, name), blocks) for name, blocks in told),
        foot=answer.foot(teller),
    )


def _adds(blocks: tuple[Block, ...]) -> bool:
    """Tell whether a section says more than that its findings were told before."""
    return any(not isinstance(block, FindingBlock) or block.head or block.says for block in blocks)


def _heading(teller: Teller, name: str) -> str:
    if name == "conditions" and teller.decision.outcome is not Outcome.PERMIT:
        return teller.words.say("heading.conditions_if")
    return teller.words.say(f"heading.{name}")
