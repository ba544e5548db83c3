"""Malformed case files: what a person may write by mistake, and what someone may write on purpose."""

from __future__ import annotations

from tests.malformed.inputs import GOOD, case, fact, good, paper

RUNS = "touch pwned"

WRITTEN_WRONG = [
    case(
        "fact-unknown",
        fact("  ▸contact.relatoin: mother"),
        "contact.relatoin",
        "did you mean contact.relation",
    ),
    case("fact-like-none", fact("  ▸zzz: yes"), '"zzz" is not a fact', "locutorio decide --template visit"),
    case("fact-with-dunder", fact("  ▸contact.__class__: yes"), "is not a fact"),
    case("fact-empty", fact("  ▸contact.age:"), "nothing is written here"),
    case(
        "fact-of-a-paper",
        fact("  ▸instrument.decider: court"),
        "is a fact of a paper",
        "under `instruments:`",
    ),
    case("fact-of-the-question", fact("  ▸request.on: 2025-03-11"), "is said in the question"),
    case("fact-twice", fact("  contact.age: 30\n  ▸contact.age: 31"), "stands twice", "keep one"),
    case(
        "facts-as-list",
        "law: arcadia\nquestion: {about: visit, on: 2025-03-10}\nfacts: ▸[yes]\n",
        "a block of lines",
    ),
    case("number-in-words", fact("  contact.age: ▸ten"), '"ten" is not a whole number'),
    case("number-as-yes", fact("  contact.age: ▸yes"), '"yes" is not a whole number'),
    case("number-with-point", fact("  contact.age: ▸1.5"), "not a whole number", "without words, points"),
    case("number-negative", fact("  contact.age: ▸-3"), "cannot be less than 0 years"),
    case("number-huge", fact(f"  contact.age: ▸{'9' * 40}"), "at most five digits"),
    case("number-of-a-million-digits", fact(f"  contact.age: ▸{'9' * 400_000}"), "at most five digits"),
    case("number-infinite", fact("  contact.age: ▸.inf"), "not a whole number"),
    case("number-hexadecimal", fact("  contact.age: ▸0x10"), "not a whole number"),
    case("yes-or-no-as-maybe", good("listed: yes", "listed: ▸maybe"), "write yes, no or unknown"),
    case("yes-or-no-as-number", good("listed: yes", "listed: ▸1"), "write yes, no or unknown"),
    case("choice-unknown", good("role: social", "role: ▸socail"), '"socail"', "did you mean social?"),
    case("value-as-block", fact("  contact.age: {▸years: 3}"), '"years" is not known here'),
    case("value-as-list-in-list", fact("  contact.age:\n    - ▸[1]"), "a block of lines"),
    case("value-missing", fact("  contact.age: ▸{from: 2025-01-01}"), '"value" is missing'),
    case("values-none", fact("  contact.age: ▸[]"), "a list of 0 values"),
    case("values-too-many", fact(f"  contact.age: ▸[{'3, ' * 101}]"), "a list of 101 values"),
    case(
        "values-two-at-once", fact("  contact.age: [3, ▸4]"), "has two values on 2025-03-10", "end one period"
    ),
    case(
        "values-two-in-one-period",
        fact("  contact.age:\n    - {value: 3, from: 2025-01-01}\n    - ▸{value: 4, from: 2025-02-01}"),
        "has two values on 2025-03-10",
    ),
    case("day-american", good("1970-05-05", "▸5/22/20107"), '"5/22/20107" is not a day', "like 2026-11-21"),
    case("day-that-is-none", good("1970-05-05", "▸2026-02-30"), "the last day of that month is 2026-02-28"),
    case("day-of-month-thirteen", good("1970-05-05", "▸2026-13-01"), "there is no month 13"),
    case("day-zero", good("1970-05-05", "▸2026-01-00"), 'there is no day "2026-01-00"'),
    case("day-of-year-0000", good("1970-05-05", "▸0000-01-01"), "outside the years 1900 to 2200"),
    case("day-of-year-9999", good("1970-05-05", "▸9999-12-31"), "outside the years 1900 to 2200"),
    case(
        "day-in-other-digits",
        good("1970-05-05", "▸\u0662\u0660\u0662\u0660-\u0660\u0661-\u0660\u0661"),
        "is not a day",
    ),
    case("day-29-february", good("1970-05-05", "▸2025-02-29"), "2025-02-28"),
    case("day-of-the-question", good("on: 2025-03-10", "on: ▸tomorrow"), '"tomorrow" is not a day'),
    case(
        "end-before-begin",
        fact("  contact.age:\n    - ▸{value: 3, from: 2025-01-01, until: 2024-01-01}"),
        "contact.age ends on 2024-01-01, before it begins",
    ),
    case(
        "known-at-garbage", fact("  contact.age: {value: 3, known_at: ▸yesterday}"), "not a day or a moment"
    ),
    case(
        "known-at-25-o-clock", fact("  contact.age: {value: 3, known_at: ▸2025-01-01T25:00}"), "not a day or"
    ),
    case("known-at-no-day", fact("  contact.age: {value: 3, known_at: ▸2025-02-30T09:00}"), "2025-02-28"),
    case("line-of-fact-unknown", fact("  contact.age: {value: 3, ▸sauce: x}"), "did you mean source"),
]

