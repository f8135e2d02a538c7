"""Write a project as REFI-QDA (`.qdpx`, standard 1.5), valid by its schema and the same each time.

What the standard has no place for stands where other tools show it and this one finds it again:
stance and value after the memo in the description of a selection, pseudonyms and participants in
the description of a case, links of codings to cases as the selections of a case, months of an
indicator as variables of their own, and the rest in the notes that `extras` describes.
"""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from qda import __version__
from qda.formats.atomic import atomic_write
from qda.formats.codebooks.refi import description_text
from qda.formats.exchange.extras import DOCUMENT_NOTE, PROJECT_NOTE, project_note
from qda.formats.exchange.identifiers import made_guid
from qda.formats.exchange.model import (
    ExchangedCase,
    ExchangedCode,
    ExchangedMemo,
    ExchangedParticipant,
    ExchangedProject,
)
from qda.formats.exchange.qdpx_export import (
    Export,
    Files,
    time_of,
    write_note_references,
    write_values,
)
from qda.formats.exchange.qdpx_parts import plan_parts, write_links_sets_graphs, write_parts
from qda.formats.exchange.qdpx_reader import (
    CASE_SECTIONS,
    NAMESPACE,
    PARTICIPANT,
    PSEUDONYM,
)
from qda.formats.exchange.qdpx_values import PlannedVariables
from qda.formats.exchange.qdpx_written_sources import group_selections, write_sources
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.sections import join_sections
from qda.formats.exchange.xml_writer import XmlLines
from qda.jobs.progress import Progress
from qda.model.codebook import CodebookCode
from qda.model.errors import FileProblem
from qda.model.ids import Guid
from qda.model.messages import counted, message

_MAX_FILE = 2**31 - 1
"""The largest file that the standard admits (section 8.5)."""

_MADE = (1980, 1, 1, 0, 0, 0)


def write_qdpx(
    path: Path, project: ExchangedProject, progress: Progress | None = None
) -> ExchangeReport:
    """Write `project` to a `.qdpx`, whole or not at all; return what was left out.

    Raises FileProblem where it cannot be written or a source is larger than the standard admits;
    Cancelled from `progress`.
    """
    report = ExchangeReport(path.name)
    report.kind = "export"
    report.origin = f"qda {__version__}"
    report.count_found(project.counts())
    content = qdpx_bytes(project, report, progress or Progress())
    atomic_write(path, content)
    report.count_kept(project.counts())
    return report


def qdpx_bytes(project: ExchangedProject, report: ExchangeReport, progress: Progress) -> bytes:
    """Return `project` as the bytes of a `.qdpx`; see `write_qdpx`."""
    progress.start(2 * len(project.documents), message("Writing {name}", name=report.source))
    export = Export(project, XmlLines(), Files(), PlannedVariables(project), report)
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


def _zipped(export: Export, progress: Progress) -> bytes:
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


def _place_memos(export: Export) -> None:
    """Sort the memos by what refers to them; cases can have none, so links tie memos to them."""
    for memo in export.project.memos:
        if memo.on in ("case", "participant") and memo.target is not None:
            export.links.append((memo.guid, memo.target))
        elif memo.target is not None:
            export.notes.setdefault((memo.on, memo.target), []).append(memo.guid)


def _write_project(export: Export, progress: Progress) -> None:
    xml, project = export.xml, export.project
    xml.open(
        "Project",
        xmlns=NAMESPACE,
        name=project.name,
        origin=f"qda {__version__}",
        creatingUserGUID=project.coder,
        creationDateTime=time_of(project.created),
    )
    _write_users(export)
    _write_codes(export)
    export.variables.write(xml)
    # Cases come before the sources whose selections they name, so those are grouped first.
    grouped = group_selections(export)
    plan_parts(export)
    _write_cases(export)
    write_sources(export, grouped, progress)
    _write_notes(export)
    write_links_sets_graphs(export)
    for memo in project.memos:
        if memo.target is None:
            xml.reference("NoteRef", memo.guid)
    xml.close("Project")


def _write_users(export: Export) -> None:
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


def _write_codes(export: Export) -> None:
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
            isCodable="true" if code.codable else "false",
            color=(code.color.upper() if code.written is None else code.written) or None,
        )
        if description := description_text(codebook_code(code)):
            xml.text("Description", description)
        write_note_references(export, "code", code.guid)
        stack.append(None)
        stack += reversed(below.get(code.guid, []))
    xml.close("Codes")
    xml.close("CodeBook")


# ------------------------------------------------------------------------------------- cases
def _write_cases(export: Export) -> None:
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
    export: Export,
    one: ExchangedCase | ExchangedParticipant,
    description: str,
    documents: Iterable[Guid],
) -> None:
    xml, is_case = export.xml, isinstance(one, ExchangedCase)
    xml.open("Case", guid=one.guid, name=one.name)
    if description:
        xml.text("Description", description)
    write_parts(export, "case code", one.guid)
    write_values(export, "case" if is_case else "participant", one.guid)
    for document in documents:
        xml.reference("SourceRef", document)
    for selection in export.selections.get(one.guid, ()) if is_case else ():
        xml.reference("SelectionRef", selection)
    xml.close("Case")


# ------------------------------------------------------------------------------------- notes
def _write_notes(export: Export) -> None:
    xml, project = export.xml, export.project
    xml.open("Notes")
    guid = made_guid(f"{PROJECT_NOTE} {project.guid}")
    _write_note(export, guid, PROJECT_NOTE, project_note(project, export.variables.periods))
    for note, text in export.document_notes:
        _write_note(export, note, DOCUMENT_NOTE, text)
    for memo in project.memos:
        _write_memo(export, memo)
    xml.close("Notes")


def _write_note(export: Export, guid: Guid, name: str, text: str) -> None:
    export.xml.open("Note", guid=guid, name=name)
    export.xml.text("PlainTextContent", text)
    export.xml.close("Note")


def _write_memo(export: Export, memo: ExchangedMemo) -> None:
    xml = export.xml
    xml.open(
        "Note",
        guid=memo.guid,
        creatingUser=memo.coder,
        creationDateTime=time_of(memo.created),
        modifyingUser=memo.coder,
        modifiedDateTime=time_of(memo.modified),
    )
    xml.text("PlainTextContent", memo.text)
    xml.close("Note")
