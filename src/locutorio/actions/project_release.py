"""Projects a release from a sentence, with the arithmetic and the law. Needs no database, keeps nothing.

What the law allows at most is asked of the law itself: of a paper that gives so much, and of one that gives
one more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from locutorio.actions import answer, remedy, shelf
from locutorio.decisions.clocks import is_holiday
from locutorio.decisions.decision import ClockSeen, Decision, Finding, Outcome
from locutorio.decisions.projected import Most, Phase, Projected, Sentence
from locutorio.facts.case import Case, CasePaper, Dated
from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import Value
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import plus_months
from locutorio.rules.provision import Pack

PAPER = "plan"
PHASES = ("halfway_house", "home_confinement", "supervised_release")
OFFENCES = ("violence", "drug_trafficking", "other")
YEARS_MAX, DAYS_MAX = 99, 40_000
_A_YEAR, _OUTSIDE, _HOME, _TENTH = (
    "conduct_days_a_year",
    "months_in_community",
    "home_months",
    "home_days",
)
_TOP = 100_000
_KINDS = {5: "saturday", 6: "sunday"}


def laws() -> tuple[str, ...]:
    """Give the laws that say what a release is reckoned from."""
    return tuple(
        law
        for law in shelf.laws()
        if any(_A_YEAR in form.parameters for form in shelf.pack(law).forms.values())
    )


def project_release(law: str, sentence: Sentence, on: date, offence: str = "other") -> Projected:
    """Project the days of a sentence.

    The first day counts: a year from 1 March ends with the last day of February.

    Args:
        law: a law that is here.
        sentence: as imposed.
        on: the day asked about, of whose law it is.
        offence: violence, drug_trafficking or other: whether the police are told ahead.

    Raises:
        Fault: the law has no rules on this, or the sentence is no term that is served so.
    """
    if law not in shelf.laws():
        raise Fault(f'there is no law "{law}" here', remedy=f"choose one of {', '.join(shelf.laws())}")
    _refuse_unusable(sentence, offence)
    pack = shelf.pack(law)
    full = _full_term(sentence)
    over = (sentence.years * 12 + sentence.months, sentence.days) > (12, 0)
    a_year = _most(
        pack,
        on,
        _A_YEAR,
        {"term_kind": "over_a_year" if over else "a_year_or_less", "literacy_unmet": sentence.literacy_unmet},
    )
    good = max(0, _good_days(sentence, a_year.value) - sentence.lost_days)
    term = (full - sentence.began).days + 1 + sentence.credit_days
    release = full - timedelta(days=good)
    outside = _most(pack, on, _OUTSIDE, {"other_law": False})
    home = _most(pack, on, _HOME, {"other_law": False, "home_days": 0, "tenth_of_term": term // 10})
    tenth = _most(pack, on, _TENTH, {"other_law": False, "home_months": 0, "tenth_of_term": term // 10})
    kind = "holiday" if pack.holidays and is_holiday(pack.holidays, release) else ""
    kind = kind or _KINDS.get(release.weekday(), "weekday")
    weekday = _weekday_law(pack, on, kind)
    return Projected(
        law=law,
        on=on,
        sentence=sentence,
        full_term=full,
        term_days=term,
        a_year=a_year,
        good_days=good,
        release=release,
        release_kind=kind,
        weekday_before=_weekday_before(release, pack.holidays) if weekday else None,
        weekday_law=weekday,
        outside=outside,
        outside_from=max(sentence.began, _months_before(release, outside.value)),
        home=home,
        tenth=tenth,
        home_from=max(
            sentence.began, _months_before(release, home.value), release - timedelta(days=tenth.value)
        ),
        told=_told(law, release, offence, on),
        phases=tuple(_phase(pack, on, phase) for phase in PHASES),
    )


def _refuse_unusable(sentence: Sentence, offence: str) -> None:
    counts = (sentence.years, sentence.months, sentence.days, sentence.credit_days, sentence.lost_days)
    if any(not 0 <= one <= DAYS_MAX for one in counts) or sentence.years > YEARS_MAX:
        raise Fault("this is no length of a sentence", remedy="write years, months and days as whole numbers")
    if not any(counts[:3]):
        raise Fault(
            "the sentence has no length", why="a sentence for life has no day of release", remedy="write it"
        )
    if offence not in OFFENCES:
        raise Fault(f'"{offence}" is no kind of offence here', remedy=f"write one of {', '.join(OFFENCES)}")


def _full_term(sentence: Sentence) -> date:
    """Give the last day of a sentence without good time."""
    months = plus_months(sentence.began, sentence.years * 12 + sentence.months)
    try:
        last = months and months + timedelta(days=sentence.days - 1 - sentence.credit_days)
    except OverflowError:
        last = None
    if last is None or last < sentence.began:
        raise Fault(
            "this sentence ends before it begins, or beyond what can be written",
            remedy="check its length, and the days that were served before",
        )
    return last


def _good_days(sentence: Sentence, a_year: int) -> int:
    years = sentence.years + Fraction(sentence.months, 12) + Fraction(sentence.days, 365)
    return int(a_year * years)


def _most(pack: Pack, on: date, word: str, given: Mapping[str, Value]) -> Most:
    """Give the most of something that a paper can give and still stand, and what speaks against one more."""
    low, high = 0, _TOP
    if not _stands(_judged(pack, on, {**given, word: 0})) or _stands(
        _judged(pack, on, {**given, word: high})
    ):
        raise Fault(
            f"the law {pack.name} sets no such limit on a release",
            why=f"no form of it judges {word.replace('_', ' ')}",
            remedy="choose another law with --law",
        )
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _stands(_judged(pack, on, {**given, word: middle})) else (low, middle)
    against = _judged(pack, on, {**given, word: high})
    return Most(low, tuple(one for one in against.reasons if "defect" in one.effects))


def _stands(judged: Decision) -> bool:
    return judged.outcome is Outcome.STANDS


def _judged(pack: Pack, on: date, stated: Mapping[str, Value]) -> Decision:
    """Ask the law of a paper that states this."""
    form = next((one for one in pack.forms.values() if {*stated} <= {*one.parameters}), None)
    if form is None:
        raise Fault(
            f"the law {pack.name} has no rules on release",
            why="no form of it states what is asked",
            remedy="choose another law with --law",
        )
    said: dict[str, Value] = {
        "literacy_unmet": False,
        "release_falls_on": "weekday",
        "decider": "establishment",
        "signed_on": on,
        **stated,
    }
    facts = {f"instrument.{word}": Dated(one) for word, one in said.items() if word in form.parameters}
    facts["instrument.from"] = Dated(on)
    person: dict[str, tuple[Dated, ...]] = {"person.final_removal_order": (Dated(False),)}
    paper = CasePaper(PAPER, form.name, facts, None, None)
    return answer.answer(Case(pack.name, Question("instrument", on, subject=PAPER), person, (paper,), None))


def _weekday_law(pack: Pack, on: date, kind: str) -> tuple[Finding, ...]:
    stated: dict[str, Value] = {"release_falls_on": kind, _A_YEAR: 0, "term_kind": "over_a_year"}
    found = _judged(pack, on, stated)
    return tuple(one.finding for one in found.beside if one.kind == "release_weekday_before")


def _weekday_before(day: date, country: str | None) -> date:
    while day.weekday() in _KINDS or (country and is_holiday(country, day)):
        day -= timedelta(days=1)
    return day


def _months_before(day: date, months: int) -> date:
    return plus_months(day, -months) or date.min


def _told(law: str, release: date, offence: str, on: date) -> ClockSeen | None:
    """Give the clock by which the police are told of a release, where the law has one for the offence."""
    given: dict[str, Value] = {"release.on": release, "release.offence": offence}
    for name, kind in remedy.kinds(law, on).items():
        if any("release.on" in way.starts for way in kind.ways):
            try:
                return remedy.reckon(law, name, given, on).first.seen
            except Fault:
                return None
    return None


def _phase(pack: Pack, on: date, phase: str) -> Phase:
    """Give what somebody in a phase needs to visit a person in custody, beyond what anybody else needs."""
    found, other = _visit(pack, on, phase), _visit(pack, on, "none")
    before = {key.finding.provision for key in other.keys} | {one.finding.provision for one in other.beside}
    return Phase(
        phase,
        found,
        tuple(one for one in found.keys if one.finding.provision not in before),
        tuple(one for one in found.beside if one.finding.provision not in before),
    )


def _visit(pack: Pack, on: date, phase: str) -> Decision:
    facts: dict[str, Value] = {
        "contact.supervision": phase,
        "contact.role": "social",
        "person.felony_conviction": True,
    }
    given = {path: (Dated(value),) for path, value in facts.items()}
    question = Question("contact", on, "visit", on)
    return answer.answer(Case(pack.name, question, given, (), frozenset(pack.kinds)))
