"""Cases that are watched for people, and what courts entered in them: leads, which change nothing."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.subjects import SHORT, OfEstablishment, Paper, Person


class Watch(OfEstablishment):
    """That a case of a court is watched for a person, whose number in it is ``defendant``."""

    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    court = models.CharField(max_length=SHORT)
    case = models.CharField(max_length=SHORT)
    defendant = models.CharField(max_length=SHORT, blank=True)
    known_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "person", "court", "case"],
                name="watch_once",
                condition=models.Q(ended_at=None),
            )
        ]


class Docketed(OfEstablishment):
    """One entry of a case that is watched: all that was read of it, as `dockets/keeping.py` writes it.

    ``standing`` is counted (no lead), open, answered (by ``paper``) or dismissed (``why``). ``told_at``: it
    became a lead; ``changed_at``: a lead said something else.
    """

    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    watch = models.ForeignKey(Watch, models.PROTECT, db_index=False)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, db_index=False)
    name = models.CharField(max_length=SHORT)
    known = models.JSONField()
    standing = models.CharField(max_length=SHORT)
    why = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["establishment", "watch", "name"], name="docketed_once")
        ]
        indexes = [
            models.Index(fields=["establishment", "person"], name="docketed_person"),
            models.Index(fields=["establishment", "standing", "told_at"], name="docketed_standing"),
        ]


class FeedSpan(OfEstablishment):
    """The spans of time that the feeds of a court covered, so that what was not seen can be told."""

    court = models.CharField(max_length=SHORT)
    spans = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["establishment", "court"], name="feed_court")]
