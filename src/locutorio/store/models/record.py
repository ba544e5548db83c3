"""What is appended and never changed: one entry for each command, and the notices people were sent."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.subjects import LONG, SHORT, Contact, Establishment, OfEstablishment, Person


class Entry(OfEstablishment):
    """One command carried out. ``digest`` is of what was asked, ``answer`` what was answered."""

    establishment = models.ForeignKey(Establishment, models.PROTECT, db_index=False, db_constraint=False)
    command = models.UUIDField()
    action = models.CharField(max_length=SHORT)
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()
    person = models.UUIDField(null=True)
    digest = models.CharField(max_length=LONG)
    body = models.JSONField()
    answer = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["establishment", "command"], name="entry_command")]
        indexes = [models.Index(fields=["establishment", "person", "at"], name="entry_person")]


class Notice(OfEstablishment):
    """What a person or a contact is told. ``text`` is what they read; ``letter`` is of the same words."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    request = models.UUIDField(null=True)
    kind = models.CharField(max_length=SHORT)
    language = models.CharField(max_length=SHORT)
    letter = models.JSONField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["establishment", "person", "at"], name="notice_person"),
            models.Index(fields=["establishment", "contact", "at"], name="notice_contact"),
        ]
