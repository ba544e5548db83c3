"""The command line: parse, call one action, print the answer. Exit codes: docs/reference/command-line.md."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from locutorio.command import (
    dockets,
    history,
    importing,
    keeping,
    kiosks,
    owed,
    population,
    record,
    release,
    remedy,
    schedules,
    serving,
    telephony,
    tokens,
)
from locutorio.command import witness as witnessing
from locutorio.command.telling import (
    FAILED,
    LAW,
    Lang,
    Law,
    given,
    language,
    misused,
    refuse_unread_moment,
    say,
    telling,
    uncollected,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Answers what the law says of a visit, a call or a privileged contact of a person in custody.",
)


@app.callback()
def at_home(
    home: Annotated[
        Path | None,
        typer.Option(help="The folder of this establishment, with its own rules; usually LOCUTORIO_HOME."),
    ] = None,
) -> None:
    """Make known what stands outside the program."""
    if home is not None:
        from locutorio.actions import shelf

        shelf.known(home / shelf.RULES)


@app.command()
def decide(
    case: Annotated[Path | None, typer.Argument(help="A case file (YAML); - for standard input.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the decision as JSON.")] = False,
    at: Annotated[
        str | None, typer.Option(help="Decide for this moment instead of the case's own day.")
    ] = None,
    known_at: Annotated[str | None, typer.Option(help="Count only what was known by this moment.")] = None,
    lang: Lang = "en",
    adopt: Annotated[
        list[str] | None, typer.Option(help="Adopt a provision or catalogue row of unverified text, by id.")
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(help="Print a case to fill in: visit, call, entry, instrument, clock:bp9, ..."),
    ] = None,
    law: Annotated[
        str | None, typer.Option(help="The pack of law for --template; a case names its law itself.")
    ] = None,
) -> None:
    """Decide a case: the answer, every reason with its citation, and what to do next."""
    with telling(), uncollected():
        told_in = language(lang)
        if template is not None:
            if case or as_json or at or known_at or adopt:
                misused("--template prints a case to fill in and decides nothing", "leave the rest out")
            from locutorio.actions.clock import today
            from locutorio.actions.template import template as filled

            say(filled(law or LAW, template, told_in, today()), end="")
            return
        if case is None:
            misused("no case file is named", "name one, or print one with --template visit")
        if law is not None:
            misused("--law is for --template: a case names its law itself", "leave --law out")
        refuse_unread_moment("--at", at)
        refuse_unread_moment("--known-at", known_at)
        from locutorio.actions import answer

        read = answer.read(*given(case))
        decision = answer.answer(read, at=at, known_at=known_at, adopt=frozenset(adopt or ()))
        if as_json:
            from locutorio.notices.document import as_document

            say(json.dumps(as_document(decision, told_in), ensure_ascii=False, indent=2))
        else:
            from locutorio.notices.text import as_text

            say(as_text(decision, told_in))


app.command("owed")(owed.owed)
app.command("release")(release.release)
app.command("remedy", context_settings=remedy.EXTRA)(remedy.remedy)
app.command("history")(history.history)
app.command("docket")(dockets.docket)
app.add_typer(importing.import_app, name="import")
app.command("schedule")(schedules.schedule)
app.command("generate")(population.generate)
app.command("survey")(population.survey)
app.command("impact")(population.impact)
app.command("demo")(serving.demo)
app.command("serve")(serving.serve)
app.command("open")(serving.open_)
app.command("account")(serving.account)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("retention")(keeping.retention)
app.command("export")(keeping.export)
app.command("self-check")(keeping.self_check)
app.command("witness")(witnessing.witness)
app.command("token")(tokens.token)
app.command("kiosk")(kiosks.kiosk)
app.add_typer(telephony.app, name="telephony")
for one in (record.verify, record.proof, record.policy, record.checkpoint):
    app.command()(one)

law_app = typer.Typer(
    no_args_is_help=True, help="The law: search it, list it, show one provision with its cases."
)
app.add_typer(law_app, name="law")


@law_app.command("search")
def law_search(
    words: Annotated[list[str], typer.Argument(help="Words to find.")],
    law: Law = LAW,
    lang: Lang = "en",
) -> None:
    """Find provisions whose citation, paraphrase or name holds every word."""
    _list(law, lang, lambda text: all(word.lower() in text.lower() for word in words))


@law_app.command("list")
def law_list(
    status: Annotated[
        str | None, typer.Option(help="Only this status: verified, derived, verified-2 or recalled.")
    ] = None,
    by_day: Annotated[bool, typer.Option("--by-day", help="Oldest reading of the text first.")] = False,
    law: Law = LAW,
    lang: Lang = "en",
) -> None:
    """List provisions with their status and the day their text was last read."""
    _list(law, lang, lambda _: True, status=status, by_day=by_day)


def _list(
    law: str, lang: str, wanted: Callable[[str], bool], *, status: str | None = None, by_day: bool = False
) -> None:
    with telling():
        from locutorio.actions import statutes

        rows = statutes.rows(law, language(lang), status=status, by_day=by_day)
        shown = [row for row in rows if wanted(row.searched)]
        for row in shown:
            say(f"{row.read_on}  {row.status:<10}  {row.citation}  [{row.name}]\n    {row.says}")
        say(f"{len(shown)} provisions")


@law_app.command("show")
def law_show(
    name: Annotated[str, typer.Argument(help="A provision's id, as `law list` prints it in brackets.")],
    law: Law = LAW,
    lang: Lang = "en",
) -> None:
    """Show one provision: its words, numbers, conditions, effects, and the cases that rest on it."""
    with telling():
        from locutorio.actions import statutes

        say(statutes.sheet(law, name, language(lang)))


@app.command()
def check(
    pack: Annotated[str, typer.Argument(help="A shipped pack (such as us-federal) or the folder of a pack.")],
    write: Annotated[bool, typer.Option(help="Store the proof with the pack's hash.")] = True,
) -> None:
    """Check a pack: validity, every case, safety properties. Exit 4 if anything fails."""
    with telling():
        from locutorio.actions import check as checking

        good = True
        for line, passed in checking.report(pack, write=write):
            say(line)
            good = good and passed
        if not good:
            raise typer.Exit(FAILED)


if __name__ == "__main__":
    app()
