"""Who is told of what: one notice for each whom it concerns, that they can read and act on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from uuid import UUID

from tests.life import changes, expected
from tests.life.changes import Change
from tests.life.tables import Row

LANGUAGES = {"en", "es"}
PAPER = "paper"
CONTESTED = {"withdrawn", "refused", "refused_at_gate"}
Due = tuple[UUID, UUID, str]


def told_of_what_happened(change: Change) -> None:
    """Who loses a visit, may lose it, is offered one, or is refused has one notice of it; nobody else."""
    due = Counter([*_of_bookings(change), *_of_entries(change), *_of_the_gate(change)])
    found: Counter[Due] = Counter()
    for row in change.new("notice"):
        if row["kind"] == PAPER:
            continue
        found[row["request"], row["person_id"] or row["contact_id"], row["kind"]] += 1
    for key in {*due, *found}:
        _, subject, kind = key
        held = (subject,) in change.after.tables.rows["person"]
        several = held and found[key] > due[key] > 0  # the person, one for each set of reasons
        assert found[key] == due[key] or several, (
            f'{found[key]} notices "{kind}" of a visit, not {due[key]}, to one of those it concerns'
        )


def told_of_papers(change: Change) -> None:
    """Whoever a paper is about is told when it is entered or ended, and nobody otherwise."""
    persons = {now["person_id"] for _, now in change.rows("paper") if now is not None}
    told = [row for row in change.new("notice") if row["kind"] == PAPER]
    assert {row["person_id"] for row in told if row["person_id"]} == persons, "not who the paper is about"
    assert persons or not told, "a contact is told of a paper that is none"


def _everybody(change: Change, booking: Row, kind: str) -> Iterator[Due]:
    for subject in (booking["person_id"], *change.after.party(booking)):
        yield booking["request_id"], subject, kind


def _of_bookings(change: Change) -> Iterator[Due]:
    for was, now in change.rows("booking"):
        assert now is not None
        kind = _kind(was, now)
        if kind:
            yield from _everybody(change, now, kind)


def _kind(was: Row | None, now: Row) -> str | None:
    if was is None:
        return "withdrawn" if now["standing"] == "withdrawn" else None
    if was["standing"] != now["standing"]:
        return str(now["standing"]) if now["standing"] in {"withdrawn", "cancelled"} else None
    if was["risk"] != now["risk"] and was["slot_id"] == now["slot_id"]:
        return "at_risk" if now["risk"] else "stands_again"
    return None


def _of_entries(change: Change) -> Iterator[Due]:
    """Give what follows from offers, refused requests, and conditions that changed."""
    for entry in change.entries():
        _, noted, found = changes.held(entry)
        if entry["action"] == "offer_place" and found["booking"]:
            yield from _everybody(
                change, change.after.tables.one("booking", UUID(found["booking"])), "offered"
            )
        if entry["action"] == "request_visit" and found["outcome"] == expected.REFUSE:
            asked = change.after.tables.one("request", UUID(found["request"]))
            yield asked["id"], asked["person_id"], "refused"
            for one in found["members"]:
                if one["outcome"] == expected.REFUSE:
                    yield asked["id"], UUID(one["contact"]), "refused"
        for booking in (noted.get("replayed") or {}).get("conditions", ()):
            yield from _everybody(change, change.after.tables.one("booking", UUID(booking)), "conditions")


def _of_the_gate(change: Change) -> Iterator[Due]:
    """Give who was refused at the gate: also who might return, and then might not."""
    for was, now in change.rows("arrival"):
        if now is None or now["outcome"] != "refused":
            continue
        if was is None or was["outcome"] != "refused" or (was["may_return"] and not now["may_return"]):
            row = change.after.tables.one("booking", now["booking_id"])
            yield row["request_id"], row["person_id"], "refused_at_gate"
            yield row["request_id"], now["contact_id"], "refused_at_gate"


def readable(change: Change) -> None:
    """A notice is in its reader's language, says what is so, and shows the way to contest a refusal."""
    for row in change.new("notice"):
        table, id_ = ("person", row["person_id"]) if row["person_id"] else ("contact", row["contact_id"])
        wanted = change.after.tables.one(table, id_)["language"]
        right = wanted if wanted in LANGUAGES else "en"
        assert row["language"] == row["letter"]["lang"] == right, (
            f"a notice in {row['language']}, not {wanted}"
        )
        letter = row["letter"]
        assert all(letter[name] for name in ("title", "headline", "lead")), "a notice says nothing"
        if row["kind"] in CONTESTED:
            sections = {section["name"] for section in letter["sections"]}
            assert "contest" in sections, f'a notice "{row["kind"]}" shows no way to contest it'


def grounded(change: Change) -> None:
    """A withdrawal has its ground; one by law is cited to those who are told."""
    for was, now in change.rows("booking"):
        if was is None or now is None or was["standing"] == now["standing"] or now["standing"] != "withdrawn":
            continue
        assert now["ground"].strip(), "a withdrawal without a ground"
        assert now["ended_by"] != "law" or _cited(change, now["request_id"]), (
            "a visit is withdrawn by law, and no notice cites it"
        )


def _cited(change: Change, request: UUID) -> bool:
    letters = [row["letter"] for row in change.new("notice") if row["request"] == request]
    blocks = [block for letter in letters for section in letter["sections"] for block in section["blocks"]]
    return any(block["block"] == "finding" and block["citation"] for block in blocks)


EVERY: tuple[Callable[[Change], None], ...] = (
    *changes.OF_STATE,
    told_of_what_happened,
    told_of_papers,
    readable,
    grounded,
)
