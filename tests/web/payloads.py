"""What somebody may send who means no good, or whose browser is broken: texts, files, bodies, addresses."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.urls import URLPattern, URLResolver, get_resolver, resolve

from locutorio.web import posts
from locutorio.web.problems import UNDER

LANGUAGES = ("en", "es")
SEED = 20
MARK = "zqxmark"
NOBODY, NO_SLOT = "01a20100-0000-7000-8000-000000000000", "any@2026-11-30T09:00"
NAMES = {
    "pack": "us-federal",
    "case": "A06",
    "provision": "540.44.e.child_escort",
    "clock_name": "bp9",
}
MULTIPART = "multipart/form-data; boundary=XX"
FORM = "application/x-www-form-urlencoded"
TEXTS = (
    f"<script>alert('{MARK}')</script>",
    f'"><img src=x onerror=alert("{MARK}")>',
    f"' onfocus='alert(1)' autofocus data-{MARK}='",
    f"<svg xmlns='http://www.w3.org/2000/svg' onload=alert(1)><title>{MARK}</title></svg>",
    f"</textarea></select></form><form action=https://{MARK}.example><input name=x>",
    f"<iframe src=https://{MARK}.example></iframe><base href=https://{MARK}.example>",
    f"<style>@import 'https://{MARK}.example/x.css'</style><link rel=stylesheet href=//{MARK}.example>",
    f"¿<b onclick=alert(1)>{MARK}</b>? ¡Señora «niña» <script>señal()</script>!",
    "<!--",
    "]]>",
    "-->",
    "&lt;script&gt;&#x3c;script&#x3e;",
    "javascript:alert(1)//",
    "{{ 7|add:42 }}{% load static %}{{ frame }}",
    "{% debug %}",
    "{# x #}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "%(lang)s {lang} {0} {} {x.__class__}",
    "%s%n%x",
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned",
    '#read("/etc/passwd")',
    '#eval("1")',
    '#import "@preview/x:1.0.0"',
    "#sys.inputs",
    "*_ $x^2$ @ref <label> \\",
    '#image("https://example.org/x.png")',
    "//",
    "/* ",
    "= = =",
    "#while true {}",
    "]" * 50,
    "[" * 50,
    "=cmd|'/C calc'!A1",
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "\t=1",
    '=HYPERLINK("https://example.org")',
    f"a\r\nSet-Cookie: {MARK}=1",
    f"a\nX-Injected: {MARK}",
    "a\r\n\r\n<html>",
    "a\u2028b\u2029c",
    "a\x0bb\x0cc",
    "../../../../etc/passwd",
    "..\\..\\win.ini",
    "/etc/passwd",
    "file:///etc/passwd",
    "C:\\x",
    "~root",
    "\x00",
    "a\x00b",
    "\x1b[2J\x1b]0;x\x07",
    "\x7f\x80\x9f",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\u200f\u061c",
    "\ufeffx",
    "\ufffe\uffff",
    "\U000e0041",
    "e" + "\u0301" * 300,
    "ﷺ" * 200,
    "😀" * 300,
    "\u0131 \u0130 \u017f ß \ufb01",
    "\uff11\uff12",
    "' OR 1=1 --",
    "1; DROP TABLE x",
    "\\",
    '"',
    "'",
    "`",
    "|",
    ">",
    "!",
    "%",
    "@",
    "&a *a",
    "!!python/object:x y",
    "*alias",
    "&anchor x",
    "<<: *x",
    "- - - -",
    "? a : b",
    "a: b: c",
    "# x",
    "---\n---",
    "%YAML 1.1",
    "~",
    "null",
    "yes",
    "no",
    "unknown",
    "none",
    "true",
    "0",
    "-1",
    "1e999",
    "NaN",
    "Infinity",
    "9" * 400,
    "0x10",
    "1_000",
    "\uff11",
    "0000-00-00",
    "9999-12-31",
    "2026-02-30",
    "2026-2-3",
    "10000-01-01",
    "-2026-01-01",
    "2026-13-01",
    "1899-12-31",
    "2026-12-05T25:61",
    "2026-12-05Z",
    "us-federal",
    "arcadia",
    "nowhere",
    "clock:bp9",
    "instrument",
    "visit",
    "contact.relation=mother",
    "=",
    "==",
    "contact.relation",
    "request.on=2026-01-01",
    "instruments.sanction=x",
    "sanction-99999:instrument.from=2026-01-01",
    "__class__=x",
    "x=" + "y" * 5000,
    "x" * 60_000,
    " " * 500,
    "",
)
BYTES = (b"%ED%A0%80", b"%FF%FE", b"%C0%AF", b"%00", b"%", b"%zz", b"%u0041", b"\xff\xfe", b"\xed\xa0\x80")
FILE_NAMES = (
    *(
        "../../../etc/passwd",
        "/etc/cron.d/x",
        "..\\..\\x.yaml",
        "x.yaml\x00.png",
        "C:\\x.yaml",
        ".",
        "..",
        " ",
    ),
    *("a" * 4000 + ".yaml", "x\u202elmay.exe", f"<script>{MARK}</script>.yaml", "ñandú «x».yaml", "con.yaml"),
    *('x";filename="y', "x\r\nX-Injected: 1", '#read("x").yaml', "{{ 7|add:42 }}.yaml", "CASE.yaml"),
)


def zipped(raw: bytes) -> bytes:
    """Give an archive with one file in it, the same each time."""
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("CASE.yaml"), raw, ZIP_DEFLATED)
    return held.getvalue()


def _laughs() -> bytes:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


CASE = b"law: us-federal\nquestion: {kind: contact, about: visit, on: 2026-12-05, asked_on: 2026-11-21}\n"
FILES: Mapping[str, bytes] = {
    "laughs": _laughs(),
    "alias": b"a: &a [*a]",
    "deep-flow": b"[" * 100_000,
    "deep-map": b"{a: " * 20_000,
    "deep-block": b"".join(b" " * n + b"a:\n" for n in range(900)),
    "deep-dashes": b"- " * 50_000,
    "tag": b"!!python/object/apply:os.system ['touch pwned']",
    "tags": CASE + b"facts: !!map {contact.relation: !!str mother}\n",
    "merge": b"<<: {law: us-federal}\n",
    "directive": b"%TAG ! tag:yaml.org,2002:\n---\na: b",
    "documents": b"--- a\n" * 10_000,
    "keys": CASE + b"facts:\n" + b"".join(b"  contact.x%d: yes\n" % n for n in range(10_000)),
    "key-long": b"? " + b"x" * 300_000 + b"\n: y\n",
    "papers": CASE
    + b"instruments:\n"
    + b"".join(b"  - {id: s%d, form: sanction_visits, from: 2026-01-01}\n" % n for n in range(5_000)),
    "values": CASE
    + b"facts:\n  contact.relation: ["
    + b"{value: mother, from: 2026-01-01}," * 5_000
    + b"]\n",
    "scalar": CASE + b"facts: {contact.relation: " + b"x" * 400_000 + b"}\n",
    "number": CASE + b"facts: {contact.age: " + b"9" * 100_000 + b"}\n",
    "script": CASE + b"facts: {contact.relation: {value: mother, source: '<script>alert(1)</script>'}}\n",
    "typst": CASE + b"facts: {contact.relation: {value: mother, source: '#read(\"/etc/passwd\") $x$ @y'}}\n",
    "template": CASE + b"facts: {contact.relation: {value: mother, source: '{{ frame }}{% debug %}'}}\n",
    "paper-script": CASE
    + b"instruments: [{id: '<img src=x onerror=y>', form: sanction_visits, from: 2026-01-01}]\n",
    "unknown": b"a: b\n",
    "case": CASE,
    "arcadia": CASE.replace(b"us-federal", b"arcadia"),
    "nowhere": CASE.replace(b"us-federal", b"../../etc"),
    "far": CASE.replace(b"2026-12-05", b"2200-12-31"),
    "before": CASE.replace(b"2026-12-05", b"1900-01-01"),
    "clock": b"law: us-federal\nquestion: {kind: clock, clock: bp9, on: 2026-12-05}\n",
    "paper": b"law: us-federal\nquestion: {kind: instrument, instrument: s1, on: 2026-12-05}\n",
    "owed": b"law: us-federal\npromises: [{id: x, what: call, paper: '<script>', count: 1, each: 1 days, "
    b"from: 1900-01-01}]\n",
    "owed-names": b"promises: [{id: '<svg onload=x>', what: call, paper: '#read(\"x\")', on: 2026-01-01}]\n"
    b"events: [{on: 2026-01-01, what: call, happened: no, reason: '{{ 7|add:42 }}', said_by: <b>}]\n",
    "nul": CASE + b"\x00",
    "surrogates": CASE + b"# \xed\xa0\x80\n",
    "direction": CASE + "# \u202e\n".encode(),
    "utf-16": CASE.decode().encode("utf-16"),
    "utf-32": CASE.decode().encode("utf-32"),
    "latin": CASE + "# ñ\n".encode("latin-1"),
    "bom": b"\xef\xbb\xbf" + CASE,
    "carriage": CASE.replace(b"\n", b"\r"),
    "tabs": CASE.replace(b"question", b"\tquestion"),
    "binary": random.Random(SEED).randbytes(50_000),
    "zip": b"PK\x03\x04" + b"\x00" * 2_000,
    "zip-unfolds": zipped(b"\x00" * 20_000_000),
    "zip-nested": zipped(zipped(zipped(b"\x00" * 20_000_000))),
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "pdf-script": b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R "
    b"/OpenAction <</S /JavaScript /JS (app.alert(1))>>>> endobj\n"
    b"2 0 obj <</Type /Pages /Count 1000000 /Kids [2 0 R]>> endobj\n%%EOF\n",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>",
    "html": b"<!doctype html><script>alert(1)</script>",
    "two-kinds": b"GIF89a/*<svg/onload=alert(1)>*/=1;\n" + CASE + zipped(b"x"),
    "xml-laughs": b"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;'>]><x>&c;</x>",
    "xml": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    "json": b'{"law": "us-federal", "question": {"about": "visit", "on": "2026-12-05"}}',
    "empty": b"",
    "blank": b"\n" * 100_000,
    "colons": b":" * 100_000,
    "quotes": b'"' * 99_999,
    "half-a-megabyte": CASE + b"# " + b"x" * 450_000,
    "too-large": CASE + b"# " + b"x" * 700_000,
}


@dataclass(frozen=True)
class Sent:
    """One request: method, address, body with its type, and headers. ``of`` tells what it tries."""

    of: str
    address: str
    method: str = "POST"
    body: bytes = b""
    content_type: str = FORM
    headers: Mapping[str, str] = field(default_factory=dict)


class _Names(HTMLParser):
    """Collects the names of the fields of a page, and those for files."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.files: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag in {"input", "select", "textarea", "button"} and has.get("name"):
            if has.get("type") == "file":
                self.files.add(has["name"])
            else:
                self.fields.setdefault(has["name"], has.get("value", ""))


