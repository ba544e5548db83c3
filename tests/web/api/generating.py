"""What schemathesis makes of the API's document: requests that fit it and requests that do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import positive_data_acceptance

ADDRESS = "/api/openapi.json"
# What fits the document may still be nothing that can be used: a day that is past, a slot that is none.
BEYOND = (positive_data_acceptance,)


def tried(
    start: int, examples: int, tokens: Sequence[str], known: Mapping[str, Sequence[str]]
) -> Counter[str]:
    """Send each operation as many requests that fit and as many that do not, drawn by a seed.

    Args:
        start: the seed.
        examples: of each kind, for each operation.
        tokens: one of which goes with each request.
        known: what can stand in an address for a name, beside what is made up.

    Returns:
        how often each status was answered.

    Raises:
        Exception: an answer is a server error, or none that the document tells.
    """
    schema = schemathesis.openapi.from_wsgi(ADDRESS, get_wsgi_application())
    answered: Counter[str] = Counter()
    for number, found in enumerate(schema.get_all_operations()):
        operation: Any = found.ok()  # type: ignore[union-attr] # an operation that cannot be read fails here
        for mode in GenerationMode:

            @seed(start * 1_000 + number)
            @settings(
                max_examples=examples,
                derandomize=False,
                database=None,
                deadline=None,
                suppress_health_check=[*HealthCheck],
            )
            @given(
                case=operation.as_strategy(generation_mode=mode),
                named=st.fixed_dictionaries(
                    {name: st.one_of(st.none(), st.sampled_from(of)) for name, of in known.items() if of}
                ),
                token=st.sampled_from(tokens),
                lang=st.sampled_from(["en", "es", "fr", "*", ";;"]),
            )
            def one(case: Any, named: dict[str, str | None], token: str, lang: str) -> None:
                unfit = {
                    where for where, of in case.meta.components.items() if of.mode is GenerationMode.NEGATIVE
                }
                headers = {"Accept-Language": lang}
                if ParameterLocation.HEADER not in unfit:
                    headers["Authorization"] = f"Bearer {token}"
                if ParameterLocation.PATH not in unfit:
                    _name(case, named)
                response = case.call_and_validate(headers=headers, excluded_checks=[*BEYOND])
                answered[str(response.status_code)] += 1

            try:
                one()
            except Unsatisfiable:
                assert mode is GenerationMode.NEGATIVE  # an operation that takes nothing has nothing unfit
    return answered


def _name(case: Any, named: Mapping[str, str | None]) -> None:
    """Let an address name something that is there."""
    for name in case.path_parameters or {}:
        found = named.get(f"{name} of {case.path.split('/')[2]}")
        if found:
            case.path_parameters[name] = found
