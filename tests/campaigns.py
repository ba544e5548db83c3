"""What `make soak` runs, and `make test` runs a little of: each campaign's batches are drawn by a seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from locutorio.actions import shelf
from tests.authority import campaign as authority
from tests.booking import campaign as bookings
from tests.campaign import Campaign, Done
from tests.clocks import trying as clocks
from tests.defects import campaign as defects
from tests.documents import campaign as files
from tests.house.forms import drawn
from tests.house.trying import adopted_and_told
from tests.interview import answering
from tests.life import living
from tests.log import clean, tampering
from tests.oracles.agreement import clingo_agrees
from tests.oracles.conditions import cel_agrees, oracle
from tests.privacy import campaign as privacy
from tests.properties import promises
from tests.properties.laws import SHIPPED, Law, generated, of_pack
from tests.remedies import promises as petitions
from tests.store import full, kills, power, restoring
from tests.survey import agreement
from tests.telephony import campaign as registers
from tests.telephony import faults, harmed_wire, noise
from tests.web import campaign as attacking

LAWS_A_BATCH = 20
CASES_A_LAW = 20
CASES_OF_SHIPPED = 100
DEFECTS_A_BATCH = 4
ROWS_OF_SURVEY = 250
INTERVIEWS = 20
KILLS, SERVER_KILLS, CUTS, FULL_DISKS = 25, 5, 500, 5
FORMS = 20
ATTACKS = 1_000
LIVES = 4
STEPS_OF_A_LIFE = 1_000
HISTORIES = 500
Trial = Callable[[Law, random.Random], int | None]


def on_generated(trial: Trial, seed: int) -> Done:
    """Try a promise on generated laws."""
    rng = random.Random(f"generated {seed}")
    count = 0
    for _ in range(LAWS_A_BATCH):
        law = generated(rng)
        for _ in range(CASES_A_LAW):
            counted = trial(law, rng)
            count += 1 if counted is None else counted
    return Done(count)


def on_shipped(trial: Trial, seed: int) -> Done:
    """Try a promise on every stretch of every shipped pack."""
    rng = random.Random(f"shipped {seed}")
    count = 0
    for law in (law for name in SHIPPED for law in of_pack(name)):
        for _ in range(CASES_OF_SHIPPED):
            counted = trial(law, rng)
            count += 1 if counted is None else counted
    return Done(count)


def on_both(trial: Trial, seed: int) -> Done:
    """Try a promise on generated laws with even seeds, on the shipped packs with odd ones."""
    return on_generated(trial, seed) if seed % 2 == 0 else on_shipped(trial, seed)


def order(seed: int) -> Done:
    """Write each law twice, in two orders and under other names, and compare the decisions."""
    rng = random.Random(f"order {seed}")
    if seed % 2:
        laws = [law for name in SHIPPED for law in of_pack(name)]
    else:
        laws = [generated(rng) for _ in range(LAWS_A_BATCH)]
    for law in laws:
        other, names = law.again(rng)
        for at in range(CASES_A_LAW):
            promises.order_changes_nothing(law.judge, other, names, law.drawer, rng, deep=at % 5 == 0)
            promises.papers_in_any_order(law.judge, law.drawer, rng)
    return Done(len(laws) * CASES_A_LAW)


def clingo(seed: int) -> Done:
    """Decide a batch by clingo."""
    rng = random.Random(f"clingo {seed}")
    if seed % 2:
        return Done(
            clingo_agrees((law for name in SHIPPED for law in of_pack(name)), rng, CASES_OF_SHIPPED * 2)
        )
    return Done(clingo_agrees([generated(rng) for _ in range(LAWS_A_BATCH * 2)], rng, CASES_A_LAW))


def seeded(seed: int) -> Done:
    """Try a few defects of the shipped packs, in the order drawn by the printed seed."""
    chosen = defects.drawn(defects.SEED)[seed * DEFECTS_A_BATCH : (seed + 1) * DEFECTS_A_BATCH]
    return Done(len(chosen), tuple(defects.uncaught(chosen)))


def more_facts(law: Law, rng: random.Random) -> None:
    """One chain of growing knowledge for each kind of question; one in ten with the deep answer."""
    promises.more_facts_never_turn(law.judge, law.drawer, rng, deep=rng.random() < 0.1)
    promises.more_facts_never_turn_papers(law.judge, law.drawer, rng)
    promises.more_facts_never_turn_clocks(law.judge, law.drawer, rng)


def survey(seed: int) -> Done:
    """Decide a table by columns, by generated Python and by the explaining reader."""
    rng = random.Random(f"survey {seed}")
    laws = shipped_laws()
    law = rng.choices(laws, weights=[max(len(one.book.provisions), 150) for one in laws])[0]
    tally = agreement.columns_agree(law, rng, ROWS_OF_SURVEY)
    return Done(ROWS_OF_SURVEY, tally=tally)


def interviews(seed: int) -> Done:
    """Walk some of the worked cases of every shipped pack; the seeds go round through all of them."""
    cases = [(name, worked) for name in shelf.laws() for worked in answering.contact_cases(name)]
    chosen = [cases[at % len(cases)] for at in range(seed * INTERVIEWS, (seed + 1) * INTERVIEWS)]
    return Done(INTERVIEWS, tally=Counter(answering.counted(name, worked) for name, worked in chosen))


def house_rules(seed: int) -> Done:
    """Adopt some drawn forms of house rules: each becomes a valid pack whose safety is proved."""
    for at in range(seed * FORMS, (seed + 1) * FORMS):
        assert adopted_and_told(drawn(at))
    return Done(FORMS)


def life(seed: int) -> Done:
    """Live a life of a small establishment; three of four on SQLite, the others on PostgreSQL."""
    kind = kills.KINDS[seed % 4 == 3]
    lived = living.live(seed, STEPS_OF_A_LIFE, kind)
    assert not lived.broken, living.told(living.shortest(lived, kind))
    return Done(len(lived.steps), tally={"days": lived.days, **lived.tally})


def killed(what: str, seed: int, count: int) -> Done:
    """Kill writers or their server, and find all that was acknowledged."""
    return Done(count, tally={"changes": kills.run(what, seed, count)})


def power_cuts(seed: int) -> Done:
    """Cut the power under the shipped settings; every state that was left is whole."""
    found = power.run(power.SHIPPED, seed, CUTS)
    assert found["whole"] == CUTS, found
    return Done(CUTS)


def full_disks(seed: int) -> Done:
    """Fill a disk under one of the databases."""
    full.run(kills.KINDS[seed % 2], seed, FULL_DISKS)
    return Done(FULL_DISKS)


def changes_told(tally: Mapping[str, int]) -> Sequence[str]:
    """Say how many changes were acknowledged and found."""
    return (f"{tally['changes']:,} changes were acknowledged: each was found, none in part",)


def restored(seed: int) -> Done:
    """Destroy the disk of a server under load, restore it from its vault, and prove it by its log."""
    counted = restoring.run("vault", seed)
    milliseconds = {name: int(counted[name] * 1_000) for name in ("seconds", "proved")}
    kept = {"changes": int(counted["acknowledged"]), "before": int(counted["before"])}
    seen = {name: int(counted[name]) for name in ("entries", "witnessed")}
    return Done(1, tally={"disks": 1, **kept, **seen, **milliseconds})


def restored_told(tally: Mapping[str, int]) -> Sequence[str]:
    """Say what was found, and how long it took until it was back, and until it was proved."""
    back, proved = (_minutes(tally[name] / tally["disks"]) for name in ("seconds", "proved"))
    before, entries, seen = (f"{tally[name]:,}" for name in ("before", "entries", "witnessed"))
    return (
        *changes_told(tally),
        f"{before} of them before a disk was destroyed: each is in a log that holds",
        f"the restored logs have {entries} entries; the witness had seen {seen} of them",
        f"from a destroyed disk until the server answers: {back} each; until its log is proved: {proved}",
    )


def _minutes(milliseconds: float) -> str:
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes:.0f} min {rest / 1_000:.1f} s"


def last_place(seed: int) -> Done:
    """Race for the last place on one of the databases."""
    count, tally = bookings.rounds(seed)
    return Done(count, tally=tally)


def everybody(seed: int) -> Done:
    """Ask as each role for everything there is."""
    count, tally = authority.batch(seed)
    return Done(count, tally=tally)


def tampered(seed: int) -> Done:
    """Tamper in each way with a log that was signed and witnessed; each is found."""
    for kind in tampering.KINDS:
        assert tampering.found_out(kind, seed), f"{kind} {seed} was not found"
    return Done(len(tampering.KINDS), tally=dict.fromkeys(tampering.KINDS, 1))


def tampering_told(tally: Mapping[str, int]) -> Sequence[str]:
    """Say how often each kind was tried."""
    return (f"{len(tally)} kinds, each found every time: at least {min(tally.values(), default=0):,} tries",)


def untouched(seed: int) -> Done:
    """Live short lives in which nobody tampers; three of four on SQLite, the others on PostgreSQL."""
    sizes = [clean.run(at, kills.KINDS[at % 4 == 3]) for at in range(seed * LIVES, (seed + 1) * LIVES)]
    return Done(LIVES, tally={"entries": sum(sizes)})


def attacks(seed: int) -> Done:
    """Try the attacks of one seed on the open pages, those of an establishment, and the API."""
    tally = attacking.attacks(seed)
    return Done(tally.total(), tally=tally)


def deadlines(seed: int) -> Done:
    """Try every clock of every law on each day of one year of the fifty."""
    tally = clocks.batch(seed)
    return Done(tally["clocks"], tally=tally)


def histories(seed: int) -> Done:
    """Tell drawn petitions from their events, on days and in orders that are drawn too."""
    rng = random.Random(f"petitions {seed}")
    petitions.some(rng, HISTORIES)
    return Done(HISTORIES)


def shipped_laws() -> list[Law]:
    """Give every stretch of every shipped pack."""
    return [law for name in SHIPPED for law in of_pack(name)]


CAMPAIGNS = {
    one.name: one
    for one in (
        Campaign(
            "cel",
            "conditions equal to CEL",
            200_000,
            30_000,
            lambda seed: on_both(lambda law, rng: cel_agrees(law.book, oracle(), law.drawer, rng), seed),
        ),
        Campaign("clingo", "outcomes equal to clingo", 200_000, 700, clingo),
        Campaign("defects", f"defects, drawn with seed {defects.SEED}", 400, DEFECTS_A_BATCH, seeded, 0.05),
        Campaign("facts", "chains of facts", 40_000, 400, lambda seed: on_both(more_facts, seed)),
        Campaign("house", "forms of house rules adopted and proved", 2_000, FORMS, house_rules),
        Campaign("order", "decisions in two orders", 20_000, 200, order),
        Campaign(
            "readers",
            "provisions read alike",
            1_000_000,
            20_000,
            lambda seed: on_both(lambda law, rng: promises.readers_agree(law.book, law.drawer, rng), seed),
        ),
        Campaign(
            "formulas",
            "outcomes equal to the solver",
            20_000,
            400,
            lambda seed: on_both(
                lambda law, rng: promises.formulas_agree(law.book, law.solved, law.drawer, rng), seed
            ),
        ),
        Campaign(
            "removed",
            "removed provisions left out",
            5_000,
            60,
            lambda seed: on_both(
                lambda law, rng: promises.removed_removes_nothing(law.judge, law.drawer, rng), seed
            ),
        ),
        Campaign(
            "survey",
            "rows decided alike by columns, Python and the explaining reader",
            200_000,
            ROWS_OF_SURVEY,
            survey,
            told=lambda tally: (f"share of each outcome: {agreement.shares(tally)}",),
            lacking=lambda tally: [
                f"silent throughout: {name}" for name in agreement.silent(tally, shipped_laws())
            ],
        ),
        Campaign("clocks", clocks.UNIT, clocks.ALL, clocks.A_YEAR, deadlines, told=clocks.told),
        Campaign("petitions", "histories of petitions told", 50_000, HISTORIES, histories),
        Campaign(
            "last-place",
            "races for the last place, one winner each",
            4_320,
            bookings.ROUNDS,
            last_place,
            told=bookings.told,
        ),
        Campaign(
            "interviews",
            "interviews that reach the answer of the whole case",
            600,
            INTERVIEWS,
            interviews,
            told=answering.told,
        ),
        Campaign(
            "wild",
            "decisions on far-off values",
            4_000,
            300,
            lambda seed: on_shipped(
                lambda law, rng: promises.refusals_show_a_route(law.judge, law.wild, rng), seed
            ),
        ),
        Campaign(
            "writers-killed",
            "kills of a process that writes",
            1_000,
            KILLS,
            lambda seed: killed(kills.KINDS[seed % 2], seed, KILLS),
            told=changes_told,
        ),
        Campaign(
            "servers-killed",
            "kills of the PostgreSQL server",
            100,
            SERVER_KILLS,
            lambda seed: killed("server", seed, SERVER_KILLS),
            told=changes_told,
        ),
        Campaign(
            "life",
            "steps in the life of an establishment",
            200_000,
            STEPS_OF_A_LIFE,
            life,
            told=living.totals,
        ),
        Campaign(
            "restore",
            "disks destroyed under load, restored from a vault, proved by the log beside a witness",
            20,
            1,
            restored,
            told=restored_told,
        ),
        Campaign(
            "tampering",
            "logs tampered with by root and every key, each found out",
            2_000 * len(tampering.KINDS),
            len(tampering.KINDS),
            tampered,
            told=tampering_told,
        ),
        Campaign(
            "untouched",
            "logs that nobody touched, without a false alarm",
            1_000,
            LIVES,
            untouched,
            told=lambda tally: (f"{tally['entries']:,} entries verified",),
        ),
        Campaign(
            "roles",
            "calls, pages and operations of the API by every role, none let through",
            100_000,
            27_000,
            everybody,
            told=authority.told,
        ),
        Campaign(
            "attacks",
            "attacks on pages, forms and the API, all answered",
            20_000,
            ATTACKS,
            attacks,
            told=lambda tally: (", ".join(f"{count:,} {what}" for what, count in sorted(tally.items())),),
        ),
        files.CAMPAIGN,
        privacy.CAMPAIGN,
        registers.CAMPAIGN,
        harmed_wire.CAMPAIGN,
        noise.CAMPAIGN,
        faults.CAMPAIGN,
        Campaign("power-cuts", "power cuts that lose nothing", 20_000, CUTS, power_cuts),
        Campaign("full-disks", "full disks that refuse, are read and go on", 100, FULL_DISKS, full_disks),
    )
}
