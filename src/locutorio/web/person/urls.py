"""Addresses of the pages of a person in custody, in one language."""

from django.urls import path

from locutorio.web import disclosures, petitions, receipts
from locutorio.web.person import calls, mail, views
from locutorio.web.staff import petition_forms

urlpatterns = [
    path("own", views.own, name="own"),
    path("own/proof.zip", receipts.own_proof, name="own-proof"),
    path("own/mail", mail.mail, name="own-mail"),
    path("own/calls", calls.calls, name="own-calls"),
    path("own/call/<uuid:id_>", calls.call, name="own-call"),
    path("own/told", disclosures.own_disclosures, name="own-disclosures"),
    path("own/petitions", petitions.own_petitions, name="own-petitions"),
    path("own/petition", petition_forms.own_new, name="own-petition-new"),
    path("own/petition/<uuid:id_>", petitions.own_petition, name="own-petition"),
    path("own/petition/<uuid:id_>.pdf", petitions.own_pdf, name="own-petition-pdf"),
    path("own/petition/<uuid:id_>/form.pdf", petitions.own_form, name="own-petition-form"),
    path("own/visit/<uuid:id_>", views.own_visit, name="own-visit"),
]
