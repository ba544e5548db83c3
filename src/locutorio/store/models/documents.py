"""Files as they were sent: what each is, to what it belongs, and apart from that its bytes."""

from __future__ import annotations

from itertools import combinations

from django.db import models

from locutorio.store.models.mail import Mail
from locutorio.store.models.petitions import Petition
from locutorio.store.models.subjects import LONG, SHORT, OfEstablishment, Paper, Person

ATTACHED_TO = ("paper", "mail", "petition")
"""The keys by which a document belongs to something: to one of them, or to nothing yet."""


class Document(OfEstablishment):
    """A file about a person: a scan, a letter, a translation. ``sha256`` is of its bytes as they were sent.

    ``reading`` says what could be read of it and what not. What it is to be the translation of is another
    document of the same person.
    """

    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, db_index=False)
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="+", db_index=False)
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="+", db_index=False)
    translation_of = models.ForeignKey("self", models.DO_NOTHING, null=True, db_index=False)
    name = models.CharField(max_length=LONG)
    media_type = models.CharField(max_length=SHORT)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    languages = models.JSONField(default=list)
    made_by = models.CharField(max_length=LONG, blank=True)
    reading = models.JSONField(default=dict)
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{one: None}) | models.Q(**{other: None}),
                name=f"document_{one}_or_{other}",
            )
            for one, other in combinations(ATTACHED_TO, 2)
        ]
        indexes = [models.Index(fields=["establishment", "person", "known_at"], name="document_person")]


class DocumentContent(OfEstablishment):
    """The bytes of a document, and the text that was read of it by pages. No entry of the log holds them."""

    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    document = models.OneToOneField(Document, models.PROTECT)
    data = models.BinaryField()
    text = models.JSONField(default=list)
