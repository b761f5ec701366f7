"""The engine over a LibreTranslate server on the user's own network: off unless WORKBENCH_LIBRETRANSLATE names one.

Texts leave this machine for that server, so its address is shown wherever it would be used. If the server wants a key,
WORKBENCH_LIBRETRANSLATE_KEY has it.
"""

import json
import os
from collections.abc import Sequence
from typing import Any

from corpus.text.progress import Progress
from workbench.errors import EngineError
from workbench.mt import codes
from workbench.mt.engines import text_engine
from workbench.mt.packages.download import DownloadFailed, fetch
from workbench.mt.protocol import Draft
from workbench.mt.terminology.terms import Terms

NAME = "libretranslate"
_MAX_BYTES = 10_000_000


def address() -> str:
    """Returns the address of the server; empty where there is none."""
    return os.environ.get("WORKBENCH_LIBRETRANSLATE", "").rstrip("/")


class LibreTranslate:
    """Translates by the server that the settings name."""

    name = NAME

    def pairs(self) -> list[tuple[str, str]]:
        """Returns the pairs that the server says it has; none where it cannot be reached."""
        try:
            answer = _ask("languages")
        except EngineError:
            return []
        found = [(each.get("code"), each.get("targets")) for each in answer if isinstance(each, dict)]
        return [
            (codes.tag(source), codes.tag(target))
            for source, targets in found
            if isinstance(source, str) and isinstance(targets, list)
            for target in targets
            if isinstance(target, str) and target != source
        ]

    def supports(self, source_language: str, target_language: str) -> bool:
        """Returns whether a server is named: it says what it translates when it is asked, and not for every page."""
        return bool(address())

    def translate(
        self,
        sentences: Sequence[str],
        source_language: str,
        target_language: str,
        *,
        terms: Terms | None = None,
        alternatives: int = 0,
        progress: Progress | None = None,
    ) -> list[Draft]:
        source, target = codes.codes(source_language)[0], codes.codes(target_language)[0]

        def translate_texts(texts: Sequence[str]) -> list[str]:
            if not texts:
                return []
            answer = _ask("translate", q=list(texts), source=source, target=target, format="text")
            translated = answer.get("translatedText") if isinstance(answer, dict) else None
            if not isinstance(translated, list) or [type(text) for text in translated] != [str] * len(texts):
                raise EngineError(
                    "{url} does not answer as a LibreTranslate server does: correct WORKBENCH_LIBRETRANSLATE.",
                    url=address(),
                )
            return translated

        return text_engine.translate(
            self.name, translate_texts, sentences, source_language, target_language, terms, progress
        )


def _ask(what: str, **question: object) -> Any:
    url = f"{address()}/{what}"
    key = os.environ.get("WORKBENCH_LIBRETRANSLATE_KEY")
    if key and question:
        question["api_key"] = key
    try:
        return json.loads(fetch(url, _MAX_BYTES, json.dumps(question).encode() if question else None))
    except (DownloadFailed, ValueError) as error:
        raise EngineError(
            "The LibreTranslate server at {url} does not translate ({reason}): start it, or correct or unset "
            "WORKBENCH_LIBRETRANSLATE.",
            url=address(),
            reason=error,
        ) from None
