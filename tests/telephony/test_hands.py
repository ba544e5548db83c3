"""Only so much is in hand at once, and nobody waits longer than they can."""

import threading
import time

import pytest

from locutorio.telephony.hands import Hands, TooMuch


def test_gives() -> None:
    """What is done gives what it gives, and raises what it raises, a time-out of its own too."""

    def fails() -> None:
        raise TimeoutError("its own")

    hands = Hands(1, 1)
    assert hands.within(5, lambda: 7) == 7
    with pytest.raises(TimeoutError, match="its own"):
        hands.within(5, fails)


def test_too_long() -> None:
    """Who waits is told in time, and the hand is free again once it is done."""
    hands, go = Hands(1, 0), threading.Event()
    began = time.monotonic()
    with pytest.raises(TooMuch):
        hands.within(0.1, go.wait)
    assert time.monotonic() - began < 1
    with pytest.raises(TooMuch):
        hands.within(5, lambda: 7)
    go.set()
    time.sleep(0.2)
    assert hands.within(5, lambda: 7) == 7


def test_what_waited_too_long_is_never_done() -> None:
    """What was not begun in time is not done afterwards: nobody is there any more who asked for it."""
    hands, go = Hands(1, 1), threading.Event()
    done: list[int] = []
    threading.Thread(target=lambda: hands.within(5, go.wait), daemon=True).start()
    time.sleep(0.05)
    with pytest.raises(TooMuch):
        hands.within(0.05, lambda: done.append(1))
    go.set()
    assert hands.within(5, lambda: 7) == 7
    assert done == []
