"""One reduced profile for generated tests, the same run every time. `make soak` runs the full counts."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "reduced",
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("reduced")
