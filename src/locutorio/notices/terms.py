"""Says on what terms: conditions, approvals still needed, limits with their arithmetic."""

from __future__ import annotations

from locutorio.decisions.decision import Condition, Key, Limit, Outcome, Truth
from locutorio.facts.vocabulary import vocabulary
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, Paragraph
from locutorio.notices.words import closed, sentence


def conditions(teller: Teller) -> list[Block]:
    """Give each condition of the contact and where it comes from."""
    told: list[Block] = []
    for condition in teller.decision.conditions:
        label = teller.words.condition(condition.token)
        if condition.truth is Truth.UNKNOWN:
            label = teller.words.say("conditions.unknown", condition=label)
        told.extend(teller.blocks(condition.findings, label) or [Paragraph(sentence(label))])
        told.extend(_dispute(teller, condition))
    return told


def _dispute(teller: Teller, condition: Condition) -> list[Block]:
    words = teller.words
    return [
        Paragraph(
            words.say(
                "conditions.contested",
                question=sentence(words.text(question.question)),
                interim=closed(words.text(question.interim)),
            )
        )
        for question in teller.decision.contested
        if question.name == condition.contested
    ]


def needed(teller: Teller) -> list[Block]:
    """Give each approval that is missing or unknown, once: what, by which law, from whom."""
    same: dict[tuple[str, str, str], list[Key]] = {}
    for key in teller.decision.keys:
        if key.state is not Truth.YES:
            same.setdefault((_state(key), key.fact, key.office), []).append(key)
    told: list[Block] = []
    for keys in same.values():
        told.extend(_key(teller, keys))
    return told


def _state(key: Key) -> str:
    if key.state is Truth.NO:
        return "needed.missing"
    return "needed.perhaps" if key.finding.truth is Truth.UNKNOWN else "needed.unknown"


def _key(teller: Teller, keys: list[Key]) -> list[Block]:
    words, key = teller.words, keys[0]
    who = words.say("needed.office", office=words.office(key.office))
    reach = words.reach(key.office)
    if reach is not None:
        who = words.say("list.sentences", first=who, then=words.say("needed.reach", reach=reach))
    asked = words.say(_state(key), ask=words.ask(key.fact))
    return [*teller.blocks((one.finding for one in keys), asked), Paragraph(who)]


def _arithmetic(teller: Teller, limit: Limit) -> str:
    """Say a limit and what is left of it: "290 of 300 minutes used; 10 left"."""
    words = teller.words
    label = words.allowance(limit.of)
    if limit.limit is None:
        return words.say("limits.limit_unknown", label=label)
    most = words.quantity(limit.limit, limit.unit)
    kind = "floor" if limit.kind == "floor" else "ceiling"
    if limit.used is None or limit.left is None:
        return words.say(f"limits.{kind}_unknown", label=label, limit=most)
    if kind == "ceiling" and limit.used == 0:
        return words.say("limits.ceiling", label=label, limit=most)
    state = kind if limit.left > 0 else f"{kind}_reached"
    if state == "ceiling":
        state = "ceiling_used"
    return words.say(f"limits.{state}", label=label, limit=most, used=str(limit.used), left=str(limit.left))


def limits(teller: Teller) -> list[Block]:
    """Give the cap of this contact, unless it is refused, then every limit with its arithmetic."""
    refused = teller.decision.outcome is Outcome.REFUSE
    told: list[Block] = [] if refused else [Paragraph(text) for text in _caps(teller)]
    told.extend(teller.block(limit.finding, _arithmetic(teller, limit)) for limit in teller.decision.limits)
    return told


def _caps(teller: Teller) -> list[str]:
    """Say how long this contact may last: the smallest cap of each unit."""
    decision, words = teller.decision, teller.words
    smallest: dict[str, int] = {}
    for allowance, cap in decision.may_last.items():
        known = vocabulary().allowances.get(allowance)
        unit = known.unit if known else allowance
        smallest[unit] = min(cap, smallest.get(unit, cap))
    key = f"limits.may_last.{decision.about}"
    key = key if words.has(key) else "limits.may_last.other"
    return [words.say(key, amount=words.quantity(cap, unit)) for unit, cap in smallest.items()]
