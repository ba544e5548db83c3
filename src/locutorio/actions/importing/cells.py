"""Reads the cells of one row and remembers what was said of each; the row is taken if none is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from locutorio.actions.importing.codes import Codes
from locutorio.actions.importing.columns import plain
from locutorio.actions.importing.days import ReadDay, ReadMoment, Zoned, read_day, read_moment
from locutorio.actions.importing.names import Name, read_name
from locutorio.actions.importing.remarks import Remark, Unread
from locutorio.actions.importing.telephones import Telephone, read_telephone

LENGTH_MAX = 2000
_BLANK = frozenset(
    {"none", "na", "null", "nil", "unknown", "unk", "notknown", "tbd", "ninguno", "desconocido"}
)
_DASHES = re.compile("[-\u2013\u2014.?*_ ]*")
_FORMULA = re.compile(r"[=@]|[+\-](?=\D)")
_FORMULA_TEXT = re.compile(r'="([^"=]*)"')
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c]")
_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]")
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf\u2013-\u203a\u20ac\u2122\u0152-\u0178\u02c6\u02dc]")
_DECIMAL = re.compile(r"(\d+)\.0+")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_MADE_A_DAY = re.compile(
    r"(?:\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))|"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{2,4})",
    re.IGNORECASE,
)
_CODE_AND_COMMENT = re.compile("\\s*[-\u2013:;,(\\[/]\\s*|\\s{2,}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What reading needs to know of the establishment: zone of its clocks, country its telephones are in (ISO
    3166), the day the file is read, and its codes.
    """

    zone: str
    region: str
    on: date
    codes: Codes

    @property
    def zoned(self) -> Zoned:
        fold = {"first": 0, "second": 1}.get(self.codes.repeated_hour)
        return Zoned(self.zone, fold)

    @property
    def month_first(self) -> bool:
        return self.codes.dates == "month_first"

    @property
    def far(self) -> date:
        """The last day that a year of two figures may mean where the day can be one to come."""
        return date(self.on.year + 50, 12, 31)


