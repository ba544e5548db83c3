"""The log of an establishment: what waits to be put into it, its leaves, its tree, what was signed of it."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.subjects import SHORT, Establishment, OfEstablishment


class OfLog(models.Model):
    """A row of an establishment's log."""

    establishment = models.ForeignKey(Establishment, models.PROTECT, db_index=False, db_constraint=False)

    class Meta:
        abstract = True


class Entry(OfEstablishment):
    """That one command was carried out, once. What it was about stands in the log, sealed."""

    establishment = models.ForeignKey(Establishment, models.PROTECT, db_index=False, db_constraint=False)
    command = models.UUIDField()
    action = models.CharField(max_length=SHORT)
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()
    person = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["establishment", "command"], name="entry_command")]
        indexes = [
            models.Index(fields=["establishment", "person", "at"], name="entry_person"),
            models.Index(
                fields=["establishment", "actor", "at"],
                name="entry_sign_in",
                condition=models.Q(action="sign_in"),
            ),
        ]


class Pending(models.Model):
    """What a transaction wrote that is not yet in the log. ``kind`` is begin, change or entry.

    A change is written by the database itself; it has no establishment where its table has none. The entry is
    the last row of its transaction. On PostgreSQL the rows of one ``transaction`` belong together; on SQLite,
    where one writes at a time, those from a begin to its entry.
    """

    id = models.BigAutoField(primary_key=True)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, null=True, db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=SHORT)
    entry = models.UUIDField(null=True)
    transaction = models.CharField(max_length=SHORT)
    body = models.JSONField()


class Leaf(OfLog):
    """One entry of the log as bytes, with its hash and the running hash up to it.

    ``part`` 0 of an entry is what was asked, noted and answered; each further one is what the command changed
    of one more subject, or the one ``notice`` that it made. ``subject`` is a pseudonym. ``seal`` holds the
    content under the data key of subject and ``kept_as`` (the class by which it is kept); it is none where
    there was no content, or it was erased.
    """

    index = models.BigIntegerField()
    entry_id = models.UUIDField()
    part = models.IntegerField()
    body = models.BinaryField()
    hash = models.BinaryField()
    chain = models.BinaryField()
    subject = models.UUIDField(null=True)
    subject_count = models.BigIntegerField(null=True)
    notice = models.UUIDField(null=True)
    kept_as = models.CharField(max_length=SHORT)
    seal = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["establishment", "index"], name="leaf_index"),
            models.UniqueConstraint(fields=["establishment", "entry_id", "part"], name="leaf_entry"),
            models.UniqueConstraint(
                fields=["establishment", "subject", "subject_count"],
                name="leaf_subject",
                condition=models.Q(subject__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["establishment", "notice"],
                name="leaf_notice",
                condition=models.Q(notice__isnull=False),
            )
        ]


class Node(OfLog):
    """The hash of a complete subtree of two leaves or more: level 1 and above."""

    level = models.IntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["establishment", "level", "index"], name="node_once")]


class Log(OfLog):
    """How many leaves a log has, and how many the sequencer wrote of itself. It is held to add any.

    ``called`` is the index of the last roll call.
    """

    size = models.BigIntegerField()
    own_count = models.BigIntegerField()
    called = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["establishment"], name="log_once")]


class Signed(OfLog):
    """A checkpoint of a log as it was signed, cosignatures included."""

    size = models.BigIntegerField()
    note = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["establishment", "size"], name="signed_size")]
