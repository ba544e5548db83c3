"""Who may know what: the one table the privacy property goes by; `python -m tests.privacy.table` writes it
into docs/reference/privacy.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from locutorio.actions.acts import acts
from locutorio.facts.vocabulary import vocabulary

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "privacy.md"
MARK = "-->\n\n"
PERSON, CONTACT, PARTY, LISTED = "the person", "the contact", "who comes along", "the person who lists them"
ON_LIST = "who is on their list"
AS_VOCABULARY = "as the vocabulary says of each fact"
_DECIDED = ("read_request", "read_booking", "open_notice")


@dataclass(frozen=True)
class Kind:
    """One kind of what is secret: where it stands, who outside may know it, by which acts staff may, and what
    says so.

    ``facts`` are the paths that are of this kind; of those, the vocabulary says who outside may know.
    """

    name: str
    is_: str
    outside: tuple[str, ...]
    acts: tuple[str, ...]
    source: str
    facts: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """Give the roles of staff that may know it: who does or approves an act by which it is shown, and
        who reads it ``beside``.
        """
        doing = {role for act in self.acts for role, how in acts()[act].who.items() if how == "here"}
        return frozenset(doing.union(self.beside, *(acts()[act].approving for act in self.acts)))


KINDS = {
    one.name: one
    for one in (
        Kind(
            "supervision",
            "what a contact is supervised for, by whom, and what their officer said",
            (AS_VOCABULARY,),
            _DECIDED,
            "vocabulary/supervision.yaml and core.yaml; ADR 0014",
            (
                "contact.supervision",
                "contact.convicted",
                "approval.supervising_officer",
                "contact.supervised_by_state",
                "approval.officer_minors",
            ),
        ),
        Kind(
            "victim",
            "that there is a victim or a witness to be told, and what they answered",
            (AS_VOCABULARY,),
            _DECIDED,
            "vocabulary/release.yaml; 28 CFR 551.150-153",
            ("victim.asked_to_confirm_on", "victim.replied_on"),
        ),
        Kind(
            "immigration",
            "nationality, citizenship and visas",
            (AS_VOCABULARY,),
            _DECIDED,
            "vocabulary/counsel.yaml and families.yaml; DESIGN.md 11: never on a list",
            ("contact.visa", "escort.visa", "person.foreign_citizen", "transfer.national"),
        ),
        Kind(
            "medical",
            "what medical staff said or looked at",
            (AS_VOCABULARY,),
            _DECIDED,
            "vocabulary/visiting.yaml and disclosure.yaml",
            ("approval.chief_medical_officer", "disclosure.medical_review"),
        ),
        Kind(
            "birthday",
            "the day on which a contact was born",
            (CONTACT, LISTED),
            ("read_day", "read_gate", "read_booking", "read_visited"),
            "vocabulary/core.yaml: contact.born_on",
        ),
        Kind(
            "address",
            "the telephone number and the e-mail address of a contact",
            (CONTACT,),
            ("register_contact",),
            "5 USC 552a(b); 28 CFR 513.34(a)",
        ),
        Kind(
            "name",
            "that somebody is a contact of a person",
            (CONTACT, LISTED, PARTY),
            ("read_day", "read_person", "read_request", "read_break_glass"),
            "5 USC 552a(b); 28 CFR 513.34(a); ADR 0014",
        ),
        Kind(
            "held",
            "that somebody is held here",
            (PERSON, ON_LIST),
            ("find_person", "read_day", "read_break_glass"),
            "5 USC 552a(b); 28 CFR 513.34(a)",
        ),
        Kind(
            "order",
            "a paper about a person that names one contact",
            (PERSON, CONTACT),
            (*_DECIDED, "read_papers"),
            "ADR 0014; vocabulary: instrument.*",
        ),
        Kind(
            "measure",
            "a paper about a person and all contacts",
            (PERSON,),
            (*_DECIDED, "read_papers"),
            "ADR 0014; vocabulary: instrument.*",
        ),
        Kind(
            "ground",
            "why a contact was denied a place on a list",
            (LISTED, CONTACT),
            ("list_contact",),
            "5 USC 552a(b); 28 CFR 513.34(a)",
            beside=("ombudsman",),
        ),
        Kind(
            "called",
            "whom a person calls where staff may listen, and at which number",
            (PERSON, CONTACT),
            ("read_calls",),
            "docs/reference/telephone.md",
        ),
        Kind(
            "private_call",
            "whom a person calls where nobody may listen, and at which number",
            (PERSON, CONTACT),
            ("read_calls_of",),
            "docs/reference/telephone.md",
        ),
        Kind("separation", "that two must not meet, and why", (), ("separate",), "ADR 0014: told to nobody"),
        Kind("hold", "why nothing may be erased", (), ("read_kept",), "docs/reference/retention.md"),
        Kind(
            "told",
            "who was told what about a person",
            (PERSON,),
            ("read_disclosures",),
            "5 USC 552a(c)(3); ADR 0024",
        ),
        Kind(
            "emergency",
            "what the danger was in an emergency",
            (),
            ("read_break_glass",),
            "ADR 0018",
        ),
        Kind(
            "note",
            "what an officer at the gate wrote about a contact",
            (CONTACT,),
            (*_DECIDED, "read_gate"),
            "docs/reference/gate.md",
        ),
        Kind(
            "service",
            "what shows that a notice to a contact reached them",
            (CONTACT,),
            ("read_service",),
            "docs/reference/service.md",
        ),
        Kind(
            "asked",
            "what was written with a request",
            (CONTACT, PARTY),
            ("read_request",),
            "5 USC 552a(b); 28 CFR 513.34(a)",
        ),
        Kind(
            "petition",
            "what a person asks of an office in writing, why, and what was ruled",
            (PERSON,),
            ("read_petition",),
            "28 CFR 542.19; docs/reference/petitions.md",
        ),
        Kind(
            "sensitive",
            "that a person asks something of an office which the establishment must not know",
            (PERSON,),
            (),
            "28 CFR 542.14(d)(1)",
            beside=("liaison", "ombudsman"),
        ),
        Kind(
            "proposal",
            "why one officer proposes that a person is released",
            (),
            ("release_person",),
            "ADR 0016",
            beside=("ombudsman",),
        ),
    )
}


def known_by(path: str) -> tuple[str, ...]:
    """Give who outside can know a fact, by the vocabulary."""
    found = vocabulary().facts[path].known_by
    person = (PERSON,) if "person" in found else ()
    return (*person, CONTACT) if {"contact", "family"} & {*found} else person


def told(one: Kind) -> str:
    """Give a kind as a row of the document."""
    outside = ", ".join(one.outside) or "nobody"
    if one.facts:
        facts = "; ".join(f"`{path}`: {', '.join(known_by(path)) or 'nobody'}" for path in one.facts)
        outside = facts
    return f"| {one.name} | {one.is_} | {outside} | {', '.join(sorted(one.roles))} | {one.source} |"


def table() -> str:
    """Give every kind as rows."""
    head = (
        "| kind | what | outside, who may know it | staff who may | by |\n| --- | --- | --- | --- | --- |\n"
    )
    return head + "\n".join(map(told, KINDS.values())) + "\n"


def written(document: str) -> str:
    """Give the document with the table as it is now."""
    return document.partition(MARK)[0] + MARK + table()


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8")), "utf-8")
