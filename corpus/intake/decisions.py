"""The decisions of intake: each change to a text with its reason, for a person to look at and refuse."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from corpus.intake.pages import Block
from corpus.text.messages import UserError


@dataclass(frozen=True)
class Decision:
    """Something that was changed, joined, moved or left out.

    `id` is the same whenever the same file is read, as long as the text it is about is. `before` is what the file
    has and `after` what became of it, empty where it left the text. `template` is the sentence for the user, filled
    from the other fields.
    """

    id: str
    rule: str
    file: str
    place: str
    before: str
    after: str
    template: str

    @property
    def message(self) -> str:
        """The sentence in English, filled."""
        return self.template.format(file=self.file, place=self.place, before=self.before, after=self.after)


@dataclass(frozen=True)
class Leftover:
    """A block that belongs to no article as far as intake can tell."""

    text: str
    file: str
    place: str


@dataclass(frozen=True)
class Omission:
    """A block that a rule left out of the text; `number` says where it stood in all that was read together."""

    rule: str
    text: str
    file: str
    place: str
    number: int


@dataclass(frozen=True)
class Refusal:
    """A file of which nothing was taken, and why."""

    file: str
    error: UserError


@dataclass(frozen=True)
class Note:
    """A note on a file that a person should know; `template` is filled with `file` and `detail`.

    One that `warns` says that text may be missing or wrong, and is shown so that nobody can miss it.
    """

    template: str
    file: str
    detail: str = ""
    warns: bool = False

    @property
    def message(self) -> str:
        """The sentence in English, filled."""
        return self.template.format(file=self.file, detail=self.detail)


@dataclass
class Ledger:
    """Collects the decisions of one run; a rule asks it before it changes anything."""

    refused: frozenset[str] = frozenset()
    taken: list[Decision] = field(default_factory=list)
    declined: list[Decision] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    _seen: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def take(self, rule: str, template: str, file: str, place: str, before: str, after: str = "") -> bool:
        """Records a decision and returns whether it is to be carried out."""
        key = (rule, file, place, before)
        self._seen[key] += 1
        # The same words a second time in the same block are a decision of their own.
        name = "\0".join((*key, str(self._seen[key])))
        id = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        decision = Decision(id, rule, file, place, before, after, template)
        (self.declined if id in self.refused else self.taken).append(decision)
        return id not in self.refused

    def omit(self, rule: str, template: str, file: str, block: Block) -> bool:
        """Records the decision to leave a block out and returns whether it is to be carried out."""
        agreed = self.take(rule, template, file, block.place, block.text)
        if agreed:
            self.omissions.append(Omission(rule, block.text, file, block.place, block.number))
        return agreed

    def note(self, template: str, file: str, detail: str = "", warns: bool = False) -> None:
        """Records a note."""
        self.notes.append(Note(template, file, detail, warns))
