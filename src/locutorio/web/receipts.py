"""Receipts and proofs on pages: where a notice stands in the record, and files that prove it elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions.authority import Refused
from locutorio.actions.prove import (
    Receipt,
    all_can_be_proved,
    prove_all,
    prove_notice,
    prove_paper,
    receipt_of_notice,
    receipt_of_paper,
    receipt_of_request,
)
from locutorio.actions.sign_in import Seat
from locutorio.kernel.faults import Fault
from locutorio.web.saving import to_save
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.words import say, words

HOW = {"en": "read-me.txt", "es": "leame.txt"}


@dataclass(frozen=True, slots=True)
class ReceiptShown:
    """A receipt in words; ``proof`` leads to the proof, empty where there is none yet."""

    says: str
    proof: str = ""


def receipt_shown(seat: Seat, lang: str, notice: UUID, *, proof: str) -> ReceiptShown | None:
    """Give the receipt of a notice; nothing where the log's keys cannot be used, and the notice is read so.

    Args:
        seat: whose.
        lang: in which language.
        notice: which.
        proof: the page of its proof; empty where the reader may not take it.

    Raises:
        Refused: it is not theirs.
    """
    return _shown(lang, partial(receipt_of_notice, actor_of(seat), seat.establishment, notice), notice, proof)


def request_receipt(seat: Seat, lang: str, request: UUID) -> ReceiptShown | None:
    """Give the receipt of a request; nothing where the log's keys cannot be used.

    Raises:
        Refused: it is not theirs.
    """
    return _shown(lang, partial(receipt_of_request, actor_of(seat), seat.establishment, request), request, "")


def paper_receipt(seat: Seat, lang: str, paper: UUID, *, proof: str) -> ReceiptShown | None:
    """Give the receipt of a paper; nothing where the log's keys cannot be used.

    Args:
        seat: whose.
        lang: in which language.
        paper: which.
        proof: the page of its proof; empty where the reader may not take it.

    Raises:
        Refused: it is not theirs.
    """
    return _shown(lang, partial(receipt_of_paper, actor_of(seat), seat.establishment, paper), paper, proof)


def _shown(lang: str, find: Callable[[], Receipt | None], of: UUID, proof: str) -> ReceiptShown | None:
    try:
        found = find()
    except Refused:
        raise
    except Fault:
        return None
    if found is None or found.index is None:
        return ReceiptShown(say(lang, "receipt_waits"))
    told = say(lang, "receipt", entry=found.entry, index=found.index, hash=found.hash)
    if not found.proved:
        unseen = say(lang, "receipt_not_seen")
        return ReceiptShown(f"{told} {unseen}")
    seen = "receipt_seen" if found.witnesses else "receipt_signed"
    told = f"{told} {say(lang, seen, size=found.size, root=found.root)}"
    return ReceiptShown(told, reverse(proof, args=[lang, of]) if proof else "")


def all_address(seat: Seat, lang: str) -> str:
    """Give the page of the proof of all that the record says of a person; empty where there is none."""
    if seat.person is None:
        return ""
    try:
        ready = all_can_be_proved(actor_of(seat), seat.establishment, seat.person)
    except Fault:
        return ""
    return reverse("own-proof", args=[lang]) if ready else ""


def _notice_proof(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:  # noqa: ARG001 - all views have it
    """Give the proof of a notice, to be saved."""
    return _given(lang, prove_notice(actor_of(seat), seat.establishment, id_))


notice_proof = for_acts("prove_notice", here=False)(_notice_proof)
notice_proof_for_staff = for_acts("prove_notice", here=True)(_notice_proof)


@for_acts("prove_paper")
def paper_proof(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:  # noqa: ARG001 - all views have it
    """Give the proof that a paper was entered, to be saved."""
    return _given(lang, prove_paper(actor_of(seat), seat.establishment, id_))


@for_acts("prove_all", here=False)
def own_proof(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:  # noqa: ARG001 - all views have it
    """Give a person the proof of all that is in the record about them, to be saved."""
    if seat.person is None:
        raise Http404
    return _given(lang, prove_all(actor_of(seat), seat.establishment, seat.person))


def _given(lang: str, files: Mapping[str, bytes]) -> HttpResponse:
    """Give what proves something, with how to check it."""
    return packed({**files, HOW[lang]: say(lang, "proof_how").encode()}, words(lang)["proof_name"])


def packed(files: Mapping[str, bytes], name: str) -> HttpResponse:
    """Give files as one to be saved under a name, which is the same bytes each time."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in files.items():
            archive.writestr(zipfile.ZipInfo(each), data)
    return to_save(whole.getvalue(), "application/zip", name)
