"""Handing a whole project out, for the files of other tools."""

from collections.abc import Sequence

from qda.formats.exchange.model import (
    ExchangedCase,
    ExchangedCode,
    ExchangedCoder,
    ExchangedCodeSet,
    ExchangedCoding,
    ExchangedDocument,
    ExchangedMemo,
    ExchangedPart,
    ExchangedParticipant,
    ExchangedProject,
    ExchangedSourceNote,
    ExchangedTurn,
    ExchangedValue,
    ExchangedVariable,
)
from qda.formats.exchange.report import ExchangeReport
from qda.jobs.progress import Progress
from qda.model.entities import (
    Document,
)
from qda.model.ids import (
    CaseId,
    Guid,
)
from qda.model.import_report import table_word
from qda.model.messages import counted, message
from qda.store import (
    carried,
    cases,
    code_sets,
    codebook_versions,
    coders,
    codes,
    codings,
    documents,
    exchange_rows,
    memos,
    participants,
    project_info,
    row_exchange,
    turns,
    variables,
)
from qda.store.project_file import ProjectFile


def read_project(project: ProjectFile, progress: Progress | None = None) -> ExchangedProject:
    """Return everything that a project holds. Raises Cancelled from `progress`."""
    progress = progress or Progress()
    connection = project.connection
    info = project_info.read(connection)
    everybody = coders.all_coders(connection)
    names = _Names(project)
    read = documents.all_documents(connection)
    progress.start(len(read), message("Reading {name}", name=info.name))
    of_variable = {one.id: one for one in variables.all_variables(connection)}
    by_subject = {"case": names.cases, "participant": names.people, "document": names.documents}
    return ExchangedProject(
        name=info.name,
        guid=info.guid,
        language=info.language,
        created=info.created,
        coder=names.coders[info.coder],
        coders=tuple(ExchangedCoder(one.guid, one.name, one.color) for one in everybody),
        codes=names.all_codes(),
        cases=names.all_cases(),
        participants=names.all_participants(),
        variables=tuple(
            ExchangedVariable(one.guid, one.subject, one.name, one.type, one.periodic)
            for one in of_variable.values()
        ),
        values=tuple(
            ExchangedValue(
                of_variable[one.variable].guid, by_subject[subject][one.subject],
                one.value, one.period,
            )
            for subject in ("case", "participant", "document")
            for one in variables.values(connection, subject)
            if one.subject in by_subject[subject]
        ),
        documents=tuple(names.document(one, progress) for one in read),
        codings=names.all_codings(),
        memos=names.all_memos(),
        parts=names.all_parts(),
        tables=row_exchange.read(connection),
        code_sets=names.all_code_sets(),
    )  # fmt: skip


def tell_what_stays(project: ProjectFile, report: ExchangeReport) -> None:
    """Tell what a project holds that no exchange file has a place for."""
    versions = len(codebook_versions.all_versions(project.connection))
    if versions:
        report.found["codebook versions"] += versions
        report.left_out(
            "codebook versions",
            counted("{n} version of the codebook", "{n} versions of the codebook", versions),
            project.path.name,
            message("Exchange files hold the codebook as it is; versions stay in the project."),
            count=versions,
        )
    for table, count in row_exchange.left_behind(project.connection, _HANDLED).items():
        report.found[table] += count
        report.left_out(
            table,
            table_word(table),
            project.path.name,
            message("It has no place in exchange files; it stays in the project."),
            count=count,
        )


_HANDLED = frozenset(
    {
        "code_exchange", "coding_selection", "carried_part", "carried_file", "code_set",
        "code_set_member",
    }
)  # fmt: skip
"""Tables whose rows go out in places of their own."""


