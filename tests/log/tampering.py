"""Kinds of tampering by somebody with root and every key of the log. Each is found, whatever is drawn."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from locutorio.record.entry import written
from locutorio.store.log.tables import UNCOUNTED, recorded
from locutorio.store.models import Pending
from tests.life.house import repeatable
from tests.life.life import Life, Step
from tests.life.tables import read
from tests.log.insider import Insider, Row, insider, keys_of
from tests.log.world import DATABASE, KEYS, RING, SEED, World, act, copied, using, world

Tamper = Callable[[Insider], None]
IMPLICIT = {"id", "establishment_id"}


def _changed(one: Insider, leaf: Row) -> Row:
    """Give a leaf whose entry says something else, and is as well formed as before."""
    fields: dict[str, Any] = json.loads(leaf["body"])
    name = one.rng.choice(("at", "action", "actor", "payload"))
    fields[name] = {
        "at": fields["at"] + one.rng.randrange(1, 10**9),
        "action": f"{fields['action'] or 'nothing'}_{one.rng.randrange(100)}",
        "actor": str(UUID(int=one.rng.getrandbits(128))),
        "payload": sha256(one.rng.randbytes(8)).hexdigest(),
    }[name]
    return {**leaf, "body": written(fields)}


def _others(one: Insider, leaf: Row) -> list[Row]:
    return [row for row in one.leaves() if row["index"] != leaf["index"]]


def change_a_row(one: Insider) -> None:
    """An entry says something else."""
    leaf = one.early_leaf()
    one.say('UPDATE store_leaf SET body = ? WHERE "index" = ?', _changed(one, leaf)["body"], leaf["index"])


def delete_a_row(one: Insider) -> None:
    """A leaf is gone."""
    one.say('DELETE FROM store_leaf WHERE "index" = ?', one.early_leaf()["index"])


def insert_a_row(one: Insider) -> None:
    """A leaf is put in between; those after it move."""
    leaf, leaves = one.early_leaf(), one.leaves()
    more = {**_changed(one, leaf), "id": max(row["id"] for row in leaves) + 1, "entry_id": uuid4().hex}
    more |= {"subject_count": None, "notice": None}
    at = leaf["index"]
    moved = [*leaves[:at], more, *leaves[at:]]
    one.put_leaves([{**row, "index": index} for index, row in enumerate(moved)])


def swap_rows(one: Insider) -> None:
    """Two entries change places."""
    leaf = one.early_leaf()
    other = one.one(_others(one, leaf))
    for row, body in ((leaf, other["body"]), (other, leaf["body"])):
        one.say('UPDATE store_leaf SET body = ? WHERE "index" = ?', body, row["index"])


def _cut(one: Insider, leaves: list[Row]) -> list[Row]:
    """Leave the last entries out, with the headers of their commands; whole entries, and at least one."""
    at = one.early_leaf()["index"]
    while at and leaves[at]["entry_id"] == leaves[at - 1]["entry_id"]:
        at -= 1
    gone = {row["entry_id"] for row in leaves[at:]}
    for entry in gone:
        one.say("DELETE FROM store_entry WHERE id = ?", entry)
    return leaves[:at]


def cut_the_tail(one: Insider) -> None:
    """The last entries are gone, and the tree fits; the checkpoints are left."""
    one.recompute(_cut(one, one.leaves()))


def cut_the_tail_and_checkpoints(one: Insider) -> None:
    """The same, and the later checkpoints are gone too; the signer remembers no more than there is."""
    one.recompute(_cut(one, one.leaves()))
    one.sign_again()


def rewrite_without_the_key(one: Insider) -> None:
    """An entry says something else, and every hash, node and chain after it fits."""
    leaf = one.early_leaf()
    one.recompute([_changed(one, row) if row["index"] == leaf["index"] else row for row in one.leaves()])


def rewrite_with_the_key(one: Insider) -> None:
    """The same, and every checkpoint is signed anew."""
    rewrite_without_the_key(one)
    one.sign_again()


def delete_an_entry_with_the_key(one: Insider) -> None:
    """One command is taken out with its row; all that follows is numbered, hashed and signed anew."""
    entry = one.early_leaf()["entry_id"]
    one.say("DELETE FROM store_entry WHERE id = ?", entry)
    one.recompute(one.linked([row for row in one.leaves() if row["entry_id"] != entry]))
    one.sign_again()


def swap_entries_with_the_key(one: Insider) -> None:
    """Two entries change places, and all is numbered, hashed and signed anew."""
    leaves = one.leaves()
    at = one.rng.randrange(len(leaves) - 1)
    while leaves[at]["entry_id"] == leaves[at + 1]["entry_id"]:
        at = one.rng.randrange(len(leaves) - 1)
    leaves[at], leaves[at + 1] = leaves[at + 1], leaves[at]
    one.recompute(one.linked(leaves))
    one.sign_again()


def forge_a_roll_call(one: Insider) -> None:
    """A roll call counts fewer entries, and all is signed anew."""
    leaves = one.leaves()
    called = one.one([row for row in leaves if json.loads(row["body"])["type"] == "roll_call"])
    fields = json.loads(called["body"])
    fields["roll"] = sha256(one.rng.randbytes(8)).hexdigest()
    leaves[called["index"]] = {**called, "body": written(fields)}
    one.recompute(leaves)
    one.sign_again()


def _state_row(one: Insider) -> tuple[str, list[str], Row]:
    """Draw a row of a table that was made by entries, whose columns say something."""
    filled = []
    for table, model in recorded().items():
        rows = one.say(f"SELECT rowid AS __at, * FROM {table}")
        if rows:
            columns = [field.column for field in model._meta.concrete_fields]
            filled.append((table, [name for name in columns if name not in {*UNCOUNTED, *IMPLICIT}], rows))
    table, columns, rows = one.rng.choice(filled)
    return table, columns, one.one(rows)


def _other_value(one: Insider, value: object) -> object:
    if isinstance(value, str) and value.startswith(("[", "{")):
        return json.dumps({"changed": one.rng.randrange(1000)})
    if isinstance(value, str) and len(value) >= 10 and value[4:5] == "-" and value[:4].isdigit():
        return f"{int(value[:4]) + 1}{value[4:]}"
    if isinstance(value, str) and len(value) == 32:
        return UUID(int=one.rng.getrandbits(128)).hex
    if isinstance(value, int):
        return 1 - value if value in {0, 1} else value + 1
    return f"{value or ''}x"


def edit_a_business_table(one: Insider) -> None:
    """A value of some row is another, and nothing says so."""
    table, columns, row = _state_row(one)
    column = one.rng.choice([name for name in columns if row[name] is not None] or ["id"])
    value = _other_value(one, row[column])
    one.say(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', value, row["__at"])


def delete_a_business_row(one: Insider) -> None:
    """Some row is gone, and nothing says so."""
    table, _, row = _state_row(one)
    one.say(f"DELETE FROM {table} WHERE rowid = ?", row["__at"])


def act_without_an_entry(one: Insider) -> None:
    """A row is made that no command made: somebody is listed, a paper is there, a booking stands."""
    while not _copied_row(one):
        pass


def _copied_row(one: Insider) -> bool:
    """Put some row in a second time under another key; say whether the table allows it."""
    table, _, row = _state_row(one)
    if table == "store_establishment":
        return False
    more = {name: value for name, value in row.items() if name != "__at"}
    key = next((name for name in ("id", "key") if name in more), "id")
    more[key] = UUID(int=one.rng.getrandbits(128)).hex
    for index in one.say(f"PRAGMA index_list({table})"):
        if index["unique"] and not index["name"].startswith("sqlite_autoindex"):
            one.say(f'DROP INDEX "{index["name"]}"')
    names = ", ".join(f'"{name}"' for name in more)
    try:
        one.say(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(more))})", *more.values())
    except sqlite3.IntegrityError:
        return False
    return True


def take_a_place_without_a_booking(one: Insider) -> None:
    """A place or a stretch of time is taken, or given back, that no booking says."""
    table = one.rng.choice(("store_place", "store_tick"))
    rows = one.say(f"SELECT rowid AS __at, * FROM {table}")
    row = one.one(rows)
    if one.rng.random() < 0.5:
        one.say(f"DELETE FROM {table} WHERE rowid = ?", row["__at"])
    else:
        other = UUID(int=one.rng.getrandbits(128)).hex
        one.say(f"UPDATE {table} SET booking_id = ? WHERE rowid = ?", other, row["__at"])


def swap_seals(one: Insider) -> None:
    """The contents of two entries change places."""
    leaf = one.early_leaf()
    other = one.one([row for row in _others(one, leaf) if row["seal"] is not None])
    for row, seal in ((leaf, other["seal"]), (other, leaf["seal"])):
        one.say('UPDATE store_leaf SET seal = ? WHERE "index" = ?', seal, row["index"])


def empty_a_seal(one: Insider) -> None:
    """A content is taken away, and no entry says that it was erased."""
    one.say('UPDATE store_leaf SET seal = NULL WHERE "index" = ?', one.early_leaf()["index"])


def change_a_seal(one: Insider) -> None:
    """A bit of a content is another."""
    leaf = one.early_leaf()
    seal = bytearray(leaf["seal"])
    seal[one.rng.randrange(len(seal))] ^= 1 << one.rng.randrange(8)
    one.say('UPDATE store_leaf SET seal = ? WHERE "index" = ?', bytes(seal), leaf["index"])


def swap_data_keys(one: Insider) -> None:
    """The keys of two subjects change places in the database of the keys."""
    with keys_of(one.home) as keys:
        rows = keys.execute("SELECT rowid, wrapped FROM store_key").fetchall()
        (first, mine), (second, theirs) = one.rng.sample(rows, 2)
        keys.execute("UPDATE store_key SET wrapped = ? WHERE rowid = ?", (theirs, first))
        keys.execute("UPDATE store_key SET wrapped = ? WHERE rowid = ?", (mine, second))
    keys.close()


def destroy_a_data_key(one: Insider) -> None:
    """A key is destroyed, so that its contents cannot be read, and no entry says so."""
    with keys_of(one.home) as keys:
        (chosen,) = one.rng.choice(keys.execute("SELECT rowid FROM store_key").fetchall())
        keys.execute("DELETE FROM store_key WHERE rowid = ?", (chosen,))
    keys.close()


def delete_a_header(one: Insider) -> None:
    """The row of a command is gone, so that it could be carried out twice."""
    one.say("DELETE FROM store_entry WHERE id = ?", one.one(one.say("SELECT id FROM store_entry"))["id"])


def change_a_header(one: Insider) -> None:
    """The row of a command names another account, moment, action or person."""
    row = one.one(one.say("SELECT * FROM store_entry"))
    name = one.rng.choice(("actor", "at", "action", "person", "command"))
    value = _other_value(one, row[name]) if row[name] else UUID(int=one.rng.getrandbits(128)).hex
    one.say(f"UPDATE store_entry SET {name} = ? WHERE id = ?", value, row["id"])


def alter_a_node(one: Insider) -> None:
    """A hash inside the tree is another, or is gone."""
    row = one.one(one.say("SELECT rowid AS __at FROM store_node"))
    if one.rng.random() < 0.5:
        one.say("UPDATE store_node SET hash = ? WHERE rowid = ?", one.rng.randbytes(32), row["__at"])
    else:
        one.say("DELETE FROM store_node WHERE rowid = ?", row["__at"])


def alter_the_chain(one: Insider) -> None:
    """The running hash of an entry is another."""
    one.say(
        'UPDATE store_leaf SET chain = ? WHERE "index" = ?', one.rng.randbytes(32), one.early_leaf()["index"]
    )


def alter_beside_a_leaf(one: Insider) -> None:
    """What stands beside an entry says that it is another's."""
    leaf = one.early_leaf()
    name = one.rng.choice(("entry_id", "subject", "part"))
    value = one.rng.randrange(500, 900) if name == "part" else UUID(int=one.rng.getrandbits(128)).hex
    one.say(f'UPDATE store_leaf SET {name} = ? WHERE "index" = ?', value, leaf["index"])


