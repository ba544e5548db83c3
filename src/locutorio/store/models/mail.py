"""Items of mail: who each is from or to, what it was decided on, and what became of it."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.subjects import LONG, SHORT, Contact, OfEstablishment, Person


class Mail(OfEstablishment):
    """One item of mail of a person, which came in from a contact or goes out to one.

    ``facts`` holds what was said of the item itself, as a case file writes it. ``case``, ``law``,
    ``law_hash`` and ``document`` are of its last decision; ``special``: that calls it special mail.
    ``standing`` is waiting, in_review, stopped, rejected, handed_over, sent_out, sent_on or given_back.
    ``reviewed_by`` has it, or had it, to read or translate from ``review_since`` until ``review_until``.
    ``opened`` is how it was opened. ``ground`` and ``why`` are of a rejection, which ``appeal`` upheld or
    overturned.
    """

    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, db_index=False)
    direction = models.CharField(max_length=SHORT)
    on = models.DateField()
    logged_at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    outcome = models.CharField(max_length=SHORT)
    special = models.BooleanField(default=False)
    decided_at = models.DateTimeField()
    law = models.CharField(max_length=SHORT)
    law_hash = models.CharField(max_length=SHORT * 2)
    case = models.TextField()
    document = models.JSONField()
    standing = models.CharField(max_length=SHORT)
    reviewed_by = models.CharField(max_length=LONG, blank=True)
    review_since = models.DateField(null=True)
    review_until = models.DateField(null=True)
    opened = models.CharField(max_length=SHORT, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ground = models.CharField(max_length=SHORT, blank=True)
    why = models.TextField(blank=True)
    rejected_by = models.UUIDField(null=True)
    appeal = models.CharField(max_length=SHORT, blank=True)
    appeal_why = models.TextField(blank=True)
    appeal_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["establishment", "person", "on"], name="mail_person"),
            models.Index(fields=["establishment", "contact"], name="mail_contact"),
            models.Index(fields=["establishment", "standing"], name="mail_standing"),
        ]
