"""What the texts say of each clock, written by hand from their own words and not from the packs' effects.

Each row: the provision; the fact that holds the day it counts from; how many days lie before its first day
(those of an answer that did not come); its days; whether they are work days; what its end means; and the
facts on which it, and no other way of that clock, counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from locutorio.facts.vocabulary import Value

LATE, DENIED = "late", "deemed_denied"


@dataclass(frozen=True, eq=False)
class Row:
    """What one provision says of its clock."""

    law: str
    provision: str
    clock: str
    start: str
    days: int
    acted: str | None
    past: str = LATE
    work: bool = False
    before: int = 0
    facts: dict[str, Value] = field(default_factory=dict)
    adopt: bool = False
    side: str | None = None


def _row(provision: str, clock: str, start: str, days: int, acted: str | None, **more: object) -> Row:
    return Row("us-federal", provision, clock, start, days, acted, **more)  # type: ignore[arg-type]


_HELD = {"person.special_housing": "administrative_detention"}
_EN = {"request.language": "english", "letter.code_suspicion_recorded": False}
_OTHER = {"request.language": "other", "letter.code_suspicion_recorded": False}
_FIRST, _MORE = {"clock.warden_extended": False}, {"clock.warden_extended": True}
_CALM, _DANGER = {"remedy.marked_emergency": False}, {"remedy.marked_emergency": True}
_SILENT = {"clock.warden_answered": False}
_ABOVE, _LONGER = {"clock.regional_extended": False}, {"clock.regional_extended": True}
_MUTE = {"clock.regional_answered": False}
_WARDEN = ("warden_response", "clock.filed_on")
_REGION = ("regional_response", "clock.regional_filed_on")
_BP10, _BP11 = ("bp10", "clock.filed_on"), ("bp11", "clock.regional_filed_on")
ROWS = (
    Row(
        "arcadia",
        "8.2.review_clock",
        "review",
        "arcadia.refused_on",
        20,
        "arcadia.review_asked_on",
        facts={"arcadia.refusal_in_writing": True},
    ),
    Row(
        "arcadia",
        "8.3.silence",
        "answer",
        "arcadia.review_asked_on",
        10,
        "arcadia.answered_on",
        DENIED,
        work=True,
        facts={"arcadia.refusal_in_writing": True},
    ),
    Row(
        "england-wales",
        "r35d.three_months",
        "keeping",
        "intercept.captured_on",
        90,
        "intercept.deleted_or_kept_on",
        adopt=True,
    ),
    _row(
        "501.3.a.letter_in_english",
        "measure_letter",
        "letter.reached_fbi_on",
        14,
        "letter.came_back_on",
        work=True,
        facts=_EN,
    ),
    _row(
        "501.3.a.letter_in_another_language",
        "measure_letter",
        "letter.reached_fbi_on",
        60,
        "letter.came_back_on",
        work=True,
        facts=_OTHER,
    ),
    _row(
        "540.18.c2.review",
        "special_mail_review",
        "special_mail.restricted_on",
        180,
        "special_mail.reviewed_on",
    ),
    _row("540.25.forwarding_clock", "letter_forwarding", "person.moved_on", 30, "letter.forwarded_on"),
    _row("540.25.holding_clock", "letter_holding", "person.writ_since", 30, "letter.forwarded_on"),
    _row("540.63.f.clock", "media_answer", "media.asked_on", 2, "media.answered_on"),
    _row(
        "540.71.e.twenty_days",
        "publication_review",
        "publication.refusal_received_on",
        20,
        "publication.review_asked_on",
    ),
    _row(
        "540.101.a3.fifteen_days", "recipient_appeal", "contact.denial_received_on", 15, "contact.appealed_on"
    ),
    _row(
        "541.26.a.three_work_days",
        "shu_first_review",
        "housing.since",
        3,
        "housing.reviewed_on",
        work=True,
        facts=_HELD,
    ),
    _row(
        "541.26.b.seven_day_hearing", "shu_first_hearing", "housing.since", 7, "housing.heard_on", facts=_HELD
    ),
    _row("541.26.c.weekly_review", "shu_weekly_review", "housing.reviewed_on", 7, None, facts=_HELD),
    _row("541.26.c.monthly_hearing", "shu_monthly_hearing", "housing.heard_on", 30, None, facts=_HELD),
    _row(
        "541.7.c.five_work_days",
        "udc_review",
        "discipline.report_issued_on",
        5,
        "discipline.committee_met_on",
        work=True,
    ),
    _row("542.14.a.bp9", "bp9", "clock.event_on", 20, "clock.filed_on"),
    _row("542.14.d.2.dho_window", "dho_appeal", "clock.event_on", 20, "clock.regional_filed_on"),
    _row(
        "542.15.a.bp10",
        "bp10",
        "clock.warden_signed_on",
        20,
        "clock.regional_filed_on",
        facts={"clock.warden_answered": True},
    ),
    _row(
        "542.15.a.bp11",
        "bp11",
        "clock.regional_signed_on",
        30,
        "clock.central_filed_on",
        facts={"clock.regional_answered": True},
    ),
    _row("542.18.warden", *_WARDEN, 20, "clock.warden_signed_on", past=DENIED, facts=_FIRST | _CALM),
    _row("542.18.warden_extended", *_WARDEN, 40, "clock.warden_signed_on", past=DENIED, facts=_MORE | _CALM),
    _row(
        "542.18.emergency",
        *_WARDEN,
        3,
        "clock.warden_signed_on",
        past=DENIED,
        facts=_FIRST | _DANGER,
        side="danger_now",
    ),
    _row(
        "542.18.no_emergency",
        *_WARDEN,
        20,
        "clock.warden_signed_on",
        past=DENIED,
        facts=_FIRST | _DANGER,
        side="ordinary",
    ),
    _row("542.18.regional", *_REGION, 30, "clock.regional_signed_on", past=DENIED, facts=_ABOVE),
    _row("542.18.regional_extended", *_REGION, 60, "clock.regional_signed_on", past=DENIED, facts=_LONGER),
    _row(
        "542.18.central",
        "general_counsel_response",
        "clock.central_filed_on",
        40,
        "clock.central_signed_on",
        past=DENIED,
        facts={"clock.central_extended": False},
    ),
    _row(
        "542.18.central_extended",
        "general_counsel_response",
        "clock.central_filed_on",
        60,
        "clock.central_signed_on",
        past=DENIED,
        facts={"clock.central_extended": True},
    ),
    _row(
        "542.18.silence.bp10",
        *_BP10,
        20,
        "clock.regional_filed_on",
        before=20,
        facts=_SILENT | _FIRST | _CALM,
    ),
    _row(
        "542.18.silence.bp10_extended",
        *_BP10,
        20,
        "clock.regional_filed_on",
        before=40,
        facts=_SILENT | _MORE | _CALM,
    ),
    _row(
        "542.18.silence.bp10_emergency",
        *_BP10,
        20,
        "clock.regional_filed_on",
        before=3,
        facts=_SILENT | _FIRST | _DANGER,
        side="danger_now",
    ),
    _row(
        "542.18.silence.bp10_no_emergency",
        *_BP10,
        20,
        "clock.regional_filed_on",
        before=20,
        facts=_SILENT | _FIRST | _DANGER,
        side="ordinary",
    ),
    _row("542.18.silence.bp11", *_BP11, 30, "clock.central_filed_on", before=30, facts=_MUTE | _ABOVE),
    _row(
        "542.18.silence.bp11_extended", *_BP11, 30, "clock.central_filed_on", before=60, facts=_MUTE | _LONGER
    ),
    _row(
        "4042.b.five_days",
        "release_notice",
        "release.on",
        0,
        "release.police_told_on",
        before=-5,
        facts={"release.offence": "violence"},
    ),
    _row("551.152.sixty_days", "victim_reply", "victim.asked_to_confirm_on", 60, "victim.replied_on"),
)
