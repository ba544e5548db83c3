"""How long things are kept, what may not be erased yet, and what was."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.subjects import LONG, SHORT, Contact, OfEstablishment, Person


class Retention(OfEstablishment):
    """That a class of retention is gone by here, for so many days, on the establishment's own paper."""

    kept_class = models.CharField(max_length=SHORT)
    days = models.IntegerField()
    source = models.CharField(max_length=LONG)
    known_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "kept_class"],
                name="retention_once",
                condition=models.Q(ended_at=None),
            )
        ]


class Hold(OfEstablishment):
    """That nothing about a person or a contact may be erased: why, by which paper, until it is ended."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    why = models.TextField()
    source = models.CharField(max_length=LONG)
    known_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["establishment", "person"], name="hold_person"),
            models.Index(fields=["establishment", "contact"], name="hold_contact"),
        ]


class Erasure(OfEstablishment):
    """That all about a person or a contact is to be erased, or was. It says who by a random identifier alone.

    While a row names ``whom``, the database lets go of what is otherwise only appended about them. ``rule``
    says by which class, or on which ground. ``erased_at``: the rows are gone; ``finished_at``: the keys are
    destroyed, and the files written anew.
    """

    whom = models.UUIDField()
    kind = models.CharField(max_length=SHORT)
    rule = models.CharField(max_length=LONG)
    ordered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["establishment", "whom"], name="erasure_once")]
