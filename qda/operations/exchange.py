"""Taking a whole project of another file in, as one step, and handing a whole project out."""

import hashlib

from qda.formats.exchange.model import (
    ExchangedCode,
    ExchangedDocument,
    ExchangedProject,
)
from qda.formats.exchange.report import ExchangeReport
from qda.jobs.progress import Progress
from qda.model.changes import OpResult
from qda.model.entities import (
    Case,
    Code,
    Coder,
    Coding,
    Memo,
    Participant,
    Value,
    Variable,
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
from qda.model.messages import message
from qda.operations.colors import is_color, next_color, shade
from qda.operations.documents import free_name
from qda.store import (
    cases,
    coders,
    codes,
    documents,
    exchange_rows,
    history,
    memos,
    participants,
    project_info,
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
    note: str = "",
    progress: Progress | None = None,
) -> OpResult[ExchangeReport]:
    """Take a project of another file in, in one step; every GUID is kept.

    What is there already by its GUID stays as it is, a document also by its text, a case, a coder
    or a variable also by its name. With `adopt`, a project with nothing in it takes the name, the
    language and the coder of the file. `note` becomes a memo on the project. What was taken and
    what got another name is added to `report`, which is given back. Raises Cancelled from
    `progress`; the project is then as before.
    """
    with project.step(IMPORT, coder) as step:
        importer = _Importer(project, coder, exchanged, report, progress or Progress())
        importer.take(adopt=adopt and exchange_rows.is_empty(project.connection), note=note)
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
        self._connection = project.connection
        self._coder_name = coder
        self._from = exchanged
        self._report = report
        self._progress = progress
        self._at = history.now()
        self._coders: dict[Guid, CoderId] = {}
        self._codes: dict[Guid, CodeId] = {}
        self._cases: dict[Guid, CaseId] = {}
        self._participants: dict[Guid, ParticipantId] = {}
        self._variables: dict[Guid, VariableId] = {}
        self._documents: dict[Guid, DocumentId] = {}
        self._texts: dict[Guid, str] = {}
        self._codings: dict[Guid, CodingId] = {}

    def take(self, *, adopt: bool, note: str) -> None:
        """Take everything, what others refer to first."""
        self._progress.start(
            len(self._from.documents) + 8, message("Importing {name}", name=self._from.name)
        )
        if adopt:
            self._adopt()
        for part in (
            self._take_coders, self._take_codes, self._take_cases, self._take_participants,
            self._take_documents, self._take_links, self._take_values, self._take_codings,
            self._take_memos,
        ):  # fmt: skip
            self._progress.step()
            part()
        if note:
            self._add_note(note)

    def _adopt(self) -> None:
        """Make the empty project the one of the file, and its only coder the file's."""
        ours, theirs = project_info.read(self._connection), self._from
        exchange_rows.adopt(
            self._connection,
            theirs.guid or ours.guid,
            theirs.name.strip() or ours.name,
            theirs.language or ours.language,
            theirs.created or ours.created,
        )
        known = {one.guid: one for one in theirs.coders}
        chosen = known.get(theirs.coder) if theirs.coder is not None else None
        chosen = chosen or next(iter(theirs.coders), None)
        if chosen is None:
            return
        only = coders.all_coders(self._connection)[0]
        color = chosen.color or only.color
        exchange_rows.update_coder(
            self._connection, Coder(only.id, chosen.guid, chosen.name, color)
        )
        self._coder_name = chosen.name

    def _rename(self, item: str, old: str, new: str) -> None:
        self._report.decided(
            item,
            message("{name}", name=old),
            self._report.source,
            message("The name is taken; it is called {name} now.", name=new),
        )

    def _matched(self, item: str, name: str) -> None:
        self._report.decided(
            item,
            message("{name}", name=name),
            self._report.source,
            message("It is in the project already by that name; both are one."),
        )

    # ------------------------------------------------------------------------------ coders
    def _take_coders(self) -> None:
        known = exchange_rows.guids(self._connection, "coder")
        everybody = coders.all_coders(self._connection)
        before = {one.name: one for one in everybody}
        names = set(before)
        for number, one in enumerate(self._from.coders, start=len(everybody)):
            if one.guid in known:
                self._coders[one.guid] = CoderId(known[one.guid])
            elif one.name in before:
                self._coders[one.guid] = before[one.name].id
                self._matched("coders", one.name)
            else:
                name = free_name(one.name, frozenset(names))
                if name != one.name:
                    self._rename("coders", one.name, name)
                names.add(name)
                color = one.color or coders.COLORS[number % len(coders.COLORS)]
                added = exchange_rows.insert_coder(self._connection, one.guid, name, color)
                self._coders[one.guid] = CoderId(added)
            self._report.kept["coders"] += 1

    def _coder(self, guid: Guid | None) -> CoderId:
        if guid is not None and guid in self._coders:
            return self._coders[guid]
        return coders.ensure(self._connection, self._coder_name).id

    # ------------------------------------------------------------------------------- codes
    def _take_codes(self) -> None:
        existing = codes.all_codes(self._connection)
        colors = {one.id: one.color for one in existing}
        siblings: dict[CodeId | None, list[str]] = {}
        positions: dict[CodeId | None, int] = {}
        for one in existing:
            self._codes[one.guid] = one.id
            siblings.setdefault(one.parent, []).append(one.color)
            positions[one.parent] = max(positions.get(one.parent, 0), one.position + 1)
        for one in self._from.codes:
            self._report.kept["codes"] += 1
            if one.guid in self._codes:
                continue
            parent = self._codes.get(one.parent) if one.parent is not None else None
            beside = siblings.setdefault(parent, [])
            color = one.color
            if not is_color(color):
                above = colors.get(parent) if parent is not None else None
                color = next_color(beside) if above is None else shade(above, len(beside))
            code = _code(one, parent, positions.get(parent, 0), color)
            added = codes.insert(self._connection, code)
            positions[parent] = code.position + 1
            beside.append(color)
            colors[added] = color
            self._codes[one.guid] = added

    # ------------------------------------------------------------------ cases, participants
    def _take_cases(self) -> None:
        known = exchange_rows.guids(self._connection, "case")
        existing = cases.all_cases(self._connection)
        before = {one.name: one.id for one in existing}
        names = set(before)
        position = max((one.position + 1 for one in existing), default=0)
        for one in self._from.cases:
            self._report.kept["cases"] += 1
            if one.guid in known:
                self._cases[one.guid] = CaseId(known[one.guid])
                continue
            if one.name in before:
                self._cases[one.guid] = before[one.name]
                self._matched("cases", one.name)
                continue
            name = free_name(one.name, frozenset(names))
            if name != one.name:
                self._rename("cases", one.name, name)
            names.add(name)
            case = Case(CaseId(0), one.guid, name, one.pseudonym, position)
            self._cases[one.guid] = CaseId(exchange_rows.insert_case(self._connection, case))
            position += 1

    def _take_participants(self) -> None:
        known = exchange_rows.guids(self._connection, "participant")
        names = set(participants.names(self._connection))
        for one in self._from.participants:
            self._report.kept["participants"] += 1
            if one.guid in known:
                self._participants[one.guid] = ParticipantId(known[one.guid])
                continue
            name = free_name(one.name or "?", frozenset(names))
            if name != one.name:
                self._rename("participants", one.name, name)
            names.add(name)
            person = Participant(ParticipantId(0), one.guid, name, one.interviewer)
            added = exchange_rows.insert_participant(self._connection, person)
            self._participants[one.guid] = ParticipantId(added)

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
            name = free_name(one.name, frozenset(names))
            if name != one.name:
                self._rename("documents", one.name, name)
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
        self._take_variables()
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

    def _take_variables(self) -> None:
        known = exchange_rows.guids(self._connection, "variable")
        existing = variables.all_variables(self._connection)
        before = {(one.subject, one.name): one for one in existing}
        names = {(one.subject, one.name) for one in existing}
        position = max((one.position + 1 for one in existing), default=0)
        for one in self._from.variables:
            self._report.kept["variables"] += 1
            if one.guid in known:
                self._variables[one.guid] = VariableId(known[one.guid])
                continue
            same = before.get((one.subject, one.name))
            if same is not None and (same.type, same.periodic) == (one.type, one.periodic):
                self._variables[one.guid] = same.id
                self._matched("variables", one.name)
                continue
            name = free_name(one.name, frozenset(n for of, n in names if of == one.subject))
            if name != one.name:
                self._rename("variables", one.name, name)
            names.add((one.subject, name))
            added = exchange_rows.insert_variable(
                self._connection,
                Variable(
                    VariableId(0), one.guid, one.subject, name, one.type, one.periodic, position
                ),
            )
            position += 1
            self._variables[one.guid] = VariableId(added)

    # ------------------------------------------------------------------------ codings, memos
    def _take_codings(self) -> None:
        there = exchange_rows.guids(self._connection, "coding")
        number = exchange_rows.next_coding(self._connection)
        new: list[Coding] = []
        links: list[tuple[CodingId, CaseId]] = []
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
        exchange_rows.insert_codings(self._connection, new)
        exchange_rows.link_codings(self._connection, links)

    def _take_memos(self) -> None:
        there = exchange_rows.guids(self._connection, "memo")
        targets = {
            "document": self._documents, "case": self._cases, "participant": self._participants,
            "code": self._codes, "coding": self._codings,
        }  # fmt: skip
        for one in self._from.memos:
            self._report.kept["memos"] += 1
            if one.guid in there:
                continue
            target = 0 if one.target is None else targets[one.on].get(one.target)
            created = one.created or self._at
            memo = Memo(
                MemoId(0), one.guid, "project" if target is None else one.on, target or 0,
                one.text, self._coder(one.coder), created, one.modified or created,
            )  # fmt: skip
            memos.insert(self._connection, memo)

    def _add_note(self, text: str) -> None:
        memo = Memo(
            MemoId(0), new_guid(), "project", 0, text, self._coder(None), self._at, self._at
        )
        memos.insert(self._connection, memo)


def _code(one: ExchangedCode, parent: CodeId | None, position: int, color: str) -> Code:
    return Code(
        id=CodeId(0),
        guid=one.guid,
        parent=parent,
        name=one.name,
        position=position,
        color=color,
        definition=one.definition,
        include=one.include,
        exclude=one.exclude,
        example=one.example,
        keywords=one.keywords,
        scale=one.scale,
        shortcut=one.shortcut,
    )
