"""Formulas in web pages (MathML) on one line, as plain text has them: x², a/b, √(x+1)."""

from typing import Any

from corpus.intake.readers import shifted

# The same formula in another notation, for other programs.
_OTHERS = frozenset({"annotation", "annotation-xml", "none", "mprescripts"})


def linear(element: Any) -> str:
    """Returns a formula or a part of one as text."""
    children = [child for child in element if isinstance(child.tag, str) and child.tag not in _OTHERS]
    parts = [linear(child) for child in children]
    match element.tag, parts:
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msup" | "mover", [base, above]:
            return base + shifted.raised(above, base)
        case "msub" | "munder", [base, below]:
            return base + shifted.lowered(below)
        case "msubsup" | "munderover", [base, below, above]:
            return base + shifted.lowered(below) + shifted.raised(above)
        case "msqrt", _:
            return f"√{_grouped(''.join(parts))}"
        case "semantics", [first, *_]:
            return first
        case _:
            return "".join((element.text or "").split()) + "".join(parts)


def _grouped(text: str) -> str:
    return text if text.isalnum() else f"({text})"
