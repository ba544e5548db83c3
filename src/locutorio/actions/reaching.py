"""What of a person's file may reach the person: rows and columns that are theirs to know, and no other.

A table or a column that is not named here does not reach them. What they may not know is what only others can
know of a contact, who must be kept apart, what staff wrote for staff, and how others were written to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from locutorio.notices.audience import Reader, may_know
from locutorio.store import mail
from locutorio.store.exporting import PlainRow, Rows

_ALL = ("",)
REACHES: Mapping[str, tuple[str, ...]] = {
    "store_person": _ALL,
    "store_listed": ("contact_id", "role", "relation", "status", "since", "until", "ground"),
    "store_approvednumber": ("contact_id", "number", "kind", "relation", "status", "since", "until"),
    "store_fact": _ALL,
    "store_paper": _ALL,
    "store_role": _ALL,
    "store_account": _ALL,
    "store_call": (
        "contact_id",
        "started_at",
        "answered_at",
        "ended_at",
        "called",
        "talk_seconds",
        "returned_seconds",
        "disposition",
        "cause",
        "plane",
        "limit_seconds",
        "outcome",
    ),
    "store_calldecision": ("id", "call_id", "contact_id", "cause", "outcome", "on", "decided_at", "law"),
    "store_recording": ("call_id", "began_at", "ended_at", "keep_until", "sealed_at", "destroyed_at"),
    "store_unplaced": ("contact_id", "on", "why", "known_at", "made_up_by_id"),
    "store_notice": _ALL,
    "store_service": _ALL,
    "store_request": ("id", "about", "way", "asked_at", "on", "outcome", "conditions"),
    "store_member": ("request_id", "contact_id", "lap"),
    "store_decided": ("id", "request_id", "contact_id", "cause", "outcome", "on", "decided_at", "law"),
    "store_booking": ("id", "request_id", "kind", "places", "standing", "hold_until", "ended_at", "ended_by"),
    "store_debit": ("booking_id", "quota", "unit", "amount", "on"),
    "store_waiting": ("request_id", "first_on", "last_on", "asked_at", "standing"),
    "store_arrival": ("booking_id", "contact_id", "at", "outcome", "may_return"),
    "store_visit": ("booking_id", "started_at", "late_by", "ended_at", "ended_by"),
    "store_losttime": ("booking_id", "minutes", "at"),
    "store_mail": (
        "contact_id",
        "direction",
        "on",
        "logged_at",
        "outcome",
        "special",
        "standing",
        "ended_at",
    ),
    "store_petition": _ALL,
    "store_petitionevent": _ALL,
    "store_breakglass": ("contact_id", "kind", "begun_at", "ends_at"),
}
_WRITTEN_TO = ("store_notice", "store_service")
_PETITIONS = {"store_petition": "id", "store_petitionevent": "petition_id"}
"""Tables of petitions, each with the column that names one."""


def reaching(rows: Rows) -> Rows:
    """Give the rows that may reach the person, each cut to the columns that may.

    Of sensitive petitions none: whoever writes the file out does not see them. Their own page shows them.
    """
    told = {
        str(row["mail_id"]) for row in rows.tables.get("store_notice", ()) if row["person_id"] is not None
    }
    rows = replace(rows, tables={**rows.tables, **_mail(rows, told), **_petitions(rows)})
    tables = {
        name: [_cut(row, REACHES[name]) for row in found if _theirs(name, row)]
        for name, found in rows.tables.items()
        if name in REACHES
    }
    named = {str(row.get("contact_id")) for found in tables.values() for row in found}
    contacts = {id_: name for id_, name in rows.contacts.items() if id_ in named}
    return Rows({name: found for name, found in tables.items() if found}, contacts)


def _petitions(rows: Rows) -> Mapping[str, list[PlainRow]]:
    sensitive = {row["id"] for row in rows.tables.get("store_petition", ()) if row["sensitive"]}
    return {
        table: [row for row in rows.tables[table] if row[column] not in sensitive]
        for table, column in _PETITIONS.items()
        if table in rows.tables
    }


def _mail(rows: Rows, told: Collection[str]) -> Mapping[str, list[PlainRow]]:
    """Give mail as the person sees it: of a rejection of which the law tells nobody, an item that waits."""
    hidden = {"standing": mail.WAITING, "ended_at": None}
    found = [
        {**row, **hidden} if row["standing"] == mail.REJECTED and str(row["id"]) not in told else row
        for row in rows.tables.get("store_mail", ())
    ]
    return {"store_mail": found} if found else {}


def _theirs(table: str, row: PlainRow) -> bool:
    """Tell whether a row is the person's to know: facts by the vocabulary, letters by their reader."""
    if table == "store_fact":
        return may_know(Reader.PERSON, row["path"])
    return table not in _WRITTEN_TO or row["person_id"] is not None


def _cut(row: PlainRow, columns: tuple[str, ...]) -> PlainRow:
    return row if columns == _ALL else {name: row[name] for name in columns}
