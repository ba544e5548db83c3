"""Promises about working on several batches at once: order is kept, little is held, faults come through."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from locutorio.actions.abreast import abreast
from locutorio.kernel.faults import Fault

BATCHES = 40


def test_results_come_in_the_order_of_the_batches() -> None:
    """A batch that takes longer does not fall behind the next."""
    later = threading.Event()

    def work(number: int) -> int:
        if number == 0:
            assert later.wait(10)
        if number == 1:
            later.set()
        return number * number

    assert list(abreast(iter(range(BATCHES)), lambda: work)) == [n * n for n in range(BATCHES)]


def test_few_batches_are_held_at_once() -> None:
    """However many batches there are, no more are read than workers and one beyond what was given back."""
    read: list[int] = []

    def batches() -> Iterator[int]:
        for number in range(BATCHES):
            read.append(number)
            yield number

    for given, _ in enumerate(abreast(batches(), lambda: lambda number: number, workers=2)):
        assert len(read) <= given + 3


def test_each_worker_has_its_own_work() -> None:
    """What a worker holds is made once for each thread, and only that thread uses it."""
    makers: list[int] = []
    strangers: list[int] = []

    def worker() -> Callable[[int], int]:
        mine = threading.get_ident()
        makers.append(mine)

        def work(number: int) -> int:
            if threading.get_ident() != mine:
                strangers.append(number)
            return number

        return work

    list(abreast(iter(range(BATCHES)), worker, workers=2))

    assert 1 <= len(makers) == len(set(makers)) <= 2
    assert strangers == []


@pytest.mark.parametrize("at", [0, 7, BATCHES - 1])
def test_a_fault_comes_through(at: int) -> None:
    """What goes wrong with one batch is told as it is, after the results before it."""

    def work(number: int) -> int:
        if number == at:
            raise Fault(f"batch {number} cannot be used")
        return number

    given: list[int] = []
    with pytest.raises(Fault, match=f"batch {at} "):
        given.extend(abreast(iter(range(BATCHES)), lambda: work))
    assert given == list(range(at))


def test_a_fault_in_reading_comes_through() -> None:
    """A table that breaks off is told, and no thread is left behind."""

    def batches() -> Iterator[int]:
        yield 1
        raise Fault("the file breaks off")

    before = threading.active_count()
    with pytest.raises(Fault, match="breaks off"):
        list(abreast(batches(), lambda: lambda number: number))
    assert threading.active_count() == before
