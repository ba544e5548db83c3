"""The tables. Every key begins with the establishment, so that rows can be spread by it."""

from locutorio.store.models.accounts import (
    Account,
    Attempt,
    Challenge,
    Enrolment,
    Failure,
    Kiosk,
    PinUse,
    Reset,
    Role,
    Told,
)
from locutorio.store.models.calls import (
    Call,
    CallDecision,
    PrivilegedNumber,
    Recording,
    Telephone,
    Unplaced,
)
from locutorio.store.models.dockets import Docketed, FeedSpan, Watch
from locutorio.store.models.documents import Document, DocumentContent
from locutorio.store.models.keeping import Erasure, Hold, Retention
from locutorio.store.models.log import Entry, Leaf, Log, Node, Pending, Signed
from locutorio.store.models.mail import Mail
from locutorio.store.models.notices import Notice, Service
from locutorio.store.models.petitions import Petition, PetitionEvent
from locutorio.store.models.places import (
    Arrival,
    Booking,
    Closure,
    Debit,
    LostTime,
    Place,
    Separation,
    Slot,
    Tick,
    Visit,
    Waiting,
)
from locutorio.store.models.proposals import BreakGlass, Proposal
from locutorio.store.models.requests import Decided, Member, Request
from locutorio.store.models.subjects import (
    ApprovedNumber,
    Contact,
    Establishment,
    Fact,
    Guardianship,
    Listed,
    Paper,
    Person,
)
from locutorio.store.models.tokens import Token, TokenUse

__all__ = [
    "Account",
    "ApprovedNumber",
    "Arrival",
    "Attempt",
    "Booking",
    "BreakGlass",
    "Call",
    "CallDecision",
    "Challenge",
    "Closure",
    "Contact",
    "Debit",
    "Decided",
    "Docketed",
    "Document",
    "DocumentContent",
    "Enrolment",
    "Entry",
    "Erasure",
    "Establishment",
    "Fact",
    "Failure",
    "FeedSpan",
    "Guardianship",
    "Hold",
    "Kiosk",
    "Leaf",
    "Listed",
    "Log",
    "LostTime",
    "Mail",
    "Member",
    "Node",
    "Notice",
    "Paper",
    "Pending",
    "Person",
    "Petition",
    "PetitionEvent",
    "PinUse",
    "Place",
    "PrivilegedNumber",
    "Proposal",
    "Recording",
    "Request",
    "Reset",
    "Retention",
    "Role",
    "Separation",
    "Service",
    "Signed",
    "Slot",
    "Telephone",
    "Tick",
    "Token",
    "TokenUse",
    "Told",
    "Unplaced",
    "Visit",
    "Waiting",
    "Watch",
]
