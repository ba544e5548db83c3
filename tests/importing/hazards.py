"""Every hazard that is tried, in the order of the files."""

from __future__ import annotations

from tests.importing.hazards_of_contacts import CONTACTS, NUMBERS
from tests.importing.hazards_of_people import PEOPLE
from tests.importing.hazards_of_visits import BOOKINGS, CALLS, RESTRICTIONS

HAZARDS = (*PEOPLE, *CONTACTS, *NUMBERS, *RESTRICTIONS, *BOOKINGS, *CALLS)
