"""`locutorio telephony up` and `down`: start the processes of a plane, start again what dies, end all."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from locutorio.kernel.faults import Fault
from locutorio.telephony import config, relays
from locutorio.telephony.auditing import Auditor
from locutorio.telephony.closing import close_control, open_control
from locutorio.telephony.ng import Relay, RelayGone
from locutorio.telephony.plane import LOOPBACK, Plane
from locutorio.telephony.sip import Engine, EngineGone, EngineRefused, parties

# In the order in which they are started: nothing is decided before it could be carried out.
PARTS = ("monitored", "private", "recorder", "standby", "point", "kamailio")
READY_SECONDS, STOP_SECONDS = 30.0, 5.0
_LOOK_SECONDS, _ALIVE_SECONDS, _MISSED_MAX, _MISSED_BUSY_MAX = 0.05, 0.5, 3, 10
_WAITED_SECONDS, _WAITED_LAST = 0.1, 0.8
"""How long an answer is waited for; the last times longer, for what has much to do and is not hung."""
_BUSY_SECONDS = 0.2
"""What takes so much of the processor from one look to the next is busy: to end it would end its calls."""
_AGAIN_SECONDS, _TRIES_MAX = 0.5, 3
_SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
_SHARED_MEGABYTES, _OWN_MEGABYTES = 384, 8


@dataclass(slots=True)
class _Running:
    process: subprocess.Popen[bytes]
    started: float
    ready: bool = False
    missed: int = 0
    worked: float = 0.0


class Supervisor:
    """The processes of one plane, each in a session of its own, ended by their numbers alone."""

    def __init__(self, plane: Plane, parts: Sequence[str] = PARTS) -> None:
        self._plane, self._parts = plane, parts
        self._running: dict[str, _Running] = {}
        self._ended = False
        self._looked = 0.0
        self._auditor = Auditor(plane)

    def up(self, told: Callable[[str], None]) -> None:
        """Start everything, tell when it is ready, and stay until `end` is called; then stop everything.

        Raises:
            Fault: the plane is up already, or a part is not ready in time: what it said is in its log.
        """
        self._alone()
        config.prepare(self._plane)
        try:
            if "private" in self._parts:
                told(close_control(self._plane))
            # the engine finds its relays there when it starts, and takes no call before all else is ready
            for together in ([part for part in self._parts if part != "kamailio"], ["kamailio"]):
                self._begin([part for part in together if part in self._parts])
            self._auditor.begin()
            told("ready")
            while not self._ended:
                self.look()
                time.sleep(_LOOK_SECONDS)
        finally:
            self._stop()

    def end(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self._ended = True

    def look(self) -> None:
        """Start again each part that has died, and end each that lives and does not answer."""
        now = time.monotonic()
        for part, running in list(self._running.items()):
            if running.process.poll() is not None:
                if now - running.started > _AGAIN_SECONDS:
                    self._start(part)
            elif now - self._looked >= _ALIVE_SECONDS:
                self._ask(part, running)
        if now - self._looked >= _ALIVE_SECONDS:
            self._looked = now

    def _ask(self, part: str, running: _Running) -> None:
        seconds = _WAITED_LAST if running.missed >= _MISSED_MAX - 1 else _WAITED_SECONDS
        answers = _answers(self._plane, part, seconds) and _carries(self._plane, part)
        running.ready = running.ready or answers
        if answers or not running.ready:
            running.missed = 0
            return
        before, running.worked = running.worked, _worked(running.process.pid)
        busy = running.worked - before > _BUSY_SECONDS
        running.missed += 1
        if running.missed >= (_MISSED_BUSY_MAX if busy else _MISSED_MAX):
            _end_session(running.process.pid, signal.SIGKILL)

    def _start(self, part: str) -> None:
        before = self._running.get(part)
        if before is not None:
            _end_session(before.process.pid, signal.SIGKILL)
        if part == "kamailio":
            _sweep(self._plane)
        user = config.user_of(part)
        with (self._plane.logs / f"{part}.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - programs of this plane
                _command(self._plane, part),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=_environment(part),
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
            )
        self._running[part] = _Running(process, time.monotonic())
        self._note()

    def _begin(self, parts: list[str]) -> None:
        """Start parts and wait until each answers."""
        for part in parts:
            self._start(part)
        until, tries = time.monotonic() + READY_SECONDS, Counter[str]()
        waiting = parts
        while waiting and not self._ended:
            for part in waiting:
                died = self._running[part].process.poll() is not None
                tries[part] += died
                if died and tries[part] < _TRIES_MAX:
                    self._start(part)
                elif died or time.monotonic() > until:
                    raise Fault(
                        f"{part} does not start", why=self._last_words(part), remedy="mend what it says"
                    )
            waiting = [part for part in waiting if not _answers(self._plane, part)]
            time.sleep(0.01)
        for part in parts:
            self._running[part].ready = True

    def _last_words(self, part: str) -> str:
        lines = (self._plane.logs / f"{part}.log").read_text(errors="replace").splitlines()
        return lines[-1] if lines else "it said nothing"

    def _stop(self) -> None:
        self._auditor.end()
        for part in reversed(self._parts):
            if part in self._running:
                _end_session(self._running[part].process.pid, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        for running in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.process.wait(max(0.0, until - time.monotonic()))
            _end_session(running.process.pid, signal.SIGKILL)
        if "private" in self._parts:
            open_control(self._plane)
        _pids(self._plane).unlink(missing_ok=True)

    def _alone(self) -> None:
        """Make sure that no other supervisor runs this plane, and that none left anything behind."""
        if _supervisor(self._plane) is not None:
            raise Fault("this plane is up already", remedy="end it with `locutorio telephony down`")
        for pid in _left(self._plane):
            _end_session(pid, signal.SIGKILL)

    def _note(self) -> None:
        noted = {"supervisor": [os.getpid(), _born(os.getpid())]}
        noted |= {part: [each.process.pid, _born(each.process.pid)] for part, each in self._running.items()}
        path = _pids(self._plane)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(noted))
        fresh.replace(path)


def up(plane: Plane, parts: Sequence[str], told: Callable[[str], None]) -> None:
    """Run a plane in the foreground until it is interrupted or asked to end."""
    supervisor = Supervisor(plane, parts)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, supervisor.end)
    supervisor.up(told)


def down(plane: Plane) -> None:
    """End a plane that runs, and what one that was killed has left.

    Raises:
        Fault: it is not up, or does not end.
    """
    pid, left = _supervisor(plane), _left(plane)
    if pid is None and not left:
        raise Fault("this plane is not up", remedy="start it with `locutorio telephony up`")
    if pid is not None:
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + 2 * STOP_SECONDS
        while _supervisor(plane) is not None:
            if time.monotonic() > until:
                raise Fault("the plane does not end", remedy=f"look at what process {pid} does")
            time.sleep(0.02)
        return
    for each in left:
        _end_session(each, signal.SIGKILL)
    open_control(plane)
    _pids(plane).unlink(missing_ok=True)


def _command(plane: Plane, part: str) -> list[str]:
    match part:
        case "monitored":
            command = relays.monitored(plane)
        case "private":
            command = relays.private(plane)
        case "kamailio":
            command = [
                *("kamailio", "-DD", "-E", "-f", str(plane.configuration)),
                *("-m", str(_SHARED_MEGABYTES), "-M", str(_OWN_MEGABYTES)),
                *("-w", str(plane.engine), "-Y", str(plane.engine)),
                *("-A", f'BOOT="{uuid.uuid4()}"'),
            ]
        case _:
            return [sys.executable, "-m", "locutorio.telephony", part, "--plane", str(plane.file)]
    program = config.found(command[0])
    if program is None:
        raise Fault(f"{command[0]} is not on this machine", remedy="install it")
    return [program, *command[1:]]


def _environment(part: str) -> Mapping[str, str]:
    if part in config.USERS:
        return {"PATH": _SYSTEM_PATH, "LANG": "C.UTF-8"}
    return os.environ


def _answers(plane: Plane, part: str, seconds: float = _WAITED_SECONDS) -> bool:
    match part:
        case "monitored":
            return _relay_answers(plane.monitored_control, seconds)
        case "private":
            return _relay_answers(plane.private_control, seconds)
        case "kamailio":
            return _engine_answers(plane, seconds)
        case "recorder":
            return _connects(socket.AF_UNIX, str(plane.recorder))
        case _:
            return _connects(socket.AF_INET, (LOOPBACK, plane.point if part == "point" else plane.standby))


def _relay_answers(control: int, seconds: float) -> bool:
    try:
        Relay(control, seconds).ask("ping")
    except RelayGone as gone:
        # the packet filter keeps this process out: then it is enough that somebody listens
        return isinstance(gone.__cause__, PermissionError) and _listens(control)
    return True


def _carries(plane: Plane, part: str) -> bool:
    """Say whether a relay that this process may not ask answers the engine; unknown is yes."""
    if part != "private":
        return True
    try:
        asked = Engine(plane).rpc("rtpengine.ping", f"udp:{LOOPBACK}:{plane.private_control}")
    except (EngineGone, EngineRefused):
        return True
    return not isinstance(asked, dict) or asked.get("status") != "fail"


def _listens(port: int) -> bool:
    """Say whether a datagram to a port of the loopback address would find somebody."""
    wanted = f"0100007F:{port:04X}"
    lines = Path("/proc/net/udp").read_text().splitlines()[1:]
    return any(line.split()[1] == wanted for line in lines)


def _engine_answers(plane: Plane, seconds: float) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.settimeout(seconds)
        door.bind((plane.address, 0))
        port, mark = door.getsockname()[1], uuid.uuid4().hex
        lines = (
            f"OPTIONS sip:{plane.address}:{plane.sip} SIP/2.0",
            f"Via: SIP/2.0/UDP {plane.address}:{port};branch=z9hG4bK{mark}",
            f"From: <sip:supervisor@{plane.address}>;tag={mark[:8]}",
            f"To: <sip:engine@{plane.address}>",
            f"Call-ID: {mark}",
            "CSeq: 1 OPTIONS",
            "Max-Forwards: 1",
            "Content-Length: 0",
        )
        with contextlib.suppress(OSError):
            door.sendto("\r\n".join((*lines, "", "")).encode(), (plane.address, plane.sip))
            return door.recv(4096).startswith(b"SIP/2.0 200")
    return False


def _connects(family: int, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.settimeout(0.2)
        try:
            door.connect(address)
        except OSError:
            return False
    return True


def _sweep(plane: Plane) -> None:
    """Delete what an engine that died has left of calls that it had ended; say whose those are that live."""
    with closing(sqlite3.connect(plane.dialogs)) as base, base:
        base.execute(
            "delete from dialog_vars where not exists (select 1 from dialog d"
            " where d.hash_entry = dialog_vars.hash_entry and d.hash_id = dialog_vars.hash_id)"
        )
        kept = base.execute(
            "select d.callid, max(case v.dialog_key when 'call' then v.dialog_value else '' end),"
            " max(case v.dialog_key when 'answer' then v.dialog_value else '' end)"
            " from dialog d join dialog_vars v on d.hash_entry = v.hash_entry and d.hash_id = v.hash_id"
            " where v.dialog_key in ('call', 'answer') group by d.callid"
        ).fetchall()
    rows = []
    for call_id, call, answer in kept:
        near, far = parties(call, answer)
        rows += [(call_id, near), *([(f"{call_id}::far", far)] if far else [])]
    config.write_under_way(plane, rows)


def _pids(plane: Plane) -> Path:
    return plane.run / "up.json"


def _noted(plane: Plane) -> dict[str, int]:
    """Give the processes of this plane that live: of each number, only if it is still the same process."""
    try:
        noted = json.loads(_pids(plane).read_text())
    except (OSError, ValueError):
        return {}
    return {part: pid for part, (pid, born) in noted.items() if _born(pid) == born}


def private_relay(plane: Plane) -> tuple[int, float] | None:
    """Give the process that is the relay of private calls, and when it was noted; None for none."""
    pid = _noted(plane).get("private")
    try:
        return None if pid is None else (pid, _pids(plane).stat().st_mtime)
    except OSError:
        return None


def _supervisor(plane: Plane) -> int | None:
    return _noted(plane).get("supervisor")


def _left(plane: Plane) -> list[int]:
    return [pid for part, pid in _noted(plane).items() if part != "supervisor"]


def _born(pid: int) -> str:
    """Say when a process began, in ticks of the machine; a number that is used again is another process."""
    return "".join(_said_of(pid)[19:20])


def _worked(session: int) -> float:
    """Say how many seconds of the processor the processes of a session have taken that still live."""
    said = (_said_of(int(one.name)) for one in Path("/proc").iterdir() if one.name.isdecimal())
    ticks = sum(int(one[11]) + int(one[12]) for one in said if one[3:4] == [str(session)])
    return ticks / os.sysconf("SC_CLK_TCK")


def _said_of(pid: int) -> list[str]:
    """Give what the system says of a process, from its state on; nothing where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _end_session(pid: int, number: signal.Signals) -> None:
    """Send a signal to a session that this module began, if any of it is left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
