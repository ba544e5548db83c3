"""Gives one person's complete file: rows, entries, letters, who was told what, and what proves each entry.

It is one person's at a time; no command gives more. That it is given, to whom and why is an entry first, and
stands in the accounting of disclosures.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions.acts import acts
from locutorio.actions.authority import About, authorize, reading
from locutorio.actions.disclose import refuse_unsaid
from locutorio.actions.plain import as_plain
from locutorio.actions.reaching import reaching
from locutorio.kernel.faults import Fault
from locutorio.notices.letter import Letter
from locutorio.notices.reports.exported import FIGURES, Decision, EntryLine, Exported, LetterLine, tell_export
from locutorio.notices.reports.page import report_as_page
from locutorio.notices.text import letter_as_text
from locutorio.store import disclosing, documents, people
from locutorio.store.actor import Actor
from locutorio.store.context import inside
from locutorio.store.disclosing import Disclosed
from locutorio.store.exporting import PlainRow, Rows, rows_about
from locutorio.store.log import proving
from locutorio.store.log.proving import Held
from locutorio.store.log.sequencer import sequence
from locutorio.store.log.succeeding import policy_of
from locutorio.store.transaction import Answer, Sent, Transaction, perform

AGAIN_WITHIN = timedelta(minutes=5)
LANGUAGES = ("en", "es")
FILE, LETTERS, PROOFS, ALL, DOCUMENTS = "file.json", "letters", "proofs", "all", "documents"


@dataclass(frozen=True, slots=True)
class Exporting:
    """Whose file is given, to whom, and on which ground: a request of theirs, an order.

    ``for_person``: it goes to the person, who gets what may reach them and no more.
    """

    person: UUID
    to: str
    ground: str
    for_person: bool = False


def export_person(what: Exporting, sent: Sent) -> dict[str, bytes]:
    """Note that the file is given, and give it: files by their path in a folder.

    Its own entry is among them.

    Raises:
        Refused: they may not, or there is no such person here.
        NotFresh: they showed too long ago who they are.
        Fault: it is not said to whom, or on which ground; the same was sent some minutes before; or the
            log cannot be read.
    """
    authorize(sent.by, "export_person", About(sent.establishment, "person", what.person), at=sent.at)
    refuse_unsaid(what.to, what.ground)

    def work(tx: Transaction) -> Answer:
        people.person(tx.establishment, what.person)
        return {"at": tx.at.isoformat()}

    done = perform(sent.command("export_person", as_plain(what), person=what.person), work)
    if sent.at - datetime.fromisoformat(done["at"]) > AGAIN_WITHIN:
        raise Fault(
            "this file was given before",
            why="what is held has grown since, and each time that it is given has an entry of its own",
            remedy="open the form anew and say to whom it is given now",
        )
    sequence(sent.establishment)
    with inside(sent.establishment):
        return _files(what, sent)


def whose_file(by: Actor, at: UUID, person: UUID) -> people.PersonRow:
    """Give the person whose file somebody is about to give, before it is said to whom.

    Raises:
        Refused: it is not theirs to look up, or there is no such person here.
    """
    with reading(by, "find_person", About(at, "person", person)):
        return people.person(at, person)


def _files(what: Exporting, sent: Sent) -> dict[str, bytes]:
    at, whom = sent.establishment, what.person
    policy = policy_of(at)
    held = proving.everything_about(at, whom, policy)
    rows = rows_about(at, whom)
    readings = [act.name for act in acts().values() if act.protected]
    told = disclosing.disclosures(at, whom, readings)
    files = {}
    if proving.can_prove_all(at, whom, policy):
        files = {f"{ALL}/{name}": data for name, data in proving.all_about(at, whom, policy).items()}
    if what.for_person:
        held, rows = [], reaching(rows)
    figures = len(str(len(held)))
    for place, one in enumerate(held, 1):
        files |= proving.files_of(one, f"{PROOFS}/{place:0{figures}}")
    for place, (_, letter) in enumerate(rows.letters, 1):
        files[_letter_name(place)] = letter_as_text(letter).encode()
    kept = () if what.for_person else documents.documents_of(at, whom)
    for place, row in enumerate(kept, 1):
        files[f"{DOCUMENTS}/{place:0{FIGURES}}-{row.name}"] = documents.data_of(at, row.id)
    shown = _shown(what, sent, held, rows, told)
    pages = {f"index.{lang}.html": report_as_page(tell_export(shown, lang)).encode() for lang in LANGUAGES}
    return {**pages, FILE: _as_json(what, sent, held, rows, told), **files}


def _letter_name(place: int) -> str:
    return f"{LETTERS}/{place:0{FIGURES}}.txt"


def _as_json(
    what: Exporting, sent: Sent, held: Sequence[Held], rows: Rows, told: Sequence[Disclosed]
) -> bytes:
    said = {
        "exported": {**as_plain(what), "at": sent.at.isoformat()},
        "count": len(held),
        "entries": [
            {
                "number": place,
                "index": one.leaf.index,
                "hash": bytes(one.leaf.hash).hex(),
                "proved": one.proved is not None,
                "entry": one.fields,
                "content": one.content,
            }
            for place, one in enumerate(held, 1)
        ],
        "rows": rows.tables,
        "contacts": rows.contacts,
        "disclosures": as_plain(list(told)),
    }
    return json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True).encode()


def _shown(
    what: Exporting, sent: Sent, held: Sequence[Held], rows: Rows, told: Sequence[Disclosed]
) -> Exported:
    place = people.establishment(sent.establishment)
    whom = people.person(sent.establishment, what.person)
    zone = ZoneInfo(place.zone)
    letters = [_letter(at, row, letter, rows, zone) for at, (row, letter) in enumerate(rows.letters, 1)]
    return Exported(
        name=whom.name,
        number=whom.number,
        establishment=place.name,
        at=_clock(sent.at, zone),
        to=what.to,
        ground=what.ground,
        tables={name: len(found) for name, found in rows.tables.items()},
        decisions=tuple(_decisions(rows.tables.get("store_decided", ()), rows, zone)),
        letters=tuple(letters),
        told=tuple((_clock(one.at, zone), one.kind, one.to, one.what, one.why) for one in told),
        entries=tuple(_entries(held, zone)),
        for_person=what.for_person,
    )


def _decisions(found: Sequence[PlainRow], rows: Rows, zone: ZoneInfo) -> Iterator[Decision]:
    for row in sorted(found, key=lambda one: (one["decided_at"], one["id"])):
        contact = rows.contacts.get(row["contact_id"], "")
        yield _clock(row["decided_at"], zone), row["on"], contact, row["outcome"], row["law"]


def _letter(place: int, row: PlainRow, letter: Letter, rows: Rows, zone: ZoneInfo) -> LetterLine:
    to = rows.contacts.get(row["contact_id"], "") if row["contact_id"] else ""
    return _clock(row["at"], zone), to, letter.headline, _letter_name(place)


def _entries(held: Sequence[Held], zone: ZoneInfo) -> Iterator[EntryLine]:
    for place, one in enumerate(held, 1):
        at = one.fields["at"]
        assert isinstance(at, int)
        said = str(one.fields["action"] or (one.content or {}).get("action") or one.fields["type"])
        moment = _clock(datetime.fromtimestamp(at / 1_000_000, tz=zone), zone)
        yield place, moment, said, one.leaf.index, one.content is not None, one.proved is not None


def _clock(moment: Any, zone: ZoneInfo) -> str:
    """Write a moment on the establishment's clock, the same for every reader."""
    found = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{found.astimezone(zone):%Y-%m-%d %H:%M}"
