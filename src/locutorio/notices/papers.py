"""Says what became of each paper about the person, and what was found beside the answer."""

from __future__ import annotations

from locutorio.decisions.decision import Beside, InstrumentSeen, Outcome
from locutorio.facts.vocabulary import vocabulary
from locutorio.notices.findings import Teller, every_finding
from locutorio.notices.letter import Block, Items
from locutorio.notices.words import clean, quoted, sentence


def papers(teller: Teller) -> list[Block]:
    """Give each paper: dates, standing, why, and how it could be put right."""
    told: list[Block] = []
    for paper in teller.decision.instruments:
        told.extend(_paper(teller, paper))
    return told


def _paper(teller: Teller, paper: InstrumentSeen) -> list[Block]:
    words = teller.words
    named = words.say("papers.named", paper=teller.paper(paper.name), citation=clean(paper.citation))
    told: list[Block] = [Items(_dates(teller, paper), sentence(named).removesuffix(".") + ":")]
    told.extend(teller.blocks(paper.because, words.say("papers.because")))
    if paper.cures:
        cures = tuple(sentence(words.text(cure)) for cure in paper.cures)
        told.append(Items(cures, words.say("papers.cures")))
    return told


def standing(teller: Teller, outcome: Outcome | None) -> str:
    """Say what a paper is on the day asked about."""
    key = f"papers.{outcome.value}" if outcome else "papers.unknown"
    return teller.words.say(key if teller.words.has(key) else "papers.unknown")


def _dates(teller: Teller, paper: InstrumentSeen) -> tuple[str, ...]:
    words = teller.words
    said = [standing(teller, paper.standing)]
    if paper.begins_on is None:
        said.append(words.say("papers.begins_unknown"))
    else:
        said.append(words.say("papers.begins", day=words.day(paper.begins_on)))
    if paper.ends_on is None:
        said.append(words.say("papers.ends_unknown"))
    elif paper.ended_by is None:
        said.append(words.say("papers.ends", day=words.day(paper.ends_on)))
    else:
        said.append(words.say("papers.ends_by", day=words.day(paper.ends_on), citation=_lapse(teller, paper)))
    if source := quoted(paper.source):
        said.append(words.say("papers.source", source=source))
    return tuple(said)


def _lapse(teller: Teller, paper: InstrumentSeen) -> str:
    """Cite what lapses a paper, by the provision's name where the decision holds no finding of it."""
    lapsing = [one for one in every_finding(teller.decision) if one.provision == paper.ended_by]
    return teller.cites(lapsing[:1]) or clean(paper.ended_by or "")


def beside(teller: Teller) -> list[Block]:
    """Give every finding beside the answer; a head that several share stands once."""
    told: list[Block] = []
    before = ""
    for found in teller.decision.beside:
        head = _head(teller, found)
        told.append(teller.block(found.finding, "" if head == before else head))
        before = "" if found.against else head
        told.extend(teller.blocks(found.against, teller.words.say("beside.against")))
    return told


def _head(teller: Teller, found: Beside) -> str:
    words = teller.words
    label = words.allowance(found.of) if found.of is not None else None
    match found.kind:
        case "floor_breach" if label is not None:
            return words.say("beside.floor_breach_of", label=label)
        case "owed" if label is not None and found.amount is not None and found.unit is not None:
            amount = words.quantity(found.amount, found.unit)
            return words.say("beside.owed_amount", amount=amount, label=label)
        case "notice_missing" if found.recipients:
            return words.say("beside.notice_missing_to", recipients=words.offices(found.recipients))
        case "lapse_soon" if found.day is not None:
            return words.say("beside.lapse_soon_day", day=words.day(found.day))
        case "floor_breach" | "owed" | "notice_missing" | "lapse_soon":
            return words.say(f"beside.{found.kind}")
        case _:
            return _flag(teller, found)


def _flag(teller: Teller, found: Beside) -> str:
    words = teller.words
    flag = vocabulary().flags.get(found.kind)
    head = sentence(words.text(flag) if flag else found.kind)
    if found.day is None:
        return head
    day = sentence(words.say("beside.day", day=words.day(found.day)))
    return words.say("list.sentences", first=head, then=day)
