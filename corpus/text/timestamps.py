"""Times as the desk writes them, UTC, ISO 8601, to the second; and as TMX and other programs do."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

_FORM = "%Y-%m-%dT%H:%M:%SZ"


def now() -> str:
    """Returns the present time, for instance `2026-06-12T08:30:00Z`."""
    return datetime.now(UTC).strftime(_FORM)


def ago(time: timedelta) -> str:
    """Returns the moment that is so long past, as `now` would have."""
    return (datetime.now(UTC) - time).strftime(_FORM)


@lru_cache(maxsize=4096)
def parse(text: str) -> str | None:
    """Returns a time of ISO 8601 in any of its forms as UTC, ISO 8601; None for a text that is none.

    A time without a zone is taken for UTC, a date alone for its beginning.
    """
    try:
        time = datetime.fromisoformat(text.strip())
        time = time.astimezone(UTC) if time.tzinfo else time
    except (ValueError, OverflowError):
        return None
    return time.strftime(_FORM) if time.year >= 1000 else None


def compact(time: str) -> str:
    """Returns a time that `parse` gave as TMX has it: `YYYYMMDDThhmmssZ` (TMX 1.4b, section 2.3)."""
    return time.replace("-", "").replace(":", "")
