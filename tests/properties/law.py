"""Generates small packs of law over a part of the vocabulary, as the text a person would write."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from locutorio.facts.vocabulary import vocabulary
from locutorio.rules.checks import faults
from locutorio.rules.packs import read_pack
from locutorio.rules.provision import Pack
from tests.properties.conditions import FIRST_DAY, OF_PAPERS, Lines

ABOUTS = ("visit", "entry", "call")
KINDS = ("order", "sanction")
TOKENS = ("visual_supervision", "contact_visit", "non_contact", "audio_monitored", "recorded", "unmonitored")
KEYS = ("approval.warden", "approval.unit_staff", "arcadia.listed")
RECIPIENTS = ("person", "contact", "counsel")
OFFICES = ("warden", "court", "establishment")
OUTCOMES = ("permit", "refuse", "pending", "refer")
STANDINGS = ("stands", "defective", "void", "lapsed", "superseded", "refer")
ALLOWANCES = {"visits_a_month": "visits", "visits_in_month": "visits", "visit_minutes": "minutes"}
TURNING = ("permit", "floor")
Block = dict[str, Any]


@dataclass(frozen=True)
class Files:
    """A pack as files: name and content, before it is written as YAML."""

    content: Mapping[str, Block]

    def text(self) -> str:
        """Give every file as text, for a person to read after a failure."""
        return "\n".join(f"# {name}\n{_yaml(block)}" for name, block in self.content.items())


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(block: Block) -> str:
    text: str = yaml.dump(block, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=1000)
    return text


def words(text: str) -> Block:
    """Give a text in both languages."""
    return {"en": f"{text}.", "es": f"{text}, en español."}


def read(files: Files) -> Pack:
    """Read a pack through the real reader; a generated pack is always valid."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "generated"
        for path, block in files.content.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_yaml(block), encoding="utf-8")
        pack = read_pack(folder)
    found = [str(fault) for fault in faults(pack, vocabulary())]
    assert found == [], (found[:3], files.text())
    return pack


def may_permit(form: Block) -> bool:
    """Say whether a paper of a form can do more than bar: grant, or remove what bars."""
    return any(
        "overrides" in provision or any(kind in effect for effect in provision["then"] for kind in TURNING)
        for provision in form["provisions"]
    )


def reordered(files: Files, rng: random.Random) -> Files:
    """Give the same law with its files renamed, and provisions and overrides in another order."""
    content: dict[str, Block] = {}
    for name, block in files.content.items():
        changed = dict(block)
        if "provisions" in block:
            changed["provisions"] = [
                _shuffled(one, rng) for one in rng.sample(block["provisions"], len(block["provisions"]))
            ]
        if "contested" in block:
            changed["contested"] = rng.sample(block["contested"], len(block["contested"]))
        renamed = name if name == "pack.yaml" else f"{rng.randrange(10**6):06}_{name.replace('/', '_')}"
        content[renamed] = changed
    return Files(content)


def _shuffled(provision: Block, rng: random.Random) -> Block:
    overrides = provision.get("overrides")
    return (
        provision if overrides is None else {**provision, "overrides": rng.sample(overrides, len(overrides))}
    )


