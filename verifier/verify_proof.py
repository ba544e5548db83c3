"""Check a proof of one entry, all entries about one person, or a whole log, without Locutorio: see README.md.

It needs Python 3.9 or later and `cryptography` (50 or later), and asks nobody. Ends with 0 if all holds, 1 if
something does not, 2 if it was called wrongly or a file cannot be read.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ED25519, COSIGNATURE, ML_DSA_44 = 1, 4, 6
FILE_MAX, NOTE_MAX, SIGNATURES_MAX, ENTRY_MAX = 500_000, 250_000, 64, 65_535
WORDS = ("origin", "log", "witness", "quorum")
TEXT, COUNT, INDEX, HASH = '".+"', "[1-9][0-9]*", "0|[1-9][0-9]*", '"[0-9a-f]{64}"'
FIELDS = dict.fromkeys(("id", "establishment", "writer"), TEXT)
FIELDS |= dict.fromkeys(("subject", "actor", "factor", "action"), f"null|{TEXT}")
FIELDS |= {"v": "1", "type": '"[a-z][a-z0-9_]*"', "at": INDEX, "payload": f"null|{HASH}"}
FIELDS |= {"writer_count": COUNT, "subject_count": f"null|{COUNT}", "subject_previous": f"null|{INDEX}"}
FORMS = {**FIELDS, "law": HASH, "people": INDEX, "policy": HASH, "roll": HASH, "rule": TEXT}


class Wrong(ValueError):
    """What does not hold, in plain words."""


class Key(NamedTuple):
    """A public key: its owner's name, the four bytes it is known by, its kind, and the key."""

    name: str
    short: bytes
    kind: int
    public: bytes


class Policy(NamedTuple):
    """Whom you believe: the log's name and keys, the witnesses' keys, and how many witnesses are enough."""

    origin: str
    log: list[Key]
    witnesses: list[Key]
    quorum: int


def unbase64(text: str) -> bytes:
    """Read Base 64 in its one form."""
    data = base64.b64decode(text.encode("ascii"))
    if base64.b64encode(data).decode() != text:
        raise Wrong("a part is not in Base 64")
    return data


def number(text: str) -> int:
    """Read a decimal number without leading zeros, at most 2^63 - 1."""
    if not re.fullmatch("0|[1-9][0-9]{0,18}", text) or int(text) >= 2**63:
        raise Wrong("a number is not written as it must be")
    return int(text)


def read_key(line: str) -> Key:
    """Read a key as name+short+key."""
    found = re.fullmatch(r"([^+\s\x00-\x20\x7f]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", line)
    data = unbase64(found[3]) if found else b"?"
    length = {ED25519: 32, COSIGNATURE: 32, ML_DSA_44: 1312}.get(data[0])
    fits = len(data) - 1 == length and found and len(found[1].encode()) <= 255
    if not found or not fits or sha(found[1].encode(), b"\n", data)[:4].hex() != found[2]:
        raise Wrong("a key of the policy is malformed, of an unknown kind, or under another name")
    return Key(found[1], bytes.fromhex(found[2]), data[0], data[1:])


def read_policy(text: str) -> Policy:
    """Read a policy file: lines `origin`, `log`, `witness` and `quorum`, and comments that begin with #."""
    said = [line.partition(" ") for line in text.split("\n") if line and not line.startswith("#")]
    lines = {word: [rest for first, _, rest in said if first == word] for word in WORDS}
    if sum(map(len, lines.values())) != len(said) or len(lines["origin"] + lines["quorum"]) != 2:
        raise Wrong("the policy has a line that is not known, or not one origin and one quorum")
    log, witnesses = [read_key(key) for key in lines["log"]], [read_key(key) for key in lines["witness"]]
    policy = Policy(lines["origin"][0], log, witnesses, number("".join(lines["quorum"])))
    names, every = {key.name for key in witnesses}, log + witnesses
    unfit = any(key.kind == ED25519 for key in witnesses) or names & {key.name for key in log}
    if not log or policy.quorum > len(names) or unfit or len({key.public for key in every}) < len(every):
        raise Wrong("the policy has no key of the log, too few or unfit witnesses, or one key twice")
    return policy


