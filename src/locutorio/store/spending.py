"""Where people are at some time, and what was taken of their quotas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Sum

from locutorio.store.charging import Debited
from locutorio.store.context import within
from locutorio.store.models import Debit, Tick


@within
def present(
    establishment: UUID, subjects: Sequence[UUID], span: range, *, but: UUID | None = None
) -> list[tuple[UUID, int]]:
    """Give who of some people is at a visit at which ticks of a span; one booking does not count."""
    rows = Tick.objects.filter(
        establishment=establishment, subject__in=subjects, tick__gte=span.start, tick__lt=span.stop
    )
    if but is not None:
        rows = rows.exclude(booking=but)
    return [*rows.values_list("subject", "tick")]


@within
def debited(
    establishment: UUID, subjects: Sequence[UUID], first: date, last: date, *, but: UUID | None = None
) -> list[Debited]:
    """Give what was taken of quotas from one day to another, both included; one booking does not count."""
    rows = Debit.objects.filter(
        establishment=establishment, subject__in=subjects, on__gte=first, on__lte=last
    )
    if but is not None:
        rows = rows.exclude(booking=but)
    sums = rows.values_list("subject", "quota", "on").annotate(taken=Sum("amount")).order_by()
    return [Debited(*row) for row in sums]
