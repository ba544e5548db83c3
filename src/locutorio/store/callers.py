"""What is looked at for each dialled call, in one question: where, who it may be, what they used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.arrangements.call_course import ANSWERED, LOST, UNDER_WAY
from locutorio.store.calls import CallUsed
from locutorio.store.statements import database_kind, id_in, listed, moment_in, one_row, rows_in

_COLUMNS = "c.id, c.started_at, c.ended_at, c.contact_id, c.called, c.talk_seconds, c.disposition"
_LOOK = """SELECT e.version, e.zone, t.id, p.id, p.version, a.id, a.pin,
    (SELECT {used} FROM store_call c WHERE c.establishment_id = e.id AND c.person_id = p.id
        AND c.started_at >= %s AND c.disposition IN ('{answered}', '{lost}', '{under_way}'))
    FROM store_establishment e
    LEFT JOIN store_telephone t
        ON t.establishment_id = e.id AND t.name = %s AND t.stopped_at IS NULL
    LEFT JOIN store_person p ON p.establishment_id = e.id AND p.number = %s
    LEFT JOIN store_role r ON r.establishment_id = e.id AND r.person_id = p.id
    LEFT JOIN store_account a ON a.id = r.account_id AND a.stopped_at IS NULL
    WHERE e.id = %s ORDER BY a.id IS NULL LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a dialled number may be: nothing of it is sure before the PIN fits.

    ``account`` is none where they have none, ``pin`` what is kept of its PIN. ``used`` are their calls.
    """

    person: UUID
    version: int
    account: UUID | None
    pin: str
    used: tuple[CallUsed, ...]
    under_way: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What stands in the tables when a call is dialled; None where there is no such telephone, or person."""

    version: int
    telephone: UUID | None
    caller: Caller | None


def look(at: UUID, telephone: str, number: str, since: datetime) -> Look:
    """Look at a telephone in use and at the person of a number, with their calls since a moment.

    Raises:
        LookupError: there is no such establishment.
    """
    kind = database_kind()
    text = _LOOK.format(used=listed(kind, _COLUMNS), answered=ANSWERED, lost=LOST, under_way=UNDER_WAY)
    row = one_row(text, [since, telephone, number, at], of=at)
    if row is None:
        raise LookupError(f"there is no establishment {at}")
    version, zone, phone, person, person_version, account, pin, used = row
    whose = id_in(person)
    if whose is None:
        return Look(version, id_in(phone), None)
    calls = rows_in(used)
    local = ZoneInfo(zone)
    return Look(
        version,
        id_in(phone),
        Caller(
            whose,
            person_version,
            id_in(account),
            pin or "",
            tuple(_used(one, local) for one in calls),
            any(one[6] == UNDER_WAY for one in calls),
        ),
    )


def _used(one: list[object], local: ZoneInfo) -> CallUsed:
    id_, started, ended, contact, called, seconds, disposition = one
    began, whose = moment_in(started), id_in(id_)
    assert began is not None
    assert whose is not None
    return CallUsed(
        whose,
        began.astimezone(local).date(),
        moment_in(ended),
        id_in(contact),
        str(called),
        int(str(seconds)),
        disposition != LOST,
    )