def names_of(pages: list[str]) -> tuple[dict[str, str], set[str]]:
    """Give the fields of some pages with a value that they have there, and the fields for files."""
    parser = _Names()
    for page in pages:
        parser.feed(page)
    return parser.fields, parser.files


def routes() -> list[str]:
    """Give every page of the site with each parameter filled in, as the URLconf has them.

    The API has attacks of its own, made from its document.
    """
    pages = {f"/{address}" for address in _walk(get_resolver().url_patterns, "")}
    return sorted(one for one in pages if not one.startswith(UNDER))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, whole)
            continue
        for lang in LANGUAGES:
            address = whole.replace("<lang:lang>", lang)
            for name, value in NAMES.items():
                address = address.replace(f"<name:{name}>", value)
            address = re.sub(r"<uuid:\w+>", NOBODY, address).replace("<str:key>", NO_SLOT)
            assert "<" not in address or address.startswith(UNDER[1:]), (
                f"say in NAMES what stands for the parameter of {address}"
            )
            yield address


def takes_forms(address: str) -> bool:
    """Whether an address takes what a form sends."""
    return resolve(address).func in posts._posting


def form(fields: list[tuple[str, str]]) -> bytes:
    """Write fields as a form sends them; a lone surrogate goes as its bytes."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in fields).encode()


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


def multipart(fields: list[tuple[str, str]], file: str, name: str, raw: bytes) -> bytes:
    """Write fields and one file as a form sends them."""
    parts = [
        f'--XX\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields
    ]
    head = f'--XX\r\nContent-Disposition: form-data; name="{file}"; filename="{name}"\r\n'
    parts.append(head.encode("utf-8", "surrogatepass") + b"Content-Type: application/yaml\r\n\r\n" + raw)
    return b"".join([*parts, b"\r\n--XX--\r\n"])
