"""What a session holds: whose it is, since when, what they showed and when; nothing of what they do."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from locutorio.actions import clock
from locutorio.actions.begin_session import begin_session, password_shown, stepped_up
from locutorio.actions.create_account import STAFF
from locutorio.actions.end_session import Why, session_ended
from locutorio.actions.sign_in import Seat, SignedIn, seats
from locutorio.actions.sign_in_at_kiosk import kiosk_stands
from locutorio.kernel.faults import Fault
from locutorio.web.limits import IDLE_SECONDS_MAX, SECOND_STEP_SECONDS_MAX, SESSION_SECONDS_MAX
from locutorio.web.settings import BEHIND_HTTPS

ACCOUNT, STAMP, PLACE, KIOSK = "account", "stamp", "establishment", "kiosk"
BEGUN, SEEN, FACTOR, SHOWN = "begun", "seen", "factor", "shown"
WAITING = "waiting"
SEEN_AGAIN = timedelta(seconds=30)


def begin(request: HttpRequest, signed_in: SignedIn, kiosk: UUID | None = None) -> tuple[Seat, ...]:
    """Begin a session under a new key, at the first establishment of the account; give all of its seats.

    Raises:
        Fault: that it begins cannot be entered; then nobody is signed in.
    """
    found = begin_session(signed_in, kiosk, address_of(request), clock.now())
    request.session.flush()
    rotate_token(request)
    if found:
        now = clock.now().isoformat()
        request.session.update(
            {ACCOUNT: str(signed_in.account), STAMP: signed_in.stamp, FACTOR: signed_in.factor}
            | dict.fromkeys((BEGUN, SHOWN), now)
            | ({KIOSK: str(kiosk)} if kiosk else {})
        )
        sit(request, found[0])
    return found


def go_on(request: HttpRequest, stamp: str, factor: str) -> None:
    """Go on under a new key, after what shows who somebody is has changed. It ends when it would have."""
    request.session.cycle_key()
    rotate_token(request)
    request.session.update({STAMP: stamp, FACTOR: factor, SHOWN: clock.now().isoformat()})


def step_up(request: HttpRequest, signed_in: SignedIn) -> None:
    """Go on under a new key, after somebody showed once more that it is they.

    Raises:
        Fault: it cannot be entered; then it is as if they had not.
    """
    kiosk = request.session.get(KIOSK)
    stepped_up(signed_in, UUID(kiosk) if kiosk else None, address_of(request), clock.now())
    go_on(request, signed_in.stamp, signed_in.factor)


def address_of(request: HttpRequest) -> str:
    """Give where a request comes from, as the server in front says it where there is one."""
    forwarded = request.headers.get("X-Forwarded-For", "") if BEHIND_HTTPS else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def stamp_of(request: HttpRequest) -> str:
    """Give the stamp with which the session that is signed in began or went on."""
    return str(request.session[STAMP])


def sit(request: HttpRequest, seat: Seat) -> None:
    """Let a session be about one establishment of its account."""
    request.session[PLACE] = str(seat.establishment)
    request.session[SEEN] = clock.now().isoformat()


def others_of(request: HttpRequest) -> tuple[Seat, ...]:
    """Give every seat of the account that is signed in."""
    return seats(UUID(request.session[ACCOUNT]), request.session[STAMP])


def end(request: HttpRequest) -> None:
    """Sign out: the session is gone, here and in the database."""
    request.session.flush()


def seat_of(request: HttpRequest) -> Seat | None:
    """Give who asks; None where nobody is signed in, they did nothing for too long, or the day is over."""
    session = request.session
    if ACCOUNT not in session:
        return None
    now = clock.now()
    found = seats(UUID(session[ACCOUNT]), session[STAMP])
    seat = next((one for one in found if str(one.establishment) == session.get(PLACE)), None)
    kiosk = session.get(KIOSK)
    why = _ended(request, seat, kiosk, now)
    if seat is None or why is not None:
        account, begun = UUID(session[ACCOUNT]), _moment(request, BEGUN)
        session.flush()
        with suppress(Fault):  # it is over also where that cannot be entered
            session_ended(account, begun, why or Why.CHANGED, now)
        return None
    if kiosk or now - _moment(request, SEEN) >= SEEN_AGAIN:
        session[SEEN] = now.isoformat()
    return replace(
        seat,
        factor=session[FACTOR],
        authenticated_at=_moment(request, SHOWN),
        kiosk=UUID(kiosk) if kiosk else None,
    )


def _ended(request: HttpRequest, seat: Seat | None, kiosk: str | None, now: datetime) -> Why | None:
    """Say what ended a session, if anything did."""
    if seat is None:
        return Why.CHANGED
    if kiosk is not None and not kiosk_stands(seat.establishment, UUID(kiosk)):
        return Why.KIOSK
    if now - _moment(request, BEGUN) > timedelta(seconds=SESSION_SECONDS_MAX):
        return Why.DAY
    if now - _moment(request, SEEN) > _idle_most(seat, at_kiosk=kiosk is not None):
        return Why.IDLE
    return None


def _moment(request: HttpRequest, name: str) -> datetime:
    return datetime.fromisoformat(request.session[name])


def _idle_most(seat: Seat, *, at_kiosk: bool) -> timedelta:
    who = "kiosk" if at_kiosk else "staff" if seat.roles & STAFF else "others"
    return timedelta(seconds=IDLE_SECONDS_MAX[who])


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose password was right and who has to show one of ``owes`` before they are signed in."""

    account: UUID
    stamp: str
    owes: frozenset[str]
    next: str


def wait(request: HttpRequest, signed_in: SignedIn, onward: str) -> None:
    """Keep who showed a password until they show the rest, under a new key, for a few minutes.

    Raises:
        Fault: it cannot be entered; then it is as if they had not.
    """
    password_shown(signed_in, address_of(request), clock.now())
    request.session.flush()
    rotate_token(request)
    request.session.set_expiry(SECOND_STEP_SECONDS_MAX)
    request.session[WAITING] = {
        "account": str(signed_in.account),
        "stamp": signed_in.stamp,
        "owes": sorted(signed_in.owes),
        "next": onward,
        "at": clock.now().isoformat(),
    }


def waiting(request: HttpRequest) -> Waiting | None:
    """Give who has to show more; None where nobody does, or it took too long."""
    kept = request.session.get(WAITING)
    if kept is None:
        return None
    if clock.now() - datetime.fromisoformat(kept["at"]) > timedelta(seconds=SECOND_STEP_SECONDS_MAX):
        request.session.flush()
        return None
    return Waiting(UUID(kept["account"]), kept["stamp"], frozenset(kept["owes"]), kept["next"])
