"""One plane for each module of tests; each test finds it clean."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.telephony.phones import Phone
from tests.telephony.siege import WITNESS, Siege, besieged
from tests.telephony.wire import TELEPHONES, Wire, wired

AT_ONCE = 2
"""How many planes run at once, each with some ninety processes: more of them hinder each other."""


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Keep the tests of a module with one worker, and all modules of this folder with few of them."""
    here = sorted({item.path for item in items if item.path.parent == Path(__file__).parent})
    groups = {path: f"telephony-{number % AT_ONCE}" for number, path in enumerate(here)}
    for item in items:
        if item.path in groups:
            item.add_marker(pytest.mark.xdist_group(groups[item.path]))


@pytest.fixture(scope="module")
def plane_of_module() -> Iterator[Wire]:
    with wired() as wire:
        yield wire


@pytest.fixture
def wire(plane_of_module: Wire) -> Iterator[Wire]:
    """Give a running plane with a scripted decision point; what the test leaves is ended."""
    yield plane_of_module
    plane_of_module.clean()


@pytest.fixture(scope="module")
def witness(plane_of_module: Wire) -> Iterator[Phone]:
    """Give a telephone that nobody attacks."""
    plane = plane_of_module.plane
    with Phone((plane.address, plane.sip), WITNESS, TELEPHONES[WITNESS]) as phone:
        yield phone


@pytest.fixture
def siege(wire: Wire, witness: Phone) -> Iterator[Siege]:
    """Give a plane to attack; at the end of the test it must stand."""
    with besieged(wire, witness) as one:
        yield one
