"""Puts together what a process of the decision point needs, from a plane."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.clock import now
from locutorio.actions.take_spool import take_spool
from locutorio.actions.write_register import write_register
from locutorio.store.actor import PROGRAM
from locutorio.store.people import establishment
from locutorio.telephony.announcing import Announcer
from locutorio.telephony.decision_point import DecisionPoint
from locutorio.telephony.ending import Ending
from locutorio.telephony.keeping import Keeping
from locutorio.telephony.local_register import LocalRegister
from locutorio.telephony.monitoring import Monitoring
from locutorio.telephony.numbers_known import NumbersKnown
from locutorio.telephony.plane import Plane
from locutorio.telephony.recording import Recordings
from locutorio.telephony.relay_seen import RelaySeen
from locutorio.telephony.sip import Engine
from locutorio.telephony.supervise import private_relay
from locutorio.telephony.telephones_told import TelephonesTold
from locutorio.telephony.watch import Watch


def decision_point(plane: Plane, at: UUID, number: int) -> DecisionPoint:
    """Give what answers, in the process of a number."""
    recordings, ending = Recordings(plane.recorder), Ending(at, Engine(plane), now)
    numbers = NumbersKnown(
        at, establishment(at).zone, LocalRegister(plane.register, plane.run / f"register-seen-{number}")
    )
    monitoring = Monitoring(at, recordings, numbers, ending, plane.prompts, now)
    monitoring.keep_asking()
    return DecisionPoint(at, numbers, Announcer(plane.monitored_control, plane.prompts), monitoring, now)


def watch(plane: Plane, at: UUID) -> Watch:
    """Give what watches."""
    recordings, engine = Recordings(plane.recorder), Engine(plane)
    keeping, told = Keeping(at, recordings, now), TelephonesTold(at, plane, engine)
    ending = Ending(at, engine, now)
    relay = RelaySeen(at, ending, lambda: private_relay(plane))
    more = (
        (0.5, relay.look),
        (1.0, lambda: write_register(PROGRAM, at, plane.register, now())),
        (1.0, lambda: take_spool(PROGRAM, at, plane.standby_spool, now())),
        (1.0, keeping.all),
        (1.0, told.all),
    )
    return Watch(at, ending, recordings, now, more)
