"""What a person has said so far, as the hidden fields of a form: each page carries it, nothing keeps it."""

from django.http import QueryDict

from locutorio.actions.interview import Said
from locutorio.kernel.faults import Fault
from locutorio.web.frame import Field

QUESTION = ("law", "about", "on", "asked_on")
ANSWER, ADOPT = "said", "adopt"
ANSWERS_MAX = 300
LENGTH_MAX = 400


def fields(said: Said) -> tuple[Field, ...]:
    """Give the fields that carry all that was said."""
    return (
        *(Field(name, getattr(said, name)) for name in QUESTION),
        *(Field(ANSWER, f"{path}={value}") for path, value in said.answers),
        *(Field(ADOPT, name) for name in said.adopt),
    )


def said_from(post: QueryDict) -> Said:
    """Read back what :func:`fields` wrote. Whether the words are known is for the interview to say.

    Raises:
        Fault: the fields are not as a page of ours writes them.
    """
    answers, adopt = post.getlist(ANSWER), post.getlist(ADOPT)
    if len(answers) + len(adopt) > ANSWERS_MAX:
        raise Fault(f"more than {ANSWERS_MAX} answers were sent", remedy="begin again")
    if any(name not in post for name in QUESTION):
        raise Fault("the question is missing", remedy="begin again")
    question = {name: str(post[name]) for name in QUESTION}
    pairs = [answer.partition("=") for answer in answers]
    if any(len(one) > LENGTH_MAX for one in (*question.values(), *answers, *adopt)) or not all(
        path and value for path, _, value in pairs
    ):
        raise Fault("an answer is not written as a page writes it", remedy="begin again")
    return Said(**question, answers=tuple((path, value) for path, _, value in pairs), adopt=tuple(adopt))