class _Names:
    """The GUIDs of everything in a project by id, and what is read with them."""

    def __init__(self, project: ProjectFile) -> None:
        self._connection = project.connection
        self.coders = _by_id(project, "coder")
        self.documents = _by_id(project, "document")
        self.people = _by_id(project, "participant")
        self.codes = _by_id(project, "code")
        self.cases = _by_id(project, "case")
        self.codings = _by_id(project, "coding")

    def all_codes(self) -> tuple[ExchangedCode, ...]:
        marks = carried.marks(self._connection)
        return tuple(
            ExchangedCode(
                one.guid, self.codes[one.parent] if one.parent is not None else None, one.name,
                one.color, one.definition, one.include, one.exclude, one.example, one.keywords,
                one.scale, one.shortcut,
                codable=mark is None or mark.codable, written=_written(one.color, mark),
            )
            for one in codes.all_codes(self._connection)
            for mark in (marks.get(one.id),)
        )  # fmt: skip

    def all_code_sets(self) -> tuple[ExchangedCodeSet, ...]:
        return tuple(
            ExchangedCodeSet(
                one.guid, one.name, tuple(self.codes[code] for code in one.codes), one.description
            )
            for one in code_sets.all_sets(self._connection)
        )

    def all_parts(self) -> tuple[ExchangedPart, ...]:
        files = carried.files(self._connection)
        return tuple(
            ExchangedPart(
                one.guid, one.part,
                self.documents[one.document] if one.document is not None
                else self.cases[one.case] if one.case is not None else None,
                one.name, one.xml, one.text_hash, files.get(one.id, ()),
            )
            for one in carried.parts(self._connection)
        )  # fmt: skip

    def all_cases(self) -> tuple[ExchangedCase, ...]:
        linked: dict[int, list[Guid]] = {}
        for document, of in cases.document_links(self._connection).items():
            for case in of:
                linked.setdefault(case, []).append(self.documents[document])
        return tuple(
            ExchangedCase(one.guid, one.name, one.pseudonym, tuple(linked.get(one.id, ())))
            for one in cases.all_cases(self._connection)
        )

    def all_participants(self) -> tuple[ExchangedParticipant, ...]:
        links = cases.participant_links(self._connection)
        return tuple(
            ExchangedParticipant(
                one.guid, one.name, one.interviewer, self._cases_of(links.get(one.id, ()))
            )
            for one in participants.all_participants(self._connection)
        )

    def _cases_of(self, ids: Sequence[CaseId]) -> tuple[Guid, ...]:
        return tuple(self.cases[one] for one in ids)

    def document(self, one: Document, progress: Progress) -> ExchangedDocument:
        progress.step()
        connection = self._connection
        return ExchangedDocument(
            guid=one.guid,
            name=one.name,
            text=documents.text(connection, one.id),
            source=documents.source_bytes(connection, one.id),
            kind=one.kind,
            language=one.language,
            file_name=one.file_name,
            file_type=one.file_type,
            encoding=one.encoding,
            done=one.done,
            created=one.created,
            turns=tuple(
                ExchangedTurn(
                    turn.number, turn.label_start, turn.start, turn.end, turn.label,
                    self.people[turn.participant] if turn.participant is not None else None,
                    turn.interviewer, turn.time_ms, turn.question,
                )
                for turn in turns.of_document(connection, one.id)
            ),
            notes=tuple(
                ExchangedSourceNote(note.kind, note.start, note.end, note.author, note.text)
                for note in documents.notes(connection, one.id)
            ),
        )  # fmt: skip

    def all_codings(self) -> tuple[ExchangedCoding, ...]:
        links = exchange_rows.coding_links(self._connection)
        selections = carried.selections(self._connection)
        return tuple(
            ExchangedCoding(
                one.guid, self.documents[one.document], self.codes[one.code],
                self.coders[one.coder], one.start, one.end, one.stance, one.value, one.memo,
                one.created, self._cases_of(links.get(one.id, ())), selections.get(one.id),
            )
            for one in codings.all_codings(self._connection)
        )  # fmt: skip

    def all_memos(self) -> tuple[ExchangedMemo, ...]:
        of = {
            "document": self.documents, "case": self.cases, "participant": self.people,
            "code": self.codes, "coding": self.codings,
        }  # fmt: skip
        return tuple(
            ExchangedMemo(
                one.guid, one.on if target is not None else "project", target, one.text,
                self.coders[one.coder], one.created, one.modified,
            )
            for one in memos.all_memos(self._connection)
            for target in (of[one.on].get(one.target) if one.on != "project" else None,)
        )  # fmt: skip


def _written(color: str, mark: carried.CodeMark | None) -> str | None:
    """Return a colour as another program wrote it, None where it is as this one writes it."""
    if mark is None or mark.given != color or mark.color == color.upper():
        return None
    return mark.color


def _by_id(project: ProjectFile, kind: exchange_rows.Kind) -> dict[int, Guid]:
    return {number: guid for guid, number in exchange_rows.guids(project.connection, kind).items()}
