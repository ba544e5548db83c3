"""The case that a page sent: by the fields of the one-page form, or by the answers of the interview."""

from django.http import QueryDict

from locutorio.actions import answer, interview
from locutorio.actions.form import Filled, case_of, filled_of
from locutorio.facts.case import Case
from locutorio.web.open.carried import said_from
from locutorio.web.open.form_fields import MARK, read

NAME = "CASE.yaml"


def filled_sent(post: QueryDict) -> Filled:
    """Give what was sent as the one-page form has it.

    Raises:
        Fault, Faults: the answers of an interview cannot be read.
    """
    return read(post) if MARK in post else filled_of(_of_interview(post))


def case_sent(post: QueryDict) -> Case:
    """Give the case that was sent.

    Raises:
        Misfilled: some fields of the form cannot be used.
        Fault, Faults: the answers of an interview cannot be read.
    """
    return case_of(read(post)) if MARK in post else _of_interview(post)


def _of_interview(post: QueryDict) -> Case:
    text = interview.case_text(said_from(post))
    return answer.read(text.encode("utf-8", "replace"), NAME)