def check_signature(key: Key, text: str, signature: bytes) -> int:
    """Check one signature on a checkpoint's text. Gives the second it says it was made; 0 if it says none."""
    at, message = 0, text.encode()
    if key.kind != ED25519:
        at, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        message = b"cosignature/v1\ntime %d\n" % at + message
    if at >= 2**63:
        raise Wrong("the time of a signature is out of range")
    if key.kind == ML_DSA_44:
        (origin, size, root), name = read_checkpoint(text), key.name.encode()
        message = b"subtree/v1\n\0" + bytes([len(name)]) + name + at.to_bytes(8, "big")
        message += bytes([len(origin.encode())]) + origin.encode() + bytes(8) + size.to_bytes(8, "big") + root
    kind = MLDSA44PublicKey if key.kind == ML_DSA_44 else Ed25519PublicKey
    try:
        kind.from_public_bytes(key.public).verify(signature, message)
    except InvalidSignature:
        raise Wrong(f"the signature of {key.name} is not that of its key") from None
    return at


def read_checkpoint(text: str) -> tuple[str, int, bytes]:
    """Read the three lines of a checkpoint: the log's name, its size, its root."""
    found = re.fullmatch("(.+)\n(.+)\n(.+)\n", text)
    root = unbase64(found[3]) if found else b""
    if not found or len(root) != 32:
        raise Wrong("the checkpoint is not three lines: name, size and root")
    return found[1], number(found[2]), root


def check_checkpoint(data: bytes, policy: Policy) -> tuple[int, bytes, list[str]]:
    """Check a signed checkpoint. Gives size, root, and the witnesses that signed it, however many."""
    whole = data[: NOTE_MAX + 1].decode("utf-8", "surrogateescape")
    text, blank, lines = whole.rpartition("\n\n")
    every = lines.split("\n")
    strange = len(data) > NOTE_MAX or re.search("[\x00-\x09\x0b-\x1f\ud800-\udfff]", whole)
    if strange or not blank or every.pop() or len(every) > SIGNATURES_MAX:
        raise Wrong("the checkpoint is malformed or too long, or holds what is not text")
    origin, size, root = read_checkpoint(text + "\n")
    known = {(key.name, key.short): key for key in policy.log + policy.witnesses}
    signed: dict[Key, int] = {}
    for line in every:
        found = re.fullmatch("\u2014 ([^+\\s\\x00-\\x20\\x7f]+) ([A-Za-z0-9+/=]+)", line)
        signature = unbase64(found[2]) if found else b""
        if not found or len(signature) <= 4:
            raise Wrong("a signature line is malformed")
        key = known.get((found[1], signature[:4]))
        if key:
            signed[key] = max(check_signature(key, text + "\n", signature[4:]), signed.get(key, 0))
    if origin != policy.origin or not all(key in signed for key in policy.log):
        raise Wrong("the checkpoint is of another log, or not signed by every key of it")
    return size, root, sorted({key.name for key in policy.witnesses if signed.get(key)})


def sha(*parts: bytes) -> bytes:
    """Hash some bytes. In the tree (RFC 6962) a leaf begins with 0 and two halves with 1."""
    return hashlib.sha256(b"".join(parts)).digest()


