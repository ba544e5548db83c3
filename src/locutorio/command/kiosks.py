"""The command `kiosk`: lets a device be a kiosk of an establishment, or ends one."""

from __future__ import annotations

from typing import Annotated

import typer

from locutorio.command.serving import Database, Establishment, opened, sent_here
from locutorio.command.telling import say, telling


def kiosk(
    name: Annotated[str, typer.Argument(help="What the kiosk is called, such as north 1.")],
    establishment: Establishment,
    *,
    wing: Annotated[str, typer.Option(help="The wing in which it stands.")] = "",
    stop: Annotated[bool, typer.Option("--stop", help="End it: nobody signs in there any more.")] = False,
    database: Database = None,
) -> None:
    """Give the code with which a device becomes a kiosk, once and within ten minutes."""
    with telling(), opened(database):
        from locutorio.actions.enrol_kiosk import enrol_kiosk, stop_kiosk

        sent = sent_here(establishment)
        if stop:
            stop_kiosk(name, sent)
            say(f"nobody signs in at {name} any more")
            return
        code = enrol_kiosk(name, wing, sent)
        say(f"On the device, open /en/kiosk/device within 10 minutes and enter: {code}")
