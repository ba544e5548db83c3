"""Addresses of the pages of staff, in one language."""

from django.urls import path

from locutorio.web import disclosures, notice_views, receipts
from locutorio.web.desks import desk_addresses
from locutorio.web.staff import (
    asking,
    booking,
    checks,
    closures,
    day,
    emergencies,
    exporting,
    gate,
    kept,
    keys,
    log,
    papers,
    person,
    proposals,
    proposing,
    rules,
    why,
)

urlpatterns = [
    path("staff", day.day, name="staff-day"),
    path("staff/slot/<str:key>", day.slot, name="staff-slot"),
    path("staff/booking/<uuid:booking>", booking.booking, name="staff-booking"),
    path("staff/booking/<uuid:booking>/contact/<uuid:contact>", gate.arrival, name="staff-arrival"),
    path("staff/booking/<uuid:booking>/start", gate.start, name="staff-start"),
    path("staff/booking/<uuid:booking>/end", gate.end, name="staff-end"),
    path("staff/booking/<uuid:booking>/missed", gate.missed, name="staff-missed"),
    path("staff/booking/<uuid:booking>/make-up", gate.make_up, name="staff-make-up"),
    path("staff/person/<uuid:person>", person.person, name="staff-person"),
    path("staff/person/<uuid:person>/told", disclosures.disclosures, name="staff-disclosures"),
    path("staff/person/<uuid:person>/file", exporting.export, name="staff-export"),
    path("staff/person/<uuid:person>/paper", papers.paper, name="staff-paper"),
    path("emergencies", emergencies.counts, name="emergencies"),
    path("staff/emergencies", emergencies.emergencies, name="staff-emergencies"),
    path("staff/person/<uuid:person>/emergency", emergencies.emergency, name="staff-emergency"),
    path("staff/proposals", proposals.proposals, name="staff-proposals"),
    path("staff/person/<uuid:person>/propose", proposing.about_person, name="staff-person-propose"),
    path("staff/proposals/new", proposals.new, name="staff-propose"),
    path("staff/proposals/<uuid:id_>", proposals.proposal, name="staff-proposal"),
    path("staff/closed", closures.closed, name="staff-closed"),
    path("staff/rules", rules.rules, name="staff-rules"),
    path("staff/people", asking.people, name="staff-people"),
    path("staff/why", why.why, name="staff-why"),
    path("staff/kept", kept.kept, name="staff-kept"),
    path("staff/keys", keys.keys, name="staff-keys"),
    path("staff/log", log.log, name="staff-log"),
    path("staff/checks", checks.checks, name="staff-checks"),
    *desk_addresses(asking.DESK, "staff"),
    path("staff/notice/<uuid:id_>", notice_views.notice_for_staff, name="staff-notice"),
    path("staff/notice/<uuid:id_>.pdf", notice_views.notice_as_pdf_for_staff, name="staff-notice-pdf"),
    path("staff/notice/<uuid:id_>.zip", receipts.notice_proof_for_staff, name="staff-notice-proof"),
]
