"""Taking a whole project of another file in, as one step, and handing a whole project out."""

import hashlib
from collections import Counter

from qda.formats.exchange.model import (
    ExchangedDocument,
    ExchangedProject,
)
from qda.formats.exchange.report import ExchangeReport
from qda.jobs.progress import Progress
from qda.model.changes import OpResult
from qda.model.entities import (
    Coder,
    Coding,
    Language,
    Memo,
    Value,
)
from qda.model.ids import (
    CaseId,
    CodeId,
    CoderId,
    CodingId,
    DocumentId,
    Guid,
    MemoId,
    ParticipantId,
    VariableId,
    new_guid,
)
from qda.model.import_report import table_word
from qda.model.messages import message
from qda.operations.documents import free_name
from qda.operations.exchange_subjects import (
    rename,
    take_cases,
    take_code_sets,
    take_coders,
    take_codes,
    take_participants,
    take_variables,
)
from qda.operations.import_reports import keep_report
from qda.store import (
    carried,
    cases,
    coders,
    documents,
    exchange_rows,
    groups,
    history,
    memos,
    project_info,
    row_exchange,
    scores,
    variables,
)
from qda.store.project_file import ProjectFile
from qda.text.normalise import text_hash
from qda.text.words import count_words

IMPORT = message("Import a project")


def import_project(
    project: ProjectFile,
    *,
    coder: str,
    exchanged: ExchangedProject,
    report: ExchangeReport,
    adopt: bool = False,
    progress: Progress | None = None,
) -> OpResult[ExchangeReport]:
    """Take a project of another file in, in one step; every GUID is kept.

    What is there already by its GUID stays as it is, a document also by its text, a case, a coder
    or a variable also by its name. With `adopt`, a project with nothing in it takes the name, the
    language and the coder of the file. What was taken and what got another name is added to
    `report`, which the project keeps in the same step and which is given back. Raises Cancelled
    from `progress`; the project is then as before.
    """
    with project.step(IMPORT, coder) as step:
        importer = _Importer(project, coder, exchanged, report, progress or Progress())
        importer.take(adopt=adopt and exchange_rows.is_empty(project.connection))
        keep_report(project, report, importer.coder_name)
    return OpResult(report, step.changes, step.id)


