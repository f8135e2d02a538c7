"""Taking the answers to a survey in: one row one respondent, all of a sheet in one step."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qda.jobs.progress import Progress
from qda.model.changes import OpResult
from qda.model.ids import CaseId, DocumentId, ParticipantId, new_guid
from qda.model.import_report import ImportReport
from qda.model.messages import message
from qda.model.survey import AnswerDocument, Respondent, Survey, SurveyChoices
from qda.operations.case_matching import CaseMatcher
from qda.operations.documents import named_in
from qda.operations.import_reports import keep_report
from qda.operations.survey_sheets import SurveySheet, make_survey
from qda.operations.variables import TypedTable, write_values
from qda.store import documents, history, participants, survey_rows
from qda.store.project_file import ProjectFile

IMPORT = message("Import survey answers")
AT_ONCE = 500
"""Respondents that are written between two places where cancelling is possible."""


@dataclass(frozen=True, slots=True)
class ImportedSurvey:
    """What came of a sheet: its documents with their respondents' names, and the report."""

    documents: tuple[tuple[DocumentId, str], ...]
    report: ImportReport


def import_survey(
    project: ProjectFile, *, coder: str, survey: Survey, progress: Progress | None = None
) -> OpResult[ImportedSurvey]:
    """Keep the answers of a sheet as documents, its respondents as participants with attributes.

    A respondent whose name is that of somebody who was announced by a sheet of participants is that
    person; one who stands here with the same answer, or in the same sheet, too. Anyone else comes
    in beside those there are. An answer that is here already does not come twice. Offices that
    the project lacks are added. Raises NotAllowed for an attribute that has a value for each
    month, and Cancelled from `progress`; the project is then as before.
    """
    with project.step(IMPORT, coder) as step:
        importer = _Importer(project, survey, progress or Progress())
        made = importer.take()
        report = keep_report(project, survey.report, coder)
    return OpResult(ImportedSurvey(made, report), step.changes, step.id)


def import_sheet(
    project: ProjectFile,
    *,
    coder: str,
    read: SurveySheet,
    choices: SurveyChoices,
    progress: Progress,
) -> OpResult[ImportedSurvey]:
    """Make respondents of a sheet that was read, and keep them. Raises as the two do."""
    survey = make_survey(read, choices, progress)
    return import_survey(project, coder=coder, survey=survey, progress=progress)


@dataclass(slots=True)
class _Known:
    """Who is there, by name, and what each has answered."""

    people: dict[str, tuple[ParticipantId, bool]]
    answers: dict[ParticipantId, set[tuple[str, str]]] = field(
        default_factory=dict[ParticipantId, set[tuple[str, str]]]
    )
    in_sheet: set[ParticipantId] = field(default_factory=set[ParticipantId])


@dataclass(slots=True)
class _Told:
    """What is counted while the respondents come in."""

    again: int = 0
    beside: int = 0
    doubles: list[int] = field(default_factory=list[int])


