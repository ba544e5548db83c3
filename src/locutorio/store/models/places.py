"""Slots, their places as rows, who holds them, and what took place."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.requests import Request
from locutorio.store.models.subjects import LONG, SHORT, Contact, Establishment, OfEstablishment, Person


class Slot(OfEstablishment):
    """A session on one date. ``places`` maps each kind of place to how many there are."""

    key = models.CharField(max_length=LONG)
    session = models.CharField(max_length=SHORT)
    room = models.CharField(max_length=SHORT)
    on = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    places = models.JSONField()
    closed = models.CharField(max_length=LONG, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["establishment", "key"], name="slot_key")]
        indexes = [models.Index(fields=["establishment", "on", "starts"], name="slot_on")]


class Closure(OfEstablishment):
    """A day, or one session of a day, on which no visit takes place. An empty session is the whole day."""

    on = models.DateField()
    session = models.CharField(max_length=SHORT, blank=True)
    reason = models.TextField()
    known_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["establishment", "on"], name="closure_on")]


class Booking(OfEstablishment):
    """Places held in a slot for a request that was permitted.

    ``standing`` is held, booked, withdrawn, cancelled, lapsed, happened, missed or turned_away.
    ``decided_at`` is the moment of the first decision: a replay goes by it. ``risk`` says why a booking that
    stands must be looked at by a person; empty otherwise. A request has one booking that is not over without
    a visit. What is written with a booking, its person and its slot are held while it is: nothing of that is
    looked up a second time by a constraint.
    """

    establishment = models.ForeignKey(Establishment, models.PROTECT, db_index=False, db_constraint=False)
    request = models.ForeignKey(Request, models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, db_index=False, db_constraint=False)
    slot = models.ForeignKey(Slot, models.PROTECT, db_index=False, db_constraint=False)
    kind = models.CharField(max_length=SHORT)
    places = models.IntegerField()
    standing = models.CharField(max_length=SHORT)
    hold_until = models.DateTimeField(null=True)
    decided_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=SHORT, blank=True)
    ground = models.TextField(blank=True)
    risk = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "request"],
                name="booking_once",
                condition=~models.Q(standing__in=["withdrawn", "cancelled", "lapsed"]),
            )
        ]
        indexes = [
            models.Index(fields=["establishment", "request"], name="booking_request"),
            models.Index(fields=["establishment", "person", "standing"], name="booking_person"),
            models.Index(fields=["establishment", "slot", "standing"], name="booking_slot"),
            models.Index(
                fields=["establishment", "hold_until"],
                name="booking_hold",
                condition=models.Q(standing="held"),
            ),
        ]


class Place(models.Model):
    """One place of a slot, taken. A free place has no row.

    Places and ticks are written and taken away with their booking, by its slot and its people: they have no
    index of it, and nothing is checked twice.
    """

    pk = models.CompositePrimaryKey("establishment", "slot", "kind", "number")
    establishment = models.ForeignKey(Establishment, models.PROTECT, db_index=False, db_constraint=False)
    slot = models.ForeignKey(Slot, models.PROTECT, db_index=False, db_constraint=False)
    kind = models.CharField(max_length=SHORT)
    number = models.IntegerField()
    booking = models.ForeignKey(Booking, models.PROTECT, db_index=False, db_constraint=False)


class Tick(models.Model):
    """A stretch of time in which a person or a contact is at one visit. ``tick`` counts from 1970, UTC."""

    pk = models.CompositePrimaryKey("establishment", "subject", "tick")
    establishment = models.ForeignKey(Establishment, models.PROTECT, db_index=False, db_constraint=False)
    subject = models.UUIDField()
    tick = models.BigIntegerField()
    booking = models.ForeignKey(Booking, models.PROTECT, db_index=False, db_constraint=False)


class Debit(OfEstablishment):
    """What a booking takes from a quota, or gives back (below 0). ``subject`` is a person or a contact."""

    establishment = models.ForeignKey(Establishment, models.PROTECT, db_index=False, db_constraint=False)
    booking = models.ForeignKey(Booking, models.PROTECT, db_index=False, db_constraint=False)
    subject = models.UUIDField()
    quota = models.CharField(max_length=SHORT)
    unit = models.CharField(max_length=SHORT)
    amount = models.IntegerField()
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["establishment", "subject", "quota", "on"], name="debit_subject")]


class Separation(OfEstablishment):
    """People who must not meet: two people held, or a person and a contact. ``scope`` is at_once or day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    other_person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    scope = models.CharField(max_length=SHORT)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    known_at = models.DateTimeField()
    source = models.CharField(max_length=LONG, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["establishment", "person"], name="separation_person"),
            models.Index(fields=["establishment", "other_person"], name="separation_other"),
            models.Index(fields=["establishment", "contact"], name="separation_contact"),
        ]


class Waiting(OfEstablishment):
    """A permitted request that waits for a place. ``standing`` is waiting, offered, taken or ended."""

    request = models.ForeignKey(Request, models.PROTECT, db_index=False)
    first_on = models.DateField()
    last_on = models.DateField()
    asked_at = models.DateTimeField()
    standing = models.CharField(max_length=SHORT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "request"],
                name="waiting_once",
                condition=models.Q(standing__in=["waiting", "offered"]),
            )
        ]
        indexes = [
            models.Index(
                fields=["establishment", "asked_at"],
                name="waiting_first",
                condition=models.Q(standing="waiting"),
            )
        ]


class Arrival(OfEstablishment):
    """One contact at the gate. ``outcome`` is admitted, refused or absent; a refusal has its ground.

    ``facts`` is what was said of them there, as a case file writes it; ``note`` what the officer wrote.
    Somebody refused who ``may_return`` can come back the same day with what was missing.
    """

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="arrivals")
    contact = models.ForeignKey(Contact, models.PROTECT, db_index=False)
    at = models.DateTimeField()
    identity = models.CharField(max_length=LONG, blank=True)
    search = models.CharField(max_length=SHORT, blank=True)
    outcome = models.CharField(max_length=SHORT)
    facts = models.JSONField(default=dict)
    ground = models.TextField(blank=True)
    note = models.TextField(blank=True)
    may_return = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["establishment", "booking", "contact"], name="arrival_once")
        ]


class Visit(OfEstablishment):
    """What took place of a booking, with its own clock times; who made it start late and who ended it."""

    booking = models.OneToOneField(Booking, models.PROTECT, related_name="visit")
    started_at = models.DateTimeField()
    late_by = models.CharField(max_length=SHORT, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=SHORT, blank=True)
    reason = models.TextField(blank=True)


class LostTime(OfEstablishment):
    """Minutes of a visit that the establishment owes, or has made up (less than 0)."""

    booking = models.ForeignKey(Booking, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    minutes = models.IntegerField()
    cause = models.CharField(max_length=LONG)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["establishment", "person"], name="lost_person")]
