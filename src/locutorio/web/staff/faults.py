"""Says in the reader's language why something at the gate, of mail or of a paper was not done."""

from __future__ import annotations

import re
from collections.abc import Mapping

from locutorio.actions.paper_checks import NotEntered
from locutorio.kernel.faults import Fault
from locutorio.web.words import say, words

# What a fault says, by the name of the sentence that says it in every language; its groups fill the sentence.
_KNOWN: Mapping[str, re.Pattern[str]] = {
    "mail_moved": re.compile("^this item of mail is .*: nothing was done$"),
    "mail_special": re.compile("^this is special mail, which nobody reads$"),
    "mail_opened": re.compile("^it was opened in a way that the law"),
    "mail_open": re.compile("^the law has no answer yet for this item"),
    "mail_kept": re.compile("^this item does not go back$"),
    "mail_ground": re.compile("is no ground on which the law here rejects"),
    "mail_stands": re.compile("^this rejection would not stand$"),
    "mail_reached": re.compile("^the law does not let this item be rejected$"),
    "mail_same": re.compile("^whoever rejected it does not decide"),
    "mail_appealed": re.compile("^this appeal was decided before$"),
    "mail_words": re.compile("^the reasons are not said$|^it is not said to whom it goes$"),
    "mail_day": re.compile("^it cannot be on |is to come$|is not a day$|is outside the years"),
    "mail_whom": re.compile("^it is not said with whom outside$|^the name on the envelope is empty$"),
    "call_over": re.compile("^this call is over$"),
    "call_ending": re.compile("^this call is being ended already$"),
    "call_why": re.compile("^it is not said why the call "),
    "call_not_heard": re.compile("^nobody could listen to this call$"),
    "call_said": re.compile("^this was said of the call before$"),
    "call_no_statement": re.compile("^the record does not say that nobody recorded"),
    "unplaced_day": re.compile("^a call of a later day can still be made$"),
    "unplaced_whom": re.compile("^this contact is not on the person's list$|^this is none of those"),
    "unplaced_made": re.compile("^this call was made up already$"),
    "unplaced_call": re.compile("^this (call was before|call made up another|is no call)"),
    "unplaced_words": re.compile("^what is written of it is too long$"),
    "ended": re.compile("^this booking is .*: nothing was recorded$"),
    "held": re.compile("^this place is only held$"),
    "nobody_in": re.compile("^nobody of this party was let in yet$"),
    "late": re.compile("^the visit starts (?P<minutes>[0-9]+) minutes late"),
    "early": re.compile("^the visit cannot start before anybody arrived"),
    "times": re.compile("before it started"),
    "reason": re.compile("and nobody said why$|has a reason$"),
    "not_begun": re.compile("has not begun yet$"),
    "inside": re.compile("^somebody of this party was let in$"),
    "future": re.compile("is still to come$"),
    "time": re.compile("is not a time of day$"),
    "jumped": re.compile("^the clock did not show"),
    "other_day": re.compile("^the visit of this booking is on"),
    "open": re.compile("^the law has no answer yet"),
    "ground": re.compile("^no ground was given|is no ground of this law$"),
    "own_ground": re.compile("says what happened$"),
    "made_up": re.compile("^this visit can make up (?P<minutes>[0-9]+) minutes"),
    "owed": re.compile("^this person is owed (?P<minutes>[0-9]+) minutes"),
    "minutes": re.compile("^these are no minutes$|in whole minutes"),
    "not_took": re.compile("^this visit did not (take place|start)$"),
    "under_way": re.compile("^this visit has started$|the visit has begun without them$"),
    "value": re.compile("nothing that the gate records$|is not an answer to|is not a value of|is not a day$"),
    "cause": re.compile("is no cause of|is nobody who can miss|is no way to make up|is no kind of identity"),
    "party": re.compile("^this contact is not of the party"),
    "stopped": re.compile("^this contact is stopped for safety"),
    "busy": re.compile("^the change could not be made now$"),
}


def fault_said(fault: Fault, lang: str) -> tuple[str, ...]:
    """Give what a page says of a fault; what became of a booking is told beside it as it was written."""
    if isinstance(fault, NotEntered):
        values = {name: one if isinstance(one, str) else one[lang] for name, one in fault.values.items()}
        return (say(lang, f"paper_fault_{fault.name}", **values),)
    for name, known in _KNOWN.items():
        found = known.search(fault.what)
        if found:
            told = say(lang, f"gate_fault_{name}", **found.groupdict())
            return (told, fault.why) if name == "ended" and fault.why else (told,)
    return words(lang)["gate_fault_other"], f"{fault.what}. {fault.remedy}"
