"""Time as the desk writes it: UTC, ISO 8601, to the second."""

from datetime import UTC, datetime


def now() -> str:
    """Returns the present time, for instance `2026-06-12T08:30:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
