"""What was read of dockets, as plain values for programs."""

from __future__ import annotations

from collections.abc import Mapping

from locutorio.dockets.leads import Lead
from locutorio.dockets.reading import Reading
from locutorio.dockets.seen import Known

FORMAT = "locutorio-dockets-1"
Json = object


def as_document(reading: Reading) -> Mapping[str, Json]:
    """Give everything that a reading found. Days are YYYY-MM-DD, moments ISO 8601 in UTC; no day is None."""
    return {
        "format": FORMAT,
        "applied": [],
        "files": [
            {
                "name": file.name,
                "source": file.source,
                "court": file.court,
                "unread": file.unread,
                "cut_short": file.cut_short,
            }
            for file in reading.files
        ],
        "new": [_lead(one) for one in reading.new],
        "changed": [_lead(one) for one in reading.changed],
        "counted": {
            "again": reading.again,
            "housekeeping": reading.counted.housekeeping,
            "sealed": reading.counted.sealed,
            "others": reading.counted.others,
            "other_cases": reading.other_cases,
        },
        "gaps": [
            {
                "court": gap.court,
                "case": gap.case,
                "first": gap.first,
                "last": gap.last,
                "numbers": list(gap.numbers),
            }
            for gap in reading.gaps
        ],
        "unseen": [
            {"court": court, "from": span[0].isoformat(), "until": span[1].isoformat()}
            for court, span in reading.unseen
        ],
    }


def _lead(lead: Lead) -> Mapping[str, Json]:
    return {
        **_entry(lead.known),
        "defendants": sorted(lead.known.defendants),
        "kinds": list(lead.known.kinds),
        "wordings": [
            {
                "text": one.text,
                "first_read_at": one.first_read_at.isoformat(),
                "last_read_at": one.last_read_at.isoformat(),
                "sources": sorted(one.sources),
            }
            for one in lead.known.wordings
        ],
        "touches": [
            {"kind": one.kind, "words": one.words, "sentence": one.sentence, "depends_on": one.depends_on}
            for one in lead.touches
        ],
        "named": list(lead.named),
        "mentions": list(lead.mentions),
        "attachments": list(lead.attachments),
        "days": [
            {"words": one.words, "day": one.day.isoformat() if one.day else None, "why_not": one.why}
            for one in lead.days
        ],
        "terms": [
            {
                "words": one.words,
                "amount": one.amount,
                "unit": one.unit,
                "counted_from": one.start,
                "day": None,
            }
            for one in lead.terms
        ],
        "undoes": [_entry(one) for one in lead.undoes],
        "alike": [_entry(one) for one in lead.alike],
        "same_number": [_entry(one) for one in lead.same_number],
    }


def _entry(known: Known) -> dict[str, Json]:
    entry = known.entry
    return {
        "name": known.name,
        "court": entry.court,
        "case": entry.case,
        "number": entry.number,
        "filed_on": entry.filed_on.isoformat() if entry.filed_on else None,
        "filed_at": entry.filed_at.isoformat() if entry.filed_at else None,
        "entered_on": entry.entered_on.isoformat() if entry.entered_on else None,
    }
