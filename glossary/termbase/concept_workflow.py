"""The curation of what is stored: decisions, old versions restored, concepts merged and split, subjects renamed."""

from collections.abc import Callable, Collection
from dataclasses import replace

from sqlite_utils import Database

from glossary import concept_merge
from glossary.concepts import Concept, ConceptState
from glossary.errors import CannotCurate, UnknownConcept
from glossary.termbase.journal import Done
from glossary.termbase.log import LoggedAction
from glossary.termbase.statistics import Statistics
from glossary.termbase.store import AT_ONCE, Pacing
from glossary.termbase.subjects import Subjects

# What a decision is called in the log.
_DECISIONS = {
    ConceptState.PROPOSED: LoggedAction.PROPOSED,
    ConceptState.UNDER_REVIEW: LoggedAction.SENT,
    ConceptState.APPROVED: LoggedAction.APPROVED,
    ConceptState.REJECTED: LoggedAction.REJECTED,
}


class TermBase(Statistics):
    """The desk's term base."""

    def __init__(self, db: Database, user: str) -> None:
        super().__init__(db, user)
        self.subject_tree = Subjects(db)

    def decide(self, uid: str, version: int, state: ConceptState, reason: str = "") -> Concept:
        """Brings a concept, at the version that was seen, into a state and returns it; the log keeps the reason.

        Raises CannotCurate for a rejection without a reason, ConceptConflict where it was changed meanwhile.
        """
        if state is ConceptState.REJECTED and not reason.strip():
            raise CannotCurate("A rejection needs a reason: say why, for whoever proposed it.")
        with self._db.atomic():
            after = self.revise(replace(self.get(uid), version=version, state=state))
            self.log.add(uid, after.version, _DECISIONS[state], reason.strip())
        return after

    def decide_all(self, uids: Collection[str], state: ConceptState, pace: Pacing = AT_ONCE) -> None:
        """Brings concepts, as they are now, into a state; with a pace, some at a time."""
        for batch in pace.batches(uids):
            with self.transaction(pace):
                for concept in self.get_all(batch):
                    if concept.state is not state:
                        self.decide(concept.uid, concept.version, state)

    def change_all(self, uids: Collection[str], change: Callable[[Concept], Concept], pace: Pacing = AT_ONCE) -> None:
        """Revises those concepts, as they are now, that a change makes different; with a pace, some at a time."""
        for batch in pace.batches(uids):
            with self.transaction(pace):
                for concept in self.get_all(batch):
                    if (changed := change(concept)) != concept:
                        self.revise(changed)

    def free_uid(self, wanted: str) -> str:
        """Returns a uid that no concept has or had: the wanted one, or with a number."""
        uid, number = wanted, 1
        while self._db.execute(
            "SELECT EXISTS (SELECT 1 FROM concepts WHERE uid = ?) OR EXISTS (SELECT 1 FROM concept_log WHERE uid = ?)",
            [uid, uid],
        ).fetchone()[0]:
            number += 1
            uid = f"{wanted}-{number}"
        return uid

    def restore(self, uid: str, version: int, old: int) -> Concept:
        """Writes the `old` version of a concept over the one that was seen, and returns it as it is now."""
        found = next((concept for concept in self.history(uid) if concept.version == old), None)
        if found is None:
            raise UnknownConcept("There is no version {version} of the concept {uid}.", version=old, uid=uid)
        with self._db.atomic():
            state = self.get(uid).state
            after = self.revise(replace(found, version=version, state=state))
            self.log.add(uid, after.version, LoggedAction.RESTORED, str(old))
        return after

    def merge(self, kept: str, version: int, other: str) -> Concept:
        """Takes another concept into the one that is kept, which is returned; what named the other names it now.

        Raises CannotCurate for a concept and itself, ConceptConflict where the kept one was changed meanwhile.
        """
        if kept == other:
            raise CannotCurate("A concept cannot be merged with itself.")
        with self._db.atomic():
            first, second = self.get(kept), self.get(other)
            after = self.revise(replace(concept_merge.merged(first, second), version=version))
            self.log.add(kept, after.version, LoggedAction.TOOK_IN, other)
            self.remove(other, second.version, LoggedAction.MERGED, kept)
            for concept in self._naming(other):
                self.revise(concept_merge.retargeted(concept, other, kept))
        return self.get(kept)

    def _naming(self, uid: str) -> list[Concept]:
        marks = """WHERE concepts.uid IN (SELECT concepts.uid FROM concepts, json_each(more, '$.references') AS each
            WHERE each.value ->> 'uid' = ?)"""
        return list(self._concepts(marks, [uid]))

    def split(self, uid: str, version: int, new: str, numbers: Collection[int]) -> tuple[Concept, Concept]:
        """Moves terms of a concept, by their numbers, into a new one under the uid `new`, and returns both."""
        with self._db.atomic():
            rest, moved = concept_merge.split(self.get(uid), new, numbers)
            after = self.revise(replace(rest, version=version))
            self.add(moved)
            self.log.add(uid, after.version, LoggedAction.SPLIT, new)
            self.log.add(new, 1, LoggedAction.SPLIT, uid)
        return after, self.get(new)

    def rename_subject(self, name: str, new: str, pace: Pacing = AT_ONCE) -> int:
        """Gives a subject another name, in its concepts, with a pace some at a time, and then in the tree.

        Returns the number of the concepts.
        """
        new = new.strip()
        if not new:
            raise CannotCurate("A subject needs a name.")
        if new in {subject.name for subject in self.subject_tree.tree()}:
            raise CannotCurate("There is a subject {name} already.", name=new)
        uids = [uid for (uid,) in self._db.execute("SELECT uid FROM concepts WHERE subject = ?", [name]).fetchall()]
        for batch in pace.batches(uids):
            with self.transaction(pace):
                for concept in self.get_all(batch):
                    if concept.subject == name:
                        self._write_unreviewed(replace(concept, subject=new))
        self.subject_tree.rename(name, new)
        return len(uids)

    def take_back(self, id: int, pace: Pacing = AT_ONCE) -> None:
        """Takes back what an import has done, the last first; what somebody has changed since stays as it is."""
        for batch in pace.batches(self.journal.done(id)):
            with self.transaction(pace):
                for done in batch:
                    self._take_back(done)
                    self.journal.strike(id, done.uid)
        self.journal.end(id)

    def _take_back(self, done: Done) -> None:
        now = next(iter(self.get_all([done.uid])), None)
        if now is None or now.version != done.after or not done.alone:
            return
        if not done.before:
            self.remove(done.uid, now.version)
            return
        old = next(old for old in self.history(done.uid) if old.version == done.before)
        self.revise(replace(old, version=now.version))
        self._db.execute("UPDATE concepts SET state = ? WHERE uid = ?", [old.state, done.uid])

    def _write_unreviewed(self, concept: Concept) -> None:
        """Revises a concept whose meaning nobody has to look at again."""
        state = concept.state
        after = self.revise(concept)
        if after.state is not state:
            self._db.execute("UPDATE concepts SET state = ? WHERE uid = ?", [state, concept.uid])
