"""Changes how an establishment keeps its telephones: who listens, how long a call lasts, what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, cast
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import calls, people
from locutorio.store.calls import NOBODY_LISTENS, STAFF_LISTEN, STAFF_RECORD, Settings
from locutorio.store.locks import hold_establishment
from locutorio.store.transaction import Answer, Sent, Transaction, perform

MONITORS = (NOBODY_LISTENS, STAFF_LISTEN, STAFF_RECORD)
MINUTES_MAX, DAYS_MAX = 24 * 60, 3650
_REGION_LENGTH = 2
_MOST = {
    "minutes": MINUTES_MAX,
    "wait_minutes": MINUTES_MAX,
    "recordings_days": DAYS_MAX,
    "make_up_days": DAYS_MAX,
}


def change_telephony(said: Mapping[str, str | int], sent: Sent) -> Settings:
    """Keep the telephones otherwise from the next call on; give how they are kept then.

    Args:
        said: what is otherwise, by the names of `Settings`; the rest stays.
        sent: of the change.

    Raises:
        Fault: something said is nothing that can be kept so.
    """
    authorize(sent.by, "change_telephony", About(sent.establishment), at=sent.at)
    _refuse_unknown(said)

    def work(tx: Transaction) -> Answer:
        hold_establishment(tx)
        now = replace(calls.settings(people.establishment(tx.establishment)), **cast("dict[str, Any]", said))
        if now.monitors == STAFF_RECORD and now.recordings_days is None:
            raise Fault(
                "it is not said for how long recordings are kept",
                why="nothing is recorded that has no end",
                remedy="say for how many days, or that staff listen and nothing is recorded",
            )
        people.change_establishment(tx, {"telephony": asdict(now)})
        return asdict(now)

    return Settings(**perform(sent.command("change_telephony", dict(said)), work))


def telephony_of(at: UUID) -> Settings:
    """Give how an establishment keeps its telephones."""
    return calls.settings(people.establishment(at))


def _refuse_unknown(said: Mapping[str, str | int]) -> None:
    known = asdict(Settings())
    for name, value in said.items():
        if name not in known:
            raise Fault(f'"{name}" is nothing that is said of telephones', remedy=suggestion(name, known))
        if name in _MOST and not (isinstance(value, int) and 0 <= value <= _MOST[name]):
            raise Fault(f"{value} is no number of {name}", remedy=f"write one from 0 to {_MOST[name]}")
    monitors, region = said.get("monitors", NOBODY_LISTENS), str(said.get("region", "US"))
    if monitors not in MONITORS:
        raise Fault(
            f'"{monitors}" is nothing that staff do with calls', remedy=suggestion(str(monitors), MONITORS)
        )
    if not (len(region) == _REGION_LENGTH and region.isascii() and region.isupper()):
        raise Fault(f'"{region}" is no country', remedy="write it by ISO 3166, such as US or ES")
