"""Finds run-time packages whose licence does not let them be distributed with a program under Apache-2.0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from importlib.metadata import distribution
from typing import cast

from packaging.requirements import Requirement

OWN = "locutorio"
EXTRAS = ("", "dockets", "proofs", "service", "sqlite", "survey")
ALLOWED = frozenset(
    {
        *("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CNRI-Python", "ISC"),
        *("MIT", "MIT-0", "PSF-2.0", "0BSD", "Zlib"),
    }
)
BESIDE = {
    "certifi": "MPL-2.0",  # a list of certificates, used as it is published
    "psycopg": "LGPL-3.0-only",  # used as it is published, beside the program and not inside it
    "psycopg-binary": "LGPL-3.0-only",
}
UNSTATED = {
    "pysqlite3": "Zlib",  # said by the file of its licence alone
}
NAMED = {
    "apache software license": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "isc license": "ISC",
    "mit": "MIT",
    "mit license": "MIT",
    "mozilla public license 2.0": "MPL-2.0",
}


def run_time() -> list[str]:
    """Give every package that the program or one of its extras needs here, and what those need in turn."""
    seen: set[str] = set()
    left = [(OWN, extra) for extra in EXTRAS]
    while left:
        name, extra = left.pop()
        for line in distribution(name).requires or ():
            wanted = Requirement(line)
            if wanted.marker is not None and not wanted.marker.evaluate({"extra": extra}):
                continue
            if wanted.name not in seen or wanted.extras:
                seen.add(wanted.name)
                more = [(wanted.name, one) for one in ("", *wanted.extras)]
                left += [one for one in more if one != (name, extra)]
    return sorted(seen)


def licence_of(about: Message[str, str]) -> str:
    """Give the licence that a package states, by its SPDX name where it is one that is known here."""
    stated = about.get("License-Expression")
    if stated:
        return stated
    short = (about.get("License") or "").strip()
    if short.lower() in NAMED:
        return NAMED[short.lower()]
    kinds = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if "License ::" in one]
    plain = [re.sub(r" \(.*\)$", "", one).lower() for one in kinds]
    return " OR ".join(NAMED.get(one, one) for one in plain) or short or "not stated"


def allowed(licence: str) -> bool:
    """Tell whether an expression can be met: one of each "or", all of each "and"."""
    parts = [one.strip(" ()") for one in re.split(r"\bOR\b", licence)]
    return any(all(one.strip(" ()") in ALLOWED for one in part.split(" AND ")) for part in parts)


def wrong() -> Iterator[str]:
    """Say which run-time packages have a licence that is not allowed."""
    for name in run_time():
        licence = UNSTATED.get(name) or licence_of(cast("Message[str, str]", distribution(name).metadata))
        if not allowed(licence) and BESIDE.get(name.lower()) != licence:
            yield f"{name}: its licence is {licence}"
