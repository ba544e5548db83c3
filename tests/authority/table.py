"""The table of acts in docs/reference/authority.md: `python -m tests.authority.table` writes it anew."""

from __future__ import annotations

from pathlib import Path

from locutorio.actions.acts import Act, acts
from locutorio.actions.roles import Role

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "authority.md"
MARK = "-->\n\n"


def told(act: Act) -> str:
    """Give an act as a row of the document."""
    marks = " ".join(mark for mark, has in (("p", act.protected), ("s", act.step_up)) if has)
    if act.four_eyes:
        marks = f"{marks} 2 ({', '.join(sorted(act.approving))})".strip()
    ways = dict.fromkeys(act.who.values())
    who = "; ".join(f"{how}: {', '.join(role for role in Role if act.who.get(role) == how)}" for how in ways)
    does = "read" if act.reads else "change"
    return f"| `{act.name}` | {act.of} | {does} | {who or 'the program'} | {marks} |"


def table() -> str:
    """Give every act as rows."""
    head = "| act | touches | | who | marks |\n| --- | --- | --- | --- | --- |\n"
    return head + "\n".join(told(act) for act in acts().values()) + "\n"


def written(document: str) -> str:
    """Give the document with the table as it is now."""
    return document.partition(MARK)[0] + MARK + table()


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8")), "utf-8")
