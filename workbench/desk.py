"""The desk: one SQLite file with its articles, bitexts, memory and term base; the one place that opens it."""

import getpass
import os
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import IO, Self

from sqlite_utils import Database, Migrations

import corpus.articles
import corpus.bitexts.schema
import corpus.bitexts.undo
import corpus.embeddings.cache
import corpus.memory.importing.provenance
import corpus.memory.importing.staging
import corpus.memory.schema
import glossary.termbase
import workbench.jobs
import workbench.proposals
import workbench.readings
import workbench.roles
import workbench.uploads
from corpus import alignment, intake, segmentation, tmx, xliff
from corpus.articles import Article, Articles
from corpus.bitexts import operations
from corpus.bitexts.model import Bitext, Origin, Unit, UnitState, content
from corpus.bitexts.operations import Action
from corpus.bitexts.reimport import ReimportReport, merge_reimported, reimported
from corpus.bitexts.source_update import update_source
from corpus.bitexts.store import Bitexts, units_from_beads, units_to_translate
from corpus.bitexts.undo import Change, Seen, UndoLog
from corpus.embeddings import Encoder, encoder_from
from corpus.embeddings.cache import CachedEncoder
from corpus.embeddings.metered import MeteredEncoder
from corpus.errors import Conflict, NotFound
from corpus.memory import Entry, Indexes, Memory
from corpus.memory.matching.match_repair import SourceTerm
from corpus.pace import Pace
from corpus.reports import ImportReport
from corpus.segmentation.srx import Srx
from corpus.text import languages
from corpus.text.charset import files
from corpus.text.progress import Meter, Progress, silent
from corpus.tmx import mapping
from glossary import importing
from glossary.concepts import Concept
from glossary.concepts import ConceptState as ConceptState
from glossary.importing import Policy, Preview
from glossary.recognition import Recogniser
from glossary.remarks import Remarks
from glossary.sheets import ColumnMapping
from glossary.termbase import Report as TermReport
from glossary.termbase import TermBase
from workbench import __version__, exchange, glossaries
from workbench.database import connect, connect_to_read, explained
from workbench.errors import DeskError, DeskFailure
from workbench.jobs import Jobs
from workbench.mt.terms import Terms
from workbench.proposals import Proposals
from workbench.readings import Reading, Readings
from workbench.roles import Permission, Role, Roles
from workbench.suggestions import Suggestion
from workbench.uploads import Uploads

# "STId", in the header of the file: tells a desk from any other SQLite file.
APPLICATION_ID = 0x53544964
_MIGRATIONS = (
    corpus.articles.migrations,
    corpus.bitexts.schema.migrations,
    corpus.embeddings.cache.migrations,
    corpus.memory.schema.migrations,
    corpus.memory.importing.provenance.migrations,
    corpus.memory.importing.staging.migrations,
    corpus.bitexts.undo.migrations,
    glossary.termbase.migrations,
    workbench.uploads.migrations,
    workbench.readings.migrations,
    workbench.jobs.migrations,
    workbench.proposals.migrations,
    workbench.roles.migrations,
)

# So many articles are stored at once to begin with.
_ARTICLES = 20
# A process builds what finds the terms of a language in a desk once, and goes on from there as concepts change.
_recognisers: dict[tuple[Path, str], tuple[tuple[int, int], Recogniser]] = {}
_recognisers_lock = threading.Lock()
# What finds similar texts in the memory of a desk is shared by all threads that have it open.
_indexes: dict[Path, Indexes] = {}
_indexes_lock = threading.Lock()


@dataclass(frozen=True)
class TakenIn:
    """What an intake stored, each article with whether it is new, and all that was found in the files."""

    articles: list[tuple[Article, bool]]
    found: intake.Intake


