"""What files of restrictions, bookings and calls hold instead."""

from __future__ import annotations

from datetime import datetime

from tests.importing.hazard import hazard

RESTRICTIONS = [
    hazard(
        "restrictions.csv",
        "inmate_person_no other_name",
        "order number and free text",
        {"other_name": "22-CR-104"},
        {"other_name": "no contact with victim per Judge"},
        {"other_name": ""},
        expects=("refused.other_not_a_name", "refused.other_not_a_name", "refused.other_missing"),
    ),
    *(
        hazard(
            "restrictions.csv",
            "kind",
            word,
            {"kind": word.upper()},
            holds=lambda row, value=value: row.kind == value,
        )
        for word, value in (
            ("no contact", "no_contact"),
            ("non-contact", "non_contact"),
            ("no minors", "no_minors"),
            ("no calls", "no_calls"),
            ("monitored", "monitored"),
        )
    ),
    hazard("restrictions.csv", "kind", "no contact", {"kind": "gang"}, expects="refused.code"),
    hazard(
        "restrictions.csv",
        "authority paper_no issued from to",
        "blank 'to' meaning for ever or unknown",
        {"to": ""},
        {"to": "until further notice"},
        {"to": "2020-01-01"},
        expects=("changed.end_not_known", "changed.end_open", "refused.ends_first"),
        holds=lambda one, two: (one.end.kind, two.end.kind) == ("unknown", "open"),
    ),
]

BOOKINGS = [
    hazard(
        "bookings.csv",
        "start end",
        "12 PM for midnight",
        {"start": "12/05/2026 9:30 PM", "end": "12/05/2026 12:00 PM"},
        {"start": "12/06/2026 12:00 PM", "end": "12/06/2026 1:00 PM"},
        {"start": "12/07/2026 9:30 a.m.", "end": "10:30 p.m."},
        expects=("refused.noon_or_midnight", "changed.noon", ""),
        holds=lambda noon, day: (
            (noon.starts.hour - 5, day.starts.hour - 5, day.ends.hour + 19) == (12, 9, 22)
        ),
    ),
    hazard(
        "bookings.csv",
        "start end",
        "end before start",
        {"end": "2026-12-05 12:00"},
        {"end": "2026-12-09 12:00", "room": "2"},
        expects=("refused.ends_first", "refused.visit_too_long"),
    ),
    hazard(
        "bookings.csv",
        "inmate_person_no visitor_nos room",
        "names in one cell parted by commas",
        {"visitor_nos": "V1, V2"},
        {"visitor_nos": "Ann Roe, Jane Doe", "room": "2"},
        {"visitor_nos": "Roe, Ann; Doe, Jane", "room": "3"},
        {"visitor_nos": "Roe, Ann, Doe, Jane", "room": "4"},
        {"visitor_nos": "Roe, Ann", "room": "5"},
        {"visitor_nos": "Ann Roe\nJane Doe", "room": "6"},
        expects=(
            "changed.parted",
            "changed.parted",
            "changed.parted",
            "refused.party_commas",
            "",
            "changed.parted",
        ),
        holds=lambda *rows: (
            [row.party for row in rows]
            == [
                ("V1", "V2"),
                ("Ann Roe", "Jane Doe"),
                ("Roe, Ann", "Doe, Jane"),
                ("Roe, Ann",),
                ("Ann Roe", "Jane Doe"),
            ]
        ),
    ),
    hazard(
        "bookings.csv",
        "state",
        "SCH VDE CANC NORM HMPOP",
        *({"state": state, "room": state} for state in ("SCH", "VDE", "CANC", "NORM", "HMPOP", "ZZZ")),
        expects=("", "", "", "", "", "refused.code"),
        holds=lambda *rows: (
            [row.state for row in rows] == ["booked", "turned_away", "cancelled", "happened", "cancelled"]
        ),
    ),
]

