"""``python -m locutorio.telephony``: write a plane, run it, end it, or be one of its processes."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from locutorio.kernel.faults import Fault, Faults
from locutorio.telephony import config, supervise
from locutorio.telephony.plane import Plane, read

_PROCESSES = ("point", "standby", "recorder")
_REFUSED = 3  # as the command line has it: what was given cannot be used


def main(arguments: list[str]) -> None:
    asked = _parser().parse_args(arguments)
    if asked.act == "config":
        _config(asked)
        return
    plane = read(asked.plane)
    if asked.act == "up":
        supervise.up(plane, asked.parts.split(","), _say)
    elif asked.act == "down":
        supervise.down(plane)
    else:
        importlib.import_module(f"locutorio.telephony.{asked.act}").main(plane)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="locutorio.telephony")
    acts = parser.add_subparsers(dest="act", required=True)
    for name in ("up", "down", *_PROCESSES):
        act = acts.add_parser(name)
        act.add_argument("--plane", type=Path, required=True)
        if name == "up":
            act.add_argument("--parts", default=",".join(supervise.PARTS))
    act = acts.add_parser("config")
    for option in ("--establishment", "--trunk", "--address", "--realm"):
        act.add_argument(option, required=True)
    for option in ("--base", "--media", "--calls", "--points"):
        act.add_argument(option, type=int, required=True)
    act.add_argument("--home", type=Path, required=True)
    act.add_argument("--emergency", action="append", default=[])
    return parser


def _config(asked: argparse.Namespace) -> None:
    """Write a plane for an establishment and its telephones, and say what was written."""
    from locutorio.store.start import start

    start()
    from locutorio.store import calls
    from locutorio.store.people import establishment_of

    house = establishment_of(asked.establishment)
    if house is None:
        raise Fault(
            f'there is no establishment "{asked.establishment}"', remedy="open it with `locutorio open`"
        )
    home = asked.home.absolute()
    plane = Plane.at(
        home,
        asked.base,
        asked.media,
        asked.calls,
        establishment=asked.establishment,
        points=asked.points,
        address=asked.address,
        trunk=asked.trunk,
        realm=asked.realm,
        secret=config.kept_secret(home) or config.new_secret(),
        emergency=tuple(asked.emergency),
    )
    telephones = {each.name: each.ha1 for each in calls.telephones(house.id)}
    for path in config.write(plane, telephones):
        _say(f"{path} is written")
    _say(f"{len(telephones)} telephones; signalling at {plane.address}:{plane.sip}, trunk {plane.trunk}")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a door prints


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Fault, Faults) as fault:
        print(fault, file=sys.stderr)  # noqa: T201 - a door prints
        sys.exit(_REFUSED)
