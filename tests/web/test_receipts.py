"""A notice carries its receipt, on its page and on paper; once witnessed, its reader can save the proof."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from locutorio.actions import clock
from locutorio.actions.demo.opening import PASSWORD
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.keep_log import keep_log
from locutorio.actions.prove import receipt_of_notice, receipt_of_request, whom_to_believe
from locutorio.record.entry import read
from locutorio.store.actor import PROGRAM
from locutorio.store.models import Leaf, Notice
from locutorio.web.words import say, words
from tests.log.bare import verify_proof
from tests.web.opened import demo
from tests.web.seated import Seated
from tests.web.test_family import Family, family, slots


@pytest.fixture(params=[("juniper", "en", "26-04901"), ("azucena", "es", "26-04902")], ids=["en", "es"])
def refused(request: pytest.FixtureRequest) -> Iterator[tuple[Family, Notice]]:
    """Give a family of the demo whose visit was withdrawn, and the notice of it."""
    with demo():
        own = family(*request.param)
        page = own.ask(slots(own)[0])
        own.at.post(f"{page}/confirm", {})
        enter_paper(NewPaper(own.person.id, "sanction", facts={}, since=clock.now().date()), own.sent())
        found = re.findall(rf'href="/{own.lang}/visits/notice/([^"]+)"', own.at.page("visits/notices"))
        yield own, Notice.objects.get(id__in=found, request__isnull=False)


def unpacked(data: bytes, folder: Path) -> list[str]:
    """Write what a browser saved to a folder; give the names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
        return archive.namelist()


def test_a_notice_carries_its_receipt(refused: tuple[Family, Notice], tmp_path: Path) -> None:
    """At first it waits; then page and PDF say where it stands, and the proof holds elsewhere."""
    own, notice = refused
    here, address = notice.establishment_id, f"visits/notice/{notice.id}"
    assert say(notice.language, "receipt_waits") in own.at.page(address)
    assert words(own.lang)["receipt_proof"] not in own.at.page(address)

    keep_log(PROGRAM, here, clock.now())
    receipt = receipt_of_notice(PROGRAM, here, notice.id)
    assert receipt is not None
    says = say(notice.language, "receipt", entry=receipt.entry, index=receipt.index, hash=receipt.hash)
    says += " " + say(notice.language, "receipt_signed", size=receipt.size, root=receipt.root)
    shown = own.at.page(address)
    assert says in shown
    assert words(own.lang)["receipt_proof"] in shown
    with pikepdf.open(io.BytesIO(own.at.get(f"{address}.pdf").content)) as paper:
        assert len(paper.pages) >= 1

    files = unpacked(own.at.get(f"{address}.zip").content, tmp_path)
    (tmp_path / "policy").write_text(whom_to_believe(PROGRAM, here).text())
    proof = [tmp_path / f"notice.{ending}" for ending in ("tlog-proof", "json", "sealed", "key")]
    checked = verify_proof(tmp_path / "policy", *proof[:2], "--content", *proof[2:])
    assert (checked.returncode, len(files)) == (0, 5), checked.stdout
    assert str(notice.id) in checked.stdout


def test_a_request_carries_its_receipt(refused: tuple[Family, Notice]) -> None:
    """What somebody asked for has a receipt of its own, with the state that the record was signed in."""
    own, notice = refused
    assert notice.request is not None
    address = f"visits/request/{notice.request}"
    assert say(own.lang, "receipt_waits") in own.at.page(address)
    keep_log(PROGRAM, notice.establishment_id, clock.now())
    found = receipt_of_request(PROGRAM, notice.establishment_id, notice.request)
    assert found is not None
    assert found.index is not None
    says = say(own.lang, "receipt", entry=found.entry, index=found.index, hash=found.hash)
    seen = say(own.lang, "receipt_signed", size=found.size, root=found.root)
    assert f"{says} {seen}" in own.at.page(address)
    leaf = Leaf.objects.get(establishment=notice.establishment_id, index=found.index)
    assert bytes(leaf.hash).hex() == found.hash == sha256(b"\0" + bytes(leaf.body)).hexdigest()
    assert read(bytes(leaf.body))["action"] == "request_visit"


def test_a_proof_is_its_readers_alone(refused: tuple[Family, Notice]) -> None:
    """Another family, and whoever is not signed in, get no proof of it; nobody before it is signed."""
    own, notice = refused
    address = f"visits/notice/{notice.id}.zip"
    assert own.at.get(address).headers["Content-Type"].startswith("text/html")
    keep_log(PROGRAM, notice.establishment_id, clock.now())
    other = "azucena" if own.lang == "en" else "juniper"
    stranger = Seated(lang="en")
    assert stranger.sign_in(other, PASSWORD).status_code == 303
    assert stranger.get(address).status_code == 404
    assert Seated(lang="en").get(address).status_code == 302
    assert own.at.get(address).status_code == 200


def test_all_about_me(refused: tuple[Family, Notice], tmp_path: Path) -> None:
    """A person in custody saves all that the record says of them, and it holds to be all."""
    own, notice = refused
    seated = Seated(lang=own.lang)
    assert seated.sign_in(own.person.forenames.lower(), PASSWORD).status_code == 303
    says = words(own.lang)["proof_all"]
    assert says not in seated.page("visits/notices")
    keep_log(PROGRAM, notice.establishment_id, clock.now())
    assert says in seated.page("visits/notices")

    unpacked(seated.get("own/proof.zip").content, tmp_path / "all")
    (tmp_path / "policy").write_text(whom_to_believe(PROGRAM, notice.establishment_id).text())
    assert verify_proof(tmp_path / "policy", tmp_path / "all").returncode == 0
    assert own.at.get("own/proof.zip").status_code == 403
