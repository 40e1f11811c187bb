"""A browser for the tests that need one, and the website of the test edition in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline import config
from pipeline.render.volumes import read_volumes
from pipeline.render.web import render_web

CASES = Path(__file__).parents[1] / "render" / "cases"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium_path() -> str | None:
    """Return where Chromium is: CHROMIUM in the environment, else the first that the shell would find."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the test is skipped, or fails where TEIPRESS_REQUIRE_ALL=1 says that all must run."""
    path = chromium_path()
    if path is None:
        reason = "no Chromium found; install it or set CHROMIUM to its path"
        if os.environ.get("TEIPRESS_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website of the test edition."""
    edition = config.load(CASES / "web")
    volumes, _ = read_volumes(edition)
    out = tmp_path_factory.mktemp("web")
    render_web(edition, volumes, out)
    return out


class Visit:
    """A page in the browser, with everything that the browser complained of or asked the network for."""

    def __init__(self, page: Page, site: Path) -> None:
        self.page = page
        self.site = site
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, name: str) -> Page:
        """Go to a page of the website."""
        self.page.goto(f"{self.site.as_uri()}/{name}")
        return self.page


@pytest.fixture
def visit(browser: Browser, site: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A visit to the website; parametrize indirectly with the options of the browser's context."""
    options = {"viewport": {"width": 1440, "height": 900}, **getattr(request, "param", {})}
    context = browser.new_context(**options)
    yield Visit(context.new_page(), site)
    context.close()
