"""A witness signs one history of a log, whatever it is sent."""

from __future__ import annotations

import random

from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Note, Signer, signatures_of, verified
from locutorio.record.tree import consistency, leaf_hash, levels_of, reader_of
from locutorio.record.witness import SIZE_TYPE, Answer, Request, step
from tests.record.logs import AT, LOG, ORIGIN, POLICY, WITNESSES, Log, entries, signer

LOGGED, FORKED = Log(entries(20)), Log(entries(20, people=2))
LOGS = {ORIGIN: POLICY.log}


def asked(known: dict[str, Checkpoint], old: int, note: Note, path: tuple[bytes, ...]) -> Answer:
    """Give what a witness answers to a request."""
    return step(known, Request(old, path, note).written(), LOGS, WITNESSES[:2], AT)


def growth(log: Log, old: int, new: int) -> tuple[bytes, ...]:
    """Give the proof that a log grew."""
    return consistency(old, new, reader_of(levels_of([leaf_hash(entry) for entry in log.entries])))


def test_a_log_that_grows_is_signed() -> None:
    """Each larger tree of one history is signed by every key of the witness, and known from then on."""
    known: dict[str, Checkpoint] = {}
    sizes = [0, 3, 3, 8, 20]
    for old, new in zip([0, *sizes], sizes, strict=False):
        note = LOGGED.checkpoint(new, LOG)
        answer = asked(known, old, note, growth(LOGGED, old, new))
        assert (answer.status, answer.known) == (200, LOGGED.state(new))
        cosigned = note.joined(signatures_of(answer.body.decode()))
        keys = [one.key for one in WITNESSES[:2]]
        assert [said.key for said in verified(cosigned, keys)] == keys
        known[ORIGIN] = LOGGED.state(new)


def test_each_refusal_has_its_status() -> None:
    """Malformed, unsigned, unknown, another size, another root and no proof of growth are told apart."""
    known, path = {ORIGIN: LOGGED.state(8)}, growth(LOGGED, 8, 20)
    note = LOGGED.checkpoint(20, LOG)
    stranger = LOGGED.checkpoint(
        20, (signer(ORIGIN, LOG[0].key.kind), signer("stranger.example", LOG[1].key.kind))
    )
    elsewhere = Note(Checkpoint("other.example", 20, bytes(32)).text(), note.signatures)
    false = Note(LOGGED.state(19).text(), note.signatures)
    answers = {
        "fewer keys": asked(known, 8, LOGGED.checkpoint(20, LOG[:1]), path).status,
        "stranger": asked(known, 8, stranger, path).status,
        "false": asked(known, 8, false, path).status,
        "elsewhere": asked(known, 8, elsewhere, path).status,
        "smaller": asked(known, 8, LOGGED.checkpoint(3, LOG), ()).status,
        "fork": asked(known, 8, FORKED.checkpoint(8, LOG), ()).status,
        "no proof": asked(known, 8, note, ()).status,
        "other proof": asked(known, 8, note, path[::-1]).status,
        "grown fork": asked(known, 8, FORKED.checkpoint(20, LOG), growth(FORKED, 8, 20)).status,
        "malformed": step(known, b"old 08\n\n", LOGS, WITNESSES, AT).status,
        "too long": step(known, b"old 8\n" * 1_000_000, LOGS, WITNESSES, AT).status,
    }
    stale = asked(known, 3, note, growth(LOGGED, 3, 20))

    assert answers == {
        "fewer keys": 403,
        "stranger": 403,
        "false": 403,
        "elsewhere": 404,
        "smaller": 400,
        "fork": 409,
        "no proof": 422,
        "other proof": 422,
        "grown fork": 422,
        "malformed": 400,
        "too long": 400,
    }
    assert (stale.status, stale.body, stale.content_type, stale.known) == (409, b"8\n", SIZE_TYPE, None)


def test_never_two_roots_of_one_size() -> None:
    """Two histories sent in any order, with any proof: what is signed is one history, and never shrinks."""
    for seed in range(6):
        chance, known = random.Random(seed), dict[str, Checkpoint]()
        signed: dict[int, bytes] = {}
        for _ in range(25):
            log, new = chance.choice((LOGGED, FORKED)), chance.randrange(21)
            last = known[ORIGIN].size if known else 0
            old = chance.choice((last, chance.randrange(new + 1)))
            path = growth(chance.choice((LOGGED, FORKED)), min(old, new), new)
            answer = asked(known, old, log.checkpoint(new, LOG), path)
            assert (answer.status == 200) == (answer.known is not None)
            if answer.known:
                assert answer.known.size >= last
                assert signed.setdefault(answer.known.size, answer.known.root) == answer.known.root
                known[ORIGIN] = answer.known
        shared = {log.state(size).root for log in (LOGGED, FORKED) for size in signed}
        assert shared >= set(signed.values())


def test_a_signer_is_its_seed() -> None:
    """The same seed gives the same key."""
    for one in WITNESSES:
        assert (
            Signer(one.key.name, one.key.kind, b"s" * 32).key
            == Signer(one.key.name, one.key.kind, b"s" * 32).key
        )
