"""The form of a concept: new or as it is, what may be a duplicate, and what somebody else changed meanwhile."""

import re
from dataclasses import replace

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from corpus.text import languages
from glossary import duplicates
from glossary.concept_merge import differences, grouped
from glossary.concepts import (
    Concept,
    ConceptState,
    Context,
    Definition,
    Image,
    PartOfSpeech,
    Reference,
    Register,
    Relation,
    Status,
    Term,
    TermType,
)
from glossary.errors import CannotCurate, ConceptConflict
from glossary.termbase import TermBase
from workbench.services import concept_editing
from workbench.web.file_uploads import lines_of
from workbench.web.request_context import open_desk, whole
from workbench.web.terms.blueprint import LANGUAGES, blueprint, capitals_decided

# Characters of a term that an address gives.
_LONGEST_GIVEN = 500


@blueprint.get("/new")
def new() -> str:
    """The form of a new concept, with the terms that the address gives it: `term.en=…`, one a language."""
    languages = [name.removeprefix("term.") for name in request.args if name.startswith("term.")]
    given = {language: request.args[f"term.{language}"].strip()[:_LONGEST_GIVEN] for language in languages}
    terms = tuple(Term(language, text) for language, text in given.items() if text)
    return _form(Concept("", terms, state=ConceptState.PROPOSED))


@blueprint.get("/<uid>/edit")
def edit(uid: str) -> str:
    return _form(open_desk().termbase.get(uid))


@blueprint.post("/new")
def add() -> str | Response:
    desk = open_desk()
    termbase = desk.termbase
    concept = concept_of(request.form, Concept("", (), state=ConceptState.PROPOSED))
    named = replace(concept, uid=termbase.free_uid(_uid_for(concept)))
    like = [] if "anyway" in request.form else duplicates.find(termbase, named)
    if like:
        return _form(concept, like=like)
    concept_editing.propose_concept(desk, named)
    return redirect(url_for("terms.concept", uid=named.uid), 303)


@blueprint.post("/<uid>/edit")
def save(uid: str) -> str | Response:
    desk = open_desk()
    termbase = desk.termbase
    base = _version(termbase, uid, request.form.get("base", 0, whole))
    concept = replace(concept_of(request.form, base), version=request.form.get("version", 0, whole))
    known = {(term.language, term.text) for term in base.terms}
    fresh = tuple(term for term in concept.terms if (term.language, term.text) not in known)
    like = [] if "anyway" in request.form or not fresh else duplicates.find(termbase, replace(concept, terms=fresh))
    if like:
        return _form(concept, base, like)
    try:
        concept_editing.revise_concept(desk, concept)
    except ConceptConflict:
        return _form(replace(concept, version=termbase.get(uid).version), base, theirs=termbase.get(uid))
    return redirect(url_for("terms.concept", uid=uid), 303)


def _version(termbase: TermBase, uid: str, version: int) -> Concept:
    """The version of a concept that a form was made of; the present one where that is not kept."""
    now = termbase.get(uid)
    return next((old for old in (now, *termbase.history(uid)) if old.version == version), now)


def _form(
    concept: Concept,
    base: Concept | None = None,
    like: list[duplicates.Duplicate] | None = None,
    theirs: Concept | None = None,
) -> str:
    termbase = open_desk().termbase
    shown = list(dict.fromkeys([*LANGUAGES, *concept.languages(), *(item.language for item in concept.definitions)]))
    base = base or concept
    return render_template(
        "terms/edit.html",
        concept=concept,
        base=base,
        positions=_positions(concept, base),
        shown=shown,
        subjects=termbase.subject_tree.tree(),
        like=[
            (duplicate, other.uid, other.name("zh-Hans" if duplicate.term.language == "en" else "en"))
            for duplicate in like or ()
            for other in termbase.get_all([duplicate.uid])
        ],
        theirs=theirs,
        own=theirs is not None and theirs.changed_by == open_desk().user,
        changes=differences(base, theirs) if theirs else ([], []),
        blank=Term("", ""),
        capitals_decided=capitals_decided(concept.terms),
    )


def _positions(concept: Concept, base: Concept) -> dict[Term, int | str]:
    """Returns the positions of a form's terms in the version it was made of."""
    stood = {(term.language, term.text): number for number, term in reversed(list(enumerate(base.terms)))}
    return {term: stood.get((term.language, term.text), "") for term in concept.terms}


def concept_of(form: MultiDict[str, str], base: Concept) -> Concept:
    """Returns a concept as a form has it; what the form does not show stays as in the version it was made of.

    Raises CannotCurate where no term is left, UnknownLanguage for a language that is none.
    """
    terms = tuple(
        _term(form, number, base) for number in form.getlist("term") if form.get(f"{number}-text", "").strip()
    )
    if not terms:
        raise CannotCurate("A concept needs a term: write one at least.")
    references = zip(form.getlist("reference"), form.getlist("relation"), strict=False)
    images = zip(form.getlist("image"), form.getlist("caption"), strict=False)
    return replace(
        base,
        terms=grouped(terms),
        subject=form.get("subject", "").strip(),
        definitions=tuple(_definitions(form, base)),
        note=lines_of(form.get("note", "")),
        references=tuple(Reference(Relation(kind), uid.strip()) for uid, kind in references if uid.strip()),
        images=tuple(Image(address.strip(), caption.strip()) for address, caption in images if address.strip()),
    )


def _definitions(form: MultiDict[str, str], base: Concept) -> list[Definition]:
    shown = form.getlist("language")
    found = [
        Definition(language, text, form.get(f"definition-source-{language}", "").strip())
        for language in shown
        if (text := lines_of(form.get(f"definition-{language}", "")))
    ]
    first = {language: base.definition(language) for language in shown}
    # The form shows the first one of a language.
    return [*found, *(item for item in base.definitions if item is not first.get(item.language))]


def _term(form: MultiDict[str, str], number: str, base: Concept) -> Term:
    def field(name: str) -> str:
        return form.get(f"{number}-{name}", "").strip()

    language = languages.canonical(field("language"))
    was = field("was")
    before = base.terms[int(was)] if was.isdecimal() and int(was) < len(base.terms) else Term(language, "")
    contexts = zip(form.getlist(f"{number}-context"), form.getlist(f"{number}-context-source"), strict=False)
    sensitive = field("case")
    return replace(
        before,
        language=language,
        text=" ".join(field("text").split()),
        status=Status(field("status") or Status.PREFERRED),
        type=TermType(field("type")) if field("type") else None,
        part_of_speech=PartOfSpeech(field("part")) if field("part") else None,
        source=field("source"),
        note=lines_of(field("note")),
        usage=field("usage"),
        register=Register(field("register")) if field("register") else None,
        contexts=tuple(Context(lines_of(text), source.strip()) for text, source in contexts if text.strip()),
        reliability=int(field("reliability")) if field("reliability").isdecimal() else None,
        case_sensitive={"yes": True, "no": False}.get(sensitive),
        forms=tuple(form.strip() for form in field("forms").splitlines() if form.strip()),
    )


def _uid_for(concept: Concept) -> str:
    return "c-" + re.sub(r"[^\w]+", "-", concept.name("en").lower()).strip("-")[:40]
