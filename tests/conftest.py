"""What all tests share: the real captures beside the repository, the switch that rewrites goldens, hypothesis."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).parent.parent
REQUIRE_ALL = os.environ.get("TEIPRESS_REQUIRE_ALL") == "1"

# The same examples each time, so that a run says the same twice; HYPOTHESIS_PROFILE=thorough looks further.
_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
settings.register_profile("fast", max_examples=40, deadline=None, derandomize=True, suppress_health_check=_CALM)
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=_CALM)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write the goldens anew from what the program makes")


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are written anew rather than compared."""
    return bool(request.config.getoption("--rewrite"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository with real captures and the TEI's own schema; TEIPRESS_SHARED names another."""
    folder = Path(os.environ.get("TEIPRESS_SHARED", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        reason = f"no folder {folder} with captures and schema; TEIPRESS_SHARED can name it"
        pytest.fail(reason) if REQUIRE_ALL else pytest.skip(reason)
    return folder
