"""An establishment whose numbers are registered by two people, and the directories of its telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from locutorio.record.register import FILE, Register
from locutorio.store import privileged
from locutorio.store.registering import signed_last
from locutorio.telephony.local_register import LocalRegister
from tests.establishment import FOUNDED, Oak
from tests.two_people.officers import NOW, SOON, Officers, officers

COUNSEL, COURT, SOCIAL = "+12025550101", "+12025550102", "+12025550177"
LATER = SOON + timedelta(minutes=1)


@dataclass
class Registering:
    """Officers who register numbers, and where the register is put."""

    oak: Oak
    officers: Officers
    directory: Path

    def enter(
        self, number: str = COUNSEL, kind: str = "counsel", name: str = "Ana Ibáñez", **more: str
    ) -> None:
        """Let one propose a number and another approve it."""
        arguments = {"number": number, "kind": kind, "name": name, **more}
        row = self.officers.proposed(arguments, "enter_privileged", by="clover", step=f" {number}")
        self.officers.approve(row)

    def end(self, number: str) -> None:
        """Let two end a number."""
        (row,) = [one for one in privileged.entered(self.oak.id) if one.number == number]
        arguments = {"privileged": str(row.id), "ground": "she is his lawyer no more"}
        made = self.officers.proposed(arguments, "end_privileged", by="clover", step=f" {number}")
        self.officers.approve(made)

    @property
    def file(self) -> Path:
        return self.directory / FILE

    def believed(self, at: datetime = LATER) -> Register:
        """Give the register as a process of the telephone that has just started believes it."""
        local = LocalRegister(self.directory, self.directory / "floor")
        return local.trusted(at.timestamp(), 0.0)

    def numbers(self, at: datetime = LATER) -> list[str]:
        return [line.number for line in self.believed(at).lines]

    def version(self) -> int:
        last = signed_last(self.oak.id)
        return last.register.version if last else 0


def registering(oak: Oak, directory: Path) -> Registering:
    """Give officers of records and governors, and an empty directory."""
    made = officers(oak)
    made.add("clover", "records", "Clover, staff 20")
    directory.mkdir(parents=True, exist_ok=True)
    return Registering(oak, made, directory)


__all__ = ["COUNSEL", "COURT", "FOUNDED", "LATER", "NOW", "SOCIAL", "SOON", "Registering", "registering"]
