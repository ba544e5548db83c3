"""Malformed packs of law, each one edit away from Arcadia, and malformed vocabularies."""

from __future__ import annotations

from tests.malformed.inputs import Malformed, pack, pack_file, vocabulary

VISITS = "custody_act/4_visits.yaml"
REVIEW = "custody_act/8_review.yaml"
SANCTION = "forms/sanction.yaml"
ORDER = "forms/order_no_visits.yaml"
FIRST = "4.1.family_and_friends"
SOCIAL = '- contact.role == "social"'
AGE = "- contact.age < number.adult_age"


def line(name: str, written: str, *says: str) -> Malformed:
    """Give a pack with one condition line changed."""
    return pack(name, VISITS, SOCIAL, f"- {written}", *says)


def number(name: str, written: str, *says: str) -> Malformed:
    """Give a pack with one comparison with a number changed."""
    return pack(name, VISITS, AGE, f"- {written}", *says)


def effect(name: str, written: str, *says: str) -> Malformed:
    """Give a pack with one effect changed."""
    return pack(name, VISITS, "- permit: open", f"- {written}", *says)


CODE = [
    line("code-import", '\'__import__▸("os").system("touch pwned")\'', '"(" has no meaning in a condition'),
    line("code-open", '\'open▸("pwned", "w")\'', '"(" has no meaning in a condition'),
    line("code-class", "'▸().__class__.__bases__'", '"(" has no meaning in a condition'),
    line("code-class-of-number", "▸number.__class__ == 1", 'has no number "__class__"'),
    line("code-class-of-fact", "▸contact.__class__", "is not a fact"),
    line("code-builtins", "▸__builtins__", "is not a fact"),
    line("code-lambda", "▸lambda x == 1", "is not a fact"),
    line("code-format", "'▸{0.__class__} == contact.role'", '"{" has no meaning'),
    line("code-backticks", "'▸`touch pwned`'", '"`" has no meaning'),
    line("code-semicolon", "'contact.role == \"social\"▸; import os'", '";" has no meaning'),
    line("code-walrus", "'contact.role ▸:= 1'", '":" has no meaning'),
    line("code-attribute-of-word", "'contact.role == \"social\"▸.upper'", '"." has no meaning'),
    line("code-escape-in-word", 'contact.role == ▸"so\\"cial"', "between two straight quotation marks"),
    pack(
        "code-in-a-tag", VISITS, "rank: 3", "rank: ▸!!python/object/apply:os.system ['touch pwned']", "a tag"
    ),
    pack(
        "code-in-an-id",
        VISITS,
        f"id: {FIRST}",
        "id: ▸__import__('os').system('touch pwned')",
        "is not a name",
    ),
    pack("path-in-an-id", VISITS, f"id: {FIRST}", "id: ▸../../etc/passwd", "is not a name"),
    pack(
        "path-in-the-zone", "pack.yaml", "zone: Etc/UTC", "zone: ▸../../../etc/passwd", "is not a time zone"
    ),
    pack(
        "absolute-path-in-the-zone", "pack.yaml", "zone: Etc/UTC", "zone: ▸/etc/passwd", "is not a time zone"
    ),
]

