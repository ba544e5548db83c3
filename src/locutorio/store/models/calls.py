"""Calls as the exchange recorded them."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.subjects import LONG, SHORT, OfEstablishment, Person


class Call(OfEstablishment):
    """A call that was made or tried. ``person`` is none where it is not known who called.

    ``called`` is the number in E.164, or the name of a trunk where the exchange kept no more. ``disposition``
    is answered, no_answer, busy, failed or blocked.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)
    started_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField()
    line = models.CharField(max_length=LONG, blank=True)
    called = models.CharField(max_length=LONG)
    talk_seconds = models.IntegerField()
    disposition = models.CharField(max_length=SHORT)
    cause = models.CharField(max_length=LONG, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "started_at", "line", "called"], name="call_once"
            )
        ]
        indexes = [models.Index(fields=["establishment", "person", "started_at"], name="call_person")]
