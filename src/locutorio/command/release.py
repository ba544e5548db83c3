"""The command `release`: the days that follow from a sentence, with the arithmetic and the law."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from locutorio.command.telling import LAW, Lang, Law, language, named_day, say, telling, uncollected


def release(  # noqa: PLR0913, PLR0917 - each says another thing of one sentence
    began: Annotated[str, typer.Option(help="The day on which the sentence began to run.")],
    years: Annotated[int, typer.Option(help="Its length: years.")] = 0,
    months: Annotated[int, typer.Option(help="Months besides.")] = 0,
    days: Annotated[int, typer.Option(help="Days besides.")] = 0,
    credit: Annotated[int, typer.Option(help="Days in custody before, that count.")] = 0,
    lost: Annotated[int, typer.Option(help="Days of good time that were taken away.")] = 0,
    literacy_unmet: Annotated[
        bool, typer.Option("--literacy-unmet", help="The terms of the literacy programme are not met.")
    ] = False,
    offence: Annotated[
        str, typer.Option(help="violence, drug_trafficking or other: whether the police are told ahead.")
    ] = "other",
    on: Annotated[str | None, typer.Option(help="The day whose law counts; left out: today.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the days as JSON.")] = False,
    law: Law = LAW,
    lang: Lang = "en",
) -> None:
    """Project a release: good time, half-way house, home confinement, and who may be visited then."""
    with telling(), uncollected():
        from locutorio.actions.clock import today
        from locutorio.actions.project_release import project_release
        from locutorio.decisions.projected import Sentence
        from locutorio.notices.release import as_json_document, compose
        from locutorio.notices.text import letter_as_text

        told_in = language(lang)
        asked = named_day("--on", on) if on is not None else today()
        sentence = Sentence(named_day("--began", began), years, months, days, credit, lost, literacy_unmet)
        found = project_release(law, sentence, asked, offence)
        if as_json:
            say(json.dumps(as_json_document(found, told_in), ensure_ascii=False, indent=2))
        else:
            say(letter_as_text(compose(found, told_in)), end="")
