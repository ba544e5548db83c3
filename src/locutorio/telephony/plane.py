"""A plane: everything that one establishment's telephones run on, as ports and directories of one machine."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from locutorio.kernel.faults import Fault

LOOPBACK = "127.0.0.1"
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a directory of its own is made there, for one user
_PORTS_EACH_CALL = 4
_PORT_LAST = 65_535
_PROCESSES_MAX = 64
_REMEDY = "write it anew with `locutorio telephony config`"
_NUMBER = re.compile(r"\+?[0-9]{2,20}")
_ADDRESS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}")
_TRUNK = re.compile(r"[A-Za-z0-9.-]+:[0-9]{1,5}")

Ports = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Plane:
    """Where the processes of a plane listen, and where they keep what they keep.

    ``address`` carries signalling (``sip``) and voice (both ``…_media``, first and last port); every other
    port is of the loopback address alone; ``digits`` is where the recorder hears of keys that are pressed.
    ``trunk`` is where numbers are dialled, ``host:port``. ``points`` are the processes of the decision point,
    0 for as many as the machine has cores. ``secret`` shows one process of the plane to another.
    ``emergency`` are the numbers that are connected when nothing can decide.
    """

    home: Path
    establishment: str
    address: str
    sip: int
    rpc: int
    point: int
    standby: int
    private_control: int
    monitored_control: int
    digits: int
    points: int
    private_media: Ports
    monitored_media: Ports
    trunk: str
    realm: str
    secret: str
    emergency: tuple[str, ...]
    spool: Path

    @classmethod
    def at(cls, home: Path, base: int, media: int, calls: int, **said: Any) -> Self:
        """Lay out a plane: control ports from ``base`` on, media ports for so many calls on each relay.

        Raises:
            Fault: a port would not be one.
        """
        each = calls * _PORTS_EACH_CALL
        if base < 1 or base + 6 > _PORT_LAST or media < 1 or calls < 1 or media + 2 * each > _PORT_LAST:
            raise Fault(
                "there are not that many ports", why=f"ports end at {_PORT_LAST}", remedy="name lower ones"
            )
        return cls(
            home=home,
            sip=base,
            rpc=base + 1,
            point=base + 2,
            standby=base + 3,
            private_control=base + 4,
            monitored_control=base + 5,
            digits=base + 6,
            monitored_media=(media, media + each - 1),
            private_media=(media + each, media + 2 * each - 1),
            spool=_spool(home),
            **said,
        )

    @property
    def file(self) -> Path:
        return self.home / "plane.json"

    @property
    def run(self) -> Path:
        return self.home / "run"

    @property
    def engine(self) -> Path:
        """What the signalling engine reads and keeps."""
        return self.home / "engine"

    @property
    def configuration(self) -> Path:
        return self.engine / "kamailio.cfg"

    @property
    def dialogs(self) -> Path:
        """The calls under way, as the engine keeps them for one that starts anew after it."""
        return self.spool.parent / "calls" / "dialogs.db"

    @property
    def telephones(self) -> Path:
        """The telephones and the emergency lines, as the engine reads them."""
        return self.engine / "telephones.db"

    @property
    def journal(self) -> Path:
        """The engine's own journal: a line for each attempt and for each call."""
        return self.home / "journal"

    @property
    def nonces(self) -> Path:
        """Which grants the recorder has used."""
        return self.home / "nonces"

    @property
    def recordings(self) -> Path:
        return self.home / "recordings"

    @property
    def register(self) -> Path:
        return self.home / "register"

    @property
    def standby_spool(self) -> Path:
        """What the standby answered, until the decision point has taken it."""
        return self.home / "standby"

    @property
    def prompts(self) -> Path:
        """What is played to callers, where the relays can read it."""
        return self.home / "prompts"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def recorder(self) -> Path:
        """The socket of the recorder."""
        return self.run / "recorder.sock"

    @property
    def grants_key(self) -> Path:
        """The public key that grants are signed with."""
        return self.run / "grants.pub"

    def written(self) -> str:
        """Give the plane as `read` reads it."""
        return json.dumps(asdict(self), default=str, indent=1) + "\n"


def read(path: Path) -> Plane:
    """Read a plane.

    Raises:
        Fault: there is none in the file, or a part of it is missing, unknown or no value for it.
    """
    try:
        found = json.loads(path.read_text())
    except OSError as error:
        raise Fault(f"{path} cannot be read ({error.strerror})", remedy=_REMEDY) from error
    except ValueError as error:
        raise Fault(f"{path} is no JSON", why=str(error), remedy=_REMEDY) from error
    names = {field.name for field in fields(Plane)}
    if not isinstance(found, dict) or set(found) != names:
        raise Fault(f"{path} is no plane", why=f"it has {', '.join(sorted(names))}", remedy=_REMEDY)
    wrong = sorted(name for name in names if not _right(name, found[name]))
    if wrong:
        raise Fault(f"{path} says {wrong[0]} wrongly", remedy=_REMEDY)
    paths = {name: Path(found[name]) for name in ("home", "spool")}
    tuples = {name: tuple(found[name]) for name in ("private_media", "monitored_media", "emergency")}
    return Plane(**{**found, **paths, **tuples})


def _right(name: str, value: object) -> bool:
    match name:
        case "home" | "spool":
            return isinstance(value, str) and Path(value).is_absolute()
        case "private_media" | "monitored_media":
            return isinstance(value, list) and len(value) == 2 and all(map(_port, value))
        case "emergency":
            return isinstance(value, list) and all(
                isinstance(each, str) and _NUMBER.fullmatch(each) for each in value
            )
        case "address":
            return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None
        case "trunk":
            return isinstance(value, str) and _TRUNK.fullmatch(value) is not None
        case "points":
            return isinstance(value, int) and 0 <= value <= _PROCESSES_MAX
        case "establishment" | "realm" | "secret":
            return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9._-]{1,80}", value) is not None
        case _:
            return _port(value)


def _port(value: object) -> bool:
    return isinstance(value, int) and 0 < value <= _PORT_LAST


def _spool(home: Path) -> Path:
    """Give where voices stand in the clear while a call lasts: in memory, where there is such a place."""
    if _SHARED_MEMORY.is_dir():
        return _SHARED_MEMORY / f"locutorio-{sha256(str(home).encode()).hexdigest()[:16]}" / "spool"
    return home / "spool"
