"""Works on several batches at once, and gives the results in the order of the batches."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

WORKERS = 2

Batch = TypeVar("Batch")
Made = TypeVar("Made")


def abreast(
    batches: Iterator[Batch], worker: Callable[[], Callable[[Batch], Made]], workers: int = WORKERS
) -> Iterator[Made]:
    """Give what a worker makes of each batch, in order; no more batches are held than workers and one.

    Args:
        batches: read one by one, as they are needed.
        worker: makes a function of batches; each thread calls it once, so what it holds is never shared.
        workers: how many work at once.
    """
    own = threading.local()

    def start() -> None:
        own.work = worker()

    def work(batch: Batch) -> Made:
        made: Made = own.work(batch)
        return made

    waiting: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(workers, initializer=start) as pool:
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