def climb(below: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """Give the root to which a path leads from a leaf; its last hash is that of the other half."""
    if (size == 1) != (not path):
        raise Wrong("the proof holds more or fewer hashes than the tree is high")
    if size == 1:
        return below
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return sha(b"\1", climb(below, index, half, path[:-1]), path[-1])
    return sha(b"\1", path[-1], climb(below, index - half, size - half, path[:-1]))


def check_proof(data: bytes, entry: bytes, policy: Policy) -> tuple[int, int, list[str]]:
    """Check a proof file for an entry. Gives the entry's index, the size of the log, and the witnesses."""
    head, blank, checkpoint = data.partition(b"\n\n")
    first = r"c2sp\.org/tlog-proof@v1\n(?:extra (.*)\n)?index (.*)((?:\n.+)*)"
    found = re.fullmatch(first, head.decode("latin-1"))
    if not blank or not found or len(data) > FILE_MAX:
        raise Wrong("this is not a proof file, or it is too long")
    unbase64(found[1] or "")
    index, path = number(found[2]), [unbase64(line) for line in found[3].split("\n")[1:]]
    size, root, witnesses = check_checkpoint(checkpoint, policy)
    if len(witnesses) < policy.quorum:
        raise Wrong(f"too few witnesses have signed: {len(witnesses)}, and {policy.quorum} are needed")
    fits = index < size and all(len(beside) == 32 for beside in path)
    if not fits or climb(sha(b"\0", entry), index, size, path) != root:
        raise Wrong("the entry is not the one that was signed, or stands elsewhere")
    return index, size, witnesses


def read_entry(entry: bytes) -> dict[str, Any]:
    """Read an entry: flat JSON in its one form, with the fields that an entry has."""
    fields = json.loads(entry.decode("ascii"))
    again = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
    if not isinstance(fields, dict) or again != entry or len(entry) > ENTRY_MAX:
        raise Wrong("the entry is not in its one form, or is too long")
    if not FIELDS.keys() <= fields.keys() <= FORMS.keys():
        raise Wrong("the entry lacks a field, or has one that an entry cannot have")
    for name, value in fields.items():
        text = value if isinstance(value, str) else ""
        size = abs(value) if isinstance(value, int) else 0
        shape = re.fullmatch(FORMS[name], json.dumps(value))
        if not shape or size >= 2**53 or unicodedata.normalize("NFC", text).encode() != text.encode():
            raise Wrong(f"the entry's field {name} is not as it must be")
    count, before = fields["subject_count"], fields["subject_previous"]
    if (fields["subject"] is None) != (count is None) or (before is None) != (count in (None, 1)):
        raise Wrong("the entry's count for its subject does not fit")
    return fields


def read_change(data: bytes) -> tuple[Policy, Policy]:
    """Read a change of keys or witnesses: the policy before it, an empty line, the policy after it."""
    before, _, after = data.decode().partition("\n\n")
    return read_policy(before), read_policy(after)


def follow(folder: Path, policy: Policy) -> Policy:
    """Go from a policy to those that follow it, by changes that were signed by whom each names before it."""
    for path in sorted(folder.glob("*.change")):
        (before, after), entry = read_change(path.read_bytes()), path.with_suffix(".json").read_bytes()
        if before == policy:
            check_proof(path.with_suffix(".tlog-proof").read_bytes(), entry, policy)
            if read_entry(entry).get("policy") != sha(path.read_bytes()).hex():
                raise Wrong("a change of the policy is not the one that its entry says")
            policy = after
    return policy


def check_log(entries: list[bytes], notes: list[bytes], policy: Policy, changes: dict[str, bytes]) -> int:
    """Check a whole log. Gives the size up to which enough witnesses have signed it."""
    terms = [(0, policy)]  # from which size on which policy counts; the last one must be the reader's
    seen: dict[tuple[str, str], tuple[int, Any]] = {}  # writer, subject or id: how often, and where last
    halves: list[tuple[int, bytes]] = []  # the right edge of the tree: how many leaves, and their hash
    roots, witnessed = [sha()], -1
    for index, entry in enumerate(entries):
        fields = read_entry(entry)
        for part in ("id", "writer", "subject"):
            times, last = seen.get((part, fields[part]), (0, None))
            seen[part, fields[part]] = times + 1, index
            said = (1 if part == "id" else fields[f"{part}_count"], fields.get(f"{part}_previous", last))
            if fields[part] is not None and said != (times + 1, last):
                raise Wrong(f"the {part} of entry {index} does not follow on what stands before")
        if "policy" in fields:
            before, after = read_change(changes.get(fields["policy"], b""))
            terms = [(0, before)] if len(terms) == 1 else terms
            if terms[-1][1] != before:
                raise Wrong(f"entry {index} changes a policy that did not count before it")
            terms.append((index + 1, after))
        halves.append((1, sha(b"\0", entry)))
        while len(halves) > 1 and halves[-1][0] == halves[-2][0]:
            (count, right), (_, left) = halves.pop(), halves.pop()
            halves.append((2 * count, sha(b"\1", left, right)))
        root = halves[-1][1]
        for _, left in reversed(halves[:-1]):
            root = sha(b"\1", left, root)
        roots.append(root)
    if terms[-1][1] != policy:
        raise Wrong("the policy is not the newest of this log")
    for note in notes:
        size = read_checkpoint(note.decode().partition("\n\n")[0] + "\n")[1]
        counts = [one for since, one in terms if since <= size][-1]
        size, signed_root, witnesses = check_checkpoint(note, counts)
        if size >= len(roots) or roots[size] != signed_root:
            raise Wrong(f"a checkpoint is over {size} entries that are not the first {size} given here")
        witnessed = max(witnessed, size) if len(witnesses) >= counts.quorum else witnessed
    if witnessed < 0:
        raise Wrong("no checkpoint is signed by enough witnesses")
    return witnessed


def check_all(folder: Path, policy: Policy) -> str:
    """Check that a folder holds every entry about somebody up to a roll call. Says who, and how many."""
    subject, count, last, place, people, *path = (folder / "row").read_text("ascii").split("\n")[:-1]
    proofs = [folder / "roll.tlog-proof", *sorted(folder.glob("[0-9]*.tlog-proof"))]
    entries = [proof.with_suffix(".json").read_bytes() for proof in proofs]
    stand = [check_proof(proof.read_bytes(), entries[at], policy)[0] for at, proof in enumerate(proofs)]
    roll, *about = map(read_entry, entries)
    row = sha(f"\0{subject}\n{number(count)}\n{number(last)}\n".encode())
    fits = roll.get("people") == number(people) > number(place) and len(about) == int(count)
    root = climb(row, int(place), int(people), [*map(unbase64, path)]) if fits else b""
    if root.hex() != roll.get("roll") or stand[-1] != int(last):
        raise Wrong("the row is not that of the roll call, or not of these entries")
    for at, fields in enumerate(about, 1):
        said = [fields[name] for name in ("subject", "subject_count", "subject_previous")]
        if said != [subject, at, stand[at - 1] if at > 1 else None] or stand[at] >= stand[0]:
            raise Wrong(f"entry {at} about the person is missing, or another stands for it")
    return f"these are all entries about {subject}: {count}"


def check(asked: argparse.Namespace) -> str:
    """Check what was asked, and say what holds."""
    policy = read_policy(asked.policy.read_bytes().decode())
    policy = follow(asked.changes, policy) if asked.changes else policy
    if (asked.file / "row").exists():
        return check_all(asked.file, policy)
    if asked.file.is_dir():
        lines = (asked.file / "entries.jsonl").read_bytes().split(b"\n")
        notes = [path.read_bytes() for path in sorted((asked.file / "checkpoints").iterdir())]
        if lines.pop():
            raise Wrong("the last entry does not end its line")
        made = [path.read_bytes() for path in asked.changes.glob("*.change")] if asked.changes else []
        changes = {sha(change).hex(): change for change in made}
        return f"{len(lines)} entries, witnessed up to {check_log(lines, notes, policy, changes)}"
    entry = asked.entry.read_bytes()
    index, size, names = check_proof(asked.file.read_bytes(), entry, policy)
    said, fields = f"entry {index} of {size} in {policy.origin}, witnessed by {names}", read_entry(entry)
    if not asked.content:
        return said
    sealed, key = asked.content[0].read_bytes(), bytes.fromhex(asked.content[1].read_text("ascii"))
    which = sha(b"locutorio/which-key/v1\n", sealed[32:44], key)
    if hashlib.sha256(sealed).hexdigest() != fields["payload"] or sealed[:32] != which:
        raise Wrong("the sealed content or its key is not that of the entry")
    content = AESGCM(key).decrypt(sealed[32:44], sealed[44:], fields["id"].encode())
    return f"{said}\n{content.decode('utf-8', 'backslashreplace')}"


def main() -> int:
    """Read the command line, check, and say in plain words what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("policy", type=Path, help="whom you believe: never from whoever gave the proof")
    parser.add_argument("file", type=Path, help="a .tlog-proof, or a folder: a log, or all about somebody")
    parser.add_argument("entry", type=Path, nargs="?", help="the entry that the proof is of")
    parser.add_argument("--content", type=Path, nargs=2, help="its sealed content, and its key in hex")
    parser.add_argument("--changes", type=Path, help="a folder: what leads from your policy to the newest")
    asked = parser.parse_args()
    if asked.file.is_dir() == bool(asked.entry):
        parser.error("give a proof and its entry, or a folder")
    try:
        print(f"Holds: {check(asked)}")
    except OSError as error:
        parser.error(f"a file cannot be read: {error}")
    except (ValueError, RecursionError, InvalidTag) as error:
        print(f"Does not hold: {error if isinstance(error, Wrong) else 'a part is not as it must be'}.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