class Cells:
    """The cells of one row by field. Every method that reads gives None where it refused the cell or found it
    blank; ``remarks`` says which, and ``refused`` whether the row can be taken.
    """

    def __init__(self, line: int, cells: Mapping[str, str], settings: Settings) -> None:
        self.line = line
        self.settings = settings
        self.remarks: list[Remark] = []
        self.coded: list[tuple[str, str, str]] = []
        self._cells = {name: self._clean(name, cell) for name, cell in cells.items()}

    @property
    def refused(self) -> bool:
        return any(remark.refuses for remark in self.remarks)

    def changed(self, field: str, key: str, **values: str) -> None:
        """Say what was done to read a cell."""
        self._say(Remark(self.line, field, self.raw(field), f"changed.{key}", values))

    def refuse(self, field: str, key: str, **values: str) -> None:
        """Say why a cell cannot be read: the row is not taken."""
        self._say(Remark(self.line, field, self.raw(field), f"refused.{key}", values))

    def _say(self, remark: Remark) -> None:
        if remark not in self.remarks:
            self.remarks.append(remark)

    def raw(self, field: str) -> str:
        """Give a cell as written, cleaned of what cannot be seen; empty where the file has no such column."""
        return self._cells.get(field, "")

    def _clean(self, field: str, cell: str) -> str:
        found: list[tuple[str, dict[str, str]]] = []
        text = cell
        if control := _CONTROL.search(text):
            found.append(("refused.control", {"sign": f"U+{ord(control[0]):04X}"}))
        if "\ufffd" in text:
            found.append(("refused.lost_letter", {}))
        if len(text) > LENGTH_MAX:
            found.append(("refused.too_long", {"most": str(LENGTH_MAX)}))
        if _UNSEEN.search(text):
            text = _UNSEEN.sub("", text)
            found.append(("changed.unseen", {}))
        if _MOJIBAKE.search(text) and (mended := _mended(text)):
            text = mended
            found.append(("changed.mojibake", {"value": text}))
        if "\n" in text.strip() and field != "visitor_nos":
            found.append(("changed.line_break", {}))
        text = unicodedata.normalize("NFC", text)
        kept = "\n" if field == "visitor_nos" else " "
        text = kept.join(" ".join(part.split()) for part in text.strip().split("\n"))
        self.remarks += [Remark(self.line, field, cell, key, values) for key, values in found]
        return text

    def text(self, field: str, *, needed: bool = False) -> str:
        """Give a text; empty where it is blank or says that there is none. A formula is kept as text."""
        found = self.raw(field)
        if formula := _FORMULA_TEXT.fullmatch(found):
            found = formula[1].strip()
            self.changed(field, "formula_text", value=found)
        if _DASHES.fullmatch(found) or plain(found) in _BLANK:
            if needed:
                self.refuse(field, "blank")
            return ""
        if _FORMULA.match(found):
            self.changed(field, "formula")
        return found

    def number(self, field: str, *, needed: bool = True) -> str:
        """Give a number that is a name (of a person, a booking): its text, mended where that is certain."""
        found = self.text(field, needed=needed)
        if _SCIENTIFIC.fullmatch(found) and not found.isdigit():
            self.refuse(field, "number_scientific")
            return ""
        if _MADE_A_DAY.fullmatch(found):
            self.refuse(field, "number_made_a_day")
            return ""
        if decimal := _DECIMAL.fullmatch(found):
            found = decimal[1]
            self.changed(field, "number_decimal", value=found)
        width = self.settings.codes.widths.get("person_no" if field == "inmate_person_no" else field, 0)
        if found.isdigit() and len(found) < width:
            found = found.zfill(width)
            self.changed(field, "zeros_added", value=found)
        return found

    def name(self, field: str) -> Name | None:
        """Give a surname or first names."""
        written = self.raw(field)
        if not written or _DASHES.fullmatch(written):
            self.refuse(field, "blank")
            return None
        try:
            found = read_name(written)
        except Unread as why:
            self.refuse(field, why.key, **why.values)
            return None
        if found.suffix:
            self.changed(field, "suffix", value=found.suffix)
        if found.nickname:
            self.changed(field, "nickname", value=found.nickname)
        return found

    def code(self, field: str, table: str, *, needed: bool = False) -> str | None:
        """Give what a code is read as. One that is not known refuses the row where it is needed; else it is
        left out, which is said.
        """
        written = self.text(field, needed=needed)
        if not written:
            return None
        found = self.settings.codes.value(table, written)
        if found is None:
            known = ", ".join(self.settings.codes.known(table)[:12])
            if needed:
                self.refuse(field, "code", table=table, known=known)
            else:
                self.changed(field, "code_unknown", table=table)
            return None
        self.coded.append((field, written, found))
        return found

    def code_with_comment(self, field: str, table: str) -> tuple[str | None, str]:
        """Give a code that is needed, and what else stands in its cell."""
        written = self.text(field, needed=True)
        parts = _CODE_AND_COMMENT.split(written, maxsplit=1)
        whole = self.settings.codes.value(table, written)
        if not written or whole or len(parts) == 1:
            return self.code(field, table, needed=bool(written)) if written else None, ""
        found = self.settings.codes.value(table, parts[0])
        if found is None:
            return self.code(field, table, needed=True), ""
        comment = parts[1].rstrip(")] ")
        self.coded.append((field, parts[0], found))
        self.changed(field, "comment", value=comment)
        return found, comment

    def day(self, field: str, *, newest: date | None = None, needed: bool = False) -> date | None:
        """Give a day. ``newest``: the last that two figures of a year may mean; else the day of reading."""
        written = self.text(field, needed=needed)
        if not written:
            return None
        written = re.sub(r"[ T]0?0:00(?::00(?:\.0+)?)?(?: ?AM)?$|[ ]12:00(?::00)? ?AM$", "", written)
        try:
            found = read_day(
                written, month_first=self.settings.month_first, newest=newest or self.settings.on
            )
        except Unread as why:
            self.refuse(field, why.key, **why.values)
            return None
        if found.day is None:
            if needed:
                self.refuse(field, "day_not_known")
            else:
                self.changed(field, "day_not_known")
        else:
            self._said_of_day(field, found, found.day)
        return found.day

    def moment(
        self,
        field: str,
        *,
        newest: date | None = None,
        needed: bool = True,
        on: date | None = None,
        utc: bool = False,
    ) -> ReadMoment | None:
        """Give a moment in the establishment's zone; without a day it is on ``on``; ``utc``: it is UTC."""
        written = self.text(field, needed=needed)
        if not written:
            return None
        try:
            found = read_moment(
                written,
                replace(self.settings.zoned, utc=utc),
                month_first=self.settings.month_first,
                newest=newest or self.settings.on,
                on=on,
            )
        except Unread as why:
            self.refuse(field, why.key, **why.values)
            return None
        if found is None:
            if needed:
                self.refuse(field, "day_not_known")
            else:
                self.changed(field, "day_not_known")
        else:
            self._said_of_day(field, found, found.on)
        return found

    def _said_of_day(self, field: str, found: ReadDay | ReadMoment, day: date) -> None:
        if found.century:
            self.changed(field, "century", value=str(day.year))
        if found.order:
            self.coded.append((field, "", "order"))

    def telephone(self, field: str, *, needed: bool = False) -> Telephone | None:
        """Give a telephone number in its international form."""
        written = self.raw(field)
        if not written or _DASHES.fullmatch(written) or plain(written) in _BLANK:
            if needed:
                self.refuse(field, "blank")
            return None
        try:
            found = read_telephone(written, self.settings.region)
        except Unread as why:
            self.refuse(field, why.key, **why.values)
            return None
        self.said_of_telephone(field, found)
        return found

    def said_of_telephone(self, field: str, found: Telephone) -> None:
        """Say what was done to a number."""
        if found.extension:
            self.changed(field, "extension", value=found.extension, number=found.number)
        elif found.number != self.raw(field):
            self.coded.append((field, "", "telephone"))
        if found.doubtful:
            self.changed(field, "telephone_doubtful", number=found.number)


def _mended(text: str) -> str:
    """Give a text that was read twice in the wrong encoding as it was; empty where it was not."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""
