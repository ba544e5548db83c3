"""What the console is told when the program fails: where, and never with what words."""

import logging
import traceback
from types import TracebackType

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Writes the kind of an error and the lines it came through.

    Its message is left out: it could hold what a person entered. A line stays one line: what would begin
    another, or speak to a terminal, is written out.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name it has in the standard library
        """Give the message in signs that can be seen."""
        said = super().formatMessage(record)
        return "".join(sign if sign.isprintable() else f"<U+{ord(sign):04X}>" for sign in said)

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the name it has in the standard library
        """Give the lines of code and the kind of the error."""
        kind, _, places = ei
        named = kind.__name__ if kind else ""
        return "".join([*traceback.format_tb(places), named])
