"""Commands on documents: import, documents, text, turns."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, say, tr, tr_n
from qda.cli.output import (
    Json,
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
from qda.model.entities import Turn
from qda.model.guides import SEVERAL
from qda.model.ids import DocumentId, TurnId
from qda.model.reading import Hyphens, Paragraphs, ReadOptions
from qda.operations.document_import import Imported, import_files
from qda.store import cases, codings, documents, guides, lookup, participants, turns
from qda.text.guide_answers import questions_by_turn

GLIMPSE = 60


@click.command(
    "import", cls=Command, help=_("Import transcripts and documents, files or whole folders.")
)
@project_argument
@click.argument("files", type=Path, nargs=-1, required=True, metavar="FILE...")
@texts_option("--case", metavar="CASE", help=_("Link the documents to this case."))
@click.option(
    "--cases-from-folders",
    "from_folders",
    is_flag=True,
    help=_("Link the files of each subfolder to the case of its name, added where it is missing."),
)
@click.option(
    "--duplicates",
    type=one_of("skip", "import", "auto"),
    default="auto",
    metavar="skip|import|auto",
    help=_(
        "What to do with a text that is here already: auto takes files that are named and passes "
        "over those in folders."
    ),
)
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
def import_command(  # noqa: PLR0913, PLR0917 - one for each option
    env: Environment,
    project: Path,
    files: tuple[Path, ...],
    case: tuple[str, ...],
    from_folders: bool,  # noqa: FBT001 - the library's
    duplicates: str,
    hyphens: Hyphens,
    paragraphs: Paragraphs,
    encoding: str,
    coder: str,
) -> int:
    """Import files; the status is 1 when any of them could not be."""
    from qda.operations.file_import import FileImport  # lazy: the readers come with libraries

    options = ReadOptions(hyphens=hyphens, paragraphs=paragraphs, encoding=encoding)
    with env.changing(project, coder) as session, shown_progress() as progress:
        linked_to = tuple(lookup.case(session.project.connection, one).id for one in case)
        pile = FileImport.of_paths(
            list(_expanded(files)),
            options,
            cases=linked_to,
            from_folders=from_folders,
            duplicates=duplicates,
            progress=progress,
        )
        done = session.run(
            import_files,
            coder=session.coder,
            files=pile.incoming(progress),
            report=pile.report,
            total=len(pile.files),
            progress=progress,
        ).value
    env.answer(
        {
            "imported": [_imported(one) for one in done.imported],
            "failed": [{"file": file, "error": say(error)} for file, error in pile.failed],
            "skipped": [{"file": one.path, "document": one.twin} for one in done.skipped],
        },
        lambda: _tell_imported(done.imported),
    )
    for skipped in done.skipped:
        write_note(
            tr("{file} was passed over: its content is that of {name}, already here.",
               file=skipped.where, name=skipped.twin)
        )  # fmt: skip
    for _file, error in pile.failed:
        write_note(say(error))
    return 1 if pile.failed else 0


def _imported(one: Imported) -> dict[str, Json]:
    return {
        "file": one.path,
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


def _expanded(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the paths; a pattern is expanded, since not every shell does."""
    for path in paths:
        if any(mark in path.name for mark in "*?[") and not path.exists():
            yield from sorted(path.parent.glob(path.name)) or [path]
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
        of_guide = _questions(session, found.id, spoken)

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
                "question": of_guide.get(turn.id, turn.question),
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


def _questions(session: Session, document: DocumentId, spoken: Sequence[Turn]) -> dict[TurnId, str]:
    """Return the guide's questions that each turn asks or answers, where there are any."""
    connection = session.project.connection
    said = guides.of_document(connection, document)
    if not said:
        return {}
    lines = {line.id: line for one in guides.all_guides(connection) for line in one.lines}
    return {
        turn: SEVERAL.join(lines[one].label for one in questions)
        for turn, questions in questions_by_turn(spoken, said).items()
    }


def _glimpse(content: str, turn: Turn) -> str:
    """Return how a turn begins."""
    said = content[turn.start : turn.end]
    return said if len(said) <= GLIMPSE else said[: GLIMPSE - 1] + "…"


COMMANDS = (import_command, documents_command, text, turns_command)
