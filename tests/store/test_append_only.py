"""What is appended is never changed, whoever asks."""

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from locutorio.store.models import (
    BreakGlass,
    Decided,
    Document,
    DocumentContent,
    Entry,
    Fact,
    Leaf,
    Node,
    Notice,
    Proposal,
    Service,
    Signed,
)
from locutorio.store.models.documents import ATTACHED_TO
from tests.beside import beside
from tests.databases import Store
from tests.store.filling import WHEN, filled, other

APPENDED = (
    BreakGlass,
    Entry,
    Decided,
    Document,
    DocumentContent,
    Fact,
    Leaf,
    Node,
    Notice,
    Proposal,
    Service,
    Signed,
)
MAY_CHANGE: dict[type[Model], set[str]] = {
    Document: {*ATTACHED_TO},
    Notice: {"read_at"},
    Leaf: {"seal"},
    Proposal: {"standing", "decided_by", "decided_factor", "decided_at", "ground"},
    BreakGlass: {"reviewed_by", "reviewed_factor", "reviewed_at", "finding", "review"},
}


@pytest.mark.parametrize("model", APPENDED)
def test_a_row_is_neither_changed_nor_removed(store: Store, model: type[Model]) -> None:
    """No column of a row can be set to something else, no row be taken away: the database says no."""
    filled()
    rows = model._default_manager
    before = list(rows.order_by("pk").values())
    assert before
    one = rows.order_by("pk")[0]
    for field in model._meta.concrete_fields:
        if field.name in MAY_CHANGE.get(model, ()):
            continue
        now = field.value_from_object(one)
        value = UUID(int=1) if now is None else None if field.null else other(now)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            rows.filter(pk=one.pk).update(**{field.name: value})
    everything = ("DELETE FROM {}", "TRUNCATE {} CASCADE")
    for statement in everything if store.kind == "postgresql" else everything[:1]:
        with (
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
            beside().cursor() as cursor,
        ):
            cursor.execute(statement.format(model._meta.db_table))
    assert list(rows.order_by("pk").values()) == before


def test_a_notice_can_be_marked_as_read(store: Store) -> None:
    """When it was read is all that can be added to a notice."""
    filled()
    later = WHEN.replace(year=2027)
    Notice.objects.update(read_at=later)
    assert set(Notice.objects.values_list("read_at", flat=True)) == {later}


def test_a_seal_can_be_emptied_and_nothing_else(store: Store) -> None:
    """Erasing takes a seal away for good: it is never exchanged, and never comes back."""
    filled()
    for before, after in ((b"one", "never changed"), (None, ""), (b"again", "never changed")):
        if after:
            with pytest.raises(IntegrityError, match=after), transaction.atomic():
                Leaf.objects.update(seal=before)
        else:
            Leaf.objects.update(seal=before)
    assert set(Leaf.objects.values_list("seal", flat=True)) == {None}
