"""The recordings of a person's calls: what there is, and one of them played once it was said why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from locutorio.actions.authority import may
from locutorio.actions.open_recording import (
    KEPT,
    NotPlayed,
    Opening,
    RecordingShown,
    Untold,
    open_recording,
    recording_played,
    recording_shown,
    recordings_shown,
    standing_of,
)
from locutorio.actions.sign_in import Seat
from locutorio.actions.two_people import WORDS_MAX
from locutorio.store.recordings import RecordingRow
from locutorio.web import purposes
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.saying import day_said, moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.words import say, words

WAV = "audio/wav"
_TONES = {"kept": "permit", "sealed": "refuse", "destroyed": "pending"}


@dataclass(frozen=True, slots=True)
class RecordingPart:
    """One recording: when the call was, what became of it, and where it is opened."""

    says: str
    until: str
    tone: str
    state: str
    address: str


@dataclass(frozen=True, slots=True)
class RecordingsPage:
    """The recordings, the latest first."""

    items: tuple[RecordingPart, ...]


@dataclass(frozen=True, slots=True)
class RecordingPage:
    """One recording. ``ask`` is where it is said why; ``sound`` where it is heard, once that was said."""

    facts: tuple[tuple[str, str], ...]
    tone: str
    state: str
    what: str
    ask: str
    sound: str
    said: dict[str, str]
    wrong: str
    words_max: int = WORDS_MAX


@for_acts("read_recordings")
def recordings(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show what was recorded of a person's calls; nothing of what was said."""
    by = actor_of(seat)
    whom, rows = recordings_shown(by, seat.establishment, person)
    page = RecordingsPage(tuple(_part(row, seat, lang) for row in rows))
    trail = (Link(reverse("staff-person", args=[lang, person]), whom.name),)
    return drawn(
        request,
        seat,
        lang,
        "staff/recordings.html",
        page,
        title=words(lang)["recordings_title"],
        part="staff-people",
        trail=trail if may(by, "read_person") else (),
    )


@for_acts("read_recordings")
def recording(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show one recording."""
    return _drawn(request, lang, seat, id_)


@for_acts("open_recording", posts=True)
def opening(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Take why a recording is to be heard, and by which authority; then lead back to where it is."""
    back = SeeOther(reverse("staff-recording", args=[lang, id_]))
    if request.method != SENDING:
        return back
    said = {name: request.POST.get(name, "").strip() for name in ("why", "authority")}
    try:
        open_recording(id_, Opening(**said), sent(request, seat))
    except NotPlayed as fault:
        return _drawn(request, lang, seat, id_, wrong=words(lang)[f"recording_{fault.standing}_what"])
    except Untold:
        return _drawn(request, lang, seat, id_, wrong=words(lang)["recording_unsaid"])
    purposes.keep(request, id_, f"{said['why']} ({said['authority']})")
    return back


def _drawn(request: HttpRequest, lang: str, seat: Seat, id_: UUID, *, wrong: str = "") -> HttpResponse:
    shown = recording_shown(actor_of(seat), seat.establishment, id_)
    title = words(lang)["recordings_title"]
    return drawn(
        request,
        seat,
        lang,
        "staff/recording.html",
        _page(request, shown, seat, lang, wrong),
        title=words(lang)["recording_title"],
        part="staff-people",
        trail=(Link(reverse("staff-recordings", args=[lang, shown.row.person]), title),),
        status=409 if wrong else 200,
    )


@for_acts("play_recording")
def sound(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Give the sound of a recording to those who said why; each time is an entry."""
    why = purposes.said(request, id_)
    if not why:
        return HttpResponseRedirect(reverse("staff-recording", args=[lang, id_]))
    by = replace(actor_of(seat), purpose=why)
    _, data = recording_played(by, seat.establishment, id_)
    response = HttpResponse(data, content_type=WAV)
    response.headers["Accept-Ranges"] = "none"
    return response


def _part(row: RecordingRow, seat: Seat, lang: str) -> RecordingPart:
    standing = standing_of(row)
    return RecordingPart(
        moment_said(lang, row.began_at, seat.zone),
        _until(row, lang) if standing == KEPT else "",
        _TONES[standing],
        words(lang)[f"recording_{standing}"],
        reverse("staff-recording", args=[lang, row.id]),
    )


def _page(request: HttpRequest, shown: RecordingShown, seat: Seat, lang: str, wrong: str) -> RecordingPage:
    row, told, standing = shown.row, words(lang), shown.standing
    facts = [
        (told["recording_person"], shown.person.name),
        (told["recording_contact"], shown.contact.name if shown.contact else told["recording_nobody"]),
        (told["recording_number"], shown.call.called),
        (told["recording_began"], moment_said(lang, row.began_at, seat.zone)),
    ]
    if row.ended_at is not None:
        facts.append((told["recording_ended"], moment_said(lang, row.ended_at, seat.zone)))
    if standing == KEPT:
        facts.append((told["recording_until"], _until(row, lang)))
    facts.append((told["documents_digest"], row.sha256))
    plays = standing == KEPT and may(actor_of(seat), "play_recording")
    heard = bool(plays and purposes.said(request, row.id))
    return RecordingPage(
        facts=tuple(facts),
        tone=_TONES[standing],
        state=told[f"recording_{standing}"],
        what=told[f"recording_{standing}_what"],
        ask=reverse("staff-recording-open", args=[lang, row.id]) if plays and not heard else "",
        sound=reverse("staff-recording-sound", args=[lang, row.id]) if heard else "",
        said={name: request.POST.get(name, "") for name in ("why", "authority")},
        wrong=wrong,
    )


def _until(row: RecordingRow, lang: str) -> str:
    return say(lang, "recording_until_day", day=day_said(lang, row.keep_until)) if row.keep_until else ""
