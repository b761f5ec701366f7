"""Recognition: which terms stand in a text, and where; and whether its translation has their terms."""

from glossary.recognition.forms import without_brackets
from glossary.recognition.recogniser import Occurrence, Recogniser
from glossary.recognition.sieve import Sieve
from glossary.recognition.target import Finding, TargetCheck, Verdict, check_target

__all__ = ["Finding", "Occurrence", "Recogniser", "Sieve", "TargetCheck", "Verdict", "check_target", "without_brackets"]
