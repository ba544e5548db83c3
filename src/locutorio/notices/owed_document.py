"""Writes an account for machines, with its letter, as docs/reference/owed.schema.json says."""

from __future__ import annotations

from locutorio.arrangements.account import Kept, Row, Span, Tally
from locutorio.arrangements.asking import Owed
from locutorio.arrangements.gaps import Between, Gap
from locutorio.notices.document import Json, as_json
from locutorio.notices.owed import compose, state

FORMAT = "locutorio-owed-1"


def as_document(owed: Owed, lang: str) -> dict[str, Json]:
    """Give an account as a JSON object; days are written YYYY-MM-DD, numbers as [lowest, highest].

    Raises:
        Fault: the catalogue does not have this language.
    """
    account = owed.account
    return {
        "format": FORMAT,
        "lang": lang,
        "on": account.on.isoformat(),
        "state": state(owed),
        "promises": [_kept(kept) for kept in account.kept],
        "between": {"spoken": _between(account.spoken), "written": _between(account.written)},
        "deadlines": [
            {
                "promise": one.promise.name,
                "event_on": one.event_on.isoformat(),
                "last_day": as_json(one.decision.clocks[0].last_day),
                "clock": one.decision.clocks[0].name,
                "citation": one.decision.clocks[0].finding.citation,
            }
            for one in owed.deadlines
        ],
        "months": [
            {
                "begins": one.begins.isoformat(),
                "about": one.about,
                "limits": as_json(one.decision.limits),
                "beside": as_json(one.decision.beside),
            }
            for one in owed.months
        ],
        "letter": as_json(compose(owed, lang)),
    }


def _kept(kept: Kept) -> dict[str, Json]:
    return {
        "id": kept.promise.name,
        "paper": kept.promise.paper,
        "unit": "minutes" if kept.promise.in_minutes else "contacts",
        "total": _tally(kept.total),
        "minutes": _tally(kept.minutes) if kept.minutes else None,
        "periods": [_row(row) for row in kept.rows],
    }


def _row(row: Row) -> dict[str, Json]:
    return {
        "from": row.period.begins.isoformat(),
        "until": row.period.ends.isoformat(),
        "holds": row.period.holds.value,
        "running": row.running,
        "complete": row.complete,
        "tally": _tally(row.tally),
        "minutes": _tally(row.minutes) if row.minutes else None,
        "late": [{"on": late.event.on.isoformat(), "days": late.days} for late in row.late],
    }


def _tally(tally: Tally) -> dict[str, Json]:
    return {
        "owed": _span(tally.owed),
        "on_time": _span(tally.on_time),
        "late": _span(tally.late),
        "missing": _span(tally.missing),
        "to_come": _span(tally.to_come),
    }


def _span(span: Span) -> Json:
    return [span.low, span.high]


def _between(between: Between | None) -> Json:
    if between is None:
        return None
    return {
        "since": between.since.isoformat(),
        "last": as_json(between.last),
        "now": _gap(between.now),
        "now_if": _gap(between.now_if),
        "longest": _gap(between.longest),
        "longest_if": _gap(between.longest_if),
        "complete": between.complete,
    }


def _gap(gap: Gap | None) -> Json:
    if gap is None:
        return None
    return {"from": gap.begins.isoformat(), "to": gap.ends.isoformat(), "days": gap.days}
