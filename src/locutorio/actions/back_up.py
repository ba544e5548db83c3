"""Takes a backup of an installation: sealed in one place, what opens it in another, for 28 days."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from locutorio.store.backups.taking import Taken, installation, take


def back_up(where: str | None, place: Path, place_of_keys: Path, at: datetime) -> Taken:
    """Take it, and remove those whose time is over.

    Args:
        where: the database, on a server as a role that no policy binds; the environment names it otherwise.
        place: the folder of sealed backups.
        place_of_keys: the folder of what opens them, apart from the first.
        at: the moment.

    Raises:
        Fault: the places are not apart, the role is not shown every row, or something could not be copied.
            Then there is no backup.
    """
    return take(installation(where), place, place_of_keys, at)
