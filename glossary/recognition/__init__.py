"""Recognition: which terms stand in a text, and where; and whether its translation has their terms."""

from glossary.recognition.recogniser import Occurrence, Recogniser
from glossary.recognition.target import Finding, Verdict, check_target

__all__ = ["Finding", "Occurrence", "Recogniser", "Verdict", "check_target"]
