"""The form in which terms are compared."""

import unicodedata


def search_key(text: str) -> str:
    """Returns the form in which terms are looked for: no accents, no case, no difference of width."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if not unicodedata.combining(character)).strip()
