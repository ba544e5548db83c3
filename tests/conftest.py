"""One reduced profile for generated tests, the same run every time. `make soak` runs the full counts."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import saying
from tests.databases import WANTED, Lacking, Store, fresh

saying.watch()

settings.register_profile(
    "reduced",
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("reduced")


@pytest.fixture(params=WANTED)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty database, on SQLite and on PostgreSQL in turn."""
    try:
        with fresh(request.param) as made:
            yield made
    except Lacking as lacking:
        pytest.skip(str(lacking))
