"""Tells a person in their language what an office ruled on their petition, or that it takes more time.

Of a sensitive petition no notice is written: staff would see that there is one. The person's page tells it.
"""

from __future__ import annotations

from locutorio.actions.deciding import language
from locutorio.actions.petition_told import petitioned
from locutorio.notices import petition
from locutorio.store import notices, people
from locutorio.store.petitions import Kept
from locutorio.store.transaction import Transaction


def tell_ruled(tx: Transaction, kept: Kept) -> None:
    """Tell what was ruled, why, and where they can still turn."""
    if kept.row.sensitive:
        return
    lang = language(people.person(tx.establishment, kept.row.person).language)
    letter = petition.ruled(petitioned(tx.establishment, kept.row.id, tx.at, lang), lang)
    notices.keep(tx, kind=petition.RULED, letter=letter, person=kept.row.person)


def tell_extended(tx: Transaction, kept: Kept) -> None:
    """Tell that the office takes more time, and until when."""
    if kept.row.sensitive:
        return
    lang = language(people.person(tx.establishment, kept.row.person).language)
    letter = petition.extended(petitioned(tx.establishment, kept.row.id, tx.at, lang), lang)
    notices.keep(tx, kind=petition.EXTENDED, letter=letter, person=kept.row.person)