class _Importer:
    """Put the things of a file into a project, each kind with the ids that the next refers to."""

    def __init__(
        self,
        project: ProjectFile,
        coder: str,
        exchanged: ExchangedProject,
        report: ExchangeReport,
        progress: Progress,
    ) -> None:
        self._project = project
        self._connection = project.connection
        self.coder_name = coder
        self._from = exchanged
        self._report = report
        self._progress = progress
        self._at = history.now()
        self._adopts = False
        self._coders: dict[Guid, CoderId] = {}
        self._codes: dict[Guid, CodeId] = {}
        self._cases: dict[Guid, CaseId] = {}
        self._participants: dict[Guid, ParticipantId] = {}
        self._variables: dict[Guid, VariableId] = {}
        self._documents: dict[Guid, DocumentId] = {}
        self._texts: dict[Guid, str] = {}
        self._codings: dict[Guid, CodingId] = {}
        self._memos: dict[Guid, MemoId] = {}

    def take(self, *, adopt: bool) -> None:
        """Take everything, what others refer to first."""
        self._progress.start(
            len(self._from.documents) + 10, message("Importing {name}", name=self._from.name)
        )
        self._adopts = adopt
        if adopt:
            self._adopt()
        for part in (
            self._take_subjects, self._take_documents, self._take_links, self._take_values,
            self._take_codings, self._take_memos, self._take_tables, self._take_parts,
        ):  # fmt: skip
            self._progress.step()
            part()

    def _adopt(self) -> None:
        """Make the empty project the one of the file, and its only coder the file's."""
        ours, theirs = project_info.read(self._connection), self._from
        exchange_rows.adopt(
            self._connection,
            theirs.guid or ours.guid,
            theirs.name.strip() or ours.name,
            theirs.language or self._usual_language() or ours.language,
            theirs.created or ours.created,
        )
        first = next(iter(theirs.coders), None)
        if first is None:
            return
        only = coders.all_coders(self._connection)[0]
        color = first.color or only.color
        exchange_rows.update_coder(self._connection, Coder(only.id, first.guid, first.name, color))
        self.coder_name = first.name

    def _take_subjects(self) -> None:
        project, theirs, report = self._project, self._from, self._report
        self._coders = take_coders(project, theirs, report)
        if self._adopts and theirs.coder is not None and theirs.coder in self._coders:
            project_info.set_coder(self._connection, self._coders[theirs.coder])
        self._codes = take_codes(project, theirs, report)
        take_code_sets(project, theirs, self._codes, report)
        self._cases = take_cases(project, theirs, report)
        self._participants = take_participants(project, theirs, report)

    def _usual_language(self) -> Language | None:
        """Return the language of most documents, None where there are none."""
        counts: Counter[Language] = Counter()
        counts.update(one.language for one in self._from.documents if one.text.strip())
        return counts.most_common(1)[0][0] if counts else None

    # ------------------------------------------------------------------------------ coders
    def _coder(self, guid: Guid | None) -> CoderId:
        if guid is not None and guid in self._coders:
            return self._coders[guid]
        return coders.ensure(self._connection, self.coder_name).id

    # ------------------------------------------------------------------------------- codes
    # ------------------------------------------------------------------ cases, participants
    # --------------------------------------------------------------------------- documents
    def _take_documents(self) -> None:
        existing = documents.all_documents(self._connection)
        by_guid = {one.guid: one for one in existing}
        by_text = {one.text_hash: one for one in existing if one.characters}
        names = {one.name for one in existing}
        for one in self._from.documents:
            self._progress.step()
            self._report.kept["documents"] += 1
            digest = text_hash(one.text)
            same = by_guid.get(one.guid)
            twin = same if same is not None and same.text_hash == digest else by_text.get(digest)
            self._texts[one.guid] = one.text
            if twin is not None:
                self._documents[one.guid] = twin.id
                self._report.decided(
                    "documents",
                    message("The document {name}", name=one.name),
                    self._report.source,
                    message("Its text is that of {name}, already here.", name=twin.name),
                )
                self._keep_counts(one)
                continue
            guid = one.guid
            if same is not None:
                guid = new_guid()
                self._report.decided(
                    "documents",
                    message("The document {name}", name=one.name),
                    self._report.source,
                    message("It is here with another text; it came in beside it."),
                )
            name = one.name if one.name not in names else free_name(one.name, frozenset(names))
            if name != one.name:
                rename(self._report, "documents", one.name, name)
            names.add(name)
            self._documents[one.guid] = self._add_document(one, guid, name, digest)
            self._keep_counts(one)

    def _keep_counts(self, one: ExchangedDocument) -> None:
        self._report.count_kept({"turns": len(one.turns), "source notes": len(one.notes)})

    def _add_document(
        self, one: ExchangedDocument, guid: Guid, name: str, digest: str
    ) -> DocumentId:
        added = documents.insert(
            self._connection,
            documents.NewDocument(
                guid=guid,
                name=name,
                kind=one.kind,
                language=one.language,
                file_name=one.file_name,
                file_type=one.file_type,
                encoding=one.encoding,
                text=one.text,
                text_hash=digest,
                source=one.source,
                source_hash=hashlib.sha256(one.source).hexdigest(),
                words=count_words(one.text),
                created=one.created or self._at,
            ),
        )
        if one.done:
            documents.set_done(self._connection, added, done=True)
        documents.insert_notes(
            self._connection,
            added,
            ((note.kind, note.start, note.end, note.author, note.text) for note in one.notes),
        )
        exchange_rows.insert_turns(
            self._connection,
            (
                (
                    added, turn.number, turn.label_start, turn.start, turn.end, turn.label,
                    self._participants.get(turn.participant) if turn.participant else None,
                    int(turn.interviewer), turn.time_ms, turn.question,
                )
                for turn in one.turns
            ),
        )  # fmt: skip
        return added

    def _take_links(self) -> None:
        for case in self._from.cases:
            for document in case.documents:
                if document in self._documents:
                    cases.link_document(
                        self._connection, self._documents[document], self._cases[case.guid]
                    )
        for person in self._from.participants:
            for case_guid in person.cases:
                if case_guid in self._cases:
                    cases.link_participant(
                        self._connection,
                        self._participants[person.guid],
                        self._cases[case_guid],
                    )

    # ---------------------------------------------------------------- variables and values
    def _take_values(self) -> None:
        self._variables = take_variables(self._project, self._from, self._report)
        subjects = {
            "case": self._cases, "participant": self._participants, "document": self._documents
        }  # fmt: skip
        of = {one.guid: one for one in self._from.variables}
        there = exchange_rows.value_keys(self._connection)
        rows: list[tuple[VariableId, int, str, Value]] = []
        kept = 0
        for one in self._from.values:
            subject = subjects[of[one.variable].subject].get(one.subject)
            if subject is None:
                continue
            key = (self._variables[one.variable], int(subject), one.period)
            if key in there:
                kept += 1
                continue
            there.add(key)
            rows.append((*key, one.value))
        variables.set_many(self._connection, rows)
        self._report.kept["values"] += len(rows)
        if kept:
            self._report.left_out(
                "values",
                message("Values"),
                self._report.source,
                message("The project has values there already, which stay."),
                count=kept,
            )

    # ------------------------------------------------------------------------ codings, memos
    def _take_codings(self) -> None:
        there = exchange_rows.guids(self._connection, "coding")
        number = exchange_rows.next_coding(self._connection)
        new: list[Coding] = []
        links: list[tuple[CodingId, CaseId]] = []
        selections: list[tuple[CodingId, Guid]] = []
        for one in self._from.codings:
            self._report.kept["codings"] += 1
            if one.guid in there:
                self._codings[one.guid] = CodingId(there[one.guid])
                continue
            coding = Coding(
                CodingId(number), one.guid, self._documents[one.document], self._codes[one.code],
                self._coder(one.coder), one.start, one.end,
                self._texts[one.document][one.start : one.end], one.stance, one.value, one.memo,
                one.created or self._at,
            )  # fmt: skip
            number += 1
            new.append(coding)
            self._codings[one.guid] = coding.id
            links += [(coding.id, self._cases[case]) for case in one.cases if case in self._cases]
            if one.selection is not None:
                selections.append((coding.id, one.selection))
        exchange_rows.insert_codings(self._connection, new)
        exchange_rows.link_codings(self._connection, links)
        carried.add_selections(self._connection, selections)

    def _take_memos(self) -> None:
        there = exchange_rows.guids(self._connection, "memo")
        targets = {
            "document": self._documents, "case": self._cases, "participant": self._participants,
            "code": self._codes, "coding": self._codings,
        }  # fmt: skip
        for one in self._from.memos:
            self._report.kept["memos"] += 1
            if one.guid in there:
                self._memos[one.guid] = MemoId(there[one.guid])
                continue
            target = 0 if one.target is None else targets[one.on].get(one.target)
            created = one.created or self._at
            memo = Memo(
                MemoId(0), one.guid, "project" if target is None else one.on, target or 0,
                one.text, self._coder(one.coder), created, one.modified or created,
            )  # fmt: skip
            self._memos[one.guid] = memos.insert(self._connection, memo)

    # -------------------------------------------------------------------- what else goes along
    def _take_tables(self) -> None:
        """Take the rows of tables that this program writes for itself."""
        if not self._from.tables:
            return
        ids = {
            "coder": self._coders, "code": self._codes, "case": self._cases,
            "participant": self._participants, "document": self._documents,
            "coding": self._codings, "memo": self._memos,
        }  # fmt: skip
        coder = self._coder(None)
        left = row_exchange.write(self._connection, self._from.tables, ids, coder, self._at)
        dropped = groups.drop_clashes(self._connection)
        dropped["score"] = scores.drop_off_scale(self._connection)
        for table, count in dropped.items():
            left[table] = left.get(table, 0) + count
        for table in self._from.tables:
            self._report.found[table.table] += len(table.rows)
            self._report.kept[table.table] += len(table.rows) - left.get(table.table, 0)
        for table, count in left.items():
            if not count:
                continue
            self._report.left_out(
                table,
                table_word(table),
                self._report.source,
                message("What they name is not there, or the project has them already."),
                count=count,
            )

    def _take_parts(self) -> None:
        """Keep what has no place here, for files of other programs."""
        there = carried.known_parts(self._connection)
        for one in self._from.parts:
            document = self._documents.get(one.owner) if one.owner is not None else None
            case = self._cases.get(one.owner) if one.owner is not None else None
            if (one.kind, one.guid) in there or (
                one.owner is not None and document is None and case is None
            ):
                continue
            there.add((one.kind, one.guid))
            part = carried.add_part(
                self._connection,
                carried.Part(0, one.guid, one.kind, document, case, one.name, one.xml, one.text),
            )
            for name, content in one.files:
                carried.add_file(self._connection, part, name, content)
