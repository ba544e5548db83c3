"""The roles that an account can have in an establishment; `acts.yaml` says what each may do."""

from enum import StrEnum


class Role(StrEnum):
    """What an account may do. A family acts for a contact, and for the children whom that contact guards."""

    PERSON = "person"
    FAMILY = "family"
    COUNSEL = "counsel"
    INTAKE = "intake"
    VISITS = "visits"
    GATE = "gate"
    MONITORING = "monitoring"
    GOVERNOR = "governor"
    RECORDS = "records"
    LIAISON = "liaison"
    OMBUDSMAN = "ombudsman"
    AUDITOR = "auditor"
    CUSTODIAN = "custodian"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"
    KIOSK = "kiosk"


FOR_CONTACT = frozenset({Role.FAMILY, Role.COUNSEL})
STAFF = frozenset(Role) - FOR_CONTACT - {Role.PERSON, Role.KIOSK}
