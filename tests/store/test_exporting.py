"""One person's complete file: all that is held, with what proves it; and nothing is kept of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db.models import CharField, TextField
from typer.testing import CliRunner

from locutorio.actions.authority import NotFresh, Refused
from locutorio.actions.disclose import disclosures_shown
from locutorio.actions.erase_due import erase_due
from locutorio.actions.export_person import Exporting, export_person
from locutorio.actions.four_eyes import shown
from locutorio.actions.order_erasure import order_erasure
from locutorio.command.main import app
from locutorio.kernel.faults import Fault
from locutorio.notices.catalogue import sentences
from locutorio.store.actor import PROGRAM
from locutorio.store.erasing import of_person, tables_about
from locutorio.store.keys import known_pseudonyms
from locutorio.store.log.tables import SECRET, recorded
from locutorio.store.models import Contact, Entry, Hold, Leaf
from tests import establishment
from tests.databases import Store
from tests.establishment import FOUNDED, Oak
from tests.log.bare import verify_proof
from tests.log.world import copied, using, world
from tests.store import planting
from tests.store.planting import MARK, mark
from tests.store.test_erasing import LATER, files, opened, planted, settled
from tests.two_people.officers import NOW, officers

COURT, ORDER = f"{MARK} county court", f"{MARK} order 7"


@pytest.fixture
def oak(store: Store) -> Oak:
    return establishment.founded()


def exported(oak: Oak, person: UUID, step: str = "export") -> dict[str, bytes]:
    return export_person(Exporting(person, COURT, ORDER), oak.sent(step, LATER))


def told(files: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files["file.json"])
    return found


def test_everything_held_about_somebody_is_in_it(oak: Oak) -> None:
    """Every field of every row about them, every entry word by word; no secret, and no contact's own."""
    person, contact = planted(oak)
    file = told(exported(oak, person))
    about = [one for one in tables_about() if of_person(one, person) is not None and one is not Hold]
    for model in about:
        table = model._meta.db_table
        if table not in recorded():
            continue
        (row,) = file["rows"].get(table) or [pytest.fail(f"{table} is not in it")]
        columns = {field.column: field for field in model._meta.concrete_fields}
        assert row.keys() == columns.keys() - {*SECRET.get(table, ())}
        texts = [
            one for one, field in columns.items() if isinstance(field, CharField | TextField) and one in row
        ]
        assert [
            one for one in texts if one not in {"outcome", "sha256"} and not row[one].startswith(MARK)
        ] == []
    for said in ("asked", "noted", "answer", "later"):
        assert f"{MARK}-{said}" in json.dumps(file["entries"])
    (account,) = file["rows"]["store_account"]
    assert not account.keys() & {"password", "pin"}
    assert file["contacts"].keys() == {str(contact)}
    assert mark(Contact, "email") not in json.dumps(file), "what a contact's own file holds is theirs"


def test_it_is_all_and_says_how_many(oak: Oak) -> None:
    """The count is that of the log itself, and the entry that it was given is the last of them."""
    person, _ = planted(oak)
    file = told(exported(oak, person))
    subject = known_pseudonyms(oak.id, [person])[person]
    leaves = Leaf.objects.filter(establishment=oak.id, subject=subject).order_by("index")
    assert [one["index"] for one in file["entries"]] == [leaf.index for leaf in leaves]
    assert file["count"] == leaves.count() == file["entries"][-1]["entry"]["subject_count"]
    assert file["entries"][-1]["entry"]["action"] == "export_person"
    assert file["entries"][-1]["content"]["asked"]["to"] == COURT


def test_it_stands_in_the_accounting_of_disclosures(oak: Oak) -> None:
    """To whom and why, where the person and staff read it; and in the statement of an erasure."""
    rowan = oak.people["rowan"]
    file = told(exported(oak, rowan))
    (one,) = [one for one in disclosures_shown(PROGRAM, oak.id, rowan) if one.kind == "exported"]
    assert (one.to, one.why, one.at) == (COURT, ORDER, LATER)
    assert [one["to"] for one in file["disclosures"] if one["kind"] == "exported"] == [COURT]
    _, lines, _ = shown(oak.id, "order_erasure", {"person": str(rowan), "ground": "order 12"})
    assert [line["value"] for line in lines if line["name"] == "copies"] == [f"{COURT}, {LATER:%Y-%m-%d}"]
    _, lines, _ = shown(oak.id, "order_erasure", {"person": str(oak.people["hazel"]), "ground": "order 13"})
    assert "copies" not in {line["name"] for line in lines}


