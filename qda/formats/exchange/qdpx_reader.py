"""Read a REFI-QDA project (`.qdpx`, standard 1.5): what every tool of the field can write."""

import gc
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from qda.formats.exchange.extras import (
    DOCUMENT_NOTE,
    PROJECT_NOTE,
    DocumentExtras,
    ProjectExtras,
    read_document_note,
    read_project_note,
)
from qda.formats.exchange.model import (
    ExchangedCase,
    ExchangedParticipant,
    ExchangedProject,
)
from qda.formats.exchange.offsets import written_here
from qda.formats.exchange.package import Opened, open_exchange
from qda.formats.exchange.qde import QdeBuilder
from qda.formats.exchange.qdpx_carried import CarriedContext, carry_rest
from qda.formats.exchange.qdpx_codes import Coders, Variables, moment, one_line, resolve_codes
from qda.formats.exchange.qdpx_memos import MemoContext, link_guids, link_rows, resolve_memos
from qda.formats.exchange.qdpx_sets import resolve_code_sets
from qda.formats.exchange.qdpx_sources import Context, ResolvedSources, resolve_sources
from qda.formats.exchange.questions import ReadAnswers
from qda.formats.exchange.raw import RawCase, RawProject
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.sections import split_sections
from qda.formats.exchange.xml_nodes import Take, read_items
from qda.jobs.progress import Progress
from qda.model.entities import MemoTarget
from qda.model.ids import Guid
from qda.model.messages import counted, message

NAMESPACE = "urn:QDA-XML:project:1.0"
PSEUDONYM, PARTICIPANT = "Pseudonym", "Participant"
CASE_SECTIONS = (PSEUDONYM, PARTICIPANT)
"""What the description of a case says that this program wrote."""


def read_qdpx(
    path: Path, progress: Progress | None = None, answers: ReadAnswers | None = None
) -> tuple[ExchangedProject, ExchangeReport]:
    """Read a `.qdpx` into a project, with a report of all that was decided and left out.

    Raises FileProblem for a file that is missing, broken, encrypted, too big, no exchange file, or
    that would write outside itself; OpenQuestions where `answers` ask for it; Cancelled from
    `progress`. One bad element is no reason to
    stop: it is a line of the report.
    """
    progress = progress or Progress()
    with _seldom_collecting(), open_exchange(path) as package:
        raw, report = _read_project(package, path, progress)
        progress.start(2 * len(raw.sources), message("Reading {name}", name=path.name))
        context = _Opening(package, report, progress, answers or ReadAnswers())
        return _resolve(raw, context, path.stem), report


