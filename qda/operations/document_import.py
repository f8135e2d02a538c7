"""Taking files in as documents, with their turns and speakers, all of a pile in one step."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qda.jobs.progress import Progress
from qda.model.changes import OpResult
from qda.model.entities import Document, DocumentKind
from qda.model.errors import NotFound
from qda.model.ids import CaseId, DocumentId, ParticipantId, new_guid
from qda.model.import_report import ImportReport, ReportBuilder
from qda.model.messages import Message, counted, message
from qda.model.reading import Decision, DecisionKind, ReadDocument
from qda.operations.case_matching import CaseMatcher
from qda.operations.import_reports import keep_report
from qda.operations.naming import free_name, named_in
from qda.store import cases, documents, history, participants, turns
from qda.store.project_file import ProjectFile
from qda.text.normalise import text_hash
from qda.text.words import count_words

IMPORT = message("Import documents")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was read, on its way in.

    It is linked to `cases` and to the case called `office`, which is added where the project
    lacks it. `where` is how a report names the file, `path` how the user named it. A text that is
    here already comes in once more with `anyway`.
    """

    read: ReadDocument
    cases: tuple[CaseId, ...] = ()
    office: str = ""
    where: str = ""
    path: str = ""
    anyway: bool = True


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file: its document, who speaks in it, what to know about it."""

    document: Document
    participants: tuple[str, ...]
    warnings: tuple[Message, ...]
    path: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that did not come in, since its content is that of the document called `twin`."""

    path: str
    where: str
    twin: str


@dataclass(frozen=True, slots=True)
class ImportedFiles:
    """What became of a pile of files."""

    imported: tuple[Imported, ...]
    skipped: tuple[Skipped, ...]
    report: ImportReport


def import_documents(
    project: ProjectFile,
    *,
    coder: str,
    read: Sequence[ReadDocument],
    linked_to: Sequence[CaseId] = (),
    each_linked_to: Sequence[Sequence[CaseId]] = (),
) -> OpResult[tuple[Imported, ...]]:
    """Keep files that were read, with their turns and speakers, all in one step.

    All are linked to `linked_to`; with `each_linked_to`, as long as `read`, each to its own too.
    """
    own = each_linked_to or [()] * len(read)
    files = [
        Incoming(one, (*linked_to, *more), where=one.file_name)
        for one, more in zip(read, own, strict=True)
    ]
    source = read[0].file_name if read else ""
    done = import_files(
        project, coder=coder, files=files, report=ReportBuilder("documents", source)
    )
    return OpResult(done.value.imported, done.changes, done.step)


def import_files(
    project: ProjectFile,
    *,
    coder: str,
    files: Iterable[Incoming],
    report: ReportBuilder,
    total: int = 0,
    progress: Progress | None = None,
) -> OpResult[ImportedFiles]:
    """Keep files that come one after the other, as one step with its report.

    A file whose text or bytes are those of a document here, or of one before it, is passed over
    unless it wants in `anyway`. `total` is how many come, where that is known. Raises NotFound
    for a case that is gone, and Cancelled from `progress`; the project is then as before.
    """
    progress = progress or Progress()
    with project.step(IMPORT, coder) as step:
        importer = _Importer(project, report)
        progress.start(total, message("Importing"))
        for one in files:
            progress.step(0, message("Importing {name}", name=one.read.file_name))
            importer.take(one)
            progress.step()
        importer.tell()
        kept = keep_report(project, report, coder)
    return OpResult(
        ImportedFiles(tuple(importer.imported), tuple(importer.skipped), kept),
        step.changes,
        step.id,
    )


