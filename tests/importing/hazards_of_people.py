"""What files of people hold instead."""

from __future__ import annotations

from datetime import date, datetime

from tests.importing.hazard import hazard

PEOPLE = [
    hazard(
        "inmates.csv",
        "booking_no",
        "leading zeros lost by the spreadsheet",
        {"booking_no": "4512"},
        expects="changed.zeros_added",
        holds=lambda row: row.booking == "0000004512",
        codes="widths: {booking_no: 10}",
    ),
    hazard(
        "inmates.csv",
        "booking_no",
        "leading zeros lost by the spreadsheet",
        {"booking_no": "11", "person_no": "1"},
        *({"booking_no": str(number), "person_no": str(number)} for number in range(1201, 1209)),
        expects=("changed.zeros_perhaps_lost", *("" for _ in range(8))),
        holds=lambda row, *_: row.booking == "11",
    ),
    hazard(
        "inmates.csv",
        "booking_no",
        "leading zeros lost by the spreadsheet",
        {"booking_no": "2.026E+09"},
        {"booking_no": '="0045"', "person_no": "2"},
        expects=("refused.number_scientific", "changed.formula_text"),
        holds=lambda row: row.booking == "0045",
    ),
    hazard(
        "inmates.csv",
        "booking_no",
        "one person has many",
        {"booking_no": "1", "booked_at": "2024-01-05 08:00"},
        {"booking_no": "2"},
        expects=("changed.earlier", ""),
        holds=lambda old, now: not old.current and now.current,
    ),
    hazard(
        "inmates.csv",
        "person_no",
        "federal register number NNNNN-NNN (5th digit drives odd/even visiting)",
        {"person_no": "1234-567"},
        {"person_no": "345678", "booking_no": "2"},
        {"person_no": "AB", "booking_no": "3"},
        expects=("changed.register_number", "changed.register_number", "refused.register_number"),
        holds=lambda one, two: (one.number, two.number) == ("01234-567", "00345-678"),
        codes="person_numbers: federal",
    ),
    hazard(
        "inmates.csv",
        "person_no",
        "federal register number NNNNN-NNN (5th digit drives odd/even visiting)",
        {"person_no": "1234-567"},
        {"person_no": "12345-678"},
        expects=("refused.register_number_short", ""),
    ),
    hazard(
        "inmates.csv",
        "last_name",
        "two surnames",
        {"last_name": "García  Márquez"},
        holds=lambda row: row.surname == "García Márquez",
    ),
    hazard(
        "inmates.csv",
        "last_name",
        "'DE LA CRUZ'",
        {"last_name": "DE LA CRUZ"},
        holds=lambda row: row.surname == "DE LA CRUZ" and not row.suffix,
    ),
    hazard(
        "inmates.csv",
        "last_name",
        "upper case",
        {"last_name": "O'NEIL-PÉREZ"},
        holds=lambda row: row.surname == "O'NEIL-PÉREZ",
    ),
    hazard(
        "inmates.csv",
        "last_name",
        "accents lost",
        {"last_name": "MU\u00c3\u2018OZ"},
        {"last_name": "MU?OZ", "person_no": "2", "booking_no": "2"},
        {"last_name": "MU\ufffdOZ", "person_no": "3", "booking_no": "3"},
        {"last_name": "MUNOZ", "person_no": "4", "booking_no": "4"},
        expects=("changed.mojibake", "refused.name_lost", "refused.lost_letter", ""),
        holds=lambda mended, plain: (mended.surname, plain.surname) == ("MUÑOZ", "MUNOZ"),
    ),
    hazard(
        "inmates.csv",
        "last_name",
        "suffix JR in it",
        {"last_name": "DOE JR"},
        {"last_name": "Doe, Jr.", "person_no": "2", "booking_no": "2"},
        {"last_name": "DOE, JOHN", "person_no": "3", "booking_no": "3"},
        expects=("changed.suffix", "changed.suffix", "refused.name_comma"),
        holds=lambda one, two: (
            (one.surname, one.suffix, two.surname, two.suffix) == ("DOE", "JR", "Doe", "JR")
        ),
    ),
    hazard(
        "inmates.csv",
        "first_name",
        "nickname in brackets",
        {"first_name": "Robert (Bobby)"},
        {"first_name": "(Bobby)", "person_no": "2", "booking_no": "2"},
        expects=("changed.nickname", "refused.name_nickname_only"),
        holds=lambda row: (row.first_names, row.nickname) == ("Robert", "Bobby"),
    ),
    hazard(
        "inmates.csv",
        "birth_date",
        "MM/DD/YY",
        {"birth_date": "03/14/85"},
        {"birth_date": "02/30/85", "person_no": "2", "booking_no": "2"},
        {"birth_date": "14/03/1985", "person_no": "3", "booking_no": "3"},
        {"birth_date": "31120", "person_no": "4", "booking_no": "4"},
        {"birth_date": "14-MAR-1985", "person_no": "5", "booking_no": "5"},
        expects=("changed.century", "refused.no_such_day", "refused.day_order", "refused.day_serial", ""),
        holds=lambda one, two: one.born_on == two.born_on == date(1985, 3, 14),
    ),
    hazard(
        "inmates.csv",
        "birth_date",
        "MM/DD/YY",
        {"birth_date": "14/03/1985"},
        holds=lambda row: row.born_on == date(1985, 3, 14),
        codes="dates: day_first",
    ),
    hazard(
        "inmates.csv",
        "birth_date",
        "01/01/1900 for unknown",
        {"birth_date": "01/01/1900"},
        {"birth_date": "1900-01-01", "person_no": "2", "booking_no": "2"},
        expects="changed.day_not_known",
        holds=lambda *rows: all(row.born_on is None for row in rows),
    ),
    hazard(
        "inmates.csv",
        "sex",
        "M F U X",
        *({"sex": sex, "person_no": sex, "booking_no": sex} for sex in "MFUX"),
        holds=lambda *rows: [row.sex for row in rows] == ["male", "female", None, "other"],
    ),
    hazard(
        "inmates.csv",
        "sex",
        "M F U X",
        {"sex": "Q"},
        expects="changed.code_unknown",
        holds=lambda row: row.sex is None,
    ),
    *(
        hazard(
            "inmates.csv", "unit", f"'{unit}'", {"unit": unit}, holds=lambda row, unit=unit: row.unit == unit
        )
        for unit in ("C-1-007", "A POD", "RHU")
    ),
    hazard(
        "inmates.csv",
        "unit",
        "moved several times a day",
        {"unit": "A POD"},
        {"unit": "RHU"},
        expects="refused.booking_differs",
    ),
    hazard(
        "inmates.csv",
        "unit",
        "moved several times a day",
        {"unit": "A POD", "unit_since": "2026-11-20 09:00"},
        {"unit": "RHU", "unit_since": "2026-11-20 14:00"},
        expects=("changed.earlier", ""),
        holds=lambda old, now: (now.unit, now.current, old.current) == ("RHU", True, False),
    ),
    hazard("inmates.csv", "custody_level", "G2", {}, holds=lambda row: row.custody_level == "G2"),
    hazard(
        "inmates.csv",
        "custody_level",
        "Cat A High",
        {"custody_level": "Cat A High"},
        holds=lambda row: row.custody_level == "Cat A High",
    ),
    hazard(
        "inmates.csv",
        "custody_level",
        "'MED'",
        {"custody_level": "MED"},
        holds=lambda row: row.custody_level == "medium",
    ),
    hazard(
        "inmates.csv",
        "legal_status",
        "pretrial sentenced holdover federal ICE",
        *(
            {"legal_status": status, "person_no": status, "booking_no": status}
            for status in ["pretrial", "sentenced", "holdover", "federal", "ICE"]
        ),
        holds=lambda *rows: (
            [row.statuses for row in rows]
            == [("pretrial",), ("sentenced",), ("holdover",), ("federal",), ("immigration",)]
        ),
    ),
    hazard(
        "inmates.csv",
        "legal_status",
        "a mixture",
        {"legal_status": "Sentenced / ICE hold"},
        {"legal_status": "SENT + WHATEVER", "person_no": "2", "booking_no": "2"},
        expects=("changed.several_statuses", "refused.code"),
        holds=lambda row: row.statuses == ("sentenced", "immigration"),
    ),
    hazard(
        "inmates.csv",
        "booked_at",
        "local without zone",
        {"booked_at": "10/02/2026 9:15 PM"},
        {"booked_at": "2026-03-08 02:30", "person_no": "2", "booking_no": "2"},
        {"booked_at": "2025-11-02 01:30", "person_no": "3", "booking_no": "3"},
        {"booked_at": "2025-11-02 01:30 EST", "person_no": "4", "booking_no": "4"},
        {"booked_at": "2026-10-02", "person_no": "5", "booking_no": "5"},
        expects=("", "refused.no_such_hour", "refused.hour_twice", "", "refused.time_missing"),
        holds=lambda one, two: (
            (one.booked_at, two.booked_at)
            == (
                datetime.fromisoformat("2026-10-02T21:15:00-04:00"),
                datetime.fromisoformat("2025-11-02T01:30:00-05:00"),
            )
        ),
    ),
    hazard(
        "inmates.csv",
        "booked_at",
        "local without zone",
        {"booked_at": "2025-11-02 01:30"},
        holds=lambda row: row.booked_at == datetime.fromisoformat("2025-11-02T01:30:00-05:00"),
        codes="repeated_hour: second",
    ),
    hazard(
        "inmates.csv",
        "expected_release",
        "LIFE",
        {"expected_release": "LIFE"},
        expects="changed.life",
        holds=lambda row: row.release.kind == "life",
    ),
    hazard(
        "inmates.csv",
        "expected_release",
        "99/99/9999",
        {"expected_release": "99/99/9999"},
        expects="changed.day_not_known",
        holds=lambda row: row.release.kind == "unknown",
    ),
    hazard(
        "inmates.csv",
        "expected_release",
        "blank",
        {"expected_release": " "},
        holds=lambda row: row.release.kind == "unknown",
    ),
    *(
        hazard("inmates.csv", "language", word, {"language": word}, holds=lambda row: row.language == "es")
        for word in ("SPAN", "SP", "Spanish", "ESP")
    ),
    hazard(
        "inmates.csv",
        "nationality",
        "country name in words",
        *(
            {"nationality": word, "person_no": word, "booking_no": word}
            for word in ("Mexico", "MÉXICO", "United States", "El Salvador", "Korea")
        ),
        expects=("", "", "", "", "changed.code_unknown"),
        holds=lambda *rows: [row.nationality for row in rows] == ["MX", "MX", "US", "SV", None],
    ),
]
