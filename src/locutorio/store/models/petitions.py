"""What was asked of offices in writing, and what became of it: appended, and never changed."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.subjects import LONG, SHORT, Contact, OfEstablishment, Paper, Person


class Petition(OfEstablishment):
    """A petition of a person to an office. ``asks`` is a list of what is asked: ``says`` and ``does``.

    ``does`` says what a grant of it does here: ends the ``paper``, lists the ``contact``, or nothing.
    ``about`` is what it complains of; ``particulars`` are the blanks of that form, by name. ``clock`` is the
    deadline of the law by which it is filed, empty for none. ``follows`` is the petition whose answer it
    contests. ``sensitive``: the establishment itself does not see it.
    """

    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, db_index=False)
    office = models.CharField(max_length=SHORT)
    office_name = models.CharField(max_length=LONG, blank=True)
    about = models.CharField(max_length=SHORT)
    clock = models.CharField(max_length=SHORT, blank=True)
    number = models.CharField(max_length=LONG, blank=True)
    language = models.CharField(max_length=SHORT)
    asks = models.JSONField()
    says = models.TextField(blank=True)
    particulars = models.JSONField(default=dict)
    arose_on = models.DateField(null=True)
    emergency = models.BooleanField()
    sensitive = models.BooleanField()
    follows = models.UUIDField(null=True)
    known_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["establishment", "person"], name="petition_person"),
            models.Index(fields=["establishment", "office", "known_at"], name="petition_office"),
        ]


class PetitionEvent(OfEstablishment):
    """One thing that happened to a petition, as `remedies` tells it; ``on`` is none where nobody knows it."""

    petition = models.ForeignKey(Petition, models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    kind = models.CharField(max_length=SHORT)
    on = models.DateField(null=True)
    proof = models.CharField(max_length=LONG, blank=True)
    by = models.CharField(max_length=LONG, blank=True)
    carried = models.CharField(max_length=SHORT)
    says = models.TextField(blank=True)
    until = models.DateField(null=True)
    ends_with = models.CharField(max_length=LONG, blank=True)
    of = models.UUIDField(null=True)
    outcome = models.CharField(max_length=SHORT, blank=True)
    granted = models.JSONField(default=list)
    closes = models.BooleanField(default=False)
    next = models.CharField(max_length=SHORT, blank=True)
    known_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["establishment", "petition"], name="petitionevent_petition")]
