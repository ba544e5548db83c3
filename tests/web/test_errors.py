"""What a reader sees when there is no page, and when the program fails."""

from html import unescape

import pytest
from django.test import Client

from locutorio.web.open import entries
from locutorio.web.words import words

NOWHERE = (
    "/xx/",
    "/en/nowhere",
    "/es/case/us-federal/nobody",
    "/en/case/atlantis/A01",
    "/en/case/us-federal/nobody.json",
    "/en/case/us-federal/nobody.yaml",
    "/es/law/us-federal/nothing",
    "/en/law/atlantis/540.44",
    "/en/case/us-federal/../../pack.yaml",
    "/en/case/..%2f..%2fpack/x",
    "/en/case/us-federal/%00",
    "/en/case/us-federal/%ff%fe",
    "/en/case/us-federal/A01%0d%0aSet-Cookie:x=1",
    "/en/case/us-federal/" + "a" * 5000,
    "/en/law/us-federal/<script>alert(1)</script>",
    "/static/../settings.py",
    "/static/vendor",
)


@pytest.mark.parametrize("address", NOWHERE)
def test_an_address_that_leads_nowhere_says_so_and_what_to_do_next(client: Client, address: str) -> None:
    """A mistyped, unknown or malformed address gives a page in plain words, never a traceback."""
    lang = "es" if address.startswith("/es") else "en"
    response = client.get(address)
    page = unescape(response.content.decode())

    assert response.status_code == 404
    assert words(lang)["error_not_found_title"] in page
    assert f'href="/{lang}/"' in page
    assert f'href="/{lang}/law"' in page
    assert "Traceback" not in page
    assert "alert(1)" not in page


@pytest.mark.parametrize("query", ["?word=%00", "?word=%ff", "?outcome[]=x", "?word=" + "x" * 9000, "?&&==%"])
def test_a_strange_question_is_answered_as_if_it_were_a_plain_one(client: Client, query: str) -> None:
    """Whatever stands after the question mark, the list answers."""
    assert client.get(f"/en/cases{query}").status_code == 200
    assert client.get(f"/es/law{query}").status_code == 200


def test_what_a_reader_typed_is_shown_as_text(client: Client) -> None:
    """Markup that is typed into the search stands on the page as text."""
    page = client.get("/en/cases", {"word": '"><script>alert(1)</script>'}).content.decode()

    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_failure_is_told_in_plain_words(client: Client, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the program fails, the page says that this is no answer, shows no traceback and leads on."""

    def fails(_entry: entries.Entry) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(entries.Entry, "decide", fails)
    response = client.get(f"/{lang}/case/us-federal/A06")
    page = unescape(response.content.decode())

    assert response.status_code == 500
    assert words(lang)["error_broken_what"] in page
    assert "secret detail" not in page
    assert response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_nothing_can_be_sent(client: Client, method: str) -> None:
    """Every request that would change something is refused, in plain words."""
    response = getattr(client, method)("/es/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert words("es")["error_only_reading_title"] in unescape(response.content.decode())


def test_another_name_of_this_server_is_refused(client: Client) -> None:
    """A page of another site that points its name at this machine gets no answer from it."""
    response = client.get("/es/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert words("es")["error_bad_request_title"] in unescape(response.content.decode())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("es", "/es/"),
        ("es-MX,es;q=0.9,en;q=0.5", "/es/"),
        ("en-GB", "/en/"),
        ("fr,es;q=0.3", "/es/"),
        ("fr", "/en/"),
        ("", "/en/"),
        ("*", "/en/"),
        (";;q=x,,", "/en/"),
        ("x" * 9000, "/en/"),
    ],
)
def test_the_bare_address_leads_to_the_readers_language(client: Client, asked: str, expected: str) -> None:
    """The browser's first language of the two decides; where it has neither, English."""
    response = client.get("/", headers={"accept-language": asked})

    assert (response.status_code, response.headers["Location"]) == (302, expected)
    assert response.headers["Vary"] == "Accept-Language"
