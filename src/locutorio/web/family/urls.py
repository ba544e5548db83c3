"""Addresses of a family's pages, in one language."""

from django.urls import path

from locutorio.web import notice_views
from locutorio.web.family import request_views, views

urlpatterns = [
    path("visits", views.visits, name="visits"),
    path("visits/ask/<uuid:person>", request_views.ask, name="visits-ask"),
    path("visits/request/<uuid:id_>", request_views.one, name="visits-request"),
    path("visits/request/<uuid:id_>/time", request_views.book, name="visits-book"),
    path("visits/request/<uuid:id_>/confirm", request_views.confirm, name="visits-confirm"),
    path("visits/request/<uuid:id_>/change", request_views.change, name="visits-change"),
    path("visits/request/<uuid:id_>/cancel", request_views.cancel, name="visits-cancel"),
    path("visits/request/<uuid:id_>/wait", request_views.wait, name="visits-wait"),
    path("visits/notices", notice_views.notices, name="visits-notices"),
    path("visits/notice/<uuid:id_>", notice_views.notice, name="visits-notice"),
    path("visits/notice/<uuid:id_>.pdf", notice_views.notice_as_pdf, name="visits-notice-pdf"),
]
