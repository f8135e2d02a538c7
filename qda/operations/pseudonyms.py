"""Names to pseudonymise: looking for them, and keeping what the user decides of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from qda.jobs.progress import Progress
from qda.language.names import grouping, replacing
from qda.language.names.evidence import Evidence, KnownNames, SourceText, names_somebody
from qda.language.names.finding import find_names
from qda.language.names.tagged import trained_for
from qda.model.changes import OpResult
from qda.model.entities import Language, Subject
from qda.model.errors import NotAllowed
from qda.model.ids import DocumentId
from qda.model.messages import message
from qda.model.pseudonyms import NameEntity, NameHit, NameKind, Origin, TextPlace
from qda.store import (
    cases,
    documents,
    name_decisions,
    participants,
    project_info,
    text_fields,
    turns,
    variables,
)
from qda.store.name_decisions import NameDecision
from qda.store.project_file import ProjectFile
from qda.text import json_strings
from qda.text.name_forms import NameForms

AROUND = 32
SUBJECTS: tuple[Subject, ...] = ("case", "participant", "document")
PLACE_VARIABLES = frozenset((
    "kommune", "fylke", "bydel", "by", "sted", "stad", "bosted", "bustad", "region", "county",
    "municipality", "town", "city", "place",
))  # fmt: skip
"""Attributes whose values are places."""
Context = tuple[str, str, str]
"""What stands before a hit, the hit, and what stands behind: how it is known again."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The names in a project at a moment; `hashes` tell of which texts.

    `common` are forms that are ordinary words as well: they are replaced where they were found and
    nowhere else.
    """

    entities: tuple[NameEntity, ...]
    hashes: Mapping[TextPlace, str]
    common: frozenset[str]


def scan(
    project: ProjectFile,
    *,
    chosen: Sequence[tuple[str, NameKind]] = (),
    progress: Progress | None = None,
) -> Scan:
    """Look through all texts of the project; `chosen` are forms that the user names besides.

    Raises Cancelled.
    """
    progress = progress or Progress()
    connection = project.connection
    language = project_info.read(connection).language
    decisions = name_decisions.all_decisions(connection)
    sources = tuple(_sources(project, language))
    known = _known(project, language, (*chosen, *_chosen(decisions)))
    trained = trained_for(one.language for one in sources)
    hits = find_names(sources, known, progress, trained=trained)
    texts = {one.place: one.text for one in sources}
    joined = [one.forms for one in decisions if len(one.forms) > 1]
    entities = grouping.group(hits, known, joined)
    common = _common(entities, sources, language)
    entities = _everywhere(entities, texts, common, progress)
    entities = _with_unspoken(entities, known)
    entities = _with_origins(project, entities, known)
    entities = tuple(sorted(entities, key=lambda one: one.is_doubtful))
    named = _with_replacements(project, entities, decisions, texts, language)
    return Scan(named, {place: digest(text) for place, text in texts.items()}, common)


def digest(text: str) -> str:
    """Return what tells whether a text is still the same."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def text_at(project: ProjectFile, place: TextPlace) -> str:
    """Return the text of a place as it is now, empty where it is gone."""
    connection = project.connection
    if place.is_document:
        one = documents.by_id(connection, DocumentId(place.row))
        return "" if one is None else documents.text(connection, one.id)
    return text_fields.text(connection, (place.table, place.column), place.row)


def shown_at(project: ProjectFile, place: TextPlace) -> str:
    """Return the text of a place as names are looked for in it: of lists, the joined strings."""
    return searched(place, text_at(project, place))


def searched(place: TextPlace, raw: str) -> str:
    """Return what names are looked for in, where `raw` stands in the project."""
    prose = place.is_document or (place.table, place.column) in text_fields.PROSE
    text = None if prose else json_strings.joined(raw)
    return raw if text is None else text


def context(text: str, hit: NameHit) -> Context:
    """Return what a hit is known again by."""
    return (
        text[max(0, hit.start - AROUND) : hit.start],
        hit.text,
        text[hit.end : hit.end + AROUND],
    )


# ------------------------------------------------------------------------------- what is read
def _sources(project: ProjectFile, language: Language) -> Iterable[SourceText]:
    connection = project.connection
    for one in documents.all_documents(connection):
        text = documents.text(connection, one.id)
        spoken = turns.of_document(connection, one.id)
        labels = {
            (turn.label_start, turn.label_start + len(turn.label))
            for turn in spoken
            if turn.label and names_somebody(turn.label, language)
        }
        yield SourceText(
            TextPlace("document", one.id, "text"),
            text,
            one.language,
            tuple(turn.start for turn in spoken),
            tuple(sorted(span for span in labels if text[slice(*span)].strip())),
        )
    for table, column in sorted(text_fields.PROSE):
        for row, text in text_fields.texts(connection, (table, column)):
            yield SourceText(TextPlace(table, row, column), text, language)


