"""Every attack on every address: made from the addresses, their fields and the payloads."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import quote

from tests.web.payloads import (
    BYTES,
    FILE_NAMES,
    FILES,
    FORM,
    LANGUAGES,
    MULTIPART,
    SEED,
    TEXTS,
    Sent,
    form,
    multipart,
)

METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "FOO")
HOSTS = ("evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "a b", "[::1", "x" * 3000)
ELSEWHERE = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
)
Fields = dict[str, str]


def texts(address: str, fields: Fields) -> Iterator[Sent]:
    """Each text in one field of a form, drawn by the seed, and in every field at once."""
    rng = random.Random(f"{SEED}{address}")
    names = sorted(fields)
    for text in TEXTS:
        name = rng.choice(names)
        yield Sent(f"{name}={text[:40]!r}", address, body=form([*{**fields, name: text}.items()]))
    for text in rng.sample(TEXTS, 8):
        whole = [(name, text if name not in {"form", "do"} else value) for name, value in fields.items()]
        yield Sent(f"all={text[:40]!r}", address, body=form(whole)[:119_000])
    for raw in BYTES:
        name = rng.choice(names)
        yield Sent(f"{name}={raw!r}", address, body=name.encode() + b"=" + raw + b"&do=show")
        yield Sent(f"name={raw!r}", address, body=raw + b"=1&do=show")


def shapes(address: str, fields: Fields) -> Iterator[Sent]:
    """Forms of a shape that no page sends: none, many, repeated, unknown, huge fields."""
    rng = random.Random(f"shapes {SEED}{address}")
    known = [*fields.items()]
    yield Sent("nothing", address)
    yield Sent("no equals signs", address, body=b"&&&&=&=&a&&;;")
    yield Sent("fields unknown", address, body=form([*known, *((f"x{n}", "1") for n in range(500))]))
    yield Sent("fields 5000", address, body=form([(f"x{n}", "1") for n in range(5_000)]))
    yield Sent("fields repeated", address, body=form([pair for pair in known for _ in range(3)][:990]))
    answers = [("said", f"contact.x{n}=yes") for n in range(900)]
    yield Sent("answers 900", address, body=form([*known[:50], *answers]))
    yield Sent("answers 90000", address, body=form([("said", "a=b")] * 90_000))
    yield Sent("field of 110 kB", address, body=form([*known, ("text", "x" * 110_000)])[:119_900])
    yield Sent("field of 550 kB", address, body=form([("text", "x" * 550_000)]))
    yield Sent("body of 2 MB", address, body=b"a=" + b"x" * 2_000_000)
    yield Sent("name of 100 kB", address, body=b"x" * 100_000 + b"=1")
    for _ in range(6):
        some = rng.sample(known, min(len(known), 12))
        yield Sent("some fields", address, body=form(some))
    for name in rng.sample(sorted(fields), min(len(fields), 8)):
        yield Sent(f"without {name}", address, body=form([one for one in known if one[0] != name]))


def bodies(address: str, fields: Fields) -> Iterator[Sent]:
    """Bodies that are not what their type says, and types that no form has."""
    good = form([*fields.items()])
    for kind in (
        *("application/json", "text/plain", "application/xml", "", "x", "multipart/form-data", "a/b; c=\x7f"),
        *(f"{FORM}; charset=utf-16", f"{FORM}; charset=nonsense", "multipart/mixed"),
        *("multipart/form-data; boundary=", f"multipart/form-data; boundary={'x' * 300}", "*/*"),
        *('multipart/form-data; boundary="', "multipart/form-data; boundary=é", f"{FORM}; charset=base64"),
    ):
        yield Sent(f"type {kind[:40]!r}", address, body=good[:50_000], content_type=kind)
    for broken in (
        *(b"--XX", b"--XX--", b"--XX\r\n\r\n", b"\r\n--XX\r\n", b"--YY\r\nx", b"--XX\r\nx: y\r\n\r\nz"),
        b'--XX\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nhalf',
        b"--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--\r\n",
        b'--XX\r\nContent-Disposition: form-data; name="do"; name="do"\r\n\r\nx\r\n--XX--\r\n',
        b"--XX\r\nContent-Disposition: form-data; name*=utf-8''%ff; filename*=x''%00\r\n\r\nx\r\n--XX--\r\n",
        b'--XX\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!',
        b'--XX\r\nContent-Disposition: form-data; name="a"\r\n'
        + b"X: y\r\n" * 5_000
        + b"\r\nx\r\n--XX--\r\n",
        b'--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n' * 3_000 + b"--XX--\r\n",
        b'--XX\r\nContent-Disposition: form-data; name="f"; filename="y"\r\n\r\nx\r\n' * 50 + b"--XX--\r\n",
        b'--XX\r\nContent-Disposition: form-data; name="' + b"x" * 200_000 + b'"\r\n\r\nx\r\n--XX--\r\n',
    ):
        yield Sent(f"multipart {broken[:50]!r}", address, body=broken, content_type=MULTIPART)


def uploads(address: str, fields: Fields, file: str) -> Iterator[Sent]:
    """Each hostile file, and each hostile name of a file."""
    rng = random.Random(f"uploads {SEED}{address}")
    short = [
        (name, value) for name, value in fields.items() if name in {"form", "law", "about", "on", "asked_on"}
    ]
    for name, raw in FILES.items():
        for do in ("open", "show"):
            body = multipart([*short, ("do", do)], file, "CASE.yaml", raw)
            yield Sent(f"file {name} {do}", address, body=body, content_type=MULTIPART)
    for name in FILE_NAMES:
        raw = FILES[rng.choice(["case", "unknown", "owed-names"])]
        body = multipart([*short, ("do", "open")], file, name, raw)
        yield Sent(f"file named {name[:40]!r}", address, body=body, content_type=MULTIPART)


def pasted(address: str, fields: Fields) -> Iterator[Sent]:
    """Each hostile file as the text of a field that holds files."""
    for name in (name for name in fields if name == "text"):
        for of, raw in FILES.items():
            text = raw.decode("utf-8", "replace")[:30_000]
            for do in ("show", "save", "event"):
                yield Sent(
                    f"{name} {of} {do}", address, body=form([(name, text), ("do", do), ("on", "2026-06-01")])
                )


def everywhere(address: str) -> Iterator[Sent]:
    """What can be tried at any address: methods, hosts, origins, what stands after the question mark."""
    for method in METHODS:
        yield Sent(f"method {method}", address, method, body=b"a=b")
    for host in HOSTS:
        yield Sent(f"host {host[:30]!r}", address, "GET", headers={"Host": host})
        yield Sent(f"post to host {host[:30]!r}", address, "POST", b"a=b", headers={"Host": host})
    for headers in ELSEWHERE:
        yield Sent(f"from {headers}", address, body=b"a=b", headers=headers)
    rng = random.Random(f"queries {SEED}{address}")
    for text in rng.sample(TEXTS, 14):
        query = quote(text.encode("utf-8", "surrogatepass"))[:3_000]
        name = rng.choice(["word", "outcome", "status", "lang", "said", "do", "x", "on"])
        yield Sent(f"?{name}={text[:30]!r}", f"{address}?{name}={query}", "GET")
    yield Sent("lengths", address, headers={"Content-Length": "99999999999999999999"})
    yield Sent("language", address, "GET", headers={"Accept-Language": "es;q=" + "9" * 500 + ",*;;,\u00ff"})
    yield Sent(
        "forwarded", address, "GET", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=x"}
    )


def addresses() -> Iterator[Sent]:
    """Texts as parts of an address."""
    for lang in (*LANGUAGES, "fr", "EN", "en%00"):
        for before in ("case/us-federal/", "law/us-federal/", "case/", "", "owed/", "form/"):
            for text in random.Random(f"{lang}{before}").sample(TEXTS, 6):
                part = quote(text.encode("utf-8", "surrogatepass"), safe="/")[:3_000]
                yield Sent(f"address {text[:30]!r}", f"/{lang}/{before}{part}", "GET")
