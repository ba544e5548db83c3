"""What files of contacts and telephone numbers hold instead."""

from __future__ import annotations

from datetime import date

from tests.importing.hazard import hazard

CONTACTS = [
    hazard(
        "visitors.csv",
        "visitor_no",
        "none kept: name is the key",
        {"visitor_no": ""},
        {"visitor_no": "none", "status": "DEN"},
        {"visitor_no": "", "last_name": "Other"},
        expects=("refused.listed_twice", "refused.listed_twice", ""),
        holds=lambda row: row.number is None,
    ),
    hazard(
        "visitors.csv",
        "last_name first_name birth_date",
        "birth date missing for children",
        {"birth_date": "", "relationship": "son"},
        expects="changed.birth_not_known",
        holds=lambda row: row.born_on is None,
    ),
    hazard(
        "visitors.csv",
        "id_kind id_no id_country id_expiry",
        "passport",
        {"id_kind": "Passport"},
        holds=lambda row: row.paper.kind == "passport",
    ),
    hazard(
        "visitors.csv",
        "id_kind id_no id_country id_expiry",
        "matricula consular",
        {"id_kind": "Matrícula Consular"},
        holds=lambda row: row.paper.kind == "consular_card",
    ),
    hazard(
        "visitors.csv",
        "id_kind id_no id_country id_expiry",
        "expired",
        {"id_expiry": "01/31/2024"},
        expects="changed.paper_over",
        holds=lambda row: row.paper.expires_on == date(2024, 1, 31),
    ),
    hazard(
        "visitors.csv",
        "relationship",
        "WIFE, GF, 'baby mama', FRND, ATTY, clergy",
        *(
            {"relationship": word, "visitor_no": word, "first_name": chr(65 + at)}
            for at, word in enumerate(
                ("WIFE", "GF", "baby mama", "FRND", "ATTY", "clergy", "boss's nephew's pal")
            )
        ),
        expects=("", "", "", "", "", "", "refused.code"),
        holds=lambda *rows: (
            [(row.role, row.relation) for row in rows]
            == [
                ("social", "spouse"),
                ("social", "partner"),
                ("social", "partner"),
                ("social", "friend"),
                ("attorney", None),
                ("clergy", None),
            ]
        ),
    ),
    hazard(
        "visitors.csv",
        "inmate_person_no",
        "visitor on two inmates' lists",
        {"inmate_person_no": "1"},
        {"inmate_person_no": "2"},
        expects=("", "changed.on_two_lists"),
    ),
    hazard(
        "visitors.csv",
        "inmate_person_no",
        "visitor on two inmates' lists",
        {"inmate_person_no": "1"},
        {"inmate_person_no": "2", "birth_date": "1950-01-01"},
        expects="refused.contact_differs",
    ),
    hazard(
        "visitors.csv",
        "status",
        "APP DEN PEND",
        *({"status": word, "visitor_no": word, "first_name": word} for word in ("APP", "DEN", "PEND")),
        holds=lambda *rows: [row.status for row in rows] == ["approved", "denied", "pending"],
    ),
    hazard(
        "visitors.csv",
        "status",
        "reason in a comment",
        {"status": "DEN - felony, see memo"},
        {"status": "??", "visitor_no": "2", "first_name": "B"},
        expects=("changed.comment", "refused.blank"),
        holds=lambda row: (row.status, row.comment) == ("denied", "felony, see memo"),
    ),
    hazard(
        "visitors.csv",
        "non_contact_only",
        "Y N blank 1 0",
        *(
            {"non_contact_only": word, "visitor_no": f"V{at}", "first_name": "ABCDE"[at]}
            for at, word in enumerate(("Y", "N", "", "1", "0"))
        ),
        holds=lambda *rows: [row.non_contact for row in rows] == [True, False, None, True, False],
    ),
    hazard(
        "visitors.csv",
        "approved_on expires_on denied_reason",
        "none",
        {"approved_on": "none", "expires_on": "NONE", "denied_reason": "None"},
        holds=lambda row: (row.approved_on, row.expires_on, row.denied_reason) == (None, None, ""),
    ),
    hazard(
        "visitors.csv",
        "phone email language",
        "phone in the e-mail column",
        {"phone": "", "email": "(718) 840-4200"},
        {"email": "at home", "visitor_no": "2", "first_name": "B"},
        expects=("changed.telephone_elsewhere", "refused.email"),
        holds=lambda row: [one.number for one in row.telephones] == ["+17188404200"] and not row.email,
    ),
]

NUMBERS = [
    hazard(
        "numbers.csv",
        "inmate_person_no",
        "county jails keep a block list and no allow list",
        {"inmate_person_no": "", "status": "BLOCKED"},
        {"inmate_person_no": "ALL"},
        expects=("changed.blocked_for_all", "refused.number_of_nobody"),
        holds=lambda row: row.person_number is None and row.status == "blocked",
    ),
    hazard(
        "numbers.csv",
        "number",
        "(718) 840-4200",
        {"number": "(718) 840-4200"},
        {"number": "840-4200"},
        {"number": "7.18840E+09"},
        {"number": "718-840-4200 / 718-840-4201"},
        expects=("", "refused.telephone_local", "refused.telephone_scientific", "refused.telephones_two"),
        holds=lambda row: row.telephone.number == "+17188404200",
    ),
    hazard(
        "numbers.csv",
        "number",
        "7188404200 x3",
        {"number": "7188404200 x3"},
        expects="changed.extension",
        holds=lambda row: (row.telephone.number, row.telephone.extension) == ("+17188404200", "3"),
    ),
    hazard(
        "numbers.csv",
        "number",
        "011 52 ...",
        {"number": "011 52 55 1234 5678"},
        {"number": "011 52"},
        expects=("", "refused.telephone_short"),
        holds=lambda row: row.telephone.number == "+525512345678",
    ),
    hazard(
        "numbers.csv",
        "kind",
        "social attorney privileged consulate hotline",
        *(
            {"kind": kind, "record": "never", "number": f"202555012{at}"}
            for at, kind in enumerate(["social", "attorney", "privileged", "consulate", "hotline"])
        ),
        holds=lambda *rows: (
            [row.kind for row in rows] == ["social", "attorney", "privileged", "consulate", "hotline"]
        ),
    ),
    hazard(
        "numbers.csv",
        "kind",
        "social attorney privileged consulate hotline",
        {"kind": "ATTY", "record": "always"},
        expects="refused.privileged_recorded",
    ),
    *(
        hazard(
            "numbers.csv",
            "record",
            word,
            {"record": word},
            holds=lambda row, value=value: row.record == value,
        )
        for word, value in (("always", "always"), ("never", "never"), ("record and alert", "alert"))
    ),
    hazard(
        "numbers.csv",
        "record",
        "always",
        {"record": ""},
        {"record": "sometimes", "number": "2025550124"},
        expects=("changed.record_not_said", "refused.code"),
        holds=lambda row: row.record is None,
    ),
    hazard(
        "numbers.csv",
        "owner_name relationship",
        "none",
        {"owner_name": "none", "relationship": "NONE"},
        holds=lambda row: (row.owner_name, row.relation) == ("", None),
    ),
    hazard(
        "numbers.csv",
        "status from to",
        "none",
        {"status": "none", "from": "None", "to": "none"},
        expects="changed.number_status_not_said",
        holds=lambda row: (row.status, row.since, row.until) == (None, None, None),
    ),
]
