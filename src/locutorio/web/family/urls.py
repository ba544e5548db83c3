"""Addresses of a family's pages, in one language."""

from django.urls import path

from locutorio.web import notice_views, receipts
from locutorio.web.desks import desk_addresses
from locutorio.web.family import calls, views
from locutorio.web.family.desk import DESK

urlpatterns = [
    path("visits", views.visits, name="visits"),
    *desk_addresses(DESK, "visits"),
    path("visits/calls", calls.calls, name="visits-calls"),
    path("visits/call/<uuid:id_>/statement", calls.statement, name="visits-call-statement"),
    path("visits/call/<uuid:id_>/claim", calls.claim, name="visits-call-claim"),
    path("visits/notices", notice_views.notices, name="visits-notices"),
    path("visits/notice/<uuid:id_>", notice_views.notice, name="visits-notice"),
    path("visits/notice/<uuid:id_>.pdf", notice_views.notice_as_pdf, name="visits-notice-pdf"),
    path("visits/notice/<uuid:id_>.zip", receipts.notice_proof, name="visits-notice-proof"),
]
