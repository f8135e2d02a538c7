"""Write the sources of a `.qdpx`: texts, original files, and the segments coded in them."""

from qda.formats.exchange.extras import DOCUMENT_NOTE, document_note
from qda.formats.exchange.identifiers import derived_guid
from qda.formats.exchange.model import ExchangedDocument
from qda.formats.exchange.qdpx_export import (
    Export,
    Selection,
    original_kind,
    time_of,
    write_note_references,
    write_values,
)
from qda.formats.exchange.qdpx_parts import write_parts
from qda.formats.exchange.qdpx_sources import CODING_SECTIONS, OWN_SELECTION, STANCE, VALUE
from qda.formats.exchange.sections import join_sections
from qda.jobs.progress import Progress
from qda.model.ids import Guid

_MAX_NAME = 500


def group_selections(export: Export) -> dict[Guid, list[Selection]]:
    """Group the codings of each document into selections, and note those of each case."""
    found: dict[Guid, dict[object, Selection]] = {}
    taken: set[Guid] = set()
    for coding in export.project.codings:
        description = join_sections(
            coding.memo, {STANCE: coding.stance or "", VALUE: coding.value}, CODING_SECTIONS
        )
        who = coding.coder if coding.selection is None else coding.selection
        key = (coding.start, coding.end, who, description, coding.cases)
        group = found.setdefault(coding.document, {}).get(key)
        if group is None:
            guid = coding.selection or derived_guid(coding.guid, OWN_SELECTION)
            if guid in taken:
                # The segment was divided since: each part but the first gets a GUID of its own.
                guid = derived_guid(coding.guid, OWN_SELECTION)
            taken.add(guid)
            export.there.add(guid)
            found[coding.document][key] = Selection(guid, description, [coding])
            for case in coding.cases:
                export.selections.setdefault(case, []).append(guid)
        else:
            guid = group.guid
            group.codings.append(coding)
        export.selection_of[coding.guid] = guid
    return {document: list(groups.values()) for document, groups in found.items()}


def write_sources(export: Export, grouped: dict[Guid, list[Selection]], progress: Progress) -> None:
    """Write every document, and the recordings and pictures that were carried along."""
    if not export.project.documents and not export.parts.get(("source", None)):
        return
    export.xml.open("Sources")
    for document in export.project.documents:
        progress.step()
        _write_source(export, document, grouped.get(document.guid, []))
    write_parts(export, "source", None)
    export.xml.close("Sources")


def _write_source(export: Export, document: ExchangedDocument, selections: list[Selection]) -> None:
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
    kind = original_kind(document)
    created = time_of(document.created)
    if kind == "pdf":
        xml.open(
            "PDFSource",
            guid=document.guid, name=document.name, path=original, creationDateTime=created,
        )  # fmt: skip
        write_parts(export, "page", document.guid)
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
    write_parts(export, "segment", document.guid)
    if kind == "pdf":
        xml.close("Representation")
    note = derived_guid(document.guid, DOCUMENT_NOTE)
    export.document_notes.append((note, document_note(document, original)))
    xml.reference("NoteRef", note)
    write_note_references(export, "document", document.guid)
    write_values(export, "document", document.guid)
    xml.close("PDFSource" if kind == "pdf" else "TextSource")


def _write_selection(export: Export, document: ExchangedDocument, selection: Selection) -> None:
    xml, first = export.xml, selection.codings[0]
    xml.open(
        "PlainTextSelection",
        guid=selection.guid,
        name=_name(document.text, first.start, first.end),
        startPosition=str(first.start),
        endPosition=str(first.end),
        creatingUser=first.coder,
        creationDateTime=time_of(first.created),
    )
    if selection.description:
        xml.text("Description", selection.description)
    for coding in selection.codings:
        xml.open(
            "Coding",
            guid=coding.guid,
            creatingUser=coding.coder,
            creationDateTime=time_of(coding.created),
        )
        xml.reference("CodeRef", coding.code)
        write_note_references(export, "coding", coding.guid)
        xml.close("Coding")
    xml.close("PlainTextSelection")


def _name(text: str, start: int, end: int) -> str:
    """Return the text of a segment on one line, its beginning where it is long."""
    if end - start > _MAX_NAME:
        return " ".join(text[start : start + _MAX_NAME].split()) + "…"
    return " ".join(text[start:end].split())