class _Importer:
    """Write respondents slice by slice."""

    def __init__(self, project: ProjectFile, survey: Survey, progress: Progress) -> None:
        self._project = project
        self._connection = project.connection
        self._survey = survey
        self._report = survey.report
        self._progress = progress
        self._at = history.now()
        self._file_hash = hashlib.sha256(survey.source).hexdigest()
        self._names = set(documents.names(self._connection))
        self._people_names = set(participants.names(self._connection))
        self._known = self._whom_we_know()
        self._cases = CaseMatcher(project)
        self._in_file: set[str] = set()
        self._told = _Told()
        self._next_person = survey_rows.next_id(self._connection, "participant")
        self._next_document = survey_rows.next_id(self._connection, "document")
        self._made: list[tuple[DocumentId, str]] = []

    def _whom_we_know(self) -> _Known:
        known = _Known(survey_rows.known_people(self._connection))
        for person, digest, question, sheet in survey_rows.answered(self._connection):
            known.answers.setdefault(person, set()).add((question, digest))
            if sheet == self._file_hash:
                known.in_sheet.add(person)
        return known

    def take(self) -> tuple[tuple[DocumentId, str], ...]:
        """Take everyone, and tell of them."""
        everyone = self._survey.respondents
        self._progress.start(
            len(everyone), message("Importing {name}", name=self._survey.file_name)
        )
        for first in range(0, len(everyone), AT_ONCE):
            some = everyone[first : first + AT_ONCE]
            self._progress.step(0)
            self._take_slice(some)
            self._progress.step(len(some))
        self._tell()
        return tuple(self._made)

    def _take_slice(self, some: Sequence[Respondent]) -> None:
        connection = self._connection
        new_people: list[tuple[int, str, str]] = []
        people: list[ParticipantId] = []
        rows = _Rows()
        for one in some:
            person, name, is_new = self._person(one)
            if is_new:
                new_people.append((person, new_guid(), name))
            people.append(person)
            case = self._cases.find_or_add(one.case) if one.case else None
            if case is not None:
                rows.person_links.append((person, case))
            for document in self._fresh(one, person):
                self._add(rows, one, document, person, name, case)
        survey_rows.insert_participants(connection, new_people)
        if rows.documents:
            # The bytes of the sheet are kept once, and only where something came of it.
            survey_rows.keep_file(connection, self._file_hash, self._survey.source)
        survey_rows.insert_texts(connection, rows.texts)
        survey_rows.insert_documents(connection, rows.documents)
        survey_rows.insert_turns(connection, rows.turns)
        survey_rows.link_documents(connection, rows.document_links)
        survey_rows.link_participants(connection, rows.person_links)
        table = TypedTable(self._survey.attributes, tuple(one.values for one in some))
        write_values(self._project, "participant", people, table)
        filled = sum(value is not None for one in some for value in one.values)
        self._report.count_kept(
            {
                "rows": len(some),
                "participants": len(new_people),
                "documents": len(rows.documents),
                "answers": len(rows.turns),
                "values": filled,
            }
        )

    # ----------------------------------------------------------------------------------- people
    def _person(self, one: Respondent) -> tuple[ParticipantId, str, bool]:
        """Return who a respondent is, their name here, and whether they are new."""
        survey = self._survey
        wanted = one.name or f"{survey.title} {one.number}"
        beside = named_in(wanted, survey.title)
        first_here = wanted not in self._in_file
        self._in_file.add(wanted)
        if first_here:
            for name in (wanted, beside):
                person = self._same(name, one)
                if person is not None:
                    return person, name, False
        else:
            self._told.doubles.append(one.row)
        name = wanted
        if name in self._people_names and first_here:
            name = beside
            self._told.beside += 1
        if name in self._people_names:
            name = _numbered(name, self._people_names)
        self._people_names.add(name)
        person = ParticipantId(self._next_person)
        self._next_person += 1
        return person, name, True

    def _same(self, name: str, one: Respondent) -> ParticipantId | None:
        """Return the person of that name where it is certain that it is the same."""
        person, speaks = self._known.people.get(name, (None, False))
        if person is None:
            return None
        if not speaks:
            return person
        known = self._known.answers.get(person, set())
        shared = any(
            (answer.question, document.text_hash) in known
            for document in one.documents
            for answer in document.answers
        )
        if shared or person in self._known.in_sheet:
            self._told.again += 1
            return person
        return None

    # -------------------------------------------------------------------------------- documents
    def _fresh(self, one: Respondent, person: ParticipantId) -> Iterator[AnswerDocument]:
        """Yield the documents of a respondent that are not here already."""
        known = self._known.answers.get(person, set())
        for document in one.documents:
            if all((answer.question, document.text_hash) in known for answer in document.answers):
                self._report.left_out(
                    "answers",
                    message("Row {row}", row=one.row),
                    self._survey.file_name,
                    message("The answer is in the project already."),
                    count=len(document.answers),
                )
            else:
                yield document

    def _add(
        self,
        rows: "_Rows",
        one: Respondent,
        document: AnswerDocument,
        person: ParticipantId,
        name: str,
        case: CaseId | None,
    ) -> None:
        survey = self._survey
        number = DocumentId(self._next_document)
        self._next_document += 1
        wanted = f"{survey.title} {one.name or one.number}"
        if document.suffix:
            wanted += f" – {document.suffix}"
        if wanted in self._names:
            wanted = _numbered(wanted, self._names)
        self._names.add(wanted)
        rows.texts.append((document.text_hash, document.text))
        rows.documents.append(
            (
                number, new_guid(), wanted, document.language, survey.file_name,
                survey.file_type, survey.encoding, document.text_hash, self._file_hash,
                len(document.text), document.words, self._at,
            )
        )  # fmt: skip
        rows.turns += [
            (number, place, answer.start, answer.start, answer.end, person, answer.question)
            for place, answer in enumerate(document.answers, start=1)
        ]
        if case is not None:
            rows.document_links.append((number, case))
        self._made.append((number, name))

    # ------------------------------------------------------------------------------- the report
    def _tell(self) -> None:
        report, told, name = self._report, self._told, self._survey.file_name
        self._cases.tell(report, name)
        if told.again:
            report.decided(
                "participants", message("Respondents who are here already"), name,
                message("They have the same name and the same answer; their attributes follow "
                        "the sheet."),
                count=told.again,
            )  # fmt: skip
        if told.beside:
            report.uncertain(
                "participants", message("Respondents whose name somebody here has"), name,
                message("They came in as others, with the name of the sheet behind their own; join "
                        "those who are the same person."),
                count=told.beside,
            )  # fmt: skip
        if told.doubles:
            shown = ", ".join(map(str, told.doubles[:10]))
            report.uncertain(
                "participants", message("Respondents who stand in the sheet more than once"), name,
                message("Each row came in as a person with a number behind the name: rows {rows}.",
                        rows=shown if len(told.doubles) <= 10 else shown + " …"),
                count=len(told.doubles),
            )  # fmt: skip


@dataclass(slots=True)
class _Rows:
    """Rows on their way into the file."""

    texts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    documents: list[tuple[object, ...]] = field(default_factory=list[tuple[object, ...]])
    turns: list[tuple[int, int, int, int, int, int, str]] = field(
        default_factory=list[tuple[int, int, int, int, int, int, str]]
    )
    document_links: list[tuple[DocumentId, int]] = field(
        default_factory=list[tuple[DocumentId, int]]
    )
    person_links: list[tuple[ParticipantId, int]] = field(
        default_factory=list[tuple[ParticipantId, int]]
    )


def _numbered(wanted: str, used: set[str]) -> str:
    number = 2
    while f"{wanted} ({number})" in used:
        number += 1
    return f"{wanted} ({number})"