QUESTIONS = [
    case("question-missing", "▸law: arcadia\nfacts: {}\n", '"question" is missing'),
    case(
        "question-without-day",
        good("{kind: contact, about: visit, on: 2025-03-10, ", "▸{about: visit, "),
        '"on"',
    ),
    case(
        "question-without-subject", good("{kind: contact, about: visit, on", "▸{kind: contact, on"), '"about"'
    ),
    case("question-of-no-kind", good("kind: contact", "kind: ▸contract"), "did you mean contact?"),
    case("question-about-nothing-known", good("about: visit", "about: ▸vist"), "did you mean visit?"),
    case("question-too-much", good("kind: contact", "kind: contact, ▸clock: review"), 'has no "clock"'),
    case(
        "question-as-word",
        good("{kind: contact, about: visit, on: 2025-03-10, asked_on: 2025-03-01}", "▸visit"),
        "a block of lines",
    ),
    case(
        "question-about-no-paper",
        good("{kind: contact, about: visit", "▸{kind: instrument, instrument: s1"),
        "has none of that name",
        "add the paper under `instruments:`",
    ),
    case(
        "question-about-other-paper",
        good("{kind: contact, about: visit", "▸{kind: instrument, instrument: s2")
        + "instruments: [{id: s1, form: sanction}]\n",
        "known here: s1",
    ),
    case(
        "question-without-paper-name",
        good("{kind: contact, about: visit", "▸{kind: instrument"),
        '"instrument"',
    ),
    case(
        "question-without-clock-name",
        good("{kind: contact, about: visit", "▸{kind: clock"),
        '"clock" is missing',
    ),
    case(
        "clock-unknown",
        good("kind: contact, about: visit", "kind: clock, clock: ▸reveiw"),
        "did you mean review?",
    ),
    case("law-missing", good("law: arcadia\nq", "▸q"), '"law" is missing'),
    case("law-unknown", good("law: arcadia", "law: ▸us-fedral"), "did you mean us-federal?"),
    case("law-as-path", good("law: arcadia", "law: ▸../../etc"), "is not a law that is here"),
    case("law-as-list", good("law: arcadia", "law: ▸[arcadia]"), "one word or one sentence"),
    case(
        "day-before-the-law",
        good("on: 2025-03-10, asked_on: 2025-03-01", "on: 2019-12-31"),
        "says nothing of 2019-12-31",
        "a later day",
    ),
    case("complete-of-no-kind", good("complete: all", "complete: [▸odrer]"), "did you mean order?"),
    case("complete-of-no-sense", good("complete: all", "complete: ▸none"), "write all"),
    case("adopt-of-nothing", f"{GOOD}adopt: [▸nothing]\n", "cannot be adopted", "locutorio law list"),
    case("adopt-as-word", f"{GOOD}adopt: ▸4.1.list\n", "a list is expected"),
    case("line-unknown", f"{GOOD}▸qestion: x\n", "did you mean question?"),
    case("paper-without-form", paper("  - ▸{id: s1}"), '"form" is missing'),
    case("paper-of-no-form", paper("  - {id: s1, form: ▸sanctoin}"), "did you mean sanction?"),
    case("paper-as-word", paper("  - ▸s1"), "a block of lines"),
    case(
        "paper-twice",
        paper("  - {id: s1, form: sanction}\n  - ▸{id: s1, form: sanction}"),
        "two papers are called",
    ),
    case(
        "paper-ends-first",
        paper("  - ▸{id: s1, form: sanction, from: 2025-03-01, until: 2025-02-01}"),
        "s1 ends on 2025-02-01, before it begins",
    ),
    case("paper-fact-unknown", paper("  - {id: s1, form: sanction, facts: {▸visits_lef: 1}}"), "visits_left"),
    case(
        "paper-fact-twice",
        paper("  - {id: s1, form: sanction, from: 2025-01-01, facts: {▸from: 2025-01-02}}"),
        "is said twice",
    ),
    case("paper-with-long-name", paper(f"  - {{id: ▸{'s' * 61}, form: sanction}}"), "at most 60 characters"),
    case(
        "papers-too-many",
        f"{GOOD}instruments: ▸[{', '.join(['{id: s, form: sanction}'] * 21)}]\n",
        "at most 20",
    ),
]

