"""What a transaction writes of itself: that it was carried out, and what the sequencer puts into the log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from locutorio.store.commands import Transaction
from locutorio.store.log.writers import Numbered
from locutorio.store.statements import Statement, database_kind

_ENTRY = """INSERT INTO store_entry
    (id, establishment_id, command, action, actor, at, person) VALUES (%s, %s, %s, %s, %s, %s, %s)"""
VEILED = frozenset({"separate", "end_separation", "place_hold", "end_hold", "enter_fact"})
"""Acts that nobody outside is told of: an entry names them in its sealed content alone. `enter_fact` is
the common one among them, so that no entry without a name says by itself which of them it is."""
_NUMBER = {"sqlite": "''", "postgresql": "pg_current_xact_id()::text"}
_PENDING = """INSERT INTO store_pending
    (establishment_id, kind, entry, "transaction", body) VALUES (%s, 'entry', %s, {}, %s)"""
_BEGIN = "INSERT INTO store_pending (kind, \"transaction\", body) VALUES ('begin', '', '{}')"


def begun() -> list[Statement]:
    """Give what is written before anything else: on SQLite, where the changes of the transaction begin."""
    return [(_BEGIN, ())] if database_kind() == "sqlite" else []


def written(tx: Transaction, answer: Mapping[str, Any], number: Numbered) -> list[Statement]:
    """Give what is written after everything else: the entry, and its content for the log."""
    command, id_ = tx.command, tx.new_id()
    writer, count = number.use()
    body = {
        "action": command.action,
        "actor": str(command.actor) if command.actor else None,
        "at": command.at.isoformat(),
        "factor": command.factor or None,
        "about": str(tx.about) if tx.about else None,
        "apart": None if tx.apart is None else {str(whom): said for whom, said in tx.apart.items()},
        "writer": writer,
        "count": count,
        "header": tx.header,
        "kept_as": tx.kept_as,
        "content": {
            "command": str(command.id),
            "person": str(command.person) if command.person else None,
            "digest": command.digest,
            "purpose": command.purpose,
            "asked": command.arguments,
            "noted": tx.noted,
            "answer": answer,
        },
    }
    return [
        (
            _ENTRY,
            (
                id_,
                command.establishment,
                command.id,
                command.action,
                command.actor,
                command.at,
                command.person,
            ),
        ),
        (_PENDING.format(_NUMBER[database_kind()]), (command.establishment, id_, json.dumps(body))),
    ]
