"""What needs two people: what one of them proposed, and what one did alone in an emergency."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.subjects import LONG, SHORT, Contact, OfEstablishment, Person


class Proposal(OfEstablishment):
    """An act that one person wants done and another must approve.

    ``arguments`` map text to text; ``lines`` is the plain statement that was shown, ``digest`` its SHA-256.
    ``standing`` is waiting, approved, refused or withdrawn; one that waits after ``expires_at`` is over.
    """

    act = models.CharField(max_length=SHORT)
    arguments = models.JSONField()
    lines = models.JSONField()
    digest = models.CharField(max_length=LONG)
    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)
    why = models.TextField()
    proposed_by = models.UUIDField()
    proposed_factor = models.CharField(max_length=SHORT)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    standing = models.CharField(max_length=SHORT)
    decided_by = models.UUIDField(null=True)
    decided_factor = models.CharField(max_length=SHORT, blank=True)
    decided_at = models.DateTimeField(null=True)
    ground = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["establishment", "standing", "proposed_at"], name="proposal_standing"),
            models.Index(fields=["establishment", "person"], name="proposal_person"),
        ]


class BreakGlass(OfEstablishment):
    """One officer's word in an emergency, for a person and a contact, until it ends: allow or stop.

    Somebody else reviews it by ``review_due_at``: ``finding`` is right or wrong, and ``review`` says why.
    """

    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, db_index=False)
    kind = models.CharField(max_length=SHORT)
    reason = models.TextField()
    by = models.UUIDField()
    factor = models.CharField(max_length=SHORT)
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_due_at = models.DateTimeField()
    reviewed_by = models.UUIDField(null=True)
    reviewed_factor = models.CharField(max_length=SHORT, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=SHORT, blank=True)
    review = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["establishment", "ends_at"], name="break_glass_ends"),
            models.Index(fields=["establishment", "person", "contact"], name="break_glass_pair"),
        ]
