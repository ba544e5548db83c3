"""Reads contents back: of what waits for the log, and of its leaves as far as their keys are there."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from locutorio.record.entry import read
from locutorio.record.sealing import entry_key, opened
from locutorio.record.unproved import Unproved
from locutorio.store.context import within
from locutorio.store.keys import Kept, kept_keys
from locutorio.store.models import Leaf, Pending

ENTRY = "entry"
HERE = "establishment"
"""The class of what is the establishment's own, whomever it is about: that somebody was erased, and why."""

Content = dict[str, Any]


def payload(leaf: Leaf) -> Content | None:
    """Give the content of one leaf; None where it has none, or its key was destroyed.

    Raises:
        Unproved: the seal was changed.
    """
    return payloads([leaf])[0]


def payloads(leaves: Iterable[Leaf]) -> list[Content | None]:
    """Give the contents of leaves of one log, in their order; see `payload`.

    Raises:
        Unproved: a seal was changed.
    """
    leaves = list(leaves)
    if not leaves:
        return []
    keys = kept_keys(
        leaves[0].establishment_id, {_key_name(leaf) for leaf in leaves if leaf.seal is not None}
    )
    return [_opened(leaf, keys.get(_key_name(leaf))) for leaf in leaves]


@within
def content_of(establishment: UUID, entry: UUID) -> Content | None:
    """Give what one entry holds: command, digest, asked, noted, answer; None where it was erased.

    Raises:
        Unproved: there is no such content, though the entry is there; or its seal was changed.
    """
    waiting = Pending.objects.filter(kind=ENTRY, entry=entry).values_list("body", flat=True).first()
    if waiting is not None:
        return dict(waiting["content"])
    leaf = Leaf.objects.filter(establishment=establishment, entry_id=entry, part=0).first()
    if leaf is None:
        raise Unproved(
            f"the entry {entry} is not in the log",
            "what it held was taken away before it was put there: run `locutorio verify`",
        )
    return payload(leaf)


@within
def contents_of(establishment: UUID, entries: Collection[UUID]) -> dict[UUID, Content | None]:
    """Give what entries hold, by entry; None for those that were erased."""
    found: dict[UUID, Content | None] = {}
    for entry, body in Pending.objects.filter(kind=ENTRY, entry__in=entries).values_list("entry", "body"):
        if entry is not None:
            found[entry] = dict(body["content"])
    leaves = [*Leaf.objects.filter(establishment=establishment, entry_id__in=entries, part=0)]
    for leaf, content in zip(leaves, payloads(leaves), strict=True):
        found[leaf.entry_id] = content
    return found


def key_name(establishment: UUID, subject: UUID | None, kept_as: str) -> Kept:
    """Give the name of the data key under which a content is sealed."""
    if subject is None or kept_as == HERE:
        return establishment, kept_as
    return subject, kept_as


def _key_name(leaf: Leaf) -> Kept:
    return key_name(leaf.establishment_id, leaf.subject, leaf.kept_as)


def _opened(leaf: Leaf, key: bytes | None) -> Content | None:
    if leaf.seal is None or key is None:
        return None
    id_ = str(read(bytes(leaf.body))["id"])
    found: Content = json.loads(opened(entry_key(key, id_), bytes(leaf.seal), id_))
    return found