def sign_another_root(one: Insider) -> None:
    """The stolen keys sign a second root of one size, which is put among the checkpoints."""
    leaves = [bytes(row["hash"]) for row in one.leaves()]
    row = one.one(one.say("SELECT size, at FROM store_signed"))
    note = one.signed([*leaves[: row["size"] - 1], one.rng.randbytes(32)]).written()
    one.say(
        "INSERT INTO store_signed (establishment_id, size, note, at) VALUES (?, ?, ?, ?)",
        *(one.here, row["size"], note, row["at"]),
    )


TAMPERED: Mapping[str, Tamper] = {
    one.__name__: one
    for one in (
        change_a_row,
        delete_a_row,
        insert_a_row,
        swap_rows,
        cut_the_tail,
        cut_the_tail_and_checkpoints,
        rewrite_without_the_key,
        rewrite_with_the_key,
        delete_an_entry_with_the_key,
        swap_entries_with_the_key,
        forge_a_roll_call,
        edit_a_business_table,
        delete_a_business_row,
        act_without_an_entry,
        take_a_place_without_a_booking,
        swap_seals,
        empty_a_seal,
        change_a_seal,
        swap_data_keys,
        destroy_a_data_key,
        delete_a_header,
        change_a_header,
        alter_a_node,
        alter_the_chain,
        alter_beside_a_leaf,
        sign_another_root,
    )
}


