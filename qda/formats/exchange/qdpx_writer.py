"""Write a project as REFI-QDA (`.qdpx`, standard 1.5), valid by its schema and the same each time.

What the standard has no place for stands where other tools show it and this one finds it again:
stance and value after the memo in the description of a selection, pseudonyms and participants in
the description of a case, links of codings to cases as the selections of a case, months of an
indicator as variables of their own, and the rest in the notes that `extras` describes.
"""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from qda import __version__
from qda.formats.atomic import atomic_write
from qda.formats.codebooks.refi import description_text
from qda.formats.exchange.extras import DOCUMENT_NOTE, PROJECT_NOTE, document_note, project_note
from qda.formats.exchange.identifiers import derived_guid, made_guid
from qda.formats.exchange.model import (
    ExchangedCase,
    ExchangedCode,
    ExchangedCoding,
    ExchangedDocument,
    ExchangedMemo,
    ExchangedParticipant,
    ExchangedProject,
    ExchangedValue,
)
from qda.formats.exchange.qdpx_codes import moment
from qda.formats.exchange.qdpx_reader import (
    CASE_SECTIONS,
    NAMESPACE,
    PARTICIPANT,
    PSEUDONYM,
)
from qda.formats.exchange.qdpx_sources import CODING_SECTIONS, STANCE, VALUE
from qda.formats.exchange.qdpx_values import PlannedVariables, value_element
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.sections import join_sections
from qda.formats.exchange.xml_writer import XmlLines
from qda.jobs.progress import Progress
from qda.model.codebook import CodebookCode
from qda.model.entities import MemoTarget, Subject
from qda.model.errors import FileProblem
from qda.model.ids import Guid
from qda.model.messages import counted, message

_MAX_NAME = 500
_MAX_FILE = 2**31 - 1
"""The largest file that the standard admits (section 8.5)."""

_MADE = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class _Files:
    """The files beside the project, by their names in `sources`."""

    content: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def add(self, name: str, content: bytes) -> str:
        """Keep a file; return its path as the project names it."""
        self.content[name] = content
        return f"internal://{name}"


@dataclass(slots=True)
class _Export:
    """What is known while a project is written."""

    project: ExchangedProject
    xml: XmlLines
    files: _Files
    variables: PlannedVariables
    notes: dict[tuple[MemoTarget, Guid], list[Guid]] = field(
        default_factory=dict[tuple[MemoTarget, Guid], list[Guid]]
    )
    links: list[tuple[Guid, Guid]] = field(default_factory=list[tuple[Guid, Guid]])
    document_notes: list[tuple[Guid, str]] = field(default_factory=list[tuple[Guid, str]])
    selections: dict[Guid, list[Guid]] = field(default_factory=dict[Guid, list[Guid]])


def write_qdpx(
    path: Path, project: ExchangedProject, progress: Progress | None = None
) -> ExchangeReport:
    """Write `project` to a `.qdpx`, whole or not at all; return what was left out.

    Raises FileProblem where it cannot be written or a source is larger than the standard admits;
    Cancelled from `progress`.
    """
    report = ExchangeReport(path.name)
    report.origin = f"qda {__version__}"
    report.count_found(project.counts())
    content = qdpx_bytes(project, report, progress or Progress())
    atomic_write(path, content)
    report.count_kept(project.counts())
    return report


def qdpx_bytes(project: ExchangedProject, report: ExchangeReport, progress: Progress) -> bytes:
    """Return `project` as the bytes of a `.qdpx`; see `write_qdpx`."""
    progress.start(2 * len(project.documents), message("Writing {name}", name=report.source))
    export = _Export(project, XmlLines(), _Files(), PlannedVariables(project))
    _place_memos(export)
    _write_project(export, progress)
    if export.xml.dropped:
        report.left_out(
            "characters",
            counted(
                "{n} character that XML does not allow",
                "{n} characters that XML does not allow",
                export.xml.dropped,
            ),
            "project.qde",
            message("Names, memos and definitions were written without them."),
            count=export.xml.dropped,
        )
    return _zipped(export, progress)


