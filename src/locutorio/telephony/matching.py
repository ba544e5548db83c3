"""The engine's calls beside ours: which it has that we do not know, and which of ours it does not know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

STRANGE_SECONDS = 4.0
"""How long the engine may have a call that we do not know: one of the standby's is on its way to us."""
MISSING_SECONDS = 4.0
"""How long the engine may not know a call of ours: it is allowed before it is begun."""
_OF_NOBODY = "telephone:"


class Lasting:
    """What has been so at each look for some seconds, by a counter that nobody can set."""

    def __init__(self, seconds: float, counter: Callable[[], float]) -> None:
        self._seconds, self._counter = seconds, counter
        self._since: dict[str, float] = {}

    def of(self, seen: Collection[str]) -> list[str]:
        """Give which of these were seen each time for so long. What is not seen now is forgotten."""
        now = self._counter()
        self._since = {one: self._since.get(one, now) for one in seen}
        return [one for one, since in self._since.items() if now - since >= self._seconds]

    def forget(self) -> None:
        """Begin anew: there was nothing to be seen."""
        self._since.clear()


class Matching:
    """Both directions, look after look."""

    def __init__(self, counter: Callable[[], float]) -> None:
        self._strange = Lasting(STRANGE_SECONDS, counter)
        self._missing = Lasting(MISSING_SECONDS, counter)

    def strangers(self, ours: Collection[str], engine: Mapping[str, str]) -> list[str]:
        """Give the attempts that the engine has, and that are not under way with us.

        A call of no person (an emergency line that the engine connected by itself) is none: it has its limit
        there, and keeps nobody from calling.

        Args:
            ours: the attempts under way.
            engine: the person that the engine has for each of its attempts.
        """
        known = set(ours)
        return self._strange.of(
            [one for one, person in engine.items() if one not in known and not person.startswith(_OF_NOBODY)]
        )

    def missing(self, ours: Collection[str], engine: Collection[str]) -> list[str]:
        """Give the attempts under way with us that the engine does not know."""
        theirs = set(engine)
        return self._missing.of([one for one in ours if one not in theirs])

    def forget(self) -> None:
        """Begin anew, where the engine did not answer: what it does not say is not known."""
        self._strange.forget()
        self._missing.forget()