CALLS = [
    hazard(
        "calls.csv", "start answered end", "UTC or local not said",
        {},
        {"start": "2026-11-18T14:00:00Z", "answered": "2026-11-18T14:00:10Z", "end": "2026-11-18T14:05:10Z"},
        expects=("refused.call_zone_not_said", ""),
        holds=lambda row: row.started == datetime.fromisoformat("2026-11-18T09:00:00-05:00"),
        codes="",
    ),
    hazard(
        "calls.csv", "start answered end", "UTC or local not said",
        {"start": "2026-11-18 14:00:00", "answered": "", "end": "2026-11-18 14:05:10"},
        holds=lambda row: row.started == datetime.fromisoformat("2026-11-18T09:00:00-05:00"),
        codes="call_times: utc",
    ),
    hazard(
        "calls.csv",
        "start answered end",
        "daylight hour twice",
        {"start": "2026-11-01 01:50:00 EDT", "answered": "", "end": "2026-11-01 01:05:00 EST"},
        holds=lambda row: (row.ended - row.started).total_seconds() == 15 * 60,
    ),
    hazard(
        "calls.csv", "start answered end", "daylight hour twice",
        {"start": "2026-11-01 01:30:00", "answered": "", "end": "2026-11-01 01:40:00"},
        {"start": "2026-11-01 01:30:00-04:00", "answered": "", "end": "2026-11-01 01:40:00-04:00", "pin": ""},
        expects=("refused.hour_twice", ""),
        holds=lambda row: row.started == datetime.fromisoformat("2026-11-01T01:30:00-04:00"),
    ),
    hazard(
        "calls.csv", "from to", "trunk name in place of a number",
        {"to": "SIP/trunk-01"}, {"from": "DAHDI/1-1", "start": "2026-11-18 08:59:59"},
        expects=("changed.trunk", "changed.pin_shared"),
        holds=lambda one, two: (one.telephone, one.trunk, two.line) == (None, "SIP/trunk-01", "DAHDI/1-1"),
    ),
    hazard(
        "calls.csv",
        "talk_seconds",
        "mm:ss",
        {"talk_seconds": "301"},
        {"talk_seconds": "310", "pin": ""},
        expects=("", "refused.talk_longer"),
        holds=lambda row: row.talk_seconds == 301,
    ),
    hazard(
        "calls.csv", "talk_seconds", "mm:ss",
        {"talk_seconds": "05:00"}, {"talk_seconds": "00:05", "pin": ""}, {"talk_seconds": "5 min", "pin": ""},
        expects=("changed.minutes_and_seconds", "refused.talk_shorter", "refused.seconds"),
        holds=lambda row: row.talk_seconds == 300,
    ),
    hazard(
        "calls.csv", "talk_seconds", "0 for no answer",
        {"talk_seconds": "0", "disposition": "NO ANSWER", "answered": ""},
        {"disposition": "NO ANSWER", "answered": "", "pin": ""},
        {"talk_seconds": "0", "pin": ""},
        expects=("", "refused.talk_without_answer", "changed.answered_no_talk"),
        holds=lambda row, _: row.talk_seconds == 0,
    ),
    hazard(
        "calls.csv", "pin", "person_no plus 4 digits",
        {}, {"pin": "9999"},
        expects=("", "changed.pin_without_person"),
        holds=lambda one, two: (one.person_key, two.person_key) == ("12345678", None),
    ),
    hazard(
        "calls.csv", "pin", "shared PINs",
        {}, {"start": "2026-11-18 09:02:00", "answered": "", "from": "Pod A", "talk_seconds": "9"},
        expects="changed.pin_shared",
        holds=lambda *rows: all(row.person_key is None for row in rows),
    ),
    hazard(
        "calls.csv", "disposition cause", "ANSWERED NO ANSWER BUSY FAILED",
        *(
            {"disposition": word, "talk_seconds": seconds, "answered": "", "pin": ""}
            for word, seconds in (("ANSWERED", "300"), ("NO ANSWER", "0"), ("BUSY", "0"), ("FAILED", "0"))
        ),
        holds=lambda *rows: [row.disposition for row in rows] == ["answered", "no_answer", "busy", "failed"],
    ),
    hazard(
        "calls.csv", "disposition cause", "BLOCKED",
        {"disposition": "BLOCKED", "talk_seconds": "0", "answered": ""}, {"disposition": "HUNG", "pin": ""},
        expects=("", "refused.code"),
        holds=lambda row: row.disposition == "blocked",
    ),
]  # fmt: skip