CONDITIONS = [
    line("fact-unknown", '▸contact.rol == "social"', "did you mean contact.role"),
    line(
        "fact-with-cyrillic", 'contact.r▸\u043ele == "social"', "cyrillic small letter o (U+043E) stands here"
    ),
    line("fact-with-accent", 'contact.role▸\u0301 == "social"', "combining acute accent (U+0301)"),
    line("word-in-round-quotes", "contact.role == ▸\u201csocial\u201d", "two straight quotation marks"),
    line("word-in-single-quotes", "contact.role == ▸'social'", "two straight quotation marks"),
    line("word-unclosed", 'contact.role == ▸"social', "two straight quotation marks"),
    line("word-of-another-fact", 'contact.role ▸== "mother"', '"mother" is not a value of contact.role'),
    line("word-in-order", 'contact.role ▸< "social"', "neither more nor less"),
    line("words-of-two-facts", "contact.role ▸== contact.relation", "have different values"),
    line(
        "word-compared-with-number",
        'contact.age ▸== "social"',
        "contact.age is a number, and is compared with a word",
    ),
    line("word-first", "'\"social\" ▸== contact.role'", "a word can be compared with one fact only"),
    line("word-too-many", 'contact.role == "social" ▸and contact.age > 1', "is one thing too many"),
    line("comparison-missing", 'contact.role ▸"social"', "a comparison is expected"),
    line("comparison-half", "contact.role ▸==", "something is missing after this"),
    line("comparison-none", "▸contact.role", "can only be a yes/no fact"),
    line("not-before-comparison", 'not contact.role ▸== "social"', "`not` stands before a yes/no fact", "!="),
    line("yes-no-added", "arcadia.listed + arcadia.closed_house ▸== true", "cannot be added"),
    line("yes-no-with-number", "arcadia.listed ▸== 1", "a yes or no is compared with a number"),
    line("yes-no-in-order", "arcadia.listed ▸< true", "neither more nor less"),
    line("days-added", "request.on + request.asked_on ▸> 1", "cannot be added"),
    line("day-that-is-none", 'request.on > ▸date("2026-02-30")', "2026-02-28"),
    line("day-as-comparison", 'request.on ▸date("==") request.asked_on', "a comparison is expected"),
    line("list-unclosed", 'contact.role in [▸"social"', "a comma or ] is expected"),
    line("list-empty", "contact.role in [▸]", "cannot stand here"),
    line("list-of-facts", "contact.role in [contact.relation▸]", "a list holds words"),
    line("list-of-other-words", 'contact.role in ["mother"▸]', "is not a value of contact.role"),
    line("list-of-other-kind", "▸request.on in [true]", "the list holds something else than a day"),
    line("list-not-a-list", 'contact.role in ▸"social"', "a list is expected after `in`"),
    line("line-as-block", "▸contact.role: social", "a colon makes this a block"),
    line("line-as-list", "▸[contact.role]", "one word or one sentence"),
    line("line-empty", "▸''", "nothing is written here"),
    line("line-too-long", "▸contact.role in [" + '"social", ' * 60 + "]", "more than 500 characters"),
    line(
        "groups-deep",
        "any: [" + "{all: [" * 6 + "{any: [arcadia.listed]}" + "]}" * 6 + "]",
        "more than 6 deep",
    ),
    line("groups-without-end", "any: " + "[{any: " * 60_000, "more than 40 deep"),
    line("group-empty", "any: ▸[]", "this list of conditions is empty"),
    line("group-of-no-kind", "▸none: [arcadia.listed]", "`any:` or `all:`"),
    number(
        "number-in-a-condition", "contact.age < ▸14", "the number 14 stands in a condition", "number.NAME"
    ),
    number("number-with-zeros", "contact.age < ▸00000000014", "stands in a condition"),
    number("number-unknown", "contact.age < ▸number.adult_ag", 'has no number "adult_ag"', "adult_age"),
    number(
        "units-differ", "request.on - request.asked_on ▸< number.adult_age", "days are compared with years"
    ),
    number(
        "units-added",
        "contact.age + arcadia.visits_this_month ▸< number.adult_age",
        "units differ: visits and years",
    ),
]

