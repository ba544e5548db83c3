"""Addresses of the pages of a person in custody, in one language."""

from django.urls import path

from locutorio.web import disclosures, receipts
from locutorio.web.person import mail, views

urlpatterns = [
    path("own", views.own, name="own"),
    path("own/proof.zip", receipts.own_proof, name="own-proof"),
    path("own/mail", mail.mail, name="own-mail"),
    path("own/told", disclosures.own_disclosures, name="own-disclosures"),
    path("own/visit/<uuid:id_>", views.own_visit, name="own-visit"),
]
