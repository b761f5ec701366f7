"""What a test takes to be there."""

from typing import TypeVar

T = TypeVar("T")


def present(value: T | None) -> T:
    """The value; a test that meets none fails."""
    assert value is not None
    return value
