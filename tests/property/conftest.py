"""How many examples: few and always the same in `make test`, many and new ones in `make soak`."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("quick", derandomize=True, deadline=None, database=None)
settings.register_profile(
    "soak",
    deadline=None,
    max_examples=1000,
    stateful_step_count=60,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