PROVISIONS = [
    pack(
        "citation-missing",
        VISITS,
        "    citation: Arcadia Custody Act, section 4(1)\n",
        "",
        '"citation" is missing',
    ),
    pack(
        "citation-empty",
        VISITS,
        "    citation: Arcadia Custody Act, section 4(1)\n",
        "    ▸citation:\n",
        "nothing is",
    ),
    pack("source-missing", VISITS, "source: ARC\n", "", '"source" is missing'),
    pack("rank-missing", VISITS, "rank: 3\n", "", '"rank" is missing'),
    pack(
        "status-missing",
        VISITS,
        "    status: verified\n",
        "",
        '"status" is missing',
        "at the top of the file",
    ),
    pack("status-unknown", VISITS, "status: verified", "status: ▸certain", "known here: derived"),
    pack(
        "says-in-one-language",
        VISITS,
        "      es: La familia y las amistades pueden visitar.\n",
        "",
        '"es" is missing',
    ),
    pack("line-unknown", VISITS, "    status: verified\n", "    ▸statsu: verified\n", "did you mean status"),
    pack("id-twice", VISITS, "- id: 4.1.list", f"- ▸id: {FIRST}", "stands twice in this pack"),
    pack("first-day-that-is-none", VISITS, "from: 2020-01-01", "from: ▸2020-13-01", "there is no month 13"),
    pack("effect-missing", VISITS, "      - permit: open\n", "      []\n", "has no effect"),
    effect("effect-unknown", "▸permitt: open", "did you mean permit?"),
    effect("effect-two-in-one", "▸{permit: open, prohibit: yes}", "one effect stands on each line"),
    effect("permission-of-no-kind", "permit: ▸closed", "known here: open, right"),
    effect("key-that-is-no-yes", "require: {key: ▸contact.age, from: establishment}", "is not a yes/no fact"),
    effect("office-unknown", "require: {key: arcadia.listed, from: ▸wardn}", "did you mean warden"),
    effect("condition-unknown", "condition: [▸escortd]", "did you mean escorted"),
    effect("allowance-unknown", "ceiling: {of: ▸visits_a_mont, limit: 1}", "visits_a_month"),
    effect(
        "allowance-of-other-unit", "ceiling: {of: visits_a_month, limit: ▸contact.age}", "visits are expected"
    ),
    effect(
        "clock-elsewhere",
        "clock: {name: x, start: request.on, days: 1, count: work, past: late}",
        "about: clock",
    ),
    effect("paper-judged-elsewhere", "void: yes", "judge a paper"),
    pack(
        "row-missing",
        VISITS,
        '          - {from: 2020-01-01, value: 2, citation: "Arcadia Custody Act, section 4(2)"}\n',
        "          []\n",
        "has no row",
    ),
    pack(
        "row-without-citation",
        VISITS,
        '{from: 2020-01-01, value: 2, citation: "Arcadia Custody Act, section 4(2)"}',
        "▸{from: 2020-01-01, value: 2}",
        '"citation" is missing',
    ),
    pack("row-negative", VISITS, "value: 2,", "value: ▸-2,", "never less than 0"),
    pack("row-huge", VISITS, "value: 2,", "value: ▸20000000000,", "at most five digits"),
    pack(
        "rows-out-of-order",
        VISITS,
        "from: 2024-07-01, value: 4",
        "from: 2019-07-01, value: 4",
        "the order of their days",
    ),
    pack("unit-unknown", VISITS, "unit: visits", "unit: visit", "is not a unit", "did you mean visits"),
    pack("side-of-nothing", VISITS, "side: cq_cousin.narrow", "side: ▸narrow", "QUESTION.SIDE"),
    pack("form-with-unknown-fact", SANCTION, "visits_left,", "▸visits_lef,", "instrument.visits_left"),
    pack("form-without-kind", SANCTION, "kind: sanction\n", "", '"kind" is missing'),
    pack("form-twice", SANCTION, "form: sanction", "form: order_no_visits", "stands twice"),
    pack(
        "act-that-is-no-day", REVIEW, "acted: arcadia.review_asked_on", "acted: ▸arcadia.listed", "is a day"
    ),
    pack("clock-counted-otherwise", REVIEW, "count: calendar", "count: ▸weeks", "known here: calendar, work"),
]

INVALID = [
    pack(
        "override-of-nothing",
        VISITS,
        "overrides: [4.2.two_a_month]",
        "overrides: [4.2.two_a_mont]",
        "which is no provision",
        "did you mean 4.2.two_a_month",
        code=4,
    ),
    pack(
        "override-of-itself",
        VISITS,
        "overrides: [4.2.two_a_month]",
        "overrides: [4.4.child_alone]",
        "4.4.child_alone overrides itself",
        code=4,
    ),
    pack(
        "overrides-in-a-circle",
        VISITS,
        "      - floor: {of: visits_a_month, limit: number.visits_owed, used: arcadia.visits_this_month}",
        "      - floor: {of: visits_a_month, limit: number.visits_owed, used: arcadia.visits_this_month}\n"
        "    overrides: [4.4.child_alone]",
        "overrides in a circle",
        "take one of these overrides out",
        code=4,
    ),
    pack("source-unknown", VISITS, "source: ARC", "source: ARK", "is not listed", "did you mean ARC", code=4),
    pack("rank-unknown", VISITS, "rank: 3", "rank: 9", "not on the ladder", code=4),
    pack(
        "number-begins-late",
        VISITS,
        "{from: 2020-01-01, value: 2",
        "{from: 2021-01-01, value: 2",
        "is in force before its number",
        code=4,
    ),
    pack("number-unused", VISITS, f"      {AGE}\n", "", "that it does not use", code=4),
    pack(
        "provision-ends-first",
        VISITS,
        "    from: 2020-01-01\n",
        "    from: 2020-01-01\n    until: 2019-01-01\n",
        "ends on 2019-01-01, before it begins",
        code=4,
    ),
    pack(
        "derived-without-reading", VISITS, "status: verified", "status: derived", "names no reading", code=4
    ),
    pack("kind-unknown", SANCTION, "kind: sanction", "kind: sanctoin", "does not list", "sanction", code=4),
    pack("fact-the-form-does-not-state", SANCTION, ", covers_calls", "", "does not state", code=4),
    pack(
        "lapse-of-other-kind",
        ORDER,
        "on: instrument.signed_on + number.order_days",
        "on: ▸number.order_days",
        "a day is expected here, not a number",
    ),
    pack(
        "clock-of-route-unknown",
        REVIEW,
        "clock: review}",
        "clock: reveiw}",
        "which is not set",
        "review",
        code=4,
    ),
    pack(
        "side-unknown", VISITS, "side: cq_cousin.narrow", "side: cq_cousin.narow", "cq_cousin.narrow", code=4
    ),
    pack(
        "holidays-of-nowhere",
        "pack.yaml",
        "zone: Etc/UTC\n",
        "zone: Etc/UTC\nholidays: ZZ\n",
        "are not known",
        code=4,
    ),
]