class _Importer:
    """Keep one file after the other, and know what names and contents there are."""

    def __init__(self, project: ProjectFile, report: ReportBuilder) -> None:
        self._project = project
        self._report = report
        self._names = set(documents.names(project.connection))
        self._contents = documents.contents(project.connection)
        self._speakers = SpeakerNames(project)
        self._offices: CaseMatcher | None = None
        self._cases = {one.id for one in cases.all_cases(project.connection)}
        self.imported: list[Imported] = []
        self.skipped: list[Skipped] = []

    def take(self, one: Incoming) -> None:
        """Keep a file, unless its content is here already."""
        self._require_cases(one.cases)
        self._report.found["files"] += 1
        digest = text_hash(one.read.text)
        file_digest = hashlib.sha256(one.read.source).hexdigest()
        twin = self._contents.get(digest) or self._contents.get(file_digest)
        if twin is not None and not one.anyway:
            self.skipped.append(Skipped(one.path, one.where, twin))
            self._report.left_out(
                "files", message("{name}", name=one.read.file_name), one.where,
                message("Its content is that of {name}, already here.", name=twin),
            )  # fmt: skip
            return
        self._keep(one, digest, file_digest, twin)
        self._report.kept["files"] += 1

    def _require_cases(self, wanted: Sequence[CaseId]) -> None:
        if not self._cases.issuperset(wanted):
            raise NotFound(message("The case is no longer in the project."))

    def _keep(self, one: Incoming, digest: str, file_digest: str, twin: str | None) -> None:
        connection, read = self._project.connection, one.read
        wanted = read.name.strip() or read.file_name.strip() or "?"
        name = free_name(wanted, self._names)
        self._names.add(name)
        kind: DocumentKind = "interview" if read.turns else "document"
        number = documents.insert(
            connection,
            documents.NewDocument(
                guid=new_guid(),
                name=name,
                kind=kind,
                language=read.language,
                file_name=read.file_name,
                file_type=read.file_type,
                encoding=read.encoding,
                text=read.text,
                text_hash=digest,
                source=read.source,
                source_hash=file_digest,
                words=count_words(read.text),
                created=history.now(),
            ),
        )
        documents.insert_notes(
            connection,
            number,
            ((note.kind, note.start, note.end, note.author, note.text) for note in read.notes),
        )
        speakers = _keep_turns(self._project, number, name, read, self._speakers)
        self._link(number, one)
        for content in (digest, file_digest):
            self._contents.setdefault(content, name)
        document = documents.by_id(connection, number)
        assert document is not None  # noqa: S101 - just inserted
        warnings = list(read.warnings)
        if twin is not None:
            warnings.append(
                message("The text is the same as that of {name}, already here.", name=twin)
            )
        self.imported.append(Imported(document, speakers, tuple(warnings), one.path))
        self._tell_of(one, document, warnings, renamed=name != wanted)

    def _link(self, number: DocumentId, one: Incoming) -> None:
        wanted = list(one.cases)
        if one.office:
            if self._offices is None:
                self._offices = CaseMatcher(self._project)
            wanted.append(self._offices.find_or_add(one.office))
        for case in wanted:
            cases.link_document(self._project.connection, number, case)

    # ------------------------------------------------------------------------------ the report
    def _tell_of(
        self, one: Incoming, document: Document, warnings: Sequence[Message], *, renamed: bool
    ) -> None:
        report, read = self._report, one.read
        name = message("{name}", name=document.name)
        report.kept["documents"] += 1
        report.count_kept({"turns": len(read.turns), "source notes": len(read.notes)})
        report.came_in("documents", name, one.where, _facts(read, document))
        for warning in warnings:
            report.uncertain("documents", name, one.where, warning)
        if renamed:
            report.decided(
                "documents", name, one.where,
                message("Another source is called {name}, so it got a number.", name=read.name),
            )  # fmt: skip
        for said in said_decisions(read.decisions):
            report.decided("documents", name, one.where, said)

    def tell(self) -> None:
        """Say which offices were added."""
        if self._offices is not None:
            self._offices.tell(self._report, self._report.source)


def _facts(read: ReadDocument, document: Document) -> Message:
    """Say how much a file holds, and how its letters were understood."""
    size = counted("{n} character", "{n} characters", document.characters)
    spoken = (
        counted("{n} turn", "{n} turns", len(read.turns)) if read.turns else message("no speakers")
    )
    if not read.encoding:
        return message("{size}, {turns}", size=size, turns=spoken)
    return message(
        "{size}, {turns}, read as {encoding}", size=size, turns=spoken, encoding=read.encoding
    )


