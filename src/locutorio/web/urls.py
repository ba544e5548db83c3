"""Addresses: the bare one leads to a language, and each language holds the same pages."""

from django.urls import include, path, register_converter

from locutorio.web import accounts, errors, languages, tokens
from locutorio.web.api import page as api_page
from locutorio.web.api.urls import urlpatterns as api
from locutorio.web.family.urls import urlpatterns as family
from locutorio.web.person.urls import urlpatterns as person
from locutorio.web.seats import walled
from locutorio.web.staff.urls import urlpatterns as staff

register_converter(languages.LanguageConverter, "lang")

signing = [
    path("sign-in", accounts.sign_in_page, name="sign-in"),
    path("sign-out", accounts.sign_out, name="sign-out"),
    path("places", accounts.places, name="places"),
    path("account", accounts.account, name="account"),
    path("account/tokens", tokens.tokens, name="account-tokens"),
]

urlpatterns = [
    path("", languages.choose, name="choose"),
    path("api", api_page.begin, name="api-begin"),
    path("api/", include((api, "api"))),
    path("<lang:lang>/api", api_page.page, name="api-page"),
    path("<lang:lang>/", include("locutorio.web.open.urls")),
    path("<lang:lang>/", include(walled([*signing, *family, *person, *staff]))),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.broken
