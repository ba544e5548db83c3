"""Whom and what is known: establishments, people, contacts, and each fact with when it was true and known."""

from __future__ import annotations

from django.db import models

SHORT, LONG = 60, 200


class Establishment(models.Model):
    """A place of custody. ``version`` grows with each change that may reach what is booked.

    ``factor_needed``: its staff do nothing here before they have a second factor. ``telephony`` is how it
    keeps its telephones, as `store.calls.Settings` reads it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=SHORT, unique=True)
    name = models.CharField(max_length=LONG)
    zone = models.CharField(max_length=SHORT)
    law = models.CharField(max_length=SHORT)
    schedule = models.TextField()
    factor_needed = models.BooleanField(default=True)
    telephony = models.JSONField(default=dict)
    version = models.BigIntegerField(default=0)


class OfEstablishment(models.Model):
    """A row that belongs to one establishment."""

    id = models.UUIDField(primary_key=True, editable=False)
    establishment = models.ForeignKey(Establishment, models.PROTECT, db_index=False)

    class Meta:
        abstract = True


class Person(OfEstablishment):
    """Someone held. Actions on one person wait for each other at this row."""

    number = models.CharField(max_length=SHORT)
    surname = models.CharField(max_length=LONG)
    forenames = models.CharField(max_length=LONG)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=SHORT, blank=True)
    unit = models.CharField(max_length=SHORT, blank=True)
    custody_level = models.CharField(max_length=SHORT, blank=True)
    incentive = models.CharField(max_length=SHORT, blank=True)
    legal_status = models.CharField(max_length=SHORT, blank=True)
    statuses = models.JSONField(default=list)
    language = models.CharField(max_length=SHORT, default="en")
    nationality = models.CharField(max_length=SHORT, blank=True)
    held_since = models.DateTimeField(null=True)
    release_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["establishment", "number"], name="person_number")]
        indexes = [models.Index(fields=["establishment", "surname", "forenames"], name="person_name")]


class Contact(OfEstablishment):
    """Someone outside."""

    number = models.CharField(max_length=SHORT, blank=True)
    surname = models.CharField(max_length=LONG)
    forenames = models.CharField(max_length=LONG)
    born_on = models.DateField(null=True)
    language = models.CharField(max_length=SHORT, default="en")
    phone = models.CharField(max_length=SHORT, blank=True)
    email = models.CharField(max_length=LONG, blank=True)
    identity = models.JSONField(default=dict)
    version = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["establishment", "surname", "forenames"], name="contact_name")]


class Listed(OfEstablishment):
    """A contact on a person's list. ``status`` is asked, approved, denied or removed."""

    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, db_index=False)
    role = models.CharField(max_length=SHORT, default="social")
    relation = models.CharField(max_length=SHORT, blank=True)
    status = models.CharField(max_length=SHORT)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    ground = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["establishment", "person", "contact"], name="listed_once")
        ]
        indexes = [models.Index(fields=["establishment", "contact"], name="listed_contact")]


class Guardianship(OfEstablishment):
    """An adult who answers for a child."""

    adult = models.ForeignKey(Contact, models.PROTECT, related_name="children", db_index=False)
    child = models.ForeignKey(Contact, models.PROTECT, related_name="guardians", db_index=False)
    until = models.DateField(null=True)
    source = models.CharField(max_length=LONG, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["establishment", "adult", "child"], name="guardian_once")
        ]
        indexes = [models.Index(fields=["establishment", "child"], name="guardian_child")]


class ApprovedNumber(OfEstablishment):
    """A telephone number that a person may call, or may not; without a person, that nobody may.

    ``status`` is asked, approved, denied, blocked or ended.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    number = models.CharField(max_length=SHORT)
    kind = models.CharField(max_length=SHORT)
    record = models.CharField(max_length=SHORT, blank=True)
    owner = models.CharField(max_length=LONG, blank=True)
    relation = models.CharField(max_length=SHORT, blank=True)
    status = models.CharField(max_length=SHORT)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["establishment", "person", "number"], name="number_once")
        ]


class Fact(OfEstablishment):
    """A fact of the vocabulary, about a person, a contact, both, or the establishment (neither).

    Rows are never changed: a later ``known_at`` says what was learned since. ``value`` is as a case file
    writes it; "unknown" is a value.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    path = models.CharField(max_length=SHORT)
    value = models.CharField(max_length=LONG)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    known_at = models.DateTimeField()
    source = models.CharField(max_length=LONG, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["establishment", "person", "contact"], name="fact_person"),
            models.Index(fields=["establishment", "contact"], name="fact_contact"),
        ]


class Paper(OfEstablishment):
    """An instrument about a person; about one contact, or about all where ``contact`` is none.

    ``facts`` holds what it states, as a case file writes it. ``ended_on`` and ``ended_known_at`` say that it
    does not hold any more, and since when that is known; ``ended_how`` whether it was lifted, superseded or
    vacated. ``earlier`` is the paper that it supersedes, vacates or extends, as ``earlier_how`` says. Where
    ``awaits`` names an event, it holds from ``came_on``, once somebody entered that the event came.
    """

    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    form = models.CharField(max_length=SHORT)
    facts = models.JSONField(default=dict)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    known_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    ended_known_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=SHORT, blank=True)
    source = models.CharField(max_length=LONG, blank=True)
    number = models.CharField(max_length=LONG, blank=True)
    office = models.CharField(max_length=LONG, blank=True)
    quote = models.TextField(blank=True)
    quote_page = models.PositiveIntegerField(null=True)
    confirmed = models.TextField(blank=True)
    earlier = models.UUIDField(null=True)
    earlier_how = models.CharField(max_length=SHORT, blank=True)
    awaits = models.TextField(blank=True)
    came_on = models.DateField(null=True)
    came_known_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["establishment", "person"], name="paper_person")]
