"""What was asked, by whom, for whom, and every decision on it with what it was decided on."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.subjects import SHORT, Contact, OfEstablishment, Person


class Request(OfEstablishment):
    """Asking for a visit. ``way`` is page, telephone, letter, counter or import.

    ``outcome`` is of the last decision, for the day ``on``; the versions are those it was made at.
    ``conditions`` are those of the last one that permitted it: the words of all its party, sorted.
    """

    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    about = models.CharField(max_length=SHORT, default="visit")
    way = models.CharField(max_length=SHORT)
    by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    on = models.DateField()
    outcome = models.CharField(max_length=SHORT)
    conditions = models.TextField(blank=True)
    person_version = models.BigIntegerField()
    establishment_version = models.BigIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["establishment", "person", "asked_at"], name="request_person")]


class Member(OfEstablishment):
    """One contact of a party. ``lap``: a child on an adult's lap."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="members", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, db_index=False)
    lap = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["establishment", "request", "contact"], name="member_once")
        ]
        indexes = [models.Index(fields=["establishment", "contact"], name="member_contact")]


class Decided(OfEstablishment):
    """One decision about one contact of a party. ``case`` is the case file it was decided on.

    ``cause`` is request, booking, change, replay or gate.
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="decisions", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, db_index=False)
    cause = models.CharField(max_length=SHORT)
    outcome = models.CharField(max_length=SHORT)
    on = models.DateField()
    decided_at = models.DateTimeField()
    law = models.CharField(max_length=SHORT)
    law_hash = models.CharField(max_length=SHORT * 2)
    case = models.TextField()
    document = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["establishment", "request", "decided_at"], name="decided_request")]
