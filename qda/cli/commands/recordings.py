"""The command on recordings: link one to a document, show, fit and unlink it."""

import re
from collections.abc import Sequence
from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, tr
from qda.cli.output import Json, write_line, write_note, write_table
from qda.cli.parsing import Command, coder_option, project_argument, text_option, words
from qda.formats.sound_files import is_same
from qda.model.entities import Document
from qda.model.ids import DocumentId
from qda.model.texts import Recording
from qda.operations import recordings as operations
from qda.store import documents, lookup, recordings
from qda.text.time_stamps import clock, parse_time

_SECONDS = re.compile(r"[+-]?\d{1,5}([.,]\d{1,3})?")


def shift(value: str) -> int:
    """Take a time as seconds or as a clock, with a sign; return milliseconds."""
    text = words(value).strip()
    if _SECONDS.fullmatch(text):
        return round(float(text.replace(",", ".")) * 1000)
    sign = -1 if text.startswith("-") else 1
    time = parse_time(text) if re.fullmatch(r"[+-]?[\d:.,]+", text) else None
    if time is None:
        raise click.BadParameter(
            tr("{value} is no time; write seconds (12.5) or 0:12.", value=text)
        )
    return sign * time


@click.command(
    "recording",
    cls=Command,
    help=_("Link a recording to a document, show which is linked, or list all that are."),
)
@project_argument
@text_option("--document", metavar="DOCUMENT", help=_("The document that was written from it."))
@click.option(
    "--file",
    type=Path,
    metavar="FILE",
    help=_("The recording to link; it stays where it is and is not copied."),
)
@click.option(
    "--offset",
    type=shift,
    metavar="TIME",
    help=_("How much later things are in the recording than the transcript says: 12.5 or -0:12."),
)
@click.option("--unlink", is_flag=True, help=_("Let the recording of the document go."))
@coder_option
@click.pass_obj
def recording_command(
    env: Environment,
    project: Path,
    *,
    document: str,
    file: Path | None,
    offset: int | None,
    unlink: bool,
    coder: str,
) -> None:
    """Show or change which recording a document has."""
    changes = file is not None or offset is not None or unlink
    if changes and not document:
        raise click.UsageError(tr("{name} is missing.", name="--document"))
    if unlink and (file is not None or offset is not None):
        raise click.UsageError(tr("--unlink goes with --document alone."))
    if changes:
        with env.changing(project, coder) as session:
            found = lookup.document(session.project.connection, document)
            _change(session, found.id, file, offset, unlink=unlink)
            _answer(env, session, found)
        return
    with env.reading(project) as session:
        if document:
            _answer(env, session, lookup.document(session.project.connection, document))
        else:
            _list(env, session)


def _change(
    session: Session, document: DocumentId, file: Path | None, offset: int | None, *, unlink: bool
) -> None:
    coder = session.coder
    if unlink:
        session.run(operations.unlink_recording, coder=coder, document=document)
        return
    if file is not None:
        session.run(
            operations.link_recording,
            coder=coder,
            document=document,
            file=file,
            offset_ms=offset or 0,
        )
    elif offset is not None:
        session.run(operations.shift_recording, coder=coder, document=document, offset_ms=offset)


def _answer(env: Environment, session: Session, document: Document) -> None:
    linked = recordings.of_document(session.project.connection, document.id)
    row = _row(session, document, linked)
    env.answer(row, lambda: _write(session, document, linked))


def _row(session: Session, document: Document, linked: Recording | None) -> dict[str, Json]:
    if linked is None:
        return {"document": document.name, "guid": document.guid, "recording": None}
    place = operations.find_file(session.project, linked)
    return {
        "document": document.name,
        "guid": document.guid,
        "recording": linked.guid,
        "file": linked.name,
        "path": linked.path,
        "found": place is not None,
        "same": place is not None and is_same(place, linked.file),
        "size": linked.file.size,
        "modified": linked.file.modified,
        "duration": None if linked.file.duration_ms is None else linked.file.duration_ms / 1000,
        "offset": linked.offset_ms / 1000,
    }


def _write(session: Session, document: Document, linked: Recording | None) -> None:
    if linked is None:
        write_line(tr("No recording is linked to {name}.", name=document.name))
        return
    write_line(f"{linked.name} · {_length(linked)} · {_signed(linked.offset_ms)}")
    place = operations.find_file(session.project, linked)
    if place is None:
        write_note(tr("{file} is not where it was; link it again with --file.", file=linked.name))
    elif not is_same(place, linked.file):
        write_note(tr("{file} is another file than the one that was linked.", file=linked.name))


def _list(env: Environment, session: Session) -> None:
    connection = session.project.connection
    everything = {one.id: one for one in documents.all_documents(connection)}
    linked = recordings.all_recordings(connection)
    rows: list[Json] = [_row(session, everything[one.document], one) for one in linked]
    env.answer(rows, lambda: _write_list(linked, {n: one.name for n, one in everything.items()}))


def _write_list(linked: Sequence[Recording], names: dict[DocumentId, str]) -> None:
    write_table(
        (tr("Document"), tr("Recording"), tr("Length"), tr("Offset")),
        ((names[one.document], one.name, _length(one), _signed(one.offset_ms)) for one in linked),
    )


def _length(linked: Recording) -> str:
    return "" if linked.file.duration_ms is None else clock(linked.file.duration_ms)


def _signed(offset_ms: int) -> str:
    seconds = f"{abs(offset_ms) / 1000:g} s"
    return f"-{seconds}" if offset_ms < 0 else f"+{seconds}"


COMMANDS = (recording_command,)
