"""The kinds of work that are done as jobs: the arguments of each, as they are stored with a job, and its result."""

from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any, ClassVar, TypedDict


@dataclass(frozen=True, kw_only=True)
class JobArguments:
    """The arguments of one kind of work, which a subclass names and lists.

    `title` says in a list of jobs what the work is about, in the language of the tag `language`; `sent_file` of a kind
    is the argument with a file that was sent for the job alone.
    """

    kind: ClassVar[str] = ""
    sent_file: ClassVar[str] = ""
    _kinds: ClassVar[dict[str, type["JobArguments"]]] = {}

    title: str = ""
    language: str = "und"

    def __init_subclass__(cls) -> None:
        cls._kinds[cls.kind] = cls

    @classmethod
    def of(cls, kind: str, values: dict[str, Any]) -> "JobArguments":
        """Returns the arguments of a kind that `described` gave; of a kind that is not known, title and language.

        Another version of the workbench may have kept more, which is left out, or less, which is None: a list of jobs
        shows its jobs all the same.
        """
        known = cls._kinds.get(kind, JobArguments)
        missing = {field.name: None for field in fields(known) if field.default is MISSING}
        kept = {field.name: values[field.name] for field in fields(known) if field.name in values}
        return known(**missing | kept)

    def described(self) -> dict[str, Any]:
        """Returns the arguments as plain values, for JSON."""
        return asdict(self)

    def agrees(self, **values: object) -> bool:
        """Returns whether the arguments have at least these values."""
        return all(getattr(self, name, None) == value for name, value in values.items())


@dataclass(frozen=True, kw_only=True)
class ReadUpload(JobArguments):
    """Reading the files of an upload."""

    kind = "read"
    upload: int


@dataclass(frozen=True, kw_only=True)
class Align(JobArguments):
    """Aligning two articles."""

    kind = "align"
    source: int
    target: int


class AlignResult(TypedDict):
    """The bitext of two articles."""

    bitext: int


@dataclass(frozen=True, kw_only=True)
class Realign(JobArguments):
    """Running the aligner again over the open units of a bitext that is at a revision."""

    kind = "realign"
    bitext: int
    revision: int


class RealignResult(TypedDict):
    """A bitext, and whether anything in it is otherwise now."""

    bitext: int
    changed: bool


@dataclass(frozen=True, kw_only=True)
class ProposePairs(JobArguments):
    """Proposing pairs among the free articles in two languages that came in `since` a day."""

    kind = "pair"
    source_language: str
    target_language: str
    since: str


class ProposePairsResult(TypedDict):
    """The number of new proposals."""

    proposed: int


@dataclass(frozen=True, kw_only=True)
class Pretranslate(JobArguments):
    """Filling the empty units of a bitext from the memory, from `threshold` percent on, and by the machine."""

    kind = "pretranslate"
    bitext: int
    threshold: int
    machine: bool


@dataclass(frozen=True, kw_only=True)
class Analyse(JobArguments):
    """Counting the units of bitexts by their matches in the memory, ordered on the page of one `bitext`."""

    kind = "analyse"
    bitext: int
    bitexts: list[int]


@dataclass(frozen=True, kw_only=True)
class FetchPackages(JobArguments):
    """Fetching the index of translation packages."""

    kind = "packages"


class FetchPackagesResult(TypedDict):
    """The packages of an index, as `mt_engines.fetch_index` gives them."""

    packages: list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class InstallPackage(JobArguments):
    """Downloading and installing the newest package of a pair, named by codes."""

    kind = "package"
    source: str
    target: str


@dataclass(frozen=True, kw_only=True)
class InstallPackageFile(JobArguments):
    """Installing a package from a file that was sent for this."""

    kind = "package file"
    sent_file = "path"
    path: str


class InstalledPackage(TypedDict):
    """The pair of a package that was installed, as codes."""

    pair: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class ImportMemory(JobArguments):
    """Importing a TMX file that was sent for this into a collection of the memory."""

    kind = "import"
    sent_file = "path"
    path: str
    source_language: str
    target_language: str
    collection: str
    keep_going: bool


@dataclass(frozen=True, kw_only=True)
class IndexMemory(JobArguments):
    """Putting what came into the memory lately into the concordance's index."""

    kind = "index"


@dataclass(frozen=True, kw_only=True)
class TakeCandidates(JobArguments):
    """Taking candidates for the term base from a bitext."""

    kind = "candidates"
    bitext: int


class TakeCandidatesResult(TypedDict):
    """The languages of a bitext, and its best candidates with their contexts."""

    languages: tuple[str, str]
    candidates: list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class PreviewTerms(JobArguments):
    """Looking at what an import of a glossary that was sent would do; `mapping` is that of a sheet's columns."""

    kind = "preview"
    path: str
    mapping: dict[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class ImportTerms(JobArguments):
    """Importing a glossary that was sent for this, as was decided; `concepts` is their number, for the progress."""

    kind = "glossary"
    sent_file = "path"
    path: str
    mapping: dict[str, Any] | None
    policy: str
    state: str
    concepts: int


@dataclass(frozen=True, kw_only=True)
class FillDemo(JobArguments):
    """Bringing the demonstration into the desk."""

    kind = "demonstration"
