import pytest

from glossary.concepts import Concept, Status, Term
from glossary.recognition import Recogniser, TermResult, check_target

CONCEPTS = [
    Concept(
        "virus",
        (
            Term("en", "coronavirus"),
            Term("zh-Hans", "冠状病毒", forms=("冠毒",)),
            Term("zh-Hans", "病毒", Status.DEPRECATED),
        ),
    ),
    Concept("leak", (Term("en", "leakage"), Term("zh-Hans", "漏泄", Status.SUPERSEDED))),
    Concept("rice", (Term("en", "hybrid rice"), Term("fr", "riz hybride"))),
]


def checked(source: str, target: str, language: str = "zh-Hans"):
    findings = check_target(Recogniser(CONCEPTS, "en").find(source), CONCEPTS, target, language)
    return [(item.result, target[slice(*item.place)] if item.place else "") for item in findings]


@pytest.mark.parametrize(
    ("source", "target", "findings"),
    [
        ("a coronavirus", "一种冠状病毒", [(TermResult.FOUND, "冠状病毒")]),
        ("a coronavirus", "一種冠狀病毒", [(TermResult.FOUND, "冠狀病毒")]),
        ("a coronavirus", "一种冠毒", [(TermResult.FOUND, "冠毒")]),
        ("a coronavirus", "一种病毒", [(TermResult.DEPRECATED, "病毒")]),
        ("a coronavirus", "冠状病毒这种病毒", [(TermResult.DEPRECATED, "病毒")]),
        ("a coronavirus", "一种细菌", [(TermResult.MISSING, "")]),
        ("coronavirus, coronaviruses", "冠状病毒", [(TermResult.FOUND, "冠状病毒")] * 2),
        ("leakage", "漏泄", [(TermResult.FORBIDDEN, "漏泄")]),
        ("leakage", "泄漏", []),
        ("hybrid rice", "杂交水稻", []),
    ],
)
def test_target_terms(source, target, findings):
    assert checked(source, target) == findings