class Writer:
    """Writes one pack. Everything is drawn from ``rng``."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.named: list[tuple[str, Block]] = []
        self.questions = [f"q{at}" for at in range(rng.choice([0, 1, 1, 2]))]
        self.kinds = KINDS[: rng.choice([0, 1, 2, 2])]

    def pack(self) -> Files:
        """Write every file of a pack."""
        sections = [self._section(f"s{at}") for at in range(self.rng.choice([1, 2]))]
        forms = [self._form(kind) for kind in self.kinds]
        self._override()
        content: dict[str, Block] = {"pack.yaml": self._head(forms)}
        content |= {f"{block['section']}.yaml": block for block in sections}
        content["residual.yaml"] = self._residuals()
        content |= {f"forms/{block['form']}.yaml": block for block in forms}
        if self.questions:
            content["contested.yaml"] = {"contested": [self._question(name) for name in self.questions]}
        return Files(content)

    def _head(self, forms: Sequence[Block]) -> Block:
        return {
            "pack": "generated",
            "title": words("Generated law"),
            "zone": "Etc/UTC",
            "first_day": FIRST_DAY,
            "ladder": {str(rank): words(f"rank {rank}") for rank in range(1, 5)},
            "sources": {"G": {"title": words("Generated")}},
            "kinds": {
                form["kind"]: {
                    "label": words(form["kind"]),
                    "reaches": list(ABOUTS),
                    "may_permit": may_permit(form),
                    "ask": "court",
                }
                for form in forms
            },
        }

    def _section(self, name: str) -> Block:
        count = self.rng.randint(2, 6)
        return {
            "instrument": "Generated Act",
            "section": name,
            "rank": 3,
            "source": "G",
            "read_on": FIRST_DAY,
            "status": "verified",
            "from": FIRST_DAY,
            "provisions": [
                self._contact(f"{name}.p{at}", f"{name}.p{at}", of_paper=False) for at in range(count)
            ],
        }

    def _form(self, kind: str) -> Block:
        name = f"f_{kind}"
        makes = [f"m{at}" for at in range(self.rng.randint(1, 3))]
        judges = [f"j{at}" for at in range(self.rng.randint(0, 3))]
        return {
            "form": name,
            "kind": kind,
            "title": words(f"Form {name}"),
            "citation": f"Generated Act, {name}",
            "rank": self.rng.randint(1, 4),
            "status": "verified",
            "source": "G",
            "read_on": FIRST_DAY,
            "from": FIRST_DAY,
            "parameters": sorted(
                path.removeprefix("instrument.")
                for paths in OF_PAPERS.values()
                for path in paths
                if path not in ("instrument.from", "instrument.until")
            ),
            "provisions": [
                *(self._contact(own, f"{name}.{own}", of_paper=True) for own in makes),
                *(self._judge(own, f"{name}.{own}") for own in judges),
            ],
        }

    def _provision(self, own: str, name: str, lines: Lines, effects: list[Block]) -> Block:
        block: Block = {"id": own, "citation": f"Generated Act, {name}", "says": words(f"Provision {name}")}
        if self.rng.random() < 0.9:
            block["when"] = lines.conditions()
        if self.rng.random() < 0.1:
            block |= {"status": "recalled", "rows": [f"row_{name}"]}
        block["then"] = effects
        if lines.numbers:
            block["numbers"] = lines.numbers
        self.named.append((name, block))
        return block

    def _contact(self, own: str, name: str, *, of_paper: bool) -> Block:
        lines = Lines(self.rng, of_paper=of_paper)
        effects = [self._effect(lines) for _ in range(self.rng.choice([1, 1, 1, 2]))]
        block = self._provision(own, name, lines, effects)
        if self.rng.random() < 0.7 and "when" in block:
            abouts = self.rng.sample(ABOUTS, self.rng.choice([1, 2, 2]))
            listed = ", ".join(f'"{about}"' for about in abouts)
            block["when"].insert(0, f"request.about in [{listed}]")
        if self.rng.random() < 0.7:
            block["rank"] = self.rng.randint(1, 4)
        if self.questions and self.rng.random() < 0.2:
            block["side"] = f"{self.rng.choice(self.questions)}.{self.rng.choice('ab')}"
        return block

    def _effect(self, lines: Lines) -> Block:
        kinds = {
            "permit": 5, "prohibit": 4, "require": 2, "condition": 2, "ceiling": 2, "floor": 1,
            "notice": 1, "route": 1, "owed": 0.5, "flag": 0.5, "refer": 0.6 if self.questions else 0,
        }  # fmt: skip
        kind = self.rng.choices(list(kinds), weights=list(kinds.values()))[0]
        of, unit = self.rng.choice(list(ALLOWANCES.items()))
        match kind:
            case "permit":
                return {kind: self.rng.choice(["open", "right"])}
            case "prohibit":
                return {kind: "yes"}
            case "require":
                return {kind: {"key": self.rng.choice(KEYS), "from": self.rng.choice(OFFICES)}}
            case "condition":
                return {kind: self.rng.sample(TOKENS, self.rng.choice([1, 2]))}
            case "ceiling":
                optional = [part for part in ("used", "asked") if self.rng.random() < 0.5]
                return {kind: {"of": of, **{part: lines.amount(unit) for part in ("limit", *optional)}}}
            case "floor":
                return {kind: {"of": of, "limit": lines.amount(unit), "used": lines.amount(unit)}}
            case "owed":
                return {kind: {"of": of, "authorised": lines.amount(unit), "delivered": lines.amount(unit)}}
            case "refer":
                return {kind: self.rng.choice(self.questions)}
            case _:
                return self._beside(kind, OUTCOMES)

    def _beside(self, kind: str, outcomes: Sequence[str]) -> Block:
        on = self.rng.choice([["any"], self.rng.sample(outcomes, 2)])
        match kind:
            case "notice":
                told: Block = {"to": self.rng.sample(RECIPIENTS, 2), "by": self.rng.choice(OFFICES)}
                if self.rng.random() < 0.5:
                    told["given"] = self.rng.choice(KEYS)
                return {kind: {**told, "on": on, "tell": words("Tell")}}
            case "route":
                to = {"for": self.rng.choice(RECIPIENTS), "to": self.rng.choice(OFFICES)}
                return {kind: {**to, "form": words("By letter"), "on": on}}
            case _:
                return {"flag": self.rng.choice(["no_visit_yet", "other_escort", "may_leave"])}

    def _judge(self, own: str, name: str) -> Block:
        lines = Lines(self.rng, of_paper=True)
        kinds = ["defect", "void", "supersede", "lapse", "lapse", "notice", "route"]
        kind = self.rng.choice(kinds + (["refer"] if self.questions else []))
        match kind:
            case "defect":
                effect: Block = {kind: {"cure": words("Cure")}}
            case "void" | "supersede":
                effect = {kind: "yes"}
            case "lapse":
                effect = {kind: {"on": lines.day_sum()}}
            case "refer":
                effect = {kind: self.rng.choice(self.questions)}
            case _:
                effect = self._beside(kind, STANDINGS)
        block = self._provision(own, name, lines, [effect])
        block["about"] = "instrument"
        return block

    def _override(self) -> None:
        """Let provisions override others that stand before them in a drawn order: no circle can be."""
        self.rng.shuffle(self.named)
        for at, (_, block) in enumerate(self.named):
            if at and self.rng.random() < 0.35:
                before = [name for name, _ in self.named[:at]]
                block["overrides"] = self.rng.sample(before, min(len(before), self.rng.choice([1, 1, 2])))

    def _residuals(self) -> Block:
        together = self.rng.random() < 0.5
        groups = [ABOUTS] if together else [(about,) for about in ABOUTS]
        provisions = []
        for group in groups:
            listed = ", ".join(f'"{about}"' for about in group)
            provisions.append(
                {
                    "id": f"residual.{'_'.join(group)}",
                    "citation": "Generated Act, end",
                    "says": words("Nothing permits this"),
                    "when": [f"request.about in [{listed}]"],
                    "then": [{"prohibit": "yes"}],
                    "residual": "yes",
                }
            )
        return {
            "instrument": "Generated Act", "section": "end", "rank": 4, "source": "G", "read_on": FIRST_DAY,
            "status": "verified", "from": FIRST_DAY, "provisions": provisions,
        }  # fmt: skip

    def _question(self, name: str) -> Block:
        block: Block = {"id": name, "question": words(f"Question {name}"), "office": "court"}
        block["interim"] = words("It waits")
        lines = Lines(self.rng, of_paper=False)
        kind = self.rng.choice(["always", "when", "papers", "both"])
        if kind in ("when", "both"):
            block["when"] = lines.plain_conditions()
        if kind in ("papers", "both") and self.kinds:
            block["papers"] = [self.rng.choice(self.kinds)]
        block["sides"] = [
            {"id": side, "says": words(f"Side {side}"), "authorities": [f"Court of {side}"]} for side in "ab"
        ]
        return block
