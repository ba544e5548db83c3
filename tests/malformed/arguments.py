"""Arguments that cannot be used, with the words of the error and the exit code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arguments:
    """One malformed command. ``case.yaml`` is a good case, ``folder`` and ``file`` are empty ones."""

    name: str
    given: tuple[str, ...]
    says: tuple[str, ...]
    code: int = 3


def refused(name: str, given: str, *says: str) -> Arguments:
    """Give a command whose input is refused. Arguments are parted by blanks; an underscore stands for one."""
    return Arguments(name, tuple(part.replace("_", " ") for part in given.split()), says)


def misused(name: str, given: str, *says: str) -> Arguments:
    """Give a command that is used wrongly."""
    return Arguments(name, tuple(given.split()), says, code=2)


ARGUMENTS = [
    refused("file-missing", "decide nowhere.yaml", "nowhere.yaml cannot be read (No such file"),
    refused("file-is-a-folder", "decide folder", "folder cannot be read (Is a directory)"),
    refused("file-without-end", "decide /dev/zero", "zero is too large"),
    refused("file-name-too-long", f"decide {'x' * 300}", "cannot be read (File name too long)"),
    refused("file-name-clears-the-screen", "decide \x1b[2J", "<U+001B>[2J cannot be read"),
    refused("file-empty", "decide file", "file is empty", "--template visit"),
    refused(
        "language-unknown", "decide case.yaml --lang xx", '--lang: there are no answers in "xx"', "--lang es"
    ),
    refused("language-of-the-law-unknown", "law list --lang xx", '"xx"', "--lang es"),
    refused("at-garbage", "decide case.yaml --at tomorrow", '--at: "tomorrow" is not a day or a moment'),
    refused("at-a-day-that-is-none", "decide case.yaml --at 2025-02-30", "--at: ", "2025-02-28"),
    refused("at-the-year-9999", "decide case.yaml --at 9999-12-31", "outside the years 1900 to 2200"),
    refused("at-before-the-law", "decide case.yaml --at 2019-12-31", "says nothing of 2019-12-31"),
    refused(
        "at-with-an-odd-offset", "decide case.yaml --at 2025-03-10T09:00+99:99", "is not a day or a moment"
    ),
    refused("at-a-week", "decide case.yaml --at 2025-W10-1", "is not a day or a moment"),
    refused("at-clears-the-screen", "decide case.yaml --at \x1b[2J", '--at: "<U+001B>[2J"'),
    refused("known-at-garbage", "decide case.yaml --known-at last_week", '--known-at: "last week" is not'),
    refused("adopt-of-nothing", "decide case.yaml --adopt nothing", '"nothing" to adopt', "known here: "),
    refused("template-unknown", "decide --template vist", "did you mean visit?"),
    refused("template-of-no-law", "decide --template visit --law nowhere", "arcadia, england-wales"),
    refused("template-of-a-path", "decide --template ../visit", "there is no template"),
    refused("provision-unknown", "law show 4.1.lists --law arcadia", "did you mean 4.1.list"),
    refused("provision-as-path", "law show ../../etc/passwd", "there is no provision"),
    refused("status-unknown", "law list --status certain", "known here: derived"),
    refused("law-as-path", "law search visit --law ../../etc", 'there is no pack "../../etc"'),
    refused("pack-unknown", "check arcada", "did you mean arcadia?"),
    refused("pack-as-path", "check ../..", '"../.." is not a pack of law', "holds a file pack.yaml"),
    refused("pack-nowhere", "check /nonexistent/pack", "is not a pack of law"),
    refused(
        "pack-without-pack-yaml", "check folder", '"folder" is not a pack of law', "arcadia, england-wales"
    ),
    refused("pack-is-a-file", "check ./file", "is not a pack of law"),
    refused("pack-name-too-long", f"check {'x' * 300}", "is not a pack of law"),
    Arguments("pack-without-name", ("check", ""), ('"" is not a pack of law',)),
    misused("no-command", "", "Usage: "),
    misused("no-case", "decide", "no case file is named", "--template visit"),
    misused("command-unknown", "decied case.yaml", "No such command"),
    misused("option-unknown", "decide case.yaml --sure", "No such option"),
    misused("option-without-value", "decide case.yaml --at", "requires an argument"),
    misused("words-missing", "law search", "Missing argument"),
    misused("too-many", "decide case.yaml case.yaml", "unexpected extra argument"),
]
