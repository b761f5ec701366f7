"""Times as TMX writes them, `YYYYMMDDThhmmssZ` (TMX 1.4b, section 2.3), and as other programs do."""

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=4096)
def read_time(text: str) -> str | None:
    """Returns a time of ISO 8601 in any of its forms as UTC, ISO 8601; None for a text that is none.

    A time without a zone is taken for UTC, a date alone for its beginning.
    """
    try:
        time = datetime.fromisoformat(text.strip())
        time = time.astimezone(UTC) if time.tzinfo else time
    except (ValueError, OverflowError):
        return None
    return f"{time:%Y-%m-%dT%H:%M:%SZ}" if time.year >= 1000 else None


def write_time(time: str) -> str:
    """Returns a time that `read_time` gave as TMX has it."""
    return time.replace("-", "").replace(":", "")