class Desk:
    """An open desk. Use it in one thread, and close it: `with Desk.open(path) as desk: …`."""

    def __init__(self, db: Database, path: Path, user: str) -> None:
        self._db = db
        self.path = path
        self.user = user
        self.articles = Articles(db, user)
        self.bitexts = Bitexts(db, user)
        self.steps = UndoLog(db, user, self.bitexts)
        with _indexes_lock:
            indexes = _indexes.setdefault(path.resolve(), Indexes())
        self.memory = Memory(db, user, indexes)
        self.termbase = TermBase(db, user)
        self.uploads = Uploads(db, user)
        self.readings = Readings(db)
        self.jobs = Jobs(db, user)
        self.proposals = Proposals(db, user)
        self.roles = Roles(db)

    @classmethod
    def create(cls, path: Path, user: str = "") -> Self:
        """Makes a new, empty desk; raises DeskError where a file of that name exists or cannot be made."""
        if path.exists():
            raise DeskError("{path} exists already: choose another name, or use it as it is.", path=path)
        try:
            db = connect(path)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            raise DeskError("The desk {path} cannot be made: {reason}.", path=path, reason=error) from None
        for migrations in _MIGRATIONS:
            migrations.apply(db)
        return cls(db, path, user or default_user())

    @classmethod
    def open(cls, path: Path, user: str = "") -> Self:
        """Opens a desk and brings it to this version; raises DeskError where it is missing, none, or newer."""
        if not path.is_file():
            raise DeskError(
                "There is no desk {path}: make one with `workbench init`, or name it with --desk.", path=path
            )
        db: Database = connect(path)
        try:
            _check(db, path)
            for migrations in _MIGRATIONS:
                if migrations.pending(db):
                    migrations.apply(db)
        except sqlite3.DatabaseError as error:
            db.close()
            db = _to_read(path, error)
        except DeskError:
            db.close()
            raise
        return cls(db, path, user or default_user())

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def role(self) -> Role:
        """What the user is at the desk."""
        return self.roles.of(self.user)

    def require(self, permission: Permission) -> None:
        """Raises NotAllowed where the user's role does not let them do that."""
        self.roles.require(self.user, permission)

    # Articles and bitexts

    def intake(
        self,
        paths: Iterable[Path],
        language: str = "",
        presplit: bool = False,
        refused: frozenset[str] = frozenset(),
    ) -> TakenIn:
        """Reads files together and stores their articles; files that cannot be read are among the refusals.

        `refused` has the ids of decisions that are not to be carried out.
        """
        found = intake.read_each(paths, language, presplit, refused, segment=house_rules())
        return TakenIn(self._take_in(found.articles), found)

    def take_in(self, upload: int, wanted: Collection[int]) -> TakenIn:
        """Takes in the articles of an upload whose numbers (from 0) are `wanted`, and throws the upload away.

        They are taken as they were found when it was read; raises NotFound where it was not.
        """
        reading = self.reading(upload)
        if reading is None:
            raise NotFound("The upload {id} was not read yet: read it, and look at what was found.", id=upload)
        articles = [each.article for each in self.readings.articles(reading) if each.number in wanted]
        taken = TakenIn(self._take_in(articles), intake.Intake(tuple(articles)))
        # Last: what was interrupted before is taken in again, and what is there already is known.
        self.uploads.discard(upload)
        return taken

    def read_upload(self, upload: int, progress: Progress = silent) -> None:
        """Reads the files of an upload and keeps what is found in them."""
        refused = self.uploads.get(upload).refused
        found = self.uploads.read(upload, house_rules(), progress)
        # It may have been thrown away meanwhile.
        self.readings.keep(self.uploads.get(upload).id, refused, found)

    def reading(self, upload: int) -> Reading | None:
        """What was found in an upload, as its decisions are now; None where it was not read since."""
        return self.readings.get(upload, self.uploads.get(upload).refused)

    def _take_in(self, articles: Iterable[Article]) -> list[tuple[Article, bool]]:
        """Stores articles, some at a time."""
        stored, pace = [], Pace(_ARTICLES)
        for batch in pace.batches(articles):
            with pace.transaction(self._db):
                stored += [self._take_in_one(article) for article in batch]
        return stored

    def _take_in_one(self, article: Article) -> tuple[Article, bool]:
        """Stores an article; as a later state of one that is there it takes its place, and its translations follow."""
        earlier = self.articles.earlier(article)
        if earlier is None:
            id, new = self.articles.add(article)
        else:
            id, new = earlier.id, False
            self.articles.replace(id, article)
            self._follow(id)
        return self.articles.get(id), new

    def _follow(self, article: int) -> None:
        """Brings the unfinished bitexts of a source article to its present state."""
        source = self.articles.get(article)
        for bitext in self.bitexts.of_article(article):
            finished = bitext.units > 0 and bitext.confirmed == bitext.units
            if bitext.source_article == article and not finished:
                self.steps.take(bitext.id, "follow", partial(update_source, numbered=list(source.numbered())))

    def translate(self, article: int, target_language: str) -> int:
        """Starts the translation of an article and returns the id of the new bitext."""
        source = self.articles.get(article)
        return self.bitexts.add(units_to_translate(source), source, languages.canonical(target_language))

    def align(
        self, source: int, target: int, beads: Iterable[alignment.Bead] | None = None, progress: Progress = silent
    ) -> int:
        """Aligns two articles, by the aligner or by given beads, and returns the id of the new bitext."""
        source_article, target_article = self.articles.get(source), self.articles.get(target)
        if beads is None:
            sentences, others = source_article.sentences(), target_article.sentences()
            total = len(sentences) + len(others)
            paragraphs = source_article.paragraph_numbers(), target_article.paragraph_numbers()
            align = self._aligner(source_article.language, target_article.language, total, progress, paragraphs)
            beads = align(sentences, others)
        units = units_from_beads(source_article, target_article, beads)
        return self.bitexts.add(units, source_article, target_article.language, target_article)

    def _aligner(
        self,
        language: str,
        target_language: str,
        total: int,
        progress: Progress,
        paragraphs: tuple[Sequence[int], Sequence[int]] | None = None,
    ) -> operations.Align:
        """Returns what aligns `total` sentences in two languages, in one or more stretches, as the term base hints."""
        # A sentence is one step as it is encoded and one as it is aligned.
        meter = Meter(2 * total, progress)
        encoder = MeteredEncoder(self.encoder(), meter)

        def align(source: Sequence[str], target: Sequence[str]) -> list[alignment.Bead]:
            hints = self.renderings(source, language, target_language)
            encoded = meter.done + len(source) + len(target)
            return alignment.align(source, target, encoder, hints, lambda done: meter.go_to(encoded + done), paragraphs)

        return align

    def encoder(self) -> Encoder:
        """Returns the house's sentence encoder, with the vectors that the desk keeps; its weights load at this call."""
        return CachedEncoder(self._db, house_encoder())

    def renderings(self, sentences: Sequence[str], language: str, target_language: str) -> list[list[list[str]]]:
        """Returns for each sentence, for each term in it, the usable terms of its concepts in the target language."""
        known = self.known_terms(sentences, language, target_language)
        return [[list(term.renderings) for term in terms] for terms in known]

    def known_terms(self, texts: Sequence[str], language: str, target_language: str) -> list[list[SourceTerm]]:
        """Returns for each text the terms in it that have usable terms in the target language."""
        in_texts = self.terms_in(texts, language)
        concepts = {
            concept.uid: [term.text for term in concept.in_language(target_language) if term.status.usable]
            for concept in in_texts.concepts
        }
        return [
            [
                SourceTerm(term.start, term.end, tuple(renderings))
                for term in terms
                if (renderings := [rendering for uid in term.concepts for rendering in concepts[uid]])
            ]
            for terms in in_texts.found
        ]

    def terms_in(self, texts: Sequence[str], language: str) -> Terms:
        """Returns the terms in texts, and the concepts that they name."""
        recogniser = self.recogniser(language)
        found = [recogniser.find(text) for text in texts]
        return Terms(found, self.concepts_of(uid for terms in found for term in terms for uid in term.concepts))

    def save_unit(
        self,
        unit: int,
        version: int,
        text: str,
        confirm: bool,
        taken_over: Suggestion | None = None,
        confirm_empty: bool = False,
    ) -> Unit:
        """Writes the target text of a unit and, if it is confirmed, remembers it.

        A text that was not touched keeps its sentences and its origin; a new one is segmented and counts as typed,
        unless it is that of the suggestion that was `taken_over`. A confirmed unit whose text changes is a draft
        again until it is confirmed. An empty text is confirmed by `confirm_empty` alone: its source rightly has no
        counterpart, and the memory keeps nothing of the unit. Raises Conflict where the unit is no longer at `version`.
        """
        before = self.bitexts.unit(unit)
        bitext = self.bitexts.get(before.bitext)
        target, origin, score, detail = before.target, before.origin, before.score, before.detail
        state = before.state
        if text.strip() != languages.join(before.target, bitext.target_language):
            target = tuple(house_rules()(" ".join(text.split()), bitext.target_language))
            origin, score, detail = (Origin.TYPED if target else Origin.NONE), None, ""
            if taken_over and text.strip() == taken_over.text.strip():
                origin, score, detail = taken_over.origin, taken_over.score, taken_over.detail
            state = UnitState.INITIAL
        if (confirm if target else confirm_empty) and not state.confirmed:
            state = UnitState.TRANSLATED
        with self._db.atomic():
            saved = self.bitexts.save(unit, version, target, state, origin, score, detail)
            if content(saved) != content(before):
                # Units above may have been merged since `before` was read.
                before = replace(before, position=saved.position, paragraph=saved.paragraph)
                self.steps.keep(bitext.id, "write", [before], [saved], join=True)
            if (confirm or confirm_empty) and saved.state.confirmed:
                entry = _entry(bitext, saved, *self.bitexts.neighbours(saved))
                if entry.source and entry.target:
                    self.memory.remember(entry)
                else:
                    self.memory.forget([saved.id])
        return saved

    def rearrange(self, bitext: int, revision: int, action: Action, seen: Seen = ()) -> Change:
        """Carries out an action of the alignment editor, as a step that can be undone.

        Raises Conflict where the bitext has gone on from `revision` and a unit that the action changes is not as it
        was `seen`, as id and version; CannotRearrange where the action has no place.
        """
        operation = partial(operations.apply, action=action)
        return self._step(lambda: self.steps.take(bitext, action.name, operation, revision, seen))

    def realign(self, bitext: int, revision: int, progress: Progress = silent) -> Change:
        """Runs the aligner again between the accepted units; raises Conflict where the bitext is not at `revision`."""
        found, before = self.bitexts.get(bitext), self.bitexts.units(bitext)
        total = operations.open_sentences(before)
        # Before the step: nobody has to wait for the aligner to write to the desk.
        units = operations.realign(before, self._aligner(found.source_language, found.target_language, total, progress))
        return self._step(lambda: self.steps.take(bitext, "realign", lambda _: units, revision))

    def undo(self, bitext: int, revision: int) -> Change:
        """Takes the last step in a bitext back; raises Conflict where it is not at `revision`."""
        return self._step(lambda: self.steps.undo(bitext, revision))

    def redo(self, bitext: int, revision: int) -> Change:
        """Takes a step again that was undone; raises Conflict where the bitext is not at `revision`."""
        return self._step(lambda: self.steps.redo(bitext, revision))

    def _step(self, take: Callable[[], Change]) -> Change:
        with self._db.atomic():
            change = take()
            self._remember_change(change)
        return change

    def _remember_change(self, change: Change) -> None:
        """Brings the memory in step: what was accepted goes in, what is accepted no longer goes out."""
        was = {unit.id: unit for unit in change.before if unit.state.confirmed}
        accepted = [unit for unit in change.after if unit.state.confirmed]
        self.memory.forget(was.keys() - {unit.id for unit in accepted})
        fresh = [unit for unit in accepted if unit.id not in was or content(unit) != content(was[unit.id])]
        if not fresh:
            return
        bitext = self.bitexts.get(fresh[0].bitext)
        sources = [languages.join(unit.source, bitext.source_language) for unit in change.units]
        around = ["", *sources, ""]
        places = ((unit, around[unit.position], around[unit.position + 2]) for unit in fresh)
        entries = [_entry(bitext, *place) for place in places]
        self.memory.remember_all([entry for entry in entries if entry.source and entry.target])
        if self.memory.to_be_indexed():
            self.jobs.add_once("index")

    def write_bitext_tmx(
        self, bitext: int, stream: IO[bytes], confirmed_only: bool = False, legacy_tags: bool = False
    ) -> int:
        """Writes a bitext as TMX and returns the number of units written."""
        found = self.bitexts.get(bitext)
        units = mapping.units_to_tmx(found, self.bitexts.units(bitext), confirmed_only)
        return tmx.write(stream, units, found.source_language, __version__, legacy_tags)

    def write_bitext_xliff(self, bitext: int, stream: IO[bytes]) -> int:
        """Writes all units of a bitext as XLIFF, to be edited elsewhere, and returns their number."""
        return xliff.write(stream, self.bitexts.get(bitext), self.bitexts.units(bitext))

    def receive_xliff(self, bitext: int, path: Path, name: str = "") -> ReimportReport:
        """Takes over what was changed in an XLIFF file of a bitext, as a step that can be undone.

        What was changed here as well stays as it is and is contested. Raises InvalidXliff; `name` is the file's in it.
        """
        found = self.bitexts.get(bitext)
        with files.open_file(path) as stream:
            returned = list(xliff.read(stream, name or path.name, found))
        homes: list[ReimportReport] = []

        def take_over(units: Sequence[Unit]) -> Sequence[Unit]:
            after, home = merge_reimported(found, units, returned, self.bitexts.history, house_rules())
            homes.append(home)
            return after

        self._step(lambda: self.steps.take(bitext, "return", take_over))
        return homes[0]

    def settle(self, bitext: int, chosen: Sequence[tuple[int, int, str, UnitState]]) -> Change:
        """Writes over contested units what a file says, each as id, the version seen, text and state; as one step.

        Raises Conflict where a unit is not at that version any more.
        """
        found = self.bitexts.get(bitext)

        def write(units: Sequence[Unit]) -> Sequence[Unit]:
            here = {unit.id: unit for unit in units}
            for id, version, text, state in chosen:
                if id not in here or here[id].version != version:
                    raise Conflict("Somebody changed unit {id} meanwhile: send the file again.", id=id)
                here[id] = reimported(found, here[id], text, state, house_rules())
            return list(here.values())

        return self._step(lambda: self.steps.take(bitext, "return", write))

    # Memory

    def import_memory(
        self,
        path: Path,
        source_language: str,
        target_language: str,
        collection: str = "",
        keep_going: bool = False,
        progress: Progress = silent,
        name: str = "",
        done: Callable[[ImportReport], None] = lambda report: None,
    ) -> ImportReport:
        """Brings the units of a TMX file into the memory, all or, if the file breaks, none; see `exchange.import_tmx`.

        They come into the collection of that name, else into the first that is not read-only.
        """
        pair = source_language, target_language
        return exchange.import_tmx(self.memory, path, pair, collection, keep_going, progress, name, done)

    def export_memory(
        self,
        stream: IO[bytes],
        source_language: str = "",
        target_language: str = "",
        collection: str = "",
        legacy_tags: bool = False,
        progress: Progress = silent,
    ) -> int:
        """Writes the memory, or its units of one pair of languages or one collection, as TMX; returns their number.

        The progress is in units.
        """
        source = languages.canonical(source_language) if source_language else ""
        target = languages.canonical(target_language) if target_language else ""
        entries = self.memory.imported(source, target, collection)
        meter = Meter(self.memory.count_imported(source, target, collection), progress)
        units = mapping.entries_to_tmx(meter.count(entries))
        return tmx.write(stream, units, source, __version__, legacy_tags)

    # Term base

    def import_terms(
        self,
        path: Path,
        name: str = "",
        mapping: ColumnMapping | None = None,
        policy: Policy = Policy.ADD,
        state: ConceptState | None = None,
        told: Callable[[int], None] = lambda read: None,
        done: Callable[[TermReport], None] = lambda report: None,
    ) -> TermReport:
        """Brings the concepts of a TBX, CSV or XLSX file into the term base, all or, if the file breaks, none.

        `name` is the file's in messages; `mapping` says what the columns of a sheet are, where that is not to be
        guessed; the rest is as in `glossary.importing`.
        """
        with glossaries.concepts_of(path, name or path.name, mapping) as concepts:
            # All of it is read before anything is written.
            for _ in concepts:
                told(0)
        remarks = Remarks()

        def remarked(report: TermReport) -> TermReport:
            return replace(report, remarks=remarks.described())

        with glossaries.concepts_of(path, name or path.name, mapping, remarks) as concepts:
            owner = str(path.resolve())
            report = importing.take_in(
                self.termbase, concepts, policy, state, told, Pace(), owner, lambda report: done(remarked(report))
            )
        return remarked(report)

    def preview_terms(
        self,
        path: Path,
        name: str,
        mapping: ColumnMapping | None = None,
        told: Callable[[int], None] = lambda read: None,
    ) -> Preview:
        """Says what an import of a file would do to the term base; `told` hears how many concepts were read."""
        remarks = Remarks()
        with glossaries.concepts_of(path, name, mapping, remarks) as concepts:
            found = importing.preview(self.termbase, concepts, told)
        return replace(found, remarks=remarks.described())

    def recogniser(self, language: str) -> Recogniser:
        """Returns what finds the term base's terms of a language in texts, as the term base is now."""
        key = (self.path.resolve(), language)
        revision = self.termbase.revision()
        with _recognisers_lock:
            built_for, recogniser = _recognisers.get(key, (None, None))
            # It goes back where a transaction does.
            if built_for is None or recogniser is None or revision[::-1] < built_for[::-1]:
                recogniser = Recogniser(self.termbase.named(languages.primary(language)), language)
            elif built_for != revision:
                changed = self.termbase.changed_since(built_for, recogniser)
                recogniser = recogniser.updated(changed, self.concepts_of(changed))
            _recognisers[key] = (revision, recogniser)
            return recogniser

    def concepts_of(self, uids: Iterable[str]) -> list[Concept]:
        """Returns concepts by their uids, each once."""
        return self.termbase.get_all(dict.fromkeys(uids))