NOT_YAML = [
    case("empty", "", "case.yaml is empty", "--template visit"),
    case("only-comments", "# nothing\n# at all\n", "case.yaml is empty"),
    case("only-a-sentence", "▸May I visit?\n", "a block of lines"),
    case("only-a-list", "▸- law\n- question\n", "a block of lines"),
    case("two-documents", f"{GOOD}---\n▸{GOOD}", "another document begins"),
    case("tab", fact("▸\tcontact.age: 3"), "a tab stands where spaces belong"),
    case("quote-unclosed", fact("  contact.age: ▸'3"), "a quotation mark opens here and is never closed"),
    case("list-unclosed", f"{GOOD}adopt: ▸[a, b\n", "is not closed"),
    case("block-unclosed", f"{GOOD}adopt: ▸{{a: b\n", "is not closed"),
    case("colon-too-many", fact("  contact.age: 3▸: 4"), "a colon stands where none is expected"),
    case("indented-too-far", fact("    contact.age▸: 3"), "a colon stands where none is expected"),
    case("begins-with-at", fact("  contact.age: ▸@3"), "no value can begin with this character"),
    case("escape-unknown", fact('  contact.age: ▸"\\q"'), "a backslash stands in quotation marks"),
    case("yaml-of-another-age", f"▸%YAML 9.9\n---\n{GOOD}", "cannot be read as YAML"),
    case("key-as-list", fact("  ? ▸[a, b]\n  : 3"), "stands where a name is expected"),
    case("merge-key", fact("  ▸<<: {contact.age: 3}"), "not merged"),
    case("alias", fact("  contact.age: ▸*other"), "cannot begin with *", "an alias"),
    case("anchor", fact("  contact.age: ▸&other 3"), "cannot begin with &", "an anchor"),
    case("billion-laughs", f"a: ▸&a [x]\nb: &b [{'*a,' * 9}]\nc: &c [{'*b,' * 9}]\n", "cannot begin with &"),
    case("tag-of-number", fact("  contact.age: ▸!!int 3"), "cannot begin with !", "a tag"),
    case(
        "tag-of-code",
        fact(f"  contact.age: ▸!!python/object/apply:os.system ['{RUNS}']"),
        "cannot begin with !",
    ),
    case("tag-of-code-on-all", f"▸!!python/object/new:os.system [{RUNS}]\n", "cannot begin with !"),
    case("brackets-100000", fact(f"  contact.age: {'[' * 38}▸{'[' * 100_000}"), "more than 40 deep"),
    case("braces-deep", fact(f"  contact.age: {'{a: ' * 38}▸{'{a: ' * 60_000}"), "more than 40 deep"),
    case("dashes-deep", fact(f"  contact.age:\n    {'- ' * 38}▸{'- ' * 60_000}x"), "more than 40 deep"),
    case("ten-megabytes", b"a" * 10_000_000, "case.yaml is too large", "500000 bytes"),
    case("many-lines", "▸" + "- a\n" * 120_000, "a block of lines"),
    case(
        "many-wrong-facts", fact("\n".join(f"  contact.x{n}: 3" for n in range(20_000))), "Only the first 20"
    ),
    case("long-line", fact(f"  ▸{'x' * 1000}: 3"), "is not a fact", " ... "),
]

LETTERS = [
    case(
        "utf-16",
        GOOD.encode("utf-16"),
        "looks like UTF-16",
        "line 1, column 1",
        "save the file again as UTF-8",
    ),
    case("utf-16-without-mark", GOOD.encode("utf-16-le"), "nobody can see", "U+0000", "line 1, column 2"),
    case(
        "not-utf-8",
        GOOD.replace("mother", "m\xe4re").encode("latin-1"),
        "this is not UTF-8 text",
        "byte 143 of the file is 0xe4",
        "line 5, column 22",
    ),
    case("not-utf-8-after-accents", "# señora é\nlaw: ".encode() + b"\xff\n", "line 2, column 6", "0xff"),
    case("nul", good("mother", "moth▸\0er"), "nobody can see", "U+0000"),
    case("escape-sequence", good("mother", "moth▸\x1b[2Jer"), "nobody can see", "U+001B"),
    case("escape-sequence-escaped", good("mother", '▸"moth\\x1b[2Jer"'), "nobody can see", "U+001B"),
    case("direction-override", good("mother", "moth▸\u202eer"), "nobody can see", "U+202E", "delete it"),
    case("direction-override-escaped", good("mother", '▸"moth\\u202eer"'), "nobody can see", "U+202E"),
    case("direction-isolate", good("mother", "moth▸\u2066er"), "U+2066"),
    case("direction-mark-in-a-name", fact("  contact.age▸\u200f: 3"), "U+200F"),
    case("line-separator", good("mother", "moth▸\u2028er"), "U+2028"),
    case("byte-order-mark-inside", good("mother", "moth▸\ufeffer"), "U+FEFF"),
    case(
        "cyrillic-letter-in-a-fact",
        fact("  ▸contact.\u0430ge: 3"),
        "did you mean contact.age?",
        "cyrillic small letter a (U+0430)",
    ),
    case("combining-character-in-a-fact", fact("  ▸contact.age\u0301: 3"), "combining acute accent (U+0301)"),
    case("no-width-in-a-fact", fact("  ▸contact.\u200bage: 3"), "zero width space (U+200B)", "<U+200B>"),
    case(
        "right-to-left-in-a-choice",
        good("mother", "▸\u05d0\u05de\u05d0"),
        "is not a value of contact.relation",
    ),
]

CASES = [*WRITTEN_WRONG, *QUESTIONS, *NOT_YAML, *LETTERS]
