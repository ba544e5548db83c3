"""Telephones, calls as they run or the exchange recorded them, numbers nobody listens to, and recordings."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.subjects import LONG, SHORT, Contact, OfEstablishment, Person

UNDER_WAY = "under_way"


class Telephone(OfEstablishment):
    """A telephone of an establishment from which people in custody call. ``name`` is its user in SIP.

    ``ha1`` is what it shows by digest: MD5 of its name, the realm and its secret, as RFC 3261 has it.
    """

    name = models.CharField(max_length=SHORT)
    wing = models.CharField(max_length=SHORT, blank=True)
    ha1 = models.CharField(max_length=SHORT)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "name"], name="telephone_name", condition=models.Q(stopped_at=None)
            )
        ]


class Call(OfEstablishment):
    """A call that was made or tried. ``person`` is none where it is not known who called.

    ``called`` is the number in E.164, or the name of a trunk where the exchange kept no more. ``disposition``
    is under_way, answered, no_answer, busy, failed, blocked (it was refused) or lost (a fault ended it).
    ``cause`` says why it was refused or how it ended. ``talk_seconds`` are counted as used, but for
    ``returned_seconds``. ``plane`` is private or monitored, empty where nothing was connected.

    ``outcome`` is of its last decision. ``ending`` is what was asked of a call under way (that it ends, that
    nobody listens any more), and ``ending_why``. ``engine`` is how the engine knows it. ``by`` is who
    connected it: the decision point, the standby, or the engine by itself; empty for what the exchange
    recorded. ``version`` grows with each change.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    telephone = models.ForeignKey(Telephone, models.PROTECT, null=True, db_index=False)
    started_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    talk_from = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    line = models.CharField(max_length=LONG, blank=True)
    called = models.CharField(max_length=LONG)
    talk_seconds = models.IntegerField(default=0)
    returned_seconds = models.IntegerField(default=0)
    disposition = models.CharField(max_length=SHORT)
    cause = models.CharField(max_length=LONG, blank=True)
    plane = models.CharField(max_length=SHORT, blank=True)
    limit_seconds = models.IntegerField(null=True)
    outcome = models.CharField(max_length=SHORT, blank=True)
    ending = models.CharField(max_length=SHORT, blank=True)
    ending_why = models.TextField(blank=True)
    engine = models.JSONField(default=dict)
    by = models.CharField(max_length=SHORT, blank=True)
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "started_at", "line", "called"],
                name="call_once",
                condition=models.Q(by=""),
            ),
            models.UniqueConstraint(
                fields=["establishment", "person"],
                name="call_one_at_a_time",
                condition=models.Q(disposition=UNDER_WAY, person__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["establishment", "person", "started_at"], name="call_person"),
            models.Index(fields=["establishment", "contact", "started_at"], name="call_contact"),
            models.Index(
                fields=["establishment", "disposition"],
                name="call_under_way",
                condition=models.Q(disposition=UNDER_WAY),
            ),
        ]


class CallDecision(OfEstablishment):
    """What was decided of a call, and on what: when it was asked for, and again where something changed.

    ``contact`` is none where the number is nobody's that is known here.
    """

    call = models.ForeignKey(Call, models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    cause = models.CharField(max_length=SHORT)
    outcome = models.CharField(max_length=SHORT)
    on = models.DateField()
    decided_at = models.DateTimeField()
    law = models.CharField(max_length=SHORT)
    law_hash = models.CharField(max_length=SHORT * 2)
    case = models.TextField()
    document = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["establishment", "call"], name="calldecision_call")]


class PrivilegedNumber(OfEstablishment):
    """A number nobody listens to: of counsel, a court, a consulate or an ombudsman; or one always free.

    ``kind`` is counsel, court, consulate, ombudsman, emergency or free.
    """

    number = models.CharField(max_length=SHORT)
    kind = models.CharField(max_length=SHORT)
    name = models.CharField(max_length=LONG)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    known_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "number"],
                name="privileged_once",
                condition=models.Q(ended_at=None),
            )
        ]


class Recording(OfEstablishment):
    """The recording of a call, which lies sealed in ``file``; what opens it stands among the keys alone.

    ``grant`` is the text of the grant it was made by. It is kept until ``keep_until``; then the key is
    destroyed. A sealed one is played to nobody: ``sealed_why`` is claimed or registered.
    """

    call = models.ForeignKey(Call, models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    file = models.CharField(max_length=LONG)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    grant = models.TextField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    keep_until = models.DateField(null=True)
    sealed_at = models.DateTimeField(null=True)
    sealed_why = models.CharField(max_length=SHORT, blank=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["establishment", "call"], name="recording_once")]
        indexes = [models.Index(fields=["establishment", "person"], name="recording_person")]


class Unplaced(OfEstablishment):
    """A call that was authorised for a day and not placed, by no doing of the two whom it was between.

    ``why`` is no_monitor, no_interpreter, no_answer_here or fault. ``made_up_by`` is the call that did so.
    """

    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    on = models.DateField()
    why = models.CharField(max_length=SHORT)
    says = models.TextField(blank=True)
    known_at = models.DateTimeField()
    made_up_by = models.ForeignKey(Call, models.PROTECT, null=True, db_index=False)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["establishment", "person", "on"], name="unplaced_person")]