def _known(
    project: ProjectFile, language: Language, chosen: Sequence[tuple[str, NameKind]]
) -> KnownNames:
    connection = project.connection
    people = [one.name for one in participants.all_participants(connection)]
    offices = [one.name for one in cases.all_cases(connection)]
    return KnownNames(
        tuple(name for name in people if names_somebody(name, language)),
        tuple(name for name in offices if names_somebody(name, language, office=True)),
        tuple(_listed_places(project, offices, language)),
        tuple(chosen),
    )


def _listed_places(
    project: ProjectFile, offices: Iterable[str], language: Language
) -> Iterable[str]:
    """Return the places in attributes such as kommune and fylke that no office is called by."""
    connection = project.connection
    cores = {grouping.office_core(name) for name in offices}
    asked = {
        one.id
        for one in variables.all_variables(connection)
        if one.type == "text" and one.name.casefold() in PLACE_VARIABLES
    }
    found = {
        value.value.strip()
        for subject in SUBJECTS
        for value in variables.values(connection, subject)
        if value.variable in asked and isinstance(value.value, str)
    }
    return (
        name
        for name in sorted(found)
        if grouping.office_core(name) not in cores and names_somebody(name, language, office=True)
    )


def _chosen(decisions: Iterable[NameDecision]) -> list[tuple[str, NameKind]]:
    """Return the forms that were accepted before: they are found again without any doubt."""
    return [
        (form, one.kind)
        for one in decisions
        if one.decision == "accepted" and one.chosen
        for form in one.forms
    ]


def _common(
    entities: Iterable[NameEntity], sources: Iterable[SourceText], language: Language
) -> frozenset[str]:
    """Return the forms that stand in lower case too, or are words of a dictionary."""
    evidence = Evidence(KnownNames())
    for one in sources:
        evidence.capitals.add(one.text, ())
    forms = {
        grouping.folded(form)
        for entity in entities
        if entity.kind in ("person", "place")
        for form in entity.forms
    }
    return frozenset(
        form
        for form in forms
        if " " not in form and (len(form) < 3 or evidence.is_ordinary(form, language))
    )


def _everywhere(
    entities: Sequence[NameEntity],
    texts: Mapping[TextPlace, str],
    common: frozenset[str],
    progress: Progress,
) -> tuple[NameEntity, ...]:
    """Add the places where forms stand that mean nothing else, whatever is around them there."""
    owner = {
        form: number
        for number, entity in enumerate(entities)
        for form in entity.forms
        if grouping.folded(form) not in common
    }
    forms = NameForms(owner)
    taken: dict[TextPlace, list[tuple[int, int]]] = {}
    for entity in entities:
        for hit in entity.hits:
            taken.setdefault(hit.place, []).append((hit.start, hit.end))
    added: dict[int, list[NameHit]] = {}
    progress.start(len(texts))
    for place, text in texts.items():
        known = _Spans(taken.get(place, ()))
        for found in forms.places(text):
            if known.meets(found.start, found.end):
                continue
            number = owner[found.form]
            shown = text[found.start : found.end]
            added.setdefault(number, []).append(
                NameHit(
                    place, found.start, found.end, shown, found.form,
                    entities[number].kind,
                    "doubtful" if entities[number].is_doubtful else "capital",
                )
            )  # fmt: skip
        progress.step()
    return tuple(
        replace(
            entity,
            hits=tuple(sorted((*entity.hits, *added[n]), key=lambda one: (one.place, one.start))),
        )
        if n in added
        else entity
        for n, entity in enumerate(entities)
    )


class _Spans:
    """Spans of one text, none over another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._covered = {at for start, end in spans for at in range(start, end)}

    def meets(self, start: int, end: int) -> bool:
        """Tell whether a span shares a character with one of them."""
        return any(at in self._covered for at in range(start, end))


# ------------------------------------------------------------------------ who and what it is
def _with_unspoken(entities: Sequence[NameEntity], known: KnownNames) -> tuple[NameEntity, ...]:
    """Add the people and offices of the project's lists that no text names, or not in full."""
    there = {(one.kind, grouping.folded(form)) for one in entities for form in one.forms}
    full: dict[str, str] = {grouping.office_core(name): name for name in known.offices}
    found: list[NameEntity] = []
    for one in entities:
        cores = map(grouping.office_core, one.forms) if one.kind == "office" else ()
        names = [full.pop(core) for core in dict.fromkeys(cores) if core in full]
        added = [name for name in names if name not in one.forms]
        found.append(replace(one, name=added[0], forms=(*added, *one.forms)) if added else one)
    people = (
        NameEntity("person", name, (name,), (), "")
        for name in known.people
        if ("person", grouping.folded(name)) not in there
    )
    offices = (NameEntity("office", name, (name,), (), "") for name in full.values())
    return (*found, *people, *offices)