def old_backup(true: World, home: Path, rng: random.Random) -> None:
    """Everything is put back as it was halfway: database, keys, what the signer remembers."""
    for name in (DATABASE, KEYS, RING):
        if (home / name).is_dir():
            shutil.rmtree(home / name)
            shutil.copytree(true.early / name, home / name)
        else:
            shutil.copyfile(true.early / name, home / name)


def fence_down(true: World, home: Path, rng: random.Random) -> None:
    """A fence of the database is taken away, for later."""
    with sqlite3.connect(home / DATABASE) as base:
        found = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        base.execute(f'DROP TRIGGER "{rng.choice(found)[0]}"')
    base.close()


def write_behind_the_program(true: World, home: Path, rng: random.Random) -> None:
    """A row is changed in the open database by SQL, with every fence in its place."""
    with sqlite3.connect(home / DATABASE) as base:
        table, column = rng.choice((("person", "surname"), ("contact", "phone"), ("listed", "ground")))
        (chosen,) = rng.choice(base.execute(f"SELECT rowid FROM store_{table}").fetchall())
        base.execute(f"UPDATE store_{table} SET {column} = ? WHERE rowid = ?", (f"x{rng.random()}", chosen))
    base.close()


def _acted(true: World, home: Path, rng: random.Random) -> None:
    """Let something be done that changes rows, and leave it waiting for the log."""
    using(home)
    with repeatable(SEED):
        life = object.__new__(Life)
        life.seed, life.kind, life.now, life.sent = SEED, "sqlite", true.now, rng.randrange(10**6, 10**9)
        life.tables, life.house = read(), true.house
        while not Pending.objects.filter(kind="change").exists():
            act(
                life,
                Step(life.now, rng.choice(("fact", "listing", "contact_corrected")), rng.getrandbits(32)),
            )


def delete_what_waits(true: World, home: Path, rng: random.Random) -> None:
    """Of something that was just done, what waits for the log is deleted: a part of it, or all."""
    _acted(true, home, rng)
    whole = rng.random() < 0.5
    with sqlite3.connect(home / DATABASE) as base:
        base.execute(
            f"DELETE FROM store_pending WHERE {'1' if whole else 'kind = ' + chr(39) + 'change' + chr(39)}"
        )
    base.close()


OTHERWISE: Mapping[str, Callable[[World, Path, random.Random], None]] = {
    one.__name__: one for one in (old_backup, fence_down, write_behind_the_program, delete_what_waits)
}
KINDS = (*TAMPERED, *OTHERWISE)


def found_out(kind: str, seed: int) -> tuple[str, ...]:
    """Tamper with a copy, and give what `verify` finds of it: nothing would be a failure."""
    true, rng = world(), random.Random(f"{kind} {seed}")
    with copied(true.home) as home:
        if kind in TAMPERED:
            with insider(true, home, rng) as one:
                TAMPERED[kind](one)
        else:
            OTHERWISE[kind](true, home, rng)
        return true.found(home).faults
