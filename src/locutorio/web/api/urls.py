"""The addresses of the API. They hold no language: the Accept-Language header does."""

from django.urls import URLPattern, path

from locutorio.web.api import page
from locutorio.web.api.document import document
from locutorio.web.api.door import answering, api
from locutorio.web.posts import posting

document()  # whose parts put their operations at the door
_patterns, _, _ = api.urls
for _one in _patterns:
    assert isinstance(_one, URLPattern)
    _one.callback = posting(answering(_one.callback))

urlpatterns = [
    path("openapi.json", page.openapi, name="document"),
    *(one for one in _patterns if str(one.pattern)),
]
