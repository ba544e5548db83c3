"""State equals the replay of the log: each row stands as its last change left it, and none is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from locutorio.arrangements.standings import BOOKED, HAPPENED, HELD
from locutorio.store.log.tables import UNCOUNTED, key_columns, plain_row, recorded
from locutorio.store.models import Booking, Member, Place, Role, Slot, Tick

_OWNER = "store_establishment"
_SHARED = "store_account"
_ESTABLISHMENT = "establishment_id"
_ALL = "id"
Key = tuple[Any, ...]
Row = Mapping[str, Any]


class Replay:
    """What the changes of a log come to, one after the other."""

    def __init__(self) -> None:
        self._models = recorded()
        self._keys = {table: key_columns(model) for table, model in self._models.items()}
        self._rows: dict[str, dict[Key, Row]] = {table: {} for table in self._models}

    def carry_out(self, changes: Iterable[Mapping[str, Any]]) -> None:
        """Carry out the changes of one transaction, in their order."""
        for change in sorted(changes, key=lambda one: int(one["n"])):
            table, row = change["table"], change["row"]
            if table not in self._rows:
                continue
            key = tuple(row[column] for column in self._keys[table])
            if change["op"] == "delete":
                self._rows[table].pop(key, None)
            else:
                self._rows[table][key] = row

    def differences(self, establishment: UUID) -> Iterator[str]:
        """Say which rows of an establishment are not as the log left them."""
        for table, model in self._models.items():
            rows = self._rows[table]
            seen = set()
            for key, row in self._standing(table, model, establishment):
                seen.add(key)
                told = rows.get(key)
                if told is None:
                    yield f"{_named(table, key)} is there, and the log does not know it"
                elif any(row[column] != value for column, value in told.items() if column in row):
                    yield f"{_named(table, key)} is not as the log left it"
            for key in rows.keys() - seen if table != _SHARED else ():
                yield f"{_named(table, key)} is gone, and the log does not say so"

    def _standing(self, table: str, model: type[Model], establishment: UUID) -> Iterator[tuple[Key, Row]]:
        """Give the rows that stand; of accounts, those that have a role here and nowhere else."""
        objects = model._default_manager  # noqa: SLF001 - Django names it so
        columns = {field.column for field in model._meta.concrete_fields}
        if _ESTABLISHMENT in columns:
            chosen = objects.filter(**{_ESTABLISHMENT: establishment})
        elif table == _OWNER:
            chosen = objects.filter(pk=establishment)
        elif table == _SHARED:
            elsewhere = Role.objects.exclude(establishment=establishment).values("account")
            here = Role.objects.filter(establishment=establishment).values("account")
            chosen = objects.filter(id__in=here).exclude(id__in=elsewhere)
        else:
            chosen = objects.filter(pk__in=[key[0] for key in self._rows[table]])
        names = {field.attname: field.column for field in model._meta.concrete_fields}
        for found in chosen.values(*names).iterator(chunk_size=2_000):
            row = plain_row(model, {names[name]: value for name, value in found.items()})
            counted = {column: value for column, value in row.items() if column not in UNCOUNTED}
            yield tuple(row[column] for column in self._keys[table]), counted


def derived(establishment: UUID, at: datetime) -> Iterator[str]:
    """Say which places and stretches of time are not those that the bookings take."""
    bookings = {
        one.id: one for one in Booking.objects.filter(establishment=establishment).select_related("slot")
    }
    places: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for booking, slot, kind in Place.objects.filter(establishment=establishment).values_list(
        "booking", "slot", "kind"
    ):
        places[booking].append((slot, kind))
    ticks: dict[UUID, dict[UUID, set[int]]] = defaultdict(lambda: defaultdict(set))
    for booking, subject, tick in Tick.objects.filter(establishment=establishment).values_list(
        "booking", "subject", "tick"
    ):
        ticks[booking][subject].add(tick)
    parties: dict[UUID, set[UUID]] = defaultdict(set)
    members = Member.objects.filter(establishment=establishment)
    for request, contact in members.values_list("request", "contact"):
        parties[request].add(contact)
    for id_ in places.keys() | ticks.keys() | bookings.keys():
        one = bookings.get(id_)
        if one is None or one.standing not in {HELD, BOOKED, HAPPENED}:
            if id_ in places or id_ in ticks:
                yield f"places or time are taken for the booking {id_}, which takes none"
            continue
        if sorted(places[id_]) != [(one.slot_id, one.kind)] * (one.places if one.slot.places else 0):
            yield f"the booking {id_} has not the places that it takes"
        if not _time_fits(one, one.slot, ticks[id_], {one.person_id, *parties[one.request_id]}, at):
            yield f"the booking {id_} has not the time that it takes"


def _time_fits(
    booking: Booking, slot: Slot, taken: Mapping[UUID, set[int]], party: set[UUID], at: datetime
) -> bool:
    """Tell whether each of a party has the same stretch of time; all of them, before the visit begins."""
    if not taken.keys() <= party or len({frozenset(times) for times in taken.values()}) > 1:
        return False
    first = next(iter(taken.values()), set())
    if first and max(first) - min(first) + 1 != len(first):
        return False
    standing = booking.standing in {HELD, BOOKED} and slot.starts > at
    return not standing or taken.keys() == party


def _named(table: str, key: Key) -> str:
    return f"{table} {' '.join(map(str, key))}"
