"""Says why: the findings that made the answer, the others that count, and those that lost."""

from __future__ import annotations

from itertools import groupby

from locutorio.decisions.decision import Criterion, Defeated, Truth
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, FindingBlock, Paragraph
from locutorio.notices.papers import standing
from locutorio.notices.words import clean, sentence

_NOT_IN_FORCE = "not_in_force"


def why(teller: Teller) -> list[Block]:
    """Give every finding that made the outcome; those that only may apply stand together after the others."""
    reasons = teller.decision.reasons
    told: list[Block] = [*teller.blocks(reason for reason in reasons if reason.truth is not Truth.UNKNOWN)]
    perhaps = [reason for reason in reasons if reason.truth is Truth.UNKNOWN]
    if perhaps:
        told.append(Paragraph(teller.words.say("why.perhaps")))
        told.extend(teller.block(reason, in_doubt=True) for reason in perhaps)
    return told


def also(teller: Teller) -> list[Block]:
    """Give what counted and was told nowhere else in the letter; approvals that were given are among it."""
    decision = teller.decision
    counted = (*decision.supporting, *(key.finding for key in decision.keys))
    return [teller.block(finding) for finding in counted if not teller.has_told(finding)]


def comments(teller: Teller) -> list[Block]:
    """Give what standards without binding force say, each under its name and that it decided nothing."""
    words, told = teller.words, list[Block]()
    for title, group in groupby(teller.decision.comments, key=lambda comment: comment.title):
        told.append(Paragraph(words.say("comments.of", title=sentence(words.text(title)).removesuffix("."))))
        told.extend(teller.block(comment.finding) for comment in group)
    return told


def _how(teller: Teller, lost: Defeated) -> str:
    words, ladder = teller.words, teller.decision.ladder
    if not lost.by:
        return words.say("lost.alone")
    by = teller.cites(lost.by)
    high = min(finding.rank for finding in lost.by)
    if lost.how == "outranked" and lost.finding.rank in ladder and high in ladder:
        low, higher = words.text(ladder[lost.finding.rank]), words.text(ladder[high])
        return words.say("lost.outranked_ranks", by=by, low=low, high=higher)
    return words.say(f"lost.{lost.how}" if words.has(f"lost.{lost.how}") else "lost.other", by=by)


def lost(teller: Teller) -> list[Block]:
    """Give what was weighed and did not prevail, and to what it gave way; papers not in force stand last."""
    told: list[Block] = []
    of_papers: dict[str, list[Defeated]] = {}
    for defeated in teller.decision.defeated:
        paper = defeated.finding.instrument
        if defeated.how == _NOT_IN_FORCE and paper is not None:
            of_papers.setdefault(paper, []).append(defeated)
            continue
        told.append(teller.block(defeated.finding))
        told.append(Paragraph(_how(teller, defeated)))
    for paper, out_of_force in of_papers.items():
        told.append(Paragraph(_not_in_force(teller, paper)))
        told.extend(teller.block(one.finding, brief=True) for one in out_of_force)
        why = (finding for one in out_of_force for finding in one.by)
        told.extend(teller.block(finding) for finding in why if not teller.has_told(finding))
    return told


def _not_in_force(teller: Teller, paper: str) -> str:
    seen = next((one for one in teller.decision.instruments if one.name == paper), None)
    return teller.words.say(
        "lost.paper",
        paper=sentence(teller.paper(paper)).removesuffix("."),
        standing=standing(teller, seen.standing if seen else None),
    )


def criteria(teller: Teller) -> list[Block]:
    """Give all that is asked for, each met, not met or not known, with where the law has it."""
    return [_criterion(teller, one) for one in teller.decision.criteria]


def _criterion(teller: Teller, one: Criterion) -> FindingBlock:
    words = teller.words
    state = words.say(f"criterion.{one.state.value}")
    head = words.say("criterion.key", state=state, what=words.label(one.key)) if one.key else state
    return FindingBlock(
        citation=clean(one.citation),
        says=sentence(words.text(one.says)),
        head=sentence(head),
        lead=words.say("finding.lead"),
        provision=one.provision,
    )
