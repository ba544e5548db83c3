"""The door for programs: who asks, how often, in which form; and what is answered where it goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, cast

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.docs import DocsBase
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from locutorio.actions import clock
from locutorio.actions.authority import Refused
from locutorio.actions.make_token import Kind
from locutorio.actions.sign_in import Seat
from locutorio.actions.tokens_held import seat_of_token
from locutorio.kernel.faults import Fault, Faults
from locutorio.store.actor import Actor
from locutorio.store.databases import configured
from locutorio.store.trouble import Trouble, trouble_of
from locutorio.web.api.limiting import BY_ADDRESS, BY_TOKEN, OF_WRONG_TOKENS
from locutorio.web.api.reading import read_json
from locutorio.web.languages import of_request
from locutorio.web.posts import View
from locutorio.web.problems import STATUSES, faulty, problem
from locutorio.web.seats import actor_of
from locutorio.web.sessions import address_of
from locutorio.web.words import say, words

JSON, YAML = "application/json", "application/yaml"
VERSION = "1"


class TooMany(Exception):
    """More was asked than is answered; ``seconds`` to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Unfit(Exception):
    """Something that was read cannot be used."""

    def __init__(self, fault: Fault | Faults) -> None:
        super().__init__(fault)
        self.fault = fault


class NotYours(Exception):
    """The account may not do this by a program."""


class _Body(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return read_json(request.body)


class _Answer(JSONRenderer):
    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:  # noqa: ARG002 - ninja's signature
        return json.dumps(data, cls=self.encoder_class, ensure_ascii=False)


class Bearer(HttpBearer):
    """A token, as ``Authorization: Bearer``."""

    def authenticate(self, request: HttpRequest, token: str) -> Seat | None:
        """Give who acts by a token."""
        now = clock.now()
        if not configured():
            raise Http404
        seat = seat_of_token(token, Kind.API, now)
        if seat is None:
            refuse_more(OF_WRONG_TOKENS.wait(address_of(request), now))
            return None
        refuse_more(BY_TOKEN.wait(str(seat.account), now))
        return seat


api = NinjaAPI(
    title="Locutorio",
    version=VERSION,
    docs_url=None,
    openapi_url=None,
    docs=cast("DocsBase", None),
    parser=_Body(),
    renderer=_Answer(),
)
bearer = Bearer()


def acting(seat: Seat) -> Actor:
    """Give who acts by a token: its account, which nobody showed to be there, so that it never steps up.

    What is protected it reads as a program: that is its purpose.
    """
    return replace(actor_of(seat), factor="token", authenticated_at=None, purpose="program")


def seat_of(request: HttpRequest) -> Seat:
    """Give who acts, once their token was looked at."""
    seat = getattr(request, "auth", None)
    assert isinstance(seat, Seat)
    return seat


def refuse_more(seconds: int) -> None:
    """Refuse a request that came too soon.

    Raises:
        TooMany: it did.
    """
    if seconds:
        raise TooMany(seconds)


def counted(request: HttpRequest) -> None:
    """Count a request that anybody may make.

    Raises:
        TooMany: too many came from there.
    """
    refuse_more(BY_ADDRESS.wait(address_of(request), clock.now()))


def answering(view: Callable[..., HttpResponseBase]) -> View:
    """Let a view of the framework answer in this API's own words only, and read no form."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method == "POST" and request.content_type not in (JSON, YAML):
            return problem(request, "media")
        response = cast("HttpResponse", view(request, **named))
        if response.status_code == STATUSES["method"]:
            return problem(request, "method", headers={"Allow": response.headers["Allow"]})
        response.headers.setdefault("Content-Language", of_request(request))
        return response

    return answer


@api.exception_handler(Http404)
@api.exception_handler(Refused)
def _not_found(request: HttpRequest, _: Exception) -> HttpResponse:
    return problem(request, "not_found")


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, _: Exception) -> HttpResponse:
    return problem(request, "no_token", headers={"WWW-Authenticate": "Bearer"})


@api.exception_handler(NotYours)
def _not_yours(request: HttpRequest, _: Exception) -> HttpResponse:
    return problem(request, "not_yours")


@api.exception_handler(TooMany)
def _too_many(request: HttpRequest, too_many: TooMany) -> HttpResponse:
    return problem(request, "too_many", headers={"Retry-After": str(too_many.seconds)})


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, _: Exception) -> HttpResponse:
    return problem(request, "too_large")


@api.exception_handler(BadRequest)
@api.exception_handler(HttpError)
@api.exception_handler(UnreadablePostError)
def _bad_request(request: HttpRequest, _: Exception) -> HttpResponse:
    return problem(request, "bad_request")


@api.exception_handler(ValidationError)
def _unfit_values(request: HttpRequest, unfit: ValidationError) -> HttpResponse:
    lang = of_request(request)
    faults = []
    for one in unfit.errors:
        name = ".".join(str(part) for part in one["loc"][1:] if part != "payload")
        said = say(lang, "api_fault_value", name=name or "body")
        if name == "command":
            said = f"{said} {words(lang)['api_fault_command']}"
        faults.append({"says": said, "what": str(one["msg"])})
    return problem(request, "unfit", faults)


@api.exception_handler(Unfit)
def _unfit(request: HttpRequest, unfit: Unfit) -> HttpResponse:
    return faulty(request, "unfit", unfit.fault)


@api.exception_handler(Fault)
@api.exception_handler(Faults)
def _fault(request: HttpRequest, fault: Fault | Faults) -> HttpResponse:
    if isinstance(fault.__cause__, DatabaseError):
        return problem(request, "no_database")
    return faulty(request, "fault", fault)


@api.exception_handler(DatabaseError)
def _database(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    if trouble_of(error) is Trouble.DEFECT:
        raise error
    return problem(request, "no_database")