def _entry(bitext: Bitext, unit: Unit, previous: str, following: str) -> Entry:
    """What the memory is to remember of a unit between its neighbours."""
    return Entry(
        source_language=bitext.source_language,
        target_language=bitext.target_language,
        source=languages.join(unit.source, bitext.source_language),
        target=languages.join(unit.target, bitext.target_language),
        previous=previous,
        next=following,
        origin=unit.origin,
        score=unit.score,
        state=unit.state,
        unit=unit.id,
        bitext=bitext.id,
    )


def house_rules() -> segmentation.Segment:
    """What finds sentences: the built-in rules, under those of the SRX file that WORKBENCH_SRX names."""
    path = os.environ.get("WORKBENCH_SRX")
    if not path:
        return segmentation.sentences
    with files.open_file(Path(path)) as stream:
        return Srx.read(stream, Path(path).name).sentences


def house_encoder() -> Encoder:
    """What turns sentences into vectors: the encoder that is installed, or the model in the folder WORKBENCH_ENCODER.

    Raises UnusableEncoder where the folder holds no model that can be loaded.
    """
    path = os.environ.get("WORKBENCH_ENCODER")
    return encoder_from(Path(path) if path else None)


def default_user() -> str:
    """Who works at the desk, for its history: WORKBENCH_USER, else the account's name."""
    try:
        return os.environ.get("WORKBENCH_USER") or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _check(db: Database, path: Path) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DeskError("{path} is not a desk: make one with `workbench init`, or name another with --desk.", path=path)
    migrations, tables = _known_schema()
    applied = {(row["migration_set"], row["name"]) for row in db.table(Migrations.migrations_table).rows}
    if not applied <= migrations or not set(db.table_names()) <= tables:
        raise DeskError(
            "{path} was made by a newer version of the workbench than {version}: update the workbench.",
            path=path,
            version=__version__,
        )


@cache
def _known_schema() -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """The migrations that this version knows, each with the name of its set, and the tables that they make."""
    db = Database(memory=True)
    names = []
    for migrations in _MIGRATIONS:
        names += [(migrations.name, migration.name) for migration in migrations.pending(db)]
        migrations.apply(db)
    # What SQLite itself makes: by ANALYZE, for keys that count on.
    own = ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")
    return frozenset(names), frozenset([*db.table_names(), *own])


def _to_read(path: Path, error: sqlite3.DatabaseError) -> Database:
    """Opens a desk to read alone where an error says that the system does not let it be written; else raises it."""
    failure = explained(error, path)
    if failure is None:
        raise error
    db = connect_to_read(path) if type(failure) is DeskFailure else None
    if db is None:
        raise failure
    try:
        _check(db, path)
        readable = not any(migrations.pending(db) for migrations in _MIGRATIONS)
    except sqlite3.DatabaseError:
        readable = False
    if not readable:
        db.close()
        raise failure
    return db
