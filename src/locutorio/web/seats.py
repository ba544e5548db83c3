"""The wall round every page of an establishment: who asks, in which role, and whether it is really them.

A view gets here by `for_acts`, `for_signed_in` or `for_anyone`: `walled` refuses an address whose view did
not. Sessions, cookies and tokens against forged forms are put on these views alone, so the open pages have
none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial, wraps
from urllib.parse import urlencode

from django.contrib.sessions.middleware import SessionMiddleware
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, reverse
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_protect

from locutorio.actions.acts import acts, protected_roles, roles_for
from locutorio.actions.authority import PurposeNeeded, Refused
from locutorio.actions.create_account import STAFF, Role
from locutorio.actions.sign_in import PASSWORD, Seat
from locutorio.kernel.faults import Fault, Faults
from locutorio.store.databases import configured
from locutorio.store.trouble import Trouble, trouble_of
from locutorio.web import errors, purposes
from locutorio.web.limits import BODY_BYTES_MAX, FILE_BYTES_MAX, IDLE_SECONDS_MAX
from locutorio.web.posts import SENDING, View, posting
from locutorio.web.sessions import seat_of
from locutorio.web.stepping_up import fresh
from locutorio.web.wall import actor_of, acts_of, name_acts, name_roles, roles_of

__all__ = [
    "actor_of",
    "acts_of",
    "for_acts",
    "for_anyone",
    "for_readers_of_protected",
    "for_signed_in",
    "must_enrol",
    "roles_of",
    "walled",
]

NUL = "\x00"  # no browser sends it, and no database keeps it in a text
REFERRER = "same-origin"  # so that a form says whence it comes, and no other site is told

# What somebody sees who signed in at a kiosk with a PIN: what is theirs to read, and no more.
AT_KIOSK = {
    "own",
    "own-visit",
    "own-mail",
    "own-calls",
    "own-call",
    "own-petitions",
    "own-petition",
    "visits-notices",
    "visits-notice",
    "account",
    "account-seen",
    "sign-out",
}

SeatedView = Callable[..., HttpResponse]
_with_session = decorator_from_middleware(SessionMiddleware)


def for_acts(
    *names: str, here: bool | None = None, posts: bool = False, files: bool = False
) -> Callable[[SeatedView], View]:
    """Show a view to those who may do what it does, by the table of acts, and to nobody else.

    The view is called with the request, the language, the seat, and what the address names. Whoever is not
    signed in is led to the page where they can; what is not theirs is answered as what is not there. Where
    one of the acts needs step-up, a form comes to the view once its sender has shown anew who they are.

    Args:
        names: the acts of the view, all of which its reader may do.
        here: only those who may as staff of the establishment, or only the others; None for all.
        posts: whether the view takes what a form sends.
        files: whether it takes a document with it.

    Raises:
        ValueError: there is no such act, or nobody may do all of them.
    """
    most = FILE_BYTES_MAX if files else BODY_BYTES_MAX
    wall = _for_roles(roles_for(*names, here=here), posts=posts, most=most)
    step_up = any(acts()[name].step_up for name in names)

    def named(view: SeatedView) -> View:
        shown = wall(_once_fresh(view) if step_up else view)
        name_acts(shown, names)
        return shown

    return named


def _once_fresh(view: SeatedView) -> SeatedView:
    @wraps(view)
    def shown(request: HttpRequest, lang: str, seat: Seat, **named: object) -> HttpResponse:
        found = fresh(request, lang, seat) if request.method == SENDING else seat
        return view(request, lang, found, **named) if isinstance(found, Seat) else found

    return shown


def for_readers_of_protected(*, posts: bool = False) -> Callable[[SeatedView], View]:
    """Show a view to staff who read what is protected.

    Args:
        posts: whether the view takes what a form sends.
    """
    return _for_roles(protected_roles(), posts=posts)


def for_signed_in(*, posts: bool = False, enrolling: bool = False) -> Callable[[SeatedView], View]:
    """Show a view to everybody who is signed in, whatever their role.

    Args:
        posts: whether the view takes what a form sends.
        enrolling: whether staff see it who have yet to enrol a second factor where one is needed.
    """
    return _for_roles(frozenset(Role), posts=posts, enrolling=enrolling)


def _for_roles(
    roles: frozenset[str], *, posts: bool, most: int = BODY_BYTES_MAX, enrolling: bool = False
) -> Callable[[SeatedView], View]:
    def wall(view: SeatedView) -> View:
        @wraps(view)
        def seated(request: HttpRequest, lang: str, **named: object) -> HttpResponse:
            seat = seat_of(request)
            if seat is None:
                return _to_sign_in(request, lang)
            if not seat.roles & roles:
                return errors.page(request, 403, "not_yours")
            if seat.kiosk and _named(request) not in AT_KIOSK:
                return errors.page(request, 403, "not_yours")
            if must_enrol(seat) and not enrolling:
                return HttpResponseRedirect(reverse("factors", args=[lang]))
            response = _answered(partial(view, request, lang, **named), request, lang, seat)
            if seat.kiosk:
                response.headers["Refresh"] = (
                    f"{IDLE_SECONDS_MAX['kiosk']}; url={reverse('kiosk', args=[lang])}"
                )
            return response

        return _walled(seated, roles, posts=posts, most=most)

    return wall


def _answered(
    view: Callable[[Seat], HttpResponse], request: HttpRequest, lang: str, seat: Seat
) -> HttpResponse:
    try:
        return view(seat)
    except Refused:
        return errors.page(request, 404, "not_found")
    except PurposeNeeded as needed:
        purpose = purposes.of(request, actor_of(seat), needed.person)
        if not purpose:
            return HttpResponseRedirect(purposes.page(request, lang, needed.person))
        return _answered(view, request, lang, replace(seat, purpose=purpose))
    except (Fault, Faults) as fault:
        return _faulty(request, fault)


def _faulty(request: HttpRequest, fault: Fault | Faults) -> HttpResponse:
    if isinstance(fault.__cause__, DatabaseError):
        return errors.page(request, 503, "no_database")
    return errors.told_fault(request, fault)


def _named(request: HttpRequest) -> str | None:
    return request.resolver_match.view_name if request.resolver_match else None


def must_enrol(seat: Seat) -> bool:
    """Tell whether somebody does nothing here before they have a second factor: staff, where one is needed.

    Whoever has one cannot be signed in by a password alone.
    """
    return seat.factor_needed and bool(seat.roles & STAFF) and seat.factor == PASSWORD


def for_anyone(*, posts: bool = False) -> Callable[[View], View]:
    """Show a view of an establishment to people who are not signed in: the page where they sign in."""

    def wall(view: View) -> View:
        return _walled(view, frozenset(), posts=posts)

    return wall


def walled(patterns: Iterable[URLPattern]) -> list[URLPattern]:
    """Give the addresses of an establishment.

    Raises:
        ValueError: one of them leads to a view that asks nobody who they are.
    """
    kept = list(patterns)
    for one in kept:
        if roles_of(one.callback) is None:
            raise ValueError(f'the address "{one.name}" leads to a view that no role is named for')
    return kept


def _walled(view: View, roles: frozenset[str], *, posts: bool, most: int = BODY_BYTES_MAX) -> View:
    inner = _with_session(csrf_protect(view))

    @wraps(view)
    def answer(request: HttpRequest, lang: str, **named: object) -> HttpResponse:
        if not configured():
            raise Http404
        if any(NUL in said for form in (request.GET, request.POST) for said in _texts(form)):
            return errors.page(request, 400, "bad_request")
        try:
            response = inner(request, lang, **named)
        except DatabaseError as error:
            if trouble_of(error) is Trouble.DEFECT:
                raise
            return errors.page(request, 503, "no_database")
        except (Fault, Faults) as fault:
            return _faulty(request, fault)
        assert isinstance(response, HttpResponse)
        response.headers["Referrer-Policy"] = REFERRER
        return response

    name_roles(answer, roles)
    return posting(answer, most) if posts else answer


def _texts(form: QueryDict) -> Iterator[str]:
    """Give every name and every value of a form."""
    for name, values in form.lists():
        yield from (name, *values)


def _to_sign_in(request: HttpRequest, lang: str) -> HttpResponse:
    asked = {"next": request.get_full_path()} if request.method != SENDING else {"ended": "1"}
    return HttpResponseRedirect(f"{reverse('sign-in', args=[lang])}?{urlencode(asked)}")
