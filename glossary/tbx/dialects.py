"""The rules of the dialects of TBX v3: data categories, their places, their values.

After ISO 30042:2019 and the definitions of the modules Min, Basic and Linguist (LTAC Global, github.com/LTAC-Global).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from glossary.concepts import Register, Status, TermType

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
MODULES = {
    "min": "http://www.tbxinfo.net/ns/min",
    "basic": "http://www.tbxinfo.net/ns/basic",
    "ling": "http://www.tbxinfo.net/ns/linguist",
}
STATUS = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.DEPRECATED: "deprecatedTerm-admn-sts",
    Status.SUPERSEDED: "supersededTerm-admn-sts",
}


class Dialect(StrEnum):
    """A dialect: the public ones, and one of this project's own that holds everything a term base does."""

    CORE = "TBX-Core"
    MIN = "TBX-Min"
    BASIC = "TBX-Basic"
    WORKBENCH = "TBX-STI-Workbench"


class Style(StrEnum):
    """The style of a data category: the attribute `type`, or the tag."""

    DCA = "dca"
    DCT = "dct"


class Level(StrEnum):
    """The elements that a data category may stand in."""

    CONCEPT = "conceptEntry"
    LANGUAGE = "langSec"
    TERM = "termSec"


@dataclass(frozen=True)
class Category:
    """A data category: the element that carries it in DCA style, its module, its levels, and its values if listed."""

    carrier: str
    module: str
    levels: frozenset[Level]
    values: frozenset[str] = frozenset()


def _category(carrier: str, module: str, levels: str, values: str = "") -> Category:
    named = {"c": Level.CONCEPT, "l": Level.LANGUAGE, "t": Level.TERM}
    return Category(carrier, module, frozenset(named[level] for level in levels), frozenset(values.split()))


CATEGORIES: Mapping[str, Category] = {
    "administrativeStatus": _category("termNote", "min", "t", " ".join(STATUS.values())),
    "customerSubset": _category("admin", "min", "ct"),
    "externalCrossReference": _category("xref", "min", "clt"),
    "partOfSpeech": _category("termNote", "min", "t", "adjective noun other verb adverb"),
    "subjectField": _category("descrip", "min", "c"),
    "context": _category("descrip", "basic", "t"),
    "crossReference": _category("ref", "basic", "ct"),
    "definition": _category("descrip", "basic", "cl"),
    "geographicalUsage": _category("termNote", "basic", "t"),
    "grammaticalGender": _category("termNote", "basic", "t", "masculine feminine neuter other"),
    "projectSubset": _category("admin", "basic", "ct"),
    "responsibility": _category("transacNote", "basic", "clt"),
    "source": _category("admin", "basic", "clt"),
    "termLocation": _category(
        "termNote",
        "basic",
        "t",
        "checkBox comboBox comboBoxElement dialogBox groupBox informativeMessage interactiveMessage menuItem "
        "progressBar pushButton radioButton slider spinBox tab tableText textBox toolTip user-definedType",
    ),
    "termType": _category("termNote", "basic", "t", " ".join(TermType)),
    "transactionType": _category("transac", "basic", "clt", "origination modification"),
    "xGraphic": _category("xref", "basic", "cl"),
    "register": _category("termNote", "ling", "t", " ".join(Register)),
}
MODULES_OF = {
    Dialect.CORE: frozenset[str](),
    Dialect.MIN: frozenset({"min"}),
    Dialect.BASIC: frozenset({"min", "basic"}),
    Dialect.WORKBENCH: frozenset({"min", "basic", "ling"}),
}
CARRIERS = frozenset({"descrip", "admin", "termNote", "ref", "xref", "transac"})
GROUPS = frozenset({"descripGrp", "adminGrp", "termNoteGrp", "transacGrp"})
# What older files call a category (ISO 30042:2008, TBX-Default), and one of another name for the same.
ALIASES = {
    "usageStatus": "administrativeStatus",
    "normativeAuthorization": "administrativeStatus",
    "usageRegister": "register",
    "figure": "xGraphic",
}
TRANSACTIONS = {
    "origination": "origination",
    "creation": "origination",
    "input": "origination",
    "modification": "modification",
}
# Written in the dialect of this project alone.
OWN = frozenset({"reliabilityCode", "caseSensitive", "acceptedForm", "workflowState"})


def is_day(text: str) -> bool:
    """Returns whether a text is a day as the core structure has its dates (xsd:date), such as 2026-01-31."""
    try:
        return len(text) == len("2026-01-31") and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False
