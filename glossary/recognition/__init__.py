"""Recognition: which terms stand in a text, and where; and whether its translation has their terms."""

from glossary.recognition.forms import without_brackets
from glossary.recognition.prefilter import Prefilter
from glossary.recognition.recogniser import Occurrence, Recogniser
from glossary.recognition.terminology_check import Finding, TerminologyChecker, TermResult, check_target

__all__ = [
    "Finding",
    "Occurrence",
    "Prefilter",
    "Recogniser",
    "TermResult",
    "TerminologyChecker",
    "check_target",
    "without_brackets",
]