def test_what_the_program_keeps_of_an_export_is_erased_too(oak: Oak, store: Store) -> None:
    """After the erasure no byte of it is there, nor to whom it went; that it was given, and when, stays."""
    person, _ = planted(oak)
    exported(oak, person)
    order_erasure(person, "order 12 of 2027", oak.sent("order", LATER))
    erase_due(oak.id, LATER)
    settled(store)
    assert not planting.where(files(store), MARK.encode(), MARK.encode("utf-16-le"))
    assert MARK not in opened(oak)
    assert Entry.objects.filter(action="export_person", person=person, at=LATER).count() == 1


def test_only_records_may_and_each_says_why(oak: Oak) -> None:
    """Nobody else, nobody who did not just show that it is them, and not without saying to whom and why."""
    staff = officers(oak)
    staff.add("sage", "records", "Sage, staff 41")
    what = Exporting(oak.people["rowan"], COURT, ORDER)
    for name in ("sorrel", "tansy"):
        with pytest.raises(Refused):
            export_person(what, staff.sent(name, "tries"))
    with pytest.raises(NotFresh):
        export_person(what, staff.sent("sage", "late", shown_at=FOUNDED))
    for lacking in (replace(what, to=" "), replace(what, ground="")):
        with pytest.raises(Fault, match="not said"):
            export_person(lacking, staff.sent("sage", f"lacks {lacking}"))
    assert not Entry.objects.filter(action="export_person").exists()
    export_person(what, staff.sent("sage", "gives"))
    again = export_person(what, staff.sent("sage", "gives"))
    assert Entry.objects.filter(action="export_person").count() == 1
    assert told(again)["entries"][-1]["entry"]["actor"] == str(staff.ids["sage"])
    with pytest.raises(Fault, match="given before"):
        export_person(what, staff.sent("sage", "gives", NOW + timedelta(hours=1)))


def test_each_entry_is_proved_without_locutorio(tmp_path: Path) -> None:
    """That none is missing, and what one of them holds, by the second verifier; what is too new is named."""
    with copied(world().home) as home:
        using(home)
        given = export_person(
            Exporting(world().house.people["rowan"], COURT, ORDER),
            establishment.Oak(world().establishment, {}, {}).sent("export", world().now),
        )
    policy = tmp_path / "policy"
    policy.write_text(world().policy.text())
    for name, data in given.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    whole = verify_proof(policy, tmp_path / "all")
    assert (whole.returncode, whole.stderr) == (0, ""), whole.stdout
    entries = told(given)["entries"]
    later = [one["number"] for one in entries if not one["proved"]]
    assert later
    assert later[-1] == len(entries)
    stems = sorted({Path(name).stem for name in given if name.startswith("proofs/")})
    assert len(stems) == len(entries) - len(later)
    for stem in (stems[0], stems[-1]):
        first = [tmp_path / "proofs" / f"{stem}.{one}" for one in ("tlog-proof", "json", "sealed", "key")]
        one = verify_proof(policy, *first[:2], "--content", *first[2:])
        assert (one.returncode, one.stderr) == (0, ""), one.stdout
        assert json.dumps(entries[int(stem) - 1]["content"], sort_keys=True)[:80] in one.stdout


def test_a_command_writes_it_for_its_user_alone(oak: Oak, store: Store, tmp_path: Path) -> None:
    """A new folder, with a page in each language; of one person, and nothing where it is refused."""
    out = tmp_path / "file"
    asked = ["export", "1001", "--establishment", "oak", "--to", COURT, "--ground", ORDER, "--out", str(out)]
    done = CliRunner().invoke(app, [*asked, "--database", store.where])
    store.use()
    assert done.exit_code == 0, done.output
    assert {path.stat().st_mode & 0o077 for path in [out, *out.rglob("*")]} == {0}
    for lang, heading in (("en", "The file of"), ("es", "El expediente de")):
        page = (out / f"index.{lang}.html").read_text("utf-8")
        assert f'<html lang="{lang}">' in page
        assert heading in page
        assert "Rowan Ash" in page
        assert "<script" not in page
    assert Entry.objects.filter(action="export_person").count() == 1
    for again in (asked, [*asked[:-1], str(tmp_path / "two"), "1002"], [*asked[:1], "9", *asked[2:-1], "x"]):
        assert CliRunner().invoke(app, [*again, "--database", store.where]).exit_code != 0
    assert not (tmp_path / "two").exists()
    store.use()
    assert Entry.objects.filter(action="export_person").count() == 1


@pytest.mark.parametrize("lang", ["en", "es"])
def test_each_table_has_its_name_in_words(lang: str, store: Store) -> None:
    """Whatever can be held about a person is named on the page."""
    tables = [model._meta.db_table for model in tables_about() if of_person(model, UUID(int=1)) is not None]
    named = {one.removeprefix("store_") for one in tables if one in recorded()} | {"account"}
    assert {f"exported.table.{one}" for one in named} <= {*sentences(lang)}
