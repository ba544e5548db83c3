"""Who calls: a telephone shows which one it is, each time anew; a PIN reaches nobody but who decides."""

import pytest

from locutorio.telephony import config
from tests.telephony.message import credentials, ha1
from tests.telephony.wire import REALM, TELEPHONES, Wire

NUMBER = "+12025550101"
PIN = "7391846205"
DIALLED = f"1001*{PIN}*{NUMBER}"


def test_question(wire: Wire) -> None:
    """The decision point is asked who calls from where whom, once, with what the engine itself has drawn."""
    wire.phone().call(DIALLED).final()
    (asked,) = wire.point.asked
    assert {name: asked[name] for name in ("v", "telephone", "person", "pin", "called")} == {
        "v": 1,
        "telephone": "oak-1",
        "person": "1001",
        "pin": PIN,
        "called": NUMBER,
    }
    assert len(asked["attempt"]) == len(asked["boot"]) == 36
    assert asked["sdp"].startswith("v=0")
    assert asked["source"].startswith("127.0.0.1:")
    assert wire.point.shown[0].startswith("Basic ")


def test_number_alone(wire: Wire) -> None:
    """A number alone is asked of nobody's PIN: the decision point knows which lines are free."""
    wire.phone().call("911").final()
    assert [(each["person"], each["pin"], each["called"]) for each in wire.point.asked] == [("", "", "911")]


@pytest.mark.parametrize(("name", "secret"), [("oak-1", "a guess"), ("nobody", "secret of 1"), ("", "")])
def test_not_known(wire: Wire, name: str, secret: str) -> None:
    """A wrong secret and a name that is nobody's are refused alike, before anything is asked."""
    final = wire.phone(name or "oak-99", secret or "x").call(DIALLED).final()
    assert (final.code, final.why) == (403, "telephone-not-known")
    assert not wire.point.asked
    assert wire.point.event("refused")["by"] == "engine"


def test_zero_digest(wire: Wire) -> None:
    """A name that is nobody's has no digest that fits, not even one of noughts."""
    phone = wire.phone("nobody", "x")
    call = phone.begun(DIALLED)
    challenge = phone.challenged(call).one("Proxy-Authenticate")
    shown = credentials(challenge, "nobody", "x", call.uri, first="0" * 32)
    call.cseq += 1
    phone.sent(call, phone.invitation(call, ("Proxy-Authorization", shown)))
    assert call.final().code == 403


def test_nonce_once(wire: Wire) -> None:
    """What a telephone has shown once shows nothing a second time: who overheard it is challenged."""
    phone = wire.phone()
    call = phone.call(DIALLED)
    assert call.final().code == 403
    assert call.request is not None
    shown = call.request.one("Proxy-Authorization")
    again = phone.begun(DIALLED)
    phone.sent(again, phone.invitation(again, ("Proxy-Authorization", shown)))
    assert again.final().code == 407
    assert len(wire.point.asked) == 1


def test_shown_for_another_number(wire: Wire) -> None:
    """Credentials are for the number that they were made for."""
    wire.point.says("+12025550199")
    phone = wire.phone()
    call = phone.begun(f"1001*{PIN}*+12025550199")
    challenge = phone.challenged(call).one("Proxy-Authenticate")
    elsewhere = call.uri.replace("0199", "0101")
    call.cseq += 1
    shown = credentials(challenge, phone.name, phone.secret, elsewhere)
    phone.sent(call, phone.invitation(call, ("Proxy-Authorization", shown)))
    assert (call.final().code, len(wire.point.asked)) == (403, 0)


def test_by_another_name(wire: Wire) -> None:
    """A telephone cannot call by the name of another one."""
    phone = wire.phone()
    call = phone.begun(DIALLED)
    challenge = phone.challenged(call).one("Proxy-Authenticate")
    call.cseq += 1
    phone.name = "oak-2"
    shown = credentials(challenge, "oak-1", TELEPHONES["oak-1"], call.uri)
    phone.sent(call, phone.invitation(call, ("Proxy-Authorization", shown)))
    assert (call.final().code, len(wire.point.asked)) == (403, 0)


def test_kept_and_ended(wire: Wire) -> None:
    """A telephone that is kept or ended while the engine runs is known or unknown at once."""
    kept = {name: ha1(name, REALM, secret) for name, secret in TELEPHONES.items()}
    assert not config.renew_telephones(wire.plane, kept)
    assert config.renew_telephones(wire.plane, {**kept, "elm-1": ha1("elm-1", REALM, "new")})
    wire.engine.reload_telephones()
    assert wire.phone("elm-1", "new").call(DIALLED).final().why == "number-not-listed"
    assert config.renew_telephones(wire.plane, kept)
    wire.engine.reload_telephones()
    assert wire.phone("elm-1", "new").call(DIALLED).final().why == "telephone-not-known"


def test_pin_leaves_nothing(wire: Wire) -> None:
    """The PIN reaches the decision point alone: no message to the trunk, journal, log, row or event."""
    wire.point.says(NUMBER)
    phone = wire.phone()
    call = phone.call(DIALLED, ("Subject", PIN), ("P-Asserted-Identity", f"<sip:{PIN}@x>"))
    assert call.final().code == 200
    leg = wire.far.leg()
    wire.until(lambda: leg.requests)
    rows = wire.plane.dialogs.read_bytes() + wire.plane.dialogs.with_name("dialogs.db-wal").read_bytes()
    call.hang_up()
    refused = wire.phone("oak-2", "wrong").call(DIALLED)
    assert refused.final().code == 403
    assert wire.phone("oak-3").call(f"1001*{PIN}*12ab").final().code == 484
    wire.point.event("ended")
    sent = "".join(each.raw for each in [leg.invite, *leg.requests])
    assert NUMBER in sent
    assert NUMBER.encode() in rows
    assert NUMBER in wire.journal()
    everything = [sent, rows.decode(errors="replace"), wire.journal(), wire.log("kamailio")]
    everything += [wire.log("private"), str(wire.point.events), str(wire.engine.calls())]
    assert not [each for each in everything if PIN in each]
