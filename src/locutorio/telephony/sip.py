"""What this machine's own processes ask of the signalling engine: who is in a call, end it, play to one."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from locutorio.telephony.plane import LOOPBACK, Plane

ANSWER_SECONDS = 2.0
# What the engine keeps of a call, in two texts (engine/kamailio.cfg, UNFOLD).
_OF_CALL = (
    *("attempt", "person", "limit", "telephone", "called", "media", "cseq", "from_tag", "source", "call_id"),
)
_OF_ANSWER = ("far", "t_start", "mute", "to_tag")


class EngineGone(Exception):
    """The engine does not answer."""


class EngineRefused(Exception):
    """The engine answered that it does not do what it was asked; the text is its own."""


class Engine:
    """The signalling engine of a plane."""

    def __init__(self, plane: Plane) -> None:
        self._plane = plane

    def calls(self) -> list[dict[str, Any]]:
        """Give the calls that the engine knows.

        ``state`` is 1 or 2 for one that rings, 3 or 4 for one that was answered, 5 for one that is over;
        ``variables`` has the attempt and what was decided.
        """
        found = self.rpc("dlg.list")
        return [{**each, "variables": _variables(each)} for each in found] if isinstance(found, list) else []

    def end(self, h_entry: int, h_id: int, header: str = "") -> None:
        """End a call that was answered, on both sides; ``header`` is one more line of what both are sent."""
        self.rpc("dlg.end_dlg", h_entry, h_id, *([f"{header}\r\n"] if header else []))

    def cancel(self, call_id: str, cseq: int) -> None:
        """End a call that rings, by the Call-ID and number of its request."""
        self.rpc("tm.cancel", call_id, str(cseq))

    def reload_telephones(self) -> None:
        """Have the telephones and emergency lines read again."""
        for table in ("telephones", "emergency"):
            self.rpc("htable.reload", table)

    def play(self, media: str, call_id: str, tag: str, sound: str) -> None:
        """Play a prompt to one party of a call: ``media`` is the relay, ``call_id`` the attempt."""
        file = str(self._plane.prompts / sound)
        self._asked("/play", {"plane": media, "call_id": call_id, "tag": tag, "file": file})

    def rpc(self, method: str, *params: object) -> Any:
        """Have one command done and give its result.

        Raises:
            EngineGone: there was no answer.
            EngineRefused: the answer is an error.
        """
        asked = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}
        answer = json.loads(self._asked("/RPC", asked))
        if "error" in answer:
            raise EngineRefused(str(answer["error"].get("message", "")))
        return answer.get("result")

    def _asked(self, path: str, body: object) -> bytes:
        request = urllib.request.Request(
            f"http://{LOOPBACK}:{self._plane.rpc}{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self._plane.secret}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310 - as above
                found: bytes = answer.read()
        except urllib.error.HTTPError as error:
            found = error.read()
            if not found.startswith(b"{"):
                raise EngineRefused(f"{error.code} {found.decode(errors='replace')}") from error
        except (OSError, ValueError) as error:
            raise EngineGone(str(error)) from error
        return found


def parties(call: str, answer: str) -> tuple[str, str]:
    """Give who speaks from where in a call, as the engine compares them; no far end before it answered."""
    kept, said = _parts(call, _OF_CALL), _parts(answer, _OF_ANSWER)
    near = f"{kept.get('from_tag', '')} {kept.get('source', '')}"
    return near, f"{kept.get('from_tag', '')} {said['far']}" if said else ""


def _variables(call: dict[str, Any]) -> dict[str, str]:
    kept = {name: str(value) for each in call.get("variables", []) for name, value in each.items()}
    return {**_parts(kept.get("call", ""), _OF_CALL), **_parts(kept.get("answer", ""), _OF_ANSWER)}


def _parts(text: str, names: tuple[str, ...]) -> dict[str, str]:
    return (
        dict(zip(names, text.split("|", len(names) - 1), strict=True))
        if text.count("|") >= len(names) - 1
        else {}
    )
