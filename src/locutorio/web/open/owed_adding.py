"""What the page of promises lets a reader add: the fields of a promise and of an event."""

from collections.abc import Mapping
from dataclasses import dataclass

from locutorio.arrangements.promises import LETTERS, Happened, What
from locutorio.arrangements.reading import COUNT_MAX, MINUTES_MAX, NAME_LENGTH_MAX, TEXT_LENGTH_MAX
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.web.open.search import Choice, choices
from locutorio.web.words import words

EACH = ("month", "week", "quarter")
SHAPES = ("count", "minutes_in_all", "on", "answered_within")
_NAMES = ("p_id", "e_for", "e_id", "e_answers")
_DAYS = ("p_from", "p_until", "p_on", "e_on", "e_makes_up")
_NUMBERS = {
    "p_count": COUNT_MAX,
    "p_minutes": MINUTES_MAX,
    "p_minutes_in_all": MINUTES_MAX,
    "p_answered_within": COUNT_MAX,
    "e_minutes": MINUTES_MAX,
}
PROMISE = (
    *("p_what", "p_paper", "p_by", "p_count", "p_minutes_in_all", "p_on", "p_answered_within"),
    *("p_each", "p_minutes", "p_from", "p_until", "p_with", "p_id"),
)
EVENT = (
    *("e_on", "e_what", "e_happened", "e_minutes", "e_reason", "e_said_by", "e_with", "e_for"),
    *("e_makes_up", "e_id", "e_answers"),
)
FIELDS = PROMISE + EVENT
NEEDED = ("p_what", "p_paper", "e_on", "e_what", "e_happened")
_PROMISE_NAMES = {"p_id": "id", "p_what": "what", "p_paper": "paper", "p_by": "by", "p_with": "with"}
_REPEATED = {"p_from": "from", "p_until": "until"}
_EVENT_NAMES = {
    "e_on": "on",
    "e_what": "what",
    "e_happened": "happened",
    "e_minutes": "minutes",
    "e_with": "with",
    "e_for": "for",
    "e_makes_up": "makes_up",
    "e_reason": "reason",
    "e_said_by": "said_by",
    "e_id": "id",
    "e_answers": "answers",
}


@dataclass(frozen=True, slots=True)
class Added:
    """An entry to add, or the problems by field: each names a sentence."""

    entry: Mapping[str, str]
    problems: Mapping[str, str]


def typed(post: Mapping[str, str]) -> dict[str, str]:
    """Give what stands in the fields, one line each, no longer than the file may hold it."""
    return {name: " ".join(post.get(name, "").split())[: TEXT_LENGTH_MAX + 1] for name in FIELDS}


def promise(given: Mapping[str, str], known: int) -> Added:
    """Give the promise that was filled in; ``known`` promises stand in the file already."""
    problems = _wrong(given, "p_")
    entry = {_PROMISE_NAMES[field]: given[field] for field in _PROMISE_NAMES if given[field]}
    entry.setdefault("id", f"promise-{known + 1}")
    if not given["p_paper"]:
        problems["p_paper"] = "owed_problem_missing"
    if given["p_what"] not in set(What):
        problems["p_what"] = "owed_problem_choose"
    shapes = [shape for shape in SHAPES if given[f"p_{shape}"]]
    if len(shapes) != 1:
        problems["p_count"] = "owed_problem_shape"
        return Added(entry, problems)
    shape = shapes[0]
    entry[shape] = given[f"p_{shape}"]
    if shape in {"count", "minutes_in_all"}:
        entry["each"] = given["p_each"] if given["p_each"] in EACH else EACH[0]
    if given["p_minutes"] and shape in {"count", "on"}:
        entry["minutes"] = given["p_minutes"]
    if shape != "on":
        if not given["p_from"]:
            problems["p_from"] = "owed_problem_missing"
        entry |= {name: given[field] for field, name in _REPEATED.items() if given[field]}
        if given["p_until"] and given["p_until"] <= given["p_from"]:
            problems.setdefault("p_until", "owed_problem_backwards")
    if shape == "answered_within" and given["p_what"] != What.LETTER_TO:
        problems["p_what"] = "owed_problem_answered"
    return Added(entry, problems)


def event(given: Mapping[str, str]) -> Added:
    """Give the event that was filled in."""
    problems = _wrong(given, "e_")
    entry = {name: given[field] for field, name in _EVENT_NAMES.items() if given[field]}
    what, happened = given["e_what"], given["e_happened"]
    if what not in set(What):
        problems["e_what"] = "owed_problem_choose"
    if happened not in set(Happened):
        problems["e_happened"] = "owed_problem_choose"
    if not given["e_on"]:
        problems["e_on"] = "owed_problem_missing"
    if given["e_minutes"] and what in LETTERS:
        problems["e_minutes"] = "owed_problem_letter_minutes"
    if happened == Happened.RETURNED and what not in LETTERS:
        problems["e_happened"] = "owed_problem_returned"
    if given["e_id"] and what != What.LETTER_TO:
        problems["e_id"] = "owed_problem_letter_to"
    if given["e_answers"] and what != What.LETTER_FROM:
        problems["e_answers"] = "owed_problem_letter_from"
    return Added(entry, problems)


def _wrong(given: Mapping[str, str], start: str) -> dict[str, str]:
    """Name what cannot be read in the fields of a promise (``p_``) or an event (``e_``)."""
    problems = {}
    for field in (field for field in FIELDS if field.startswith(start) and given[field]):
        value = given[field]
        if field in _DAYS and not _is_day(value):
            problems[field] = "file_problem_day"
        elif field in _NUMBERS and not _is_number(value, _NUMBERS[field]):
            problems[field] = "owed_problem_number"
        elif len(value) > (NAME_LENGTH_MAX if field in _NAMES else TEXT_LENGTH_MAX):
            problems[field] = "owed_problem_long"
    return problems


def _is_day(text: str) -> bool:
    try:
        day(text)
    except Fault:
        return False
    return True


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(most)) and 0 < int(text) <= most


def kind(field: str) -> str:
    """Give the type of a field as HTML names it."""
    return "date" if field in _DAYS else "number" if field in _NUMBERS else "text"


def lists(given: Mapping[str, str], lang: str) -> dict[str, tuple[Choice, ...]]:
    """Give the lists to choose from, in words."""
    told = words(lang)
    kinds = [(what.value, told[f"owed_what_{what}"]) for what in What]
    happened = [(one.value, told[f"owed_happened_{one}"]) for one in Happened]
    each = [(one, told[f"owed_each_{one}"]) for one in EACH]
    return {
        "p_what": choices(told["owed_choose"], kinds, given["p_what"]),
        "p_each": choices(told["owed_choose"], each, given["p_each"] or EACH[0]),
        "e_what": choices(told["owed_choose"], kinds, given["e_what"]),
        "e_happened": choices(told["owed_choose"], happened, given["e_happened"]),
    }
