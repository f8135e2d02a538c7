"""Commands on documents: import, documents, text, turns."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, say, tr, tr_n
from qda.cli.output import (
    Json,
    readable,
    shown_progress,
    write_line,
    write_note,
    write_table,
    write_text,
)
from qda.cli.parsing import (
    Command,
    coder_option,
    one_of,
    project_argument,
    text_option,
    texts_option,
    words,
)
from qda.jobs.progress import Progress
from qda.model.entities import Turn
from qda.model.errors import UserError
from qda.model.messages import Message, message
from qda.model.reading import Hyphens, Paragraphs, ReadDocument, ReadOptions
from qda.operations.documents import Imported, import_documents
from qda.store import cases, codings, documents, lookup, participants, turns

GLIMPSE = 60


@dataclass(slots=True)
class _Files:
    """What became of the files: those read, in order, and those that could not be."""

    read: list[tuple[Path, ReadDocument]]
    failed: list[tuple[Path, Message]]


@click.command(
    "import", cls=Command, help=_("Import transcripts and documents, files or whole folders.")
)
@project_argument
@click.argument("files", type=Path, nargs=-1, required=True, metavar="FILE...")
@texts_option("--case", metavar="CASE", help=_("Link the documents to this case."))
@click.option(
    "--hyphens",
    type=one_of("keep", "join", "auto"),
    default="auto",
    metavar="keep|join|auto",
    help=_("What to do with hyphens at line ends."),
)
@click.option(
    "--paragraphs",
    type=one_of("lines", "blank", "auto"),
    default="auto",
    metavar="lines|blank|auto",
    help=_("What ends a paragraph: every line, or a blank line."),
)
@text_option("--encoding", metavar="NAME", help=_("The encoding of text files, when it is known."))
@coder_option
@click.pass_obj
def import_command(
    env: Environment,
    project: Path,
    files: tuple[Path, ...],
    case: tuple[str, ...],
    hyphens: Hyphens,
    paragraphs: Paragraphs,
    encoding: str,
    coder: str,
) -> int:
    """Import files; the status is 1 when any of them could not be."""
    options = ReadOptions(hyphens=hyphens, paragraphs=paragraphs, encoding=encoding)
    with env.changing(project, coder) as session:
        connection = session.project.connection
        linked_to = [lookup.case(connection, one).id for one in case]
        with shown_progress() as progress:
            found = _read(files, options, progress)
        imported: tuple[Imported, ...] = ()
        if found.read:
            imported = session.run(
                import_documents,
                coder=session.coder,
                read=[read for _path, read in found.read],
                linked_to=linked_to,
            ).value
    paths = [str(path) for path, _read in found.read]
    env.answer(
        {
            "imported": [_imported(path, one) for path, one in zip(paths, imported, strict=True)],
            "failed": [{"file": str(path), "error": say(error)} for path, error in found.failed],
        },
        lambda: _tell_imported(imported),
    )
    for _path, error in found.failed:
        write_note(say(error))
    return 1 if found.failed else 0


def _imported(path: str, one: Imported) -> dict[str, Json]:
    return {
        "file": path,
        "document": one.document.name,
        "guid": one.document.guid,
        "characters": one.document.characters,
        "turns": one.document.turns,
        "participants": list(one.participants),
        "warnings": [say(warning) for warning in one.warnings],
    }


def _tell_imported(imported: tuple[Imported, ...]) -> None:
    for one in imported:
        write_line(
            tr_n(
                "{name}: {characters} characters, {n} turn",
                "{name}: {characters} characters, {n} turns",
                one.document.turns,
                name=one.document.name,
                characters=current_catalogue().format_number(one.document.characters),
            )
        )
        for warning in one.warnings:
            write_note(f"  {say(warning)}")


def _read(files: tuple[Path, ...], options: ReadOptions, progress: Progress) -> _Files:
    """Read the files in order; one that fails stops no other."""
    from qda.formats.readers import read_file  # lazy: the readers come with their libraries

    found = _Files([], [])
    chosen: list[Path] = []
    for path in files:
        inside = list(_expanded(path))
        if not inside:
            nothing = message(
                "The folder {name} holds no file that can be imported.", name=readable(path.name)
            )
            found.failed.append((path, nothing))
        chosen.extend(inside)
    progress.start(len(chosen))
    for path in chosen:
        name = readable(path.name)
        progress.step(0, message("Reading {name}", name=name))
        try:
            read = read_file(path, options)
        except UserError as error:
            found.failed.append((path, error.message))
        else:
            kept = replace(read, name=readable(read.name), file_name=readable(read.file_name))
            found.read.append((path, kept))
        progress.step()
    return found


def _expanded(path: Path) -> Iterator[Path]:
    """Yield a file as it is, and the files below a folder that can be imported, by name.

    A pattern is expanded too, since not every shell does.
    """
    from qda.formats.readers import known_endings

    if path.is_dir():
        yield from (
            one
            for one in sorted(path.rglob("*"))
            if one.suffix.lower() in known_endings()
            and not one.name.startswith((".", "~$"))
            and one.is_file()
        )
    elif any(mark in path.name for mark in "*?[") and not path.exists():
        matching = sorted(path.parent.glob(path.name))
        yield from matching or [path]
    else:
        yield path


@click.command("documents", cls=Command, help=_("List the documents."))
@project_argument
@click.pass_obj
def documents_command(env: Environment, project: Path) -> None:
    """List the documents."""
    with env.reading(project) as session:
        connection = session.project.connection
        everything = documents.all_documents(connection)
        counts = codings.counts(connection)
        names = {one.id: one.name for one in cases.all_cases(connection)}
        links = cases.document_links(connection)
    linked = {one.id: [names[case] for case in links.get(one.id, ())] for one in everything}
    env.answer(
        [
            {
                "document": one.name,
                "guid": one.guid,
                "characters": one.characters,
                "turns": one.turns,
                "codings": counts.get(one.id, 0),
                "cases": linked[one.id],
                "words": one.words,
                "kind": one.kind,
                "language": one.language,
                "file": one.file_name,
            }
            for one in everything
        ],
        lambda: write_table(
            (tr("Document"), tr("Characters"), tr("Turns"), tr("Codings"), tr("Cases")),
            (
                (
                    one.name,
                    one.characters,
                    one.turns,
                    counts.get(one.id, 0),
                    ", ".join(linked[one.id]),
                )
                for one in everything
            ),
        ),
    )


@click.command("text", cls=Command, help=_("Print the text of a document, just as it is kept."))
@project_argument
@click.argument("document", type=words, metavar="DOCUMENT")
@click.pass_obj
def text(env: Environment, project: Path, document: str) -> None:
    """Print the canonical text."""
    with env.reading(project) as session:
        connection = session.project.connection
        found = lookup.document(connection, document)
        content = documents.text(connection, found.id)
    env.answer(
        {"document": found.name, "guid": found.guid, "text": content},
        lambda: write_text(content),
    )


@click.command("turns", cls=Command, help=_("List who speaks when in a document."))
@project_argument
@click.argument("document", type=words, metavar="DOCUMENT")
@click.pass_obj
def turns_command(env: Environment, project: Path, document: str) -> None:
    """List the turns of a document."""
    with env.reading(project) as session:
        connection = session.project.connection
        found = lookup.document(connection, document)
        names = {one.id: one.name for one in participants.all_participants(connection)}
        content = documents.text(connection, found.id)
        spoken = turns.of_document(connection, found.id)

    def speaker(turn: Turn) -> str | None:
        return names.get(turn.participant) if turn.participant is not None else None

    env.answer(
        [
            {
                "number": turn.number,
                "label_start": turn.label_start,
                "start": turn.start,
                "end": turn.end,
                "participant": speaker(turn),
                "interviewer": turn.interviewer,
                "question": turn.question,
                "time_ms": turn.time_ms,
            }
            for turn in spoken
        ],
        lambda: write_table(
            (tr("Turn"), tr("Participant"), tr("Start"), tr("End"), tr("Text")),
            (
                (turn.number, speaker(turn), turn.start, turn.end, _glimpse(content, turn))
                for turn in spoken
            ),
        ),
    )


def _glimpse(content: str, turn: Turn) -> str:
    """Return how a turn begins."""
    said = content[turn.start : turn.end]
    return said if len(said) <= GLIMPSE else said[: GLIMPSE - 1] + "…"


COMMANDS = (import_command, documents_command, text, turns_command)
