"""The notices that people were sent: appended, and never changed but for when they were read."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.mail import Mail
from locutorio.store.models.subjects import SHORT, Contact, OfEstablishment, Person


class Notice(OfEstablishment):
    """What a person or a contact is told. ``text`` is what they read; ``letter`` is of the same words.

    It is about a request or an item of mail, where it is about one of a person's.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    request = models.UUIDField(null=True)
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, db_index=False)
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
