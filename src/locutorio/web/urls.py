"""Addresses: the bare one leads to a language, and each language holds the same pages."""

from django.urls import include, path, register_converter

from locutorio.web import (
    accounts,
    confirming,
    errors,
    factors,
    kiosks,
    languages,
    resets,
    signing_in,
    tokens,
)
from locutorio.web.api import page as api_page
from locutorio.web.api.urls import urlpatterns as api
from locutorio.web.family.urls import urlpatterns as family
from locutorio.web.person.urls import urlpatterns as person
from locutorio.web.seats import walled
from locutorio.web.staff.urls import urlpatterns as staff

register_converter(languages.LanguageConverter, "lang")

signing = [
    path("sign-in", signing_in.sign_in_page, name="sign-in"),
    path("sign-in/second", signing_in.second_step, name="sign-in-second"),
    path("sign-in/passkey", signing_in.passkey, name="sign-in-passkey"),
    path("sign-out", accounts.sign_out, name="sign-out"),
    path("places", accounts.places, name="places"),
    path("sign-in/code", resets.begin, name="begin"),
    path("kiosk", kiosks.kiosk, name="kiosk"),
    path("kiosk/pin", kiosks.pin, name="kiosk-pin"),
    path("kiosk/device", kiosks.device, name="kiosk-device"),
    path("staff/accounts", resets.reset, name="reset"),
    path("confirm", confirming.confirm, name="confirm"),
    path("confirm/passkey", confirming.confirm_passkey, name="confirm-passkey"),
    path("account", accounts.account, name="account"),
    path("account/seen", accounts.saw, name="account-seen"),
    path("account/factors", factors.factors, name="factors"),
    path("account/factors/codes", factors.totp, name="factors-totp"),
    path("account/factors/passkey", factors.passkey, name="factors-passkey"),
    path("account/factors/passkey/options", factors.passkey_asked, name="factors-passkey-options"),
    path("account/factors/remove", factors.remove, name="factors-remove"),
    path("account/factors/withdraw", factors.withdraw, name="factors-withdraw"),
    path("account/factors/recovery", factors.recovery, name="factors-recovery"),
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
