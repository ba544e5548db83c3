"""Says what was asked, the answer in words, and what every answer ends with."""

from __future__ import annotations

from locutorio.decisions.decision import Outcome, Truth
from locutorio.notices.findings import ADOPTED, Teller
from locutorio.notices.unknowns import outcome_of
from locutorio.notices.words import clean, sentence

_HASH_SHOWN = 12


def title(teller: Teller) -> str:
    """Say what was asked."""
    decision, words = teller.decision, teller.words
    on = words.day(decision.on)
    if decision.kind == "clock":
        return words.say("title.clock", day=on)
    if decision.kind == "instrument":
        if decision.subject is None:
            return words.say("title.unnamed_instrument", day=on)
        return words.say("title.instrument", day=on, paper=teller.paper(decision.subject))
    if words.has(f"title.{decision.about}"):
        return words.say(f"title.{decision.about}", day=on)
    return sentence(words.say("title.other", about=words.value("request.about", decision.about), day=on))


def state(teller: Teller) -> str:
    """Name the answer: the outcome, but pending for an approval, a fact or a first day are three answers."""
    decision = teller.decision
    if decision.outcome is Outcome.PENDING:
        if not decision.firm:
            return "pending_unknown"
        return "pending_paper" if decision.kind == "instrument" else "pending_key"
    return decision.outcome.value


def headline(teller: Teller) -> str:
    """Give the answer in a few words."""
    own = f"headline.{teller.decision.about}.{state(teller)}"
    return teller.words.say(own if teller.words.has(own) else f"headline.{state(teller)}")


def _said(teller: Teller) -> str:
    decision, words = teller.decision, teller.words
    on = words.day(decision.on)
    if decision.outcome in {Outcome.PERMIT, Outcome.REFUSE}:
        key = f"answer.{decision.about}.{decision.outcome.value}"
        return words.say(key if words.has(key) else f"answer.other.{decision.outcome.value}", day=on)
    if state(teller) == "pending_unknown" and not decision.branches:
        return words.say("answer.pending_unknown_open")
    own = f"answer.{decision.about}.{state(teller)}"
    return words.say(own if words.has(own) else f"answer.{state(teller)}", day=on)


def _refused_for_want_of_a_key(teller: Teller) -> bool:
    """Tell whether nothing but a missing key refuses entry, so that the answer is for this occasion only."""
    decision = teller.decision
    return (
        decision.about == "entry"
        and decision.outcome is Outcome.REFUSE
        and any(key.state is Truth.NO for key in decision.keys)
        and all("prohibit" not in reason.effects for reason in decision.reasons)
    )


def lead(teller: Teller) -> tuple[str, ...]:
    """Say the answer in a sentence or two."""
    decision, words = teller.decision, teller.words
    said = [_said(teller)]
    if decision.assumed:
        said.extend(
            words.say("unknown.usual", outcome=outcome_of(teller, usual))
            for usual in decision.branches
            if not usual.when
        )
    if _refused_for_want_of_a_key(teller):
        said.append(words.say("answer.gate"))
    if decision.outcome is Outcome.REFER and not any(question.decides for question in decision.contested):
        said.append(words.say("answer.refer_interim"))
    if decision.outcome is Outcome.PERMIT and decision.conditions:
        said.append(words.say("answer.conditions"))
    if decision.firm and decision.unknown:
        said.append(words.say("answer.firm"))
    if any(reason.status in ADOPTED for reason in decision.reasons):
        said.append(words.say("answer.adopted"))
    if decision.asked_on is not None:
        said.append(words.say("answer.asked_on", day=words.day(decision.asked_on)))
    if decision.known_at is not None:
        said.append(words.say("answer.known_at", moment=clean(decision.known_at)))
    return tuple(said)


def foot(teller: Teller) -> tuple[str, ...]:
    """Say how far the answer can be relied on."""
    decision, words = teller.decision, teller.words
    said = []
    if teller.oldest is not None and teller.usual is not None:
        key = "foot.read" if teller.oldest == teller.usual else "foot.read_mixed"
        usual, oldest = words.day(teller.usual), words.day(teller.oldest)
        said.append(words.say(key, day=usual, oldest=oldest))
        if decision.on > teller.oldest:
            said.append(words.say("foot.later", on=words.day(decision.on), read=oldest))
    reviewed = decision.reviewed_by != "nobody"
    said.append(
        words.say("foot.reviewed", name=clean(decision.reviewed_by)) if reviewed else words.say("foot.nobody")
    )
    said.append(words.say("foot.advice"))
    if teller.oldest is not None:
        said.append(words.say("foot.words"))
    if decision.adopted:
        said.append(words.say("foot.adopted", names=words.apart(clean(name) for name in decision.adopted)))
    if decision.pack:
        rules = clean(decision.pack_title.get(words.lang, decision.pack))
        pack, version = clean(decision.pack), clean(decision.pack_hash[:_HASH_SHOWN])
        key = "foot.rules_hash" if version else "foot.rules"
        said.append(words.say(key, title=rules, pack=pack, hash=version))
    return tuple(said)