MANIFEST = [
    pack_file("pack-empty", "pack.yaml", "", "law/pack.yaml is empty"),
    pack_file("section-empty", VISITS, "", "is empty"),
    pack_file("pack-not-utf-8", "pack.yaml", b"pack: \xff", "this is not UTF-8 text", "line 1, column 7"),
    pack_file("section-of-10-megabytes", VISITS, b"# " + b"x" * 10_000_000, "is too large"),
    pack_file(
        "third-document",
        "cases/more.yaml",
        "cases: []\n---\ncases: []\n---\n▸cases: []\n",
        "another document",
    ),
    pack("rank-in-words", "pack.yaml", '  1: {en: "Con', '  ▸one: {en: "Con', '"one" is not a rank'),
    pack("zone-unknown", "pack.yaml", "zone: Etc/UTC", "zone: ▸Arcadia/Capital", "is not a time zone"),
    pack(
        "holidays-in-words",
        "pack.yaml",
        "zone: Etc/UTC\n",
        "zone: Etc/UTC\nholidays: ▸Arcadia\n",
        "not a country",
    ),
    pack(
        "role-unknown", "pack.yaml", "not_roles: [attorney]", "not_roles: [▸attorny]", "did you mean attorney"
    ),
    pack("address-as-list", "pack.yaml", 'url: ""', "url: ▸[a]", "one word or one sentence"),
    pack_file(
        "question-of-one-side",
        "contested_more.yaml",
        "contested:\n"
        "  - id: cq\n"
        "    question: {en: a, es: b}\n"
        "    interim: {en: a, es: b}\n"
        "    office: court\n"
        "    sides: ▸[{id: one, says: {en: a, es: b}, authorities: []}]\n",
        "a contested question has two sides or more",
    ),
    pack("sides-of-one-name", "contested.yaml", "- id: wide", "- id: ▸narrow", "two sides are called"),
    pack(
        "case-with-impossible-day", VISITS, "request.on: 2025-03-10", "request.on: ▸2025-02-30", "2025-02-28"
    ),
]

VOCABULARIES = [
    vocabulary("unit-unknown", "unit: years", "unit: yeers", '"yeers", which is not', "did you mean years"),
    vocabulary(
        "line-unknown",
        "  warden: {label",
        "  warden: {labl",
        '"labl" is not known here',
    ),
    vocabulary(
        "observer-unknown",
        "    known_by: [contact, person, counsel, establishment]\n",
        "    known_by: [wardn]\n",
        '"wardn", which is not in the vocabulary',
        "did you mean warden",
    ),
    vocabulary(
        "years-of-nothing", "{years_from: contact.born_on", "{years_from: contact.bron_on", "contact.born_on"
    ),
    vocabulary(
        "condition-unknown", "excludes: [contact_visit]", "excludes: [contact_visti]", "contact_visit"
    ),
    vocabulary("type-unknown", "type: choice", "type: ▸choise", "did you mean choice?"),
    vocabulary("fact-badly-named", "  request.about:\n", "  ▸Request:\n", "is not a name of a fact"),
    vocabulary("language-missing", "{en: year, es: año}", "▸{en: year}", '"es" is missing'),
    vocabulary("section-unknown", "\nunits:\n", "\n▸unist:\n", "did you mean units?"),
    vocabulary("alias", "{en: year, es: año}", "▸*year", "cannot begin with *"),
]

PACKS = [*CODE, *CONDITIONS, *PROVISIONS, *INVALID, *MANIFEST]
