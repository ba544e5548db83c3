"""`locutorio check` fails for a pack that holds, in one place, what a pack must not hold."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from locutorio.command.main import app
from locutorio.command.telling import FAILED
from locutorio.rules.checks import CHAIN_MAX
from locutorio.rules.packs import folder_of

CALLS = "custody_act/5_calls.yaml"
CEILING = "ceiling: {of: calls, limit: 1, used: use.calls_month, asked: 1}"
HUSHED = """\
  - speaks: 5.3.listened
    facts: {request.about: call, request.on: 2025-03-10, contact.role: social}
    silent:
      - {request.about: visit}
      - {contact.role: attorney}
"""


@pytest.fixture
def arcadia(tmp_path: Path) -> Path:
    """A copy of Arcadia to break."""
    return Path(shutil.copytree(folder_of("arcadia"), tmp_path / "arcadia"))


def change(folder: Path, file: str, before: str, after: str) -> None:
    """Put other words in the place of words that stand in a file once."""
    text = (folder / file).read_text("utf-8")
    assert text.count(before) == 1, text.count(before)
    (folder / file).write_text(text.replace(before, after), "utf-8")


def add(folder: Path, *provisions: str, file: str = "99.yaml") -> None:
    """Add a section 99 to the Act, each provision with a micro-case."""
    head = "instrument: Arcadia Custody Act\nsection: section 99\nrank: 3\nsource: ARC\n"
    rest = "read_on: 2025-01-01\nstatus: verified\nfrom: 2020-01-01\nprovisions:\n"
    cases = "".join(MICRO.format(name=name_of(one)) for one in provisions)
    text = head + rest + "".join(provisions) + "---\ncases:\n" + cases
    (folder / "custody_act" / file).write_text(text, "utf-8")


MICRO = """\
  - speaks: {name}
    facts: {{request.about: monitoring, request.on: 2025-03-10, contact.role: attorney}}
    silent: [{{request.about: letter}}, {{contact.role: social}}]
"""


def one(name: str, then: str, overrides: str = "") -> str:
    """Write a provision of section 99 on the monitoring of lawyers, where Arcadia has no other."""
    return f"""\
  - id: {name}
    citation: section 99
    says: {{en: {name}, es: {name}}}
    when: [request.about == "monitoring", contact.role == "attorney"]
    then: [{then}]
    overrides: [{overrides}]
"""


def name_of(provision: str) -> str:
    return provision.partition("id: ")[2].partition("\n")[0]


def said(folder: Path) -> tuple[int, str]:
    """Check the folder through the command; give its exit code and what it says."""
    done = CliRunner().invoke(app, ["check", str(folder), "--no-write"])
    return done.exit_code, done.output


def failing(folder: Path) -> str:
    """Check a broken folder; give what the command says, and insist that it fails."""
    code, output = said(folder)
    assert code == FAILED, output
    return output


def test_the_copy_is_sound_until_it_is_broken(arcadia: Path) -> None:
    """What the tests below find is what they broke: the copy itself, section 99 included, passes."""
    add(arcadia, one("99.1", "permit: right"), one("99.2", "prohibit: yes", overrides="99.1"))

    assert said(arcadia)[0] == 0


def test_a_provision_that_is_silent_in_no_case_fails(arcadia: Path) -> None:
    """A provision that always speaks may be written too wide: a case must show where it is silent."""
    add(arcadia, one("99.1", "permit: right"))
    change(arcadia, "custody_act/99.yaml", MICRO.splitlines()[2].format(), "")

    output = failing(arcadia)

    assert "custody_act/99.yaml, line 9, column 5: 99.1 is silent in no case" in output
    assert "is not valid" in output


def test_a_worked_case_can_show_the_silence(arcadia: Path) -> None:
    """A provision without a `silent` change passes where a worked case of its question turns its lines."""
    change(arcadia, CALLS, HUSHED, HUSHED.partition("    silent:")[0])

    assert said(arcadia)[0] == 0


def test_a_clash_in_one_instrument_fails(arcadia: Path) -> None:
    """Two provisions of one Act that oppose each other are for the legislator, not for a person at the
    gate.
    """
    add(arcadia, one("99.1", "permit: right"), one("99.2", CEILING))

    output = failing(arcadia)

    assert "99.1 and 99.2 can oppose each other" in output
    assert "is not active" in output


def test_a_clash_of_two_instruments_is_a_note(arcadia: Path) -> None:
    """Where two instruments of one rank meet, the check says so and passes."""
    add(arcadia, one("99.1", "permit: right"))
    add_instrument = (arcadia / "custody_act/99.yaml").read_text("utf-8")
    other = add_instrument.replace("99.1", "98.1").replace("permit: right", "prohibit: yes")
    other = other.replace("instrument: Arcadia Custody Act", "instrument: Arcadia House Act")
    (arcadia / "custody_act/98.yaml").write_text(other, "utf-8")

    code, output = said(arcadia)

    assert code == 0, output
    assert "note: 99.1 and 98.1, of two instruments at one rank" in output


def test_a_chain_of_overrides_that_is_too_long_fails(arcadia: Path) -> None:
    """A chain of 1,500 overrides is refused with its place and remedy, not with an error of the program."""
    chain = [one(f"99.{at}", "permit: open", overrides=f"99.{at + 1}") for at in range(1500)]
    add(arcadia, *chain[:750])
    add(arcadia, *chain[750:], one("99.1500", "permit: open"), file="99_more.yaml")

    output = failing(arcadia)

    assert "custody_act/99.yaml, line 9, column 5: 99.0 begins a chain of 1500 overrides" in output
    assert "What to do: let provisions override what they displace directly" in output


def test_fifty_overrides_in_a_chain_are_allowed(arcadia: Path) -> None:
    """The longest chain that is allowed passes; one more does not."""
    chain = [one(f"99.{at}", "permit: open", overrides=f"99.{at + 1}") for at in range(CHAIN_MAX)]
    last = one(f"99.{CHAIN_MAX}", "permit: open")
    add(arcadia, *chain, last)
    assert said(arcadia)[0] == 0

    add(arcadia, one("99.before", "permit: open", overrides="99.0"), *chain, last)
    assert "99.before begins a chain of 51 overrides" in failing(arcadia)


def test_a_broken_promise_fails_with_its_facts(arcadia: Path) -> None:
    """A pack that does what its safety forbids does not become active; the check shows on which facts."""
    private = 'when: [contact.role == "attorney"]\n    never_imposed'
    change(arcadia, "pack.yaml", private, private.replace("attorney", "social"))

    output = failing(arcadia)

    assert "not proved: nobody listens to a lawyer, for call on" in output
    assert "contact.role: social" in output
    assert "is not active" in output


def test_a_promise_that_says_nothing_fails(arcadia: Path) -> None:
    """A property whose facts never come together is no promise."""
    promise = 'about: [visit, call]\n    when: [contact.role == "attorney"'
    change(arcadia, "pack.yaml", promise, promise + ', contact.role == "social"')

    assert "no sanction keeps a lawyer away, for call on 2024-07-01: it says nothing" in failing(arcadia)
