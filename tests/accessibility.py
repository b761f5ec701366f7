"""What every page has to pass."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Scheme = Literal["light", "dark"]


def assert_accessible(page: Page) -> None:
    """Fails with what axe finds wrong with the page as it is now."""
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