def _with_origins(
    project: ProjectFile, entities: Iterable[NameEntity], known: KnownNames
) -> tuple[NameEntity, ...]:
    """Say of each entity which participant or case it is, if it is one."""
    connection = project.connection
    who: dict[str, Origin] = {}
    for one in participants.all_participants(connection):
        who[grouping.folded(one.name)] = "interviewer" if one.interviewer else "informant"
    offices = {grouping.office_core(name) for name in known.offices}
    found: list[NameEntity] = []
    for entity in entities:
        origin: Origin = ""
        if entity.kind == "person":
            forms = map(grouping.folded, entity.forms)
            origins: list[Origin] = [who[form] for form in forms if form in who]
            origin = origins[0] if origins else ""
        elif entity.kind == "office" and any(
            grouping.office_core(form) in offices for form in entity.forms
        ):
            origin = "case"
        found.append(replace(entity, origin=origin))
    return tuple(found)


def _with_replacements(
    project: ProjectFile,
    entities: Iterable[NameEntity],
    decisions: Sequence[NameDecision],
    texts: Mapping[TextPlace, str],
    language: Language,
) -> tuple[NameEntity, ...]:
    """Say what is put for each entity, and what was decided of it before."""
    used = {one.replacement for one in decisions if one.replacement}
    for text in texts.values():
        used |= replacing.numbered(text)
    give = replacing.Replacements(language, used)
    # The pseudonyms of cases are theirs, whoever is named first.
    pseudonyms = {
        grouping.office_core(one.name): give.take(one.pseudonym.strip())
        for one in cases.all_cases(project.connection)
        if one.pseudonym.strip()
    }
    by_form = {(one.kind, grouping.folded(form)): one for one in decisions for form in one.forms}
    found: list[NameEntity] = []
    for entity in entities:
        before = next(
            (
                by_form[key]
                for form in entity.forms
                if (key := (entity.kind, grouping.folded(form))) in by_form
            ),
            None,
        )
        shown = before.replacement if before is not None else ""
        for form in entity.forms if not shown and entity.origin == "case" else ():
            shown = shown or pseudonyms.pop(grouping.office_core(form), None) or ""
        named = replace(entity, replacement=shown or give.next(entity))
        found.append(_as_found(named) if before is None else _as_decided(named, before, texts))
    return tuple(found)


def _as_found(entity: NameEntity) -> NameEntity:
    """Let the doubtful places of a name stay that is certain at others."""
    if entity.is_doubtful:
        return entity
    return replace(entity, left=frozenset(one for one in entity.hits if one.is_doubtful))


def _as_decided(
    entity: NameEntity, before: NameDecision, texts: Mapping[TextPlace, str]
) -> NameEntity:
    kept = set(before.places)
    left = (hit for hit in entity.hits if kept and context(texts[hit.place], hit) in kept)
    return replace(entity, decision=before.decision, left=frozenset(left))


def added(
    project: ProjectFile, found: Scan, entities: Iterable[NameEntity], form: str, kind: NameKind
) -> NameEntity:
    """Return a name that the user adds, with every place where it stands, and accepted.

    Raises NotAllowed for a text without a letter or digit, and for one that stands nowhere.
    """
    form = " ".join(form.split())
    looked_for = NameForms([form])
    taken = {hit.place: set[int]() for one in entities for hit in one.hits}
    for one in entities:
        for hit in one.hits:
            taken[hit.place].update(range(hit.start, hit.end))
    hits: list[NameHit] = []
    used: set[str] = {one.replacement for one in entities}
    for place in found.hashes:
        text = text_at(project, place)
        used |= replacing.numbered(text)
        for at in looked_for.places(text):
            if taken.get(place, set[int]()).isdisjoint(range(at.start, at.end)):
                shown = text[at.start : at.end]
                hits.append(NameHit(place, at.start, at.end, shown, form, kind, "chosen"))
    if not hits:
        raise NotAllowed(
            message("«{name}» stands in no text, or only in names that are listed.", name=form)
        )
    entity = NameEntity(kind, form, (form,), tuple(hits), "", "accepted")
    language = project_info.read(project.connection).language
    return replace(entity, replacement=replacing.Replacements(language, used).next(entity))


# ------------------------------------------------------------------------------------ deciding
def decide(
    project: ProjectFile, *, coder: str, decisions: Sequence[NameDecision]
) -> OpResult[None]:
    """Keep what the user decided of some names, in place of what was decided of them before."""
    with project.step(message("Decide on names"), coder) as step:
        name_decisions.keep(project.connection, decisions)
    return OpResult(None, step.changes, step.id)


def decision_on(project: ProjectFile, entity: NameEntity) -> NameDecision:
    """Return the decision that an entity stands for."""
    texts = {place: text_at(project, place) for place in {hit.place for hit in entity.left}}
    return NameDecision(
        entity.kind,
        entity.name,
        entity.forms,
        entity.replacement,
        entity.decision,
        tuple(sorted(context(texts[hit.place], hit) for hit in entity.left)),
        chosen=any(hit.why == "chosen" for hit in entity.hits),
    )
