"""Forms of house rules: the example, changed forms of it, and forms drawn by a seed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import yaml

from locutorio.actions.house_rules import Field, HouseRules, form_fields, pack_files, read_rules

EXAMPLE = Path(__file__).parents[2] / "examples" / "house" / "oak-county.yaml"
Form = dict[str, Any]


def example() -> Form:
    """Give the example form as plain values, to change."""
    found: Form = yaml.load(EXAMPLE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


def changed(**rules: object) -> Form:
    """Give the example with other values in its first memo; None takes a rule out. It has no later memo."""
    form = example()
    del form["memos"][1:]
    for name, value in rules.items():
        if value is None:
            del form["memos"][0]["rules"][name]
        else:
            form["memos"][0]["rules"][name] = {"value": value, "item": "1"}
    return form


def later(form: Form, since: str, **rules: object) -> Form:
    """Give a form with one more memo, signed on its first day."""
    rows = {name: {"value": value, "item": "2"} for name, value in rules.items()}
    memo = {"number": f"of {since}", "signed_on": since, "from": since, "rules": rows}
    return {**form, "entered_on": since, "memos": [*form["memos"], memo]}


def text_of(form: Form) -> bytes:
    """Write a form."""
    return yaml.safe_dump(form, sort_keys=False, allow_unicode=True).encode()


def rules_of(form: Form) -> HouseRules:
    """Read a form."""
    return read_rules(text_of(form), "form.yaml")


@cache
def oak() -> Path:
    """Give the folder of the example's pack, as its files are written; not proved."""
    folder = Path(mkdtemp(prefix="house-")) / "house-oak"
    for path, text in pack_files(rules_of(example())).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def drawn(seed: int) -> Form:
    """Draw a form of one to three memos; each later one changes a few rules, or ends some."""
    rng = random.Random(f"house rules {seed}")
    known = form_fields().by_name
    since = date(2020, 1, 1) + timedelta(days=rng.randrange(2500))
    stated = [one for one in known.values() if not one.optional or rng.random() < 0.7]
    held = {one.name for one in stated}
    memos = [_memo(rng, since, {one.name: _value(rng, one) for one in stated})]
    for _ in range(rng.randrange(3)):
        since += timedelta(days=rng.choice((1, 2, 30, 400)))
        some = rng.sample(list(known.values()), rng.randint(1, 6))
        ended = {one.name for one in some if one.name in held and one.optional and rng.random() < 0.4}
        memos.append(
            _memo(rng, since, {one.name: "none" if one.name in ended else _value(rng, one) for one in some})
        )
        held = (held | {one.name for one in some}) - ended
    name = {"en": f"House {seed}: 'a', \"b\" & $c", "es": f"Casa {seed}: «ñ», #d"}
    zone = rng.choice(("America/Chicago", "America/Phoenix", "Etc/UTC"))
    return {"house": f"h{seed}", "name": name, "zone": zone, "entered_on": str(since), "memos": memos}


def _memo(rng: random.Random, since: date, rules: Mapping[str, object]) -> Form:
    rows = {
        name: {"value": value, "item": rng.choice(("1", "2(b)", "no", "a: b"))}
        for name, value in rules.items()
    }
    signed = since - timedelta(days=rng.randrange(40))
    return {
        "number": f"{since:%y}/{rng.randrange(99)}",
        "signed_on": str(signed),
        "from": str(since),
        "rules": rows,
    }


def _value(rng: random.Random, known: Field) -> object:
    match known.kind:
        case "number":
            return rng.choice((known.least, known.most, rng.randint(known.least, known.most)))
        case "yes_no":
            return rng.choice(("yes", "no"))
        case "choices":
            some = [one for one in known.values if one != known.always and rng.random() < 0.5]
            return [known.always, *some] if known.always else some or [next(iter(known.values))]
        case _:
            return rng.choice(list(known.values))