def said_decisions(decisions: Sequence[Decision]) -> list[Message]:
    """Say what a reader did at line ends and page heads, or left as it stood, by kind."""
    counts: dict[tuple[DecisionKind, bool], int] = {}
    for one in decisions:
        key = (one.kind, one.applied)
        counts[key] = counts.get(key, 0) + one.count
    said: list[Message] = []
    for (kind, applied), n in counts.items():
        if kind == "hyphen":
            said.append(
                counted("{n} hyphen at a line end was joined.",
                        "{n} hyphens at line ends were joined.", n)
                if applied
                else counted("{n} hyphen at a line end was kept.",
                             "{n} hyphens at line ends were kept.", n)
            )  # fmt: skip
        elif kind == "header":
            said.append(
                counted("{n} running header or footer was taken out.",
                        "{n} running headers or footers were taken out.", n)
                if applied
                else counted("{n} line that looks like a running header was kept.",
                             "{n} lines that look like running headers were kept.", n)
            )  # fmt: skip
        elif kind == "sheet":
            said.append(
                counted("{n} row came in as a turn.", "{n} rows came in as turns.", n)
                if applied
                else counted("{n} row came in as text and not as a turn.",
                             "{n} rows came in as text and not as turns.", n)
            )  # fmt: skip
        else:
            said.append(
                counted("At {n} place lines were joined or marks taken out.",
                        "At {n} places lines were joined or marks taken out.", n)
                if applied
                else counted("At {n} place lines stand as in the file.",
                             "At {n} places lines stand as in the file.", n)
            )  # fmt: skip
    return said


# --------------------------------------------------------------------------------- speakers
class SpeakerNames:
    """The names that participants have, and who goes by them, kept up while files come in."""

    def __init__(self, project: ProjectFile) -> None:
        """Know the participants there are."""
        self._connection = project.connection
        self._used = set(participants.names(project.connection))
        self._interviewers = {
            one.name: one.id
            for one in participants.all_participants(project.connection)
            if one.interviewer
        }

    def find_or_add(
        self, label: str, document_name: str, *, interviewer: bool
    ) -> tuple[ParticipantId, str]:
        """Find or add the participant behind a label.

        The same interviewer asks in many interviews and is one participant. Two informants called
        «Leder» in two interviews are two people until the user says otherwise; one who was
        announced by name before (by a sheet of participants) and has not spoken yet is taken.
        """
        if interviewer and label in self._interviewers:
            return self._interviewers[label], label
        here = named_in(label, document_name)
        for announced in (here, label):
            known = (
                participants.unspoken(self._connection, announced)
                if announced in self._used
                else None
            )
            if known is not None:
                participants.set_interviewer(self._connection, known.id, interviewer=interviewer)
                self._note(known.name, known.id, interviewer=interviewer)
                return known.id, known.name
        name = label if label not in self._used else free_name(here, self._used)
        added = participants.insert(self._connection, name, interviewer=interviewer)
        self._note(name, added, interviewer=interviewer)
        return added, name

    def _note(self, name: str, number: ParticipantId, *, interviewer: bool) -> None:
        self._used.add(name)
        if interviewer:
            self._interviewers[name] = number
        else:
            self._interviewers.pop(name, None)


def keep_turns(
    project: ProjectFile, document: DocumentId, document_name: str, read: ReadDocument
) -> tuple[str, ...]:
    """Keep the turns of a read file and find or add their speakers; return the names."""
    return _keep_turns(project, document, document_name, read, SpeakerNames(project))


def _keep_turns(
    project: ProjectFile,
    document: DocumentId,
    document_name: str,
    read: ReadDocument,
    known: SpeakerNames,
) -> tuple[str, ...]:
    speakers: dict[str, ParticipantId | None] = {}
    names: list[str] = []
    for turn in read.turns:
        if not turn.label.strip():
            speakers[turn.label] = None
        elif turn.label not in speakers:
            speaker, name = known.find_or_add(
                turn.label, document_name, interviewer=turn.interviewer
            )
            speakers[turn.label] = speaker
            names.append(name)
    turns.insert_many(
        project.connection,
        (
            (
                document, number, turn.label_start, turn.start, turn.end, turn.label,
                speakers[turn.label], int(turn.interviewer), turn.time_ms,
            )
            for number, turn in enumerate(read.turns, start=1)
        ),
    )  # fmt: skip
    return tuple(names)
