"""Malformed files of what was promised and what happened."""

from __future__ import annotations

from tests.malformed.inputs import Malformed, changed

KEPT = """\
law: us-federal
complete_until: 2026-06-01
facts: {contact.role: social}
promises:
  - {id: calls, what: call, paper: order, count: 2, each: month, minutes: 15, from: 2026-01-01}
  - {id: letters, what: letter_to, paper: handbook, answered_within: 10, from: 2026-01-01}
events:
  - {on: 2026-01-04, what: call, happened: yes, minutes: 15}
  - {on: 2026-01-05, what: letter_to, happened: yes, id: one}
"""


def kept(name: str, text: str | bytes, *says: str) -> Malformed:
    """Give a malformed file."""
    return Malformed(name, "owed", "kept.yaml", text, says)


def good(old: str, new: str) -> str:
    """Give the good file with one part changed."""
    return changed(KEPT, old, new)


def event(line: str) -> str:
    """Give the good file with one more event."""
    return f"{KEPT}  - {line}\n"


def promise(line: str) -> str:
    """Give the good file with one more promise."""
    return good("events:\n", f"  - {line}\nevents:\n")


DEEP = "[" * 2000
PROMISES = [
    kept("empty", b"", "kept.yaml is empty", "locutorio owed --template"),
    kept("only-comments", "# nothing\n", "is empty"),
    kept("a-word", "▸calls", "a block of lines"),
    kept("nothing-in-it", "▸law: us-federal", "nothing was promised and nothing happened"),
    kept("law-unknown", good("us-federal", "▸us-fedral"), "did you mean us-federal?"),
    kept("key-unknown", good("complete_until", "▸complete_untl"), "did you mean complete_until"),
    kept("facts-without-law", good("law: us-federal\n", "▸"), '"law" is missing', "add `law: us-federal`"),
    kept("fact-unknown", good("contact.role", "▸contact.rol"), "did you mean contact.role"),
    kept("zone-unknown", good("law: us", "zone: ▸America/Nowhere\nlaw: us"), "is not a time zone"),
    kept("zone-as-path", good("law: us", "zone: ▸../../etc/passwd\nlaw: us"), "is not a time zone"),
    kept("day-american", event("{on: ▸1/4/2026, what: call, happened: yes}"), '"1/4/2026" is not a day'),
    kept("day-that-is-none", event("{on: ▸2026-02-29, what: call, happened: yes}"), "2026-02-28"),
    kept("moment-that-is-none", event("{on: ▸2026-02-01T25:00, what: call, happened: yes}"), "is not a day"),
    kept("event-without-day", event("▸{what: call, happened: yes}"), '"on" is missing'),
    kept("event-of-nothing", event("{on: 2026-02-01, what: ▸cal, happened: yes}"), "did you mean call?"),
    kept("happened-maybe", event("{on: 2026-02-01, what: call, happened: ▸maybe}"), "known here: attempted"),
    kept(
        "call-returned",
        event("{on: 2026-02-01, what: call, happened: ▸returned}"),
        "only a letter comes back",
    ),
    kept(
        "letter-with-minutes",
        event("{on: 2026-02-01, what: letter_from, happened: yes, ▸minutes: 3}"),
        "a letter has no minutes",
    ),
    kept(
        "minutes-in-words", good("happened: yes, minutes: 15", "happened: yes, minutes: ▸ten"), '"ten" is not'
    ),
    kept(
        "minutes-negative", good("happened: yes, minutes: 15", "happened: yes, minutes: ▸-5"), "not between 0"
    ),
    kept(
        "for-nothing", event("{on: 2026-02-01, what: call, happened: yes, for: ▸cals}"), "did you mean calls?"
    ),
    kept(
        "for-another-kind",
        event("{on: 2026-02-01, what: visit, happened: yes, for: ▸calls}"),
        "cannot be for the promise",
    ),
    kept(
        "answers-no-letter",
        event("{on: 2026-02-01, what: letter_from, happened: yes, answers: ▸two}"),
        'there is no letter "two"',
    ),
    kept(
        "call-that-answers",
        event("{on: 2026-02-01, what: call, happened: yes, ▸answers: one}"),
        "only a letter_from",
    ),
    kept(
        "letter-named-twice",
        KEPT.replace("events:", "▸events:")
        + "  - {on: 2026-02-01, what: letter_to, happened: yes, id: one}\n",
        'the name "one" stands twice',
    ),
    kept(
        "promise-named-twice",
        promise("{id: calls, what: visit, paper: x, count: 1, each: week, from: 2026-01-01}").replace(
            "promises:", "▸promises:"
        ),
        'the name "calls" stands twice',
    ),
    kept(
        "promise-without-paper",
        good("paper: order, ", "").replace("- {id: calls", "- ▸{id: calls"),
        '"paper"',
    ),
    kept(
        "promise-of-nothing", good("count: 2, ", "").replace("- {id: calls", "- ▸{id: calls"), "none of them"
    ),
    kept(
        "promise-of-two-shapes",
        good("count: 2, ", "count: 2, minutes_in_all: 60, ").replace("- {id: calls", "- ▸{id: calls"),
        "count and minutes_in_all",
    ),
    kept(
        "promise-without-each", good("each: month, ", "").replace("- {id: calls", "- ▸{id: calls"), '"each"'
    ),
    kept("each-fortnight", good("each: month", "each: ▸fortnight"), "month, quarter", "10 days"),
    kept("each-no-days", good("each: month", "each: ▸0 days"), "is no period"),
    kept("count-nothing", good("count: 2", "count: ▸0"), "0 is not between 1 and 1000"),
    kept("count-huge", good("count: 2", "count: ▸99999"), "not between 1 and 1000"),
    kept(
        "promise-backwards",
        good("minutes: 15, from", "minutes: 15, until: ▸2026-01-01, from"),
        "ends before it",
    ),
    kept(
        "one-day-and-repeated",
        promise("{id: x, what: call, paper: x, on: 2026-03-03, ▸each: month}"),
        "not repeated",
    ),
    kept(
        "one-day-with-an-end",
        promise("{id: x, what: call, paper: x, on: 2026-03-03, ▸until: 2026-04-01}"),
        'has no "until"',
    ),
    kept(
        "calls-answered", good("what: letter_to, paper", "what: ▸call, paper"), "only letters to the person"
    ),
    kept(
        "replaces-nothing",
        good("minutes: 15, from", "minutes: 15, replaces: ▸cals, from"),
        'there is no other promise "cals"',
    ),
    kept(
        "replaces-itself",
        good("minutes: 15, from", "minutes: 15, replaces: ▸calls, from"),
        "no other promise",
    ),
    kept(
        "replaces-a-later-one",
        good("minutes: 15, from", "minutes: 15, replaces: ▸letters, from"),
        "does not begin after",
    ),
    kept(
        "pause-backwards",
        good("minutes: 15, from", "minutes: 15, paused: [{from: 2026-02-01, until: ▸2026-02-01}], from"),
        "this pause ends before it begins",
    ),
    kept("complete-backwards", good("2026-06-01", "▸2026-06-01\ncomplete_from: 2026-07-01"), "ends before"),
    kept(
        "reason-endless", event(f"{{on: 2026-02-01, what: call, happened: no, reason: ▸{'x' * 600}}}"), "500"
    ),
    kept("name-endless", good("id: calls", f"id: ▸{'x' * 61}"), "at most 60 characters"),
    kept("promises-as-block", good("promises:\n", "promises: {a: b}\n▸old:\n"), '"old" is not known here'),
    kept(
        "events-too-many", KEPT + "  - {on: 2026-02-01, what: call, happened: yes}\n" * 2000, "more than 2000"
    ),
    kept(
        "too-many-periods",
        good("each: month, minutes: 15, from: 2026-01-01", "each: 1 days, minutes: 15, from: 1900-01-01"),
        "more than 2000 periods",
    ),
    kept("alias", good("paper: order", "paper: ▸*a"), "an alias"),
    kept("anchor", good("paper: order", "paper: ▸&a order"), "an anchor"),
    kept("tag", good("paper: order", 'paper: ▸!!python/object/apply:os.system ["touch x"]'), "a tag"),
    kept("merge", good("facts: {contact.role: social}", "facts: {▸<<: {a: b}}"), "not merged"),
    kept("key-twice", good("facts:", "▸complete_until: 2026-06-02\nfacts:"), "stands twice"),
    kept("brackets", f"events: {DEEP}", "more than 40 deep"),
    kept("direction-turned", good("paper: order", "paper: or▸\u202eder"), "nobody can see"),
    kept("nul", good("paper: order", "paper: or▸\0der"), "nobody can see"),
    kept("not-utf-8", KEPT.encode().replace(b"order", b"\xff"), "not UTF-8"),
    kept("two-documents", KEPT + "---\n▸a: b\n", "another document"),
    kept("ten-megabytes", b"# " + b"x" * 10_000_000, "too large"),
]