def _zipped(export: _Export, progress: Progress) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        members = {"project.qde": export.xml.encoded()}
        members |= {f"sources/{name}": one for name, one in sorted(export.files.content.items())}
        for name, content in members.items():
            progress.step()
            if len(content) > _MAX_FILE:
                raise FileProblem(
                    message(
                        "{name} is larger than the 2 GB that an exchange file may hold; split it.",
                        name=name,
                    )
                )
            info = zipfile.ZipInfo(name, _MADE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            file.writestr(info, content)
    return target.getvalue()


def _place_memos(export: _Export) -> None:
    """Sort the memos by what refers to them; cases can have none, so links tie memos to them."""
    for memo in export.project.memos:
        if memo.on in ("case", "participant") and memo.target is not None:
            export.links.append((memo.guid, memo.target))
        elif memo.target is not None:
            export.notes.setdefault((memo.on, memo.target), []).append(memo.guid)


def _write_project(export: _Export, progress: Progress) -> None:
    xml, project = export.xml, export.project
    xml.open(
        "Project",
        xmlns=NAMESPACE,
        name=project.name,
        origin=f"qda {__version__}",
        creatingUserGUID=project.coder,
        creationDateTime=_time(project.created),
    )
    _write_users(export)
    _write_codes(export)
    export.variables.write(xml)
    # Cases come before the sources whose selections they name, so those are grouped first.
    grouped = _grouped(export)
    _write_cases(export)
    _write_sources(export, grouped, progress)
    _write_notes(export)
    if export.links:
        xml.open("Links")
        for memo, target in export.links:
            xml.empty(
                "Link",
                guid=derived_guid(memo, "link"),
                direction="OneWay",
                originGUID=memo,
                targetGUID=target,
            )
        xml.close("Links")
    for memo in project.memos:
        if memo.target is None:
            xml.reference("NoteRef", memo.guid)
    xml.close("Project")


def _time(text: str) -> str | None:
    """Return a time that the schema admits, None where it would not."""
    return moment(text) or None


def _write_users(export: _Export) -> None:
    if export.project.coders:
        export.xml.open("Users")
        for one in export.project.coders:
            export.xml.empty("User", guid=one.guid, name=one.name)
        export.xml.close("Users")


# ------------------------------------------------------------------------------------- codes
def codebook_code(code: ExchangedCode) -> CodebookCode:
    """Return a code as codebook files have it, without those below it."""
    return CodebookCode(
        name=code.name,
        guid=code.guid,
        color=code.color,
        definition=code.definition,
        include=code.include,
        exclude=code.exclude,
        example=code.example,
        keywords=code.keywords,
        scale=code.scale,
        shortcut=code.shortcut,
    )


def _write_codes(export: _Export) -> None:
    if not export.project.codes:
        return
    below: dict[Guid | None, list[ExchangedCode]] = {}
    for code in export.project.codes:
        below.setdefault(code.parent, []).append(code)
    xml = export.xml
    xml.open("CodeBook")
    xml.open("Codes")
    # None marks where an element ends: codes may stand deeper than calls should.
    stack: list[ExchangedCode | None] = list(reversed(below.get(None, [])))
    while stack:
        code = stack.pop()
        if code is None:
            xml.close("Code")
            continue
        xml.open(
            "Code",
            guid=code.guid,
            name=code.name,
            isCodable="true",
            color=code.color.upper() or None,
        )
        if description := description_text(codebook_code(code)):
            xml.text("Description", description)
        _write_note_references(export, "code", code.guid)
        stack.append(None)
        stack += reversed(below.get(code.guid, []))
    xml.close("Codes")
    xml.close("CodeBook")


def _write_note_references(export: _Export, on: MemoTarget, target: Guid) -> None:
    for guid in export.notes.get((on, target), ()):
        export.xml.reference("NoteRef", guid)


# ------------------------------------------------------------------------------------- cases
def _write_cases(export: _Export) -> None:
    project, xml = export.project, export.xml
    if not project.cases and not project.participants:
        return
    xml.open("Cases")
    for case in project.cases:
        _write_case(
            export,
            case,
            join_sections("", {PSEUDONYM: case.pseudonym}, CASE_SECTIONS),
            case.documents,
        )
    spoken: dict[Guid, dict[Guid, None]] = {}
    for document in project.documents:
        for turn in document.turns:
            if turn.participant is not None:
                spoken.setdefault(turn.participant, {})[document.guid] = None
    for one in project.participants:
        role = "interviewer" if one.interviewer else "informant"
        _write_case(
            export,
            one,
            join_sections("", {PARTICIPANT: role}, CASE_SECTIONS),
            spoken.get(one.guid, ()),
        )
    xml.close("Cases")


def _write_case(
    export: _Export,
    one: ExchangedCase | ExchangedParticipant,
    description: str,
    documents: Iterable[Guid],
) -> None:
    xml, is_case = export.xml, isinstance(one, ExchangedCase)
    xml.open("Case", guid=one.guid, name=one.name)
    if description:
        xml.text("Description", description)
    _write_values(export, "case" if is_case else "participant", one.guid)
    for document in documents:
        xml.reference("SourceRef", document)
    for selection in export.selections.get(one.guid, ()) if is_case else ():
        xml.reference("SelectionRef", selection)
    xml.close("Case")


def _write_values(export: _Export, subject: Subject, guid: Guid) -> None:
    xml = export.xml
    for one in export.variables.of_subject(subject, guid):
        xml.open("VariableValue")
        xml.reference("VariableRef", export.variables.guid_of(one))
        xml.text(*_element(export, one))
        xml.close("VariableValue")


def _element(export: _Export, one: ExchangedValue) -> tuple[str, str]:
    return value_element(one.value, export.variables.type_of(one))


# ----------------------------------------------------------------------------------- sources
@dataclass(slots=True)
class _Selection:
    """Codings of one coder that say the same of the same segment, with different codes."""

    guid: Guid
    description: str
    codings: list[ExchangedCoding]


def _grouped(export: _Export) -> dict[Guid, list[_Selection]]:
    """Group the codings of each document into selections, and note those of each case."""
    found: dict[Guid, dict[object, _Selection]] = {}
    for coding in export.project.codings:
        description = join_sections(
            coding.memo, {STANCE: coding.stance or "", VALUE: coding.value}, CODING_SECTIONS
        )
        key = (coding.start, coding.end, coding.coder, description, coding.cases)
        group = found.setdefault(coding.document, {}).get(key)
        if group is None:
            guid = derived_guid(coding.guid, "selection")
            found[coding.document][key] = _Selection(guid, description, [coding])
            for case in coding.cases:
                export.selections.setdefault(case, []).append(guid)
        else:
            group.codings.append(coding)
    return {document: list(groups.values()) for document, groups in found.items()}


def _write_sources(
    export: _Export, grouped: dict[Guid, list[_Selection]], progress: Progress
) -> None:
    if not export.project.documents:
        return
    export.xml.open("Sources")
    for document in export.project.documents:
        progress.step()
        _write_source(export, document, grouped.get(document.guid, []))
    export.xml.close("Sources")


def _write_source(
    export: _Export, document: ExchangedDocument, selections: list[_Selection]
) -> None:
    xml = export.xml
    encoded = document.text.encode("utf-8")
    plain = export.files.add(f"{document.guid}.txt", encoded)
    original = ""
    if document.source:
        original = plain
        if document.source != encoded:
            ending = document.file_type if document.file_type.isalnum() else "bin"
            name = f"{derived_guid(document.guid, 'file')}.{ending[:10].lower()}"
            original = export.files.add(name, document.source)
    kind = document.file_type.lower() if original not in ("", plain) else ""
    created = _time(document.created)
    if kind == "pdf":
        xml.open(
            "PDFSource",
            guid=document.guid, name=document.name, path=original, creationDateTime=created,
        )  # fmt: skip
        xml.open(
            "Representation",
            guid=derived_guid(document.guid, "text"), name=document.name, plainTextPath=plain,
        )  # fmt: skip
    else:
        xml.open(
            "TextSource",
            guid=document.guid, name=document.name,
            richTextPath=original if kind == "docx" else None,
            plainTextPath=plain, creationDateTime=created,
        )  # fmt: skip
    for selection in selections:
        _write_selection(export, document, selection)
    if kind == "pdf":
        xml.close("Representation")
    note = derived_guid(document.guid, DOCUMENT_NOTE)
    export.document_notes.append((note, document_note(document, original)))
    xml.reference("NoteRef", note)
    _write_note_references(export, "document", document.guid)
    _write_values(export, "document", document.guid)
    xml.close("PDFSource" if kind == "pdf" else "TextSource")


def _write_selection(export: _Export, document: ExchangedDocument, selection: _Selection) -> None:
    xml, first = export.xml, selection.codings[0]
    xml.open(
        "PlainTextSelection",
        guid=selection.guid,
        name=_name(document.text, first.start, first.end),
        startPosition=str(first.start),
        endPosition=str(first.end),
        creatingUser=first.coder,
        creationDateTime=_time(first.created),
    )
    if selection.description:
        xml.text("Description", selection.description)
    for coding in selection.codings:
        xml.open(
            "Coding",
            guid=coding.guid,
            creatingUser=coding.coder,
            creationDateTime=_time(coding.created),
        )
        xml.reference("CodeRef", coding.code)
        _write_note_references(export, "coding", coding.guid)
        xml.close("Coding")
    xml.close("PlainTextSelection")


def _name(text: str, start: int, end: int) -> str:
    """Return the text of a segment on one line, its beginning where it is long."""
    if end - start > _MAX_NAME:
        return " ".join(text[start : start + _MAX_NAME].split()) + "…"
    return " ".join(text[start:end].split())


# ------------------------------------------------------------------------------------- notes
def _write_notes(export: _Export) -> None:
    xml, project = export.xml, export.project
    xml.open("Notes")
    guid = made_guid(f"{PROJECT_NOTE} {project.guid}")
    _write_note(export, guid, PROJECT_NOTE, project_note(project, export.variables.periods))
    for note, text in export.document_notes:
        _write_note(export, note, DOCUMENT_NOTE, text)
    for memo in project.memos:
        _write_memo(export, memo)
    xml.close("Notes")


def _write_note(export: _Export, guid: Guid, name: str, text: str) -> None:
    export.xml.open("Note", guid=guid, name=name)
    export.xml.text("PlainTextContent", text)
    export.xml.close("Note")


def _write_memo(export: _Export, memo: ExchangedMemo) -> None:
    xml = export.xml
    xml.open(
        "Note",
        guid=memo.guid,
        creatingUser=memo.coder,
        creationDateTime=_time(memo.created),
        modifyingUser=memo.coder,
        modifiedDateTime=_time(memo.modified),
    )
    xml.text("PlainTextContent", memo.text)
    xml.close("Note")
