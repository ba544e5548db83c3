"""No action and no read that a door calls goes without asking: found in the code, not in a list."""

from __future__ import annotations

from locutorio.actions.acts import acts
from locutorio.actions.four_eyes import ACTS
from locutorio.web.seats import acts_of, roles_of
from tests.authority.code import functions, used_by_doors
from tests.web.test_roles import patterns

# What a door uses of a module that knows the store, and that asks for nothing: nobody is signed in yet, it is
# of a value already read, or it runs as the program itself.
OPEN = {
    ("sign_in", "sign_in"): "nobody is signed in yet",
    ("sign_in", "show_code"): "nobody is signed in yet",
    ("sign_in", "show_passkey"): "nobody is signed in yet",
    ("sign_in", "ask_for_passkey"): "nobody is signed in yet",
    ("enrol_factor", "new_secret"): "of nobody",
    ("enrol_factor", "letters_of"): "of what a session holds",
    ("sign_in", "too_many"): "nobody is signed in yet",
    ("begin_session", "begin_session"): "nobody is signed in yet",
    ("begin_session", "password_shown"): "nobody is signed in yet",
    ("begin_session", "stepped_up"): "of who has just shown it",
    ("end_session", "session_ended"): "the program: a session that is over",
    ("enrol_kiosk", "take_key"): "a device, with a code",
    **{
        ("sign_in_at_kiosk", name): "nobody is signed in yet"
        for name in ("place_of", "kiosk_stands", "sign_in_at_kiosk", "choose_pin")
    },
    ("use_reset", "use_reset"): "nobody is signed in yet",
    ("passwords", "weakness"): "of a password that is not kept yet",
    ("sign_in", "seats"): "it is what says who somebody is",
    ("tokens_held", "seat_of_token"): "it is what says who somebody is",
    ("authority", "may"): "it asks",
    ("deciding", "local_day"): "of a zone and a moment",
    ("new_paper", "read_paper"): "of what a form holds",
    ("decided_shown", "letter_of"): "of a decision already read",
    ("decided_shown", "letter_to"): "of a decision already read",
    ("proposals_seen", "may_see"): "of roles and an act",
    ("lapse_holds", "lapse_everywhere"): "the program's timer",
    ("seal_recordings", "seal_everywhere"): "the program's timer",
    ("destroy_recordings", "destroy_everywhere"): "the program's timer",
    ("open_recording", "folder_of_recordings"): "of the environment",
    ("open_recording", "standing_of"): "of a recording already read",
    ("put_before_governor", "put_before_governors"): "the program's timer",
    ("change_telephony", "telephony_of"): "a command on the machine: as the program",
    ("keep_log", "keep_logs"): "the program's timer",
    ("demo.calls", "turn_of_calls"): "the program: an invented jail",
    ("demo.opening", "open_demo"): "the program: an invented jail in an empty database",
    ("demo.opening", "told"): "of what is in the source",
    ("rule_petition", "arguments_of"): "of what somebody wrote into a form",
    ("erase_due", "due"): "a command on the machine: as the program",
    ("erase_due", "erase_due"): "the program's timer",
    ("erase_due", "for_owner"): "it names a command",
    ("back_up", "back_up"): "a command on the machine: it copies files",
    ("restore", "restore"): "a command on the machine: nobody is there yet",
    ("take_docket", "take_once"): "a command on the machine: as the program",
    ("self_check", "self_check"): "the program's timer",
    ("self_check", "check_tonight"): "the program's timer",
    ("retention", "gone_by"): "a command on the machine: as the program",
    ("retention", "classes"): "of what is in the source",
    ("importing.taking_in", "take_in"): "a command on the machine: as the program",
    ("importing.taking_in", "files_in"): "of a folder",
    ("importing.taking_in", "told"): "of what was taken in",
    ("importing.taking_in", "write_rest"): "of what was taken in",
}
# Pages of whoever is signed in, whose acts are about themselves.
OF_ANYBODY = {"sign-out", "places", "account", "account-seen", "confirm", "confirm-passkey", "factors"} | {
    f"factors-{name}" for name in ("totp", "passkey", "passkey-options", "remove", "recovery", "withdraw")
}
# Of staff who read anything that is protected, by the same table.
OF_READERS = {"staff-why"}
# What takes what a door sent, and asks for nothing, since only other actions use it.
INSIDE = {
    ("at_gate", "about"),
    ("offer_places", "offer_places"),
    ("replay", "changed"),
    ("transfer_person", "leave"),
    ("two_people", "refuse_alone"),
    ("add_factor", "propose_factor"),
}


def test_every_change_asks_first() -> None:
    """A function that takes what a door sent begins by asking, unless only other actions use it."""
    found = [one for one in functions() if "Sent" in one.takes and not one.module.startswith("demo.")]

    assert {(one.module, one.name) for one in found if one.act is None} == INSIDE
    assert not INSIDE & used_by_doors()


def test_every_read_of_a_door_asks_first() -> None:
    """A function that knows the store and that a door uses begins by asking, or stands above."""
    by_name = {(one.module, one.name): one for one in functions()}
    used = [by_name[one] for one in used_by_doors() if one in by_name and by_name[one].stored]
    without = {(one.module, one.name) for one in used if one.act is None}

    assert len(used) > 30
    assert without - {*OPEN} == set()


def test_each_act_is_asked_for_somewhere() -> None:
    """The table holds each act that the code asks for or that two do together, and no other."""
    assert {one.act for one in functions() if one.act} | {*ACTS} == {*acts()}


def test_an_action_asks_for_the_act_of_its_name() -> None:
    """A change asks for the act that is called like itself."""
    found = [one for one in functions() if one.module != "importing.taking"]
    changes = [one for one in found if "Sent" in one.takes and one.act]

    assert [one.name for one in changes if one.act != one.name] == []
    assert all(not acts()[str(one.act)].reads for one in changes)


def test_each_page_takes_its_roles_from_the_table() -> None:
    """The roles of every page are those who may do all of its acts; no page names roles of its own."""
    seen = [one for one in patterns() if roles_of(one.callback)]
    for pattern in seen:
        for name in acts_of(pattern.callback):
            assert (roles_of(pattern.callback) or set()) <= {*acts()[name].who}, (pattern.name, name)

    assert {one.name for one in seen if not acts_of(one.callback)} == OF_ANYBODY | OF_READERS
