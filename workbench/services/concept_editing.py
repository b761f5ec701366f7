"""Concepts as people propose, edit, decide on and arrange them, one or many at once, each as their role allows."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.pace import Pace
from glossary.concepts import Concept, ConceptState, Status
from glossary.termbase.log import LoggedAction
from workbench.desk import Desk
from workbench.stores.roles import Permission


def propose_concept(desk: Desk, concept: Concept) -> None:
    """Adds a new concept to the term base."""
    desk.require(Permission.PROPOSE)
    desk.termbase.add(concept)


def revise_concept(desk: Desk, concept: Concept) -> None:
    """Writes a concept over its version; it keeps the state it is in. Raises ConceptConflict as the term base does."""
    desk.require(Permission.EDIT)
    desk.termbase.revise(replace(concept, state=desk.termbase.get(concept.uid).state))


def comment_on_concept(desk: Desk, uid: str, text: str) -> None:
    """Writes a comment into the log of a concept; an empty one is none."""
    desk.require(Permission.COMMENT)
    if text:
        desk.termbase.log.add(uid, desk.termbase.get(uid).version, LoggedAction.COMMENTED, text)


def decide_on_concept(desk: Desk, uid: str, version: int, state: ConceptState, reason: str = "") -> None:
    """Sends a concept to review, approves or rejects it."""
    desk.require(Permission.REVIEW)
    desk.termbase.decide(uid, version, state, reason)


def restore_concept(desk: Desk, uid: str, version: int, old: int) -> None:
    """Makes a replaced version of a concept the present one."""
    desk.require(Permission.ARRANGE)
    desk.termbase.restore(uid, version, old)


def merge_concepts(desk: Desk, uid: str, version: int, other: str) -> None:
    """Merges a concept with another one, which takes it in."""
    desk.require(Permission.ARRANGE)
    desk.termbase.merge(uid, version, other)


def split_concept(desk: Desk, uid: str, version: int, numbers: Sequence[int]) -> Concept:
    """Splits the terms of some numbers off a concept, and returns the concept that they are then."""
    desk.require(Permission.ARRANGE)
    _, new = desk.termbase.split(uid, version, desk.termbase.free_uid(uid), numbers)
    return new


def decide_on_concepts(desk: Desk, uids: Collection[str], state: ConceptState) -> None:
    """Approves many concepts, or sends them to review."""
    desk.require(Permission.BULK)
    desk.termbase.decide_all(uids, state, Pace())


def set_subject(desk: Desk, uids: Collection[str], subject: str) -> None:
    """Gives many concepts a subject."""
    desk.require(Permission.BULK)
    desk.termbase.change_all(uids, lambda concept: replace(concept, subject=subject), Pace())


def set_status(desk: Desk, uids: Collection[str], language: str, status: Status) -> None:
    """Gives the terms of many concepts in a language a status."""
    desk.require(Permission.BULK)
    desk.termbase.change_all(uids, lambda concept: _with_status(concept, language, status), Pace())


def _with_status(concept: Concept, language: str, status: Status) -> Concept:
    terms = (replace(term, status=status) if term.language == language else term for term in concept.terms)
    return replace(concept, terms=tuple(terms))


def put_subject(desk: Desk, name: str, parent: str = "") -> None:
    """Puts a subject into the tree, under another one or at its top."""
    desk.require(Permission.SUBJECTS)
    desk.termbase.subject_tree.put(name, parent)


def rename_subject(desk: Desk, name: str, new: str) -> None:
    """Renames a subject, in the tree and in all its concepts."""
    desk.require(Permission.SUBJECTS)
    desk.termbase.rename_subject(name, new, Pace())


def remove_subject(desk: Desk, name: str) -> None:
    """Takes a subject out of the tree."""
    desk.require(Permission.SUBJECTS)
    desk.termbase.subject_tree.take_out(name)


def review_after_edit(desk: Desk, wanted: bool) -> None:
    """Decides whether an approved concept that is edited goes back under review."""
    desk.require(Permission.SETTINGS)
    desk.termbase.settings.put("review_after_edit", wanted)
