"""The passwords that are tried first: the list of 20,000 that comes with Django."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator


@cache
def common_passwords() -> frozenset[str]:
    """Give them in lower case."""
    return frozenset(CommonPasswordValidator().passwords)