@contextmanager
def _seldom_collecting() -> Generator[None]:
    """Look for garbage seldom: of 20,000 codings none is any, and looking takes a fifth."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _read_project(
    package: Opened, path: Path, progress: Progress
) -> tuple[RawProject, ExchangeReport]:
    # What the first attempt found is of no use when the XML has to be read anew.
    attempts: list[tuple[QdeBuilder, ExchangeReport]] = []

    def new_take() -> Take:
        report = ExchangeReport(path.name)
        attempts.append((QdeBuilder(report), report))
        return attempts[-1][0].take

    cleaned, seen = read_items(package.project(), path.name, new_take, progress)
    builder, report = attempts[-1]
    builder.finish(seen)
    raw = builder.project
    report.origin = raw.origin
    if cleaned:
        report.decided(
            "characters",
            counted(
                "{n} character that XML does not allow",
                "{n} characters that XML does not allow",
                cleaned,
            ),
            package.project_name,
            message("They were left out, or the file could not have been read."),
            count=cleaned,
        )
    if raw.namespace and raw.namespace != NAMESPACE:
        report.decided(
            "namespace",
            message("The namespace {name}", name=raw.namespace[:100]),
            package.project_name,
            message("It is not that of the standard; elements were read by their names."),
        )
    report.count_found(
        {
            "coders": len(raw.users),
            "codes": len(raw.codes),
            "cases": len(raw.cases),
            "variables": len(raw.variables),
        }
    )
    return raw, report


@dataclass(slots=True)
class _Cases:
    """The cases sorted by what they are here, and the variables of documents among them."""

    cases: list[RawCase] = field(default_factory=list[RawCase])
    participants: list[ExchangedParticipant] = field(default_factory=list[ExchangedParticipant])
    documents: list[RawCase] = field(default_factory=list[RawCase])
    descriptions: dict[Guid, tuple[str, Mapping[str, str]]] = field(
        default_factory=dict[Guid, tuple[str, Mapping[str, str]]]
    )


@dataclass(frozen=True, slots=True)
class _Opening:
    """What is there beside the project while it is resolved."""

    package: Opened
    report: ExchangeReport
    progress: Progress
    answers: ReadAnswers


def _resolve(raw: RawProject, opened: _Opening, name: str) -> ExchangedProject:
    package, report = opened.package, opened.report
    project_extras, document_extras = _extras(raw)
    coders = Coders(raw.users, project_extras, report)
    codes = resolve_codes(raw.codes, project_extras, report)
    known_codes = frozenset(one.guid for one in codes)
    sorted_cases = _sort_cases(raw, project_extras)
    context = Context(
        package, report, coders, known_codes, document_extras, _cases_of(sorted_cases),
        opened.progress, opened.answers, written_here(raw.origin),
    )  # fmt: skip
    resolved = resolve_sources(raw, context)
    variables = Variables(raw, project_extras, report)
    cases = _resolve_cases(sorted_cases, resolved, variables, report)
    for source in raw.sources:
        for document in resolved.documents_of.get(source.guid, ()):
            variables.add("document", document, source.values, source.where)
    subjects: dict[Guid, MemoTarget] = {one.guid: "case" for one in cases}
    subjects |= {one.guid: "participant" for one in sorted_cases.participants}
    memo_context = MemoContext(raw, package, report, coders, resolved, known_codes, subjects)
    memos, linked = resolve_memos(
        memo_context,
        [(guid, text) for guid, (text, _) in sorted_cases.descriptions.items() if guid in subjects],
    )
    # A link that stands whole in the note on the project needs no second reading.
    known = link_guids(project_extras.tables)
    links = link_rows(memo_context, linked | known)
    shown = known | link_guids(links)
    parts = carry_rest(
        CarriedContext(raw, resolved, package, report, linked, subjects.keys(), known_codes, shown)
    )
    own_variables, values = variables.resolve()
    users = {one.guid for one in raw.users}
    user = next((one for one in (project_extras.coder, raw.user) if one in users), None)
    return ExchangedProject(
        name=one_line(raw.name) or name,
        guid=project_extras.guid,
        language=project_extras.language,
        created=moment(project_extras.created) or moment(raw.created),
        coder=user,
        coders=coders.all(),
        codes=codes,
        cases=tuple(cases),
        participants=tuple(sorted_cases.participants),
        variables=own_variables,
        values=values,
        documents=tuple(resolved.documents),
        codings=tuple(resolved.codings),
        memos=memos,
        parts=parts,
        tables=(*project_extras.tables, *links),
        code_sets=resolve_code_sets(raw, known_codes, report),
    )


def _extras(raw: RawProject) -> tuple[ProjectExtras, dict[Guid, DocumentExtras]]:
    """Return what notes of this program say of the project and of each source."""
    project = ProjectExtras()
    by_note: dict[Guid, DocumentExtras] = {}
    for note in raw.notes:
        if note.name == PROJECT_NOTE:
            project = read_project_note(note.content or "") or project
        elif note.name == DOCUMENT_NOTE:
            found = read_document_note(note.content or "")
            if found is not None:
                by_note[note.guid] = found
    documents = {
        source.guid: by_note[guid]
        for source in raw.sources
        for guid in source.notes
        if guid in by_note
    }
    return project, documents


# ------------------------------------------------------------------------------------- cases
def _sort_cases(raw: RawProject, extras: ProjectExtras) -> _Cases:
    """Tell cases, participants and mere bearers of a document's variables apart.

    A case without a name that has one source is how some tools write the variables of a document.
    """
    found = _Cases()
    for one in raw.cases:
        text, sections = split_sections(one.description, CASE_SECTIONS)
        found.descriptions[one.guid] = (text, sections)
        participant = extras.participants.get(one.guid)
        if participant is not None:
            found.participants.append(participant)
            found.cases.append(one)
        elif not one.name.strip() and len(one.sources) == 1 and not one.selections:
            found.documents.append(one)
        else:
            found.cases.append(one)
    return found


def _cases_of(cases: _Cases) -> dict[Guid, tuple[Guid, ...]]:
    """Return the cases that each selection is linked to."""
    people = {one.guid for one in cases.participants}
    found: dict[Guid, tuple[Guid, ...]] = {}
    for case in cases.cases:
        if case.guid not in people:
            for selection in case.selections:
                found[selection] = (*found.get(selection, ()), case.guid)
    return found


def _resolve_cases(
    cases: _Cases, resolved: ResolvedSources, variables: Variables, report: ExchangeReport
) -> list[ExchangedCase]:
    people = {one.guid for one in cases.participants}
    report.found["cases"] -= len(people) + len(cases.documents)
    report.found["participants"] += len(people)
    kept: list[ExchangedCase] = []
    for one in cases.documents:
        targets = resolved.documents_of.get(one.sources[0], [])
        for document in targets:
            variables.add("document", document, one.values, one.where)
        if not targets:
            report.found["values"] += len(one.values)
            report.left_out(
                "values",
                message("Variables of a document"),
                one.where,
                message("The document that has them did not come over."),
                count=len(one.values),
            )
    for one in cases.cases:
        variables.add(
            "participant" if one.guid in people else "case", one.guid, one.values, one.where
        )
        if one.guid not in people:
            kept.append(_case(one, cases, resolved, report))
    return kept


def _case(
    raw: RawCase, cases: _Cases, resolved: ResolvedSources, report: ExchangeReport
) -> ExchangedCase:
    name = one_line(raw.name)
    if not name:
        name = f"? {raw.guid[:8]}"
        report.decided(
            "cases",
            message("A case without a name"),
            raw.where,
            message("It is called {name} now.", name=name),
        )
    documents: list[Guid] = []
    for source in raw.sources:
        found = resolved.documents_of.get(source, [])
        documents += found
        if not found:
            report.left_out(
                "case links",
                message("A link of the case {name}", name=name),
                raw.where,
                message("The source that it names did not come over."),
            )
    lost = sum(one not in resolved.codings_of for one in raw.selections)
    if lost:
        report.left_out(
            "case links",
            message("Segments of the case {name}", name=name),
            raw.where,
            message("They have no code, and here only codings are linked to cases."),
            count=lost,
        )
    documents += _coded_whole(raw, name, resolved, report)
    _text, sections = cases.descriptions[raw.guid]
    return ExchangedCase(
        raw.guid, name, one_line(sections.get(PSEUDONYM, "")), tuple(dict.fromkeys(documents))
    )


def _coded_whole(
    raw: RawCase, name: str, resolved: ResolvedSources, report: ExchangeReport
) -> list[Guid]:
    """Return the documents that are whole coded with a code that stands for the case."""
    if not raw.codes:
        return []
    report.decided(
        "case links",
        message("Codes of the case {name}", name=name),
        raw.where,
        message(
            "The codes came over as codes; documents that are coded with them from beginning to "
            "end are linked to the case."
        ),
        count=len(raw.codes),
    )
    wanted = set(raw.codes)
    whole: list[Guid] = []
    parts: dict[Guid, list[tuple[int, int]]] = {}
    for one in resolved.codings:
        if one.code not in wanted:
            continue
        if one.start == 0 and one.end >= len(resolved.texts[one.document].rstrip()):
            whole.append(one.document)
        else:
            parts.setdefault(one.document, []).append((one.start, one.end))
    for document in whole:
        parts.pop(document, None)
    if parts:
        _link_within(raw.guid, wanted, parts, resolved)
        report.decided(
            "case links",
            message("Parts of texts of the case {name}", name=name),
            raw.where,
            message("Codings within what is coded with the code of the case are linked to it."),
            count=sum(map(len, parts.values())),
        )
    return whole


def _link_within(
    case: Guid,
    codes: Collection[Guid],
    parts: Mapping[Guid, Sequence[tuple[int, int]]],
    resolved: ResolvedSources,
) -> None:
    """Link to a case what is coded, with another code, within its parts of texts."""
    for number, one in enumerate(resolved.codings):
        if one.code in codes or case in one.cases:
            continue
        if any(a <= one.start and one.end <= b for a, b in parts.get(one.document, ())):
            resolved.codings[number] = replace(one, cases=(*one.cases, case))
