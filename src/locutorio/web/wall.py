"""What is behind the wall: the roles and the acts of each view, and who acts from a seat."""

from __future__ import annotations

from locutorio.actions.sign_in import Seat
from locutorio.store.actor import Actor

_roles: dict[object, frozenset[str]] = {}
_acts: dict[object, tuple[str, ...]] = {}


def name_roles(view: object, roles: frozenset[str]) -> None:
    """Say for which roles a view is."""
    _roles[view] = roles


def name_acts(view: object, acts: tuple[str, ...]) -> None:
    """Say of which acts a view is made."""
    _acts[view] = acts


def roles_of(view: object) -> frozenset[str] | None:
    """Give the roles that a view is for (none: for anyone), or None where it stands behind no wall."""
    return _roles.get(view)


def acts_of(view: object) -> tuple[str, ...]:
    """Give the acts that a view is made of; none where it names none."""
    return _acts.get(view, ())


def actor_of(seat: Seat) -> Actor:
    """Give who acts from a seat."""
    return Actor(
        seat.account,
        seat.roles,
        seat.contacts,
        seat.person,
        factor=seat.factor,
        authenticated_at=seat.authenticated_at,
        purpose=seat.purpose,
        establishment=seat.establishment,
    )
