"""The notices that people were sent, and what happened on their way: appended, never changed.

Only when a notice was read is noted in its own row.
"""

from __future__ import annotations

from django.db import models

from locutorio.store.models.calls import Call, Unplaced
from locutorio.store.models.mail import Mail
from locutorio.store.models.subjects import LONG, SHORT, Contact, OfEstablishment, Person


class Notice(OfEstablishment):
    """What a person or a contact is told. ``text`` is what they read; ``letter`` is of the same words.

    It is about a request, an item of mail, a call or one that was not placed, where it is about one of a
    person's.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    request = models.UUIDField(null=True)
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, db_index=False)
    call = models.ForeignKey(Call, models.PROTECT, null=True, db_index=False)
    unplaced = models.ForeignKey(Unplaced, models.PROTECT, null=True, db_index=False)
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


class Service(OfEstablishment):
    """One thing that happened to a notice on its way to whom it is for, with its proof.

    ``fact`` is sent, delivered, acknowledged or returned; none of them follows from another. ``person`` or
    ``contact`` is the one the notice is for.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    fact = models.CharField(max_length=SHORT)
    way = models.CharField(max_length=SHORT)
    on = models.DateField()
    proof = models.CharField(max_length=LONG)
    known_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["establishment", "notice"], name="service_notice")]
