"""The command convert: projects to and from the files of other programs, with a report."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from qda.app import conversion
from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, say, tr, tr_n
from qda.cli.offset_options import answers_of, retried, unclear
from qda.cli.output import Json, shown_progress, write_line, write_note, write_table
from qda.cli.parsing import Command
from qda.formats.atomic import atomic_write, require_place
from qda.formats.exchange.report_file import report_data, report_text
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.import_report import kind_word
from qda.model.messages import message
from qda.store.project_file import ENDING

if TYPE_CHECKING:
    from qda.formats.exchange.report import ExchangeReport

EXCHANGE, CODEBOOK = ".qdpx", ".qdc"
FOREIGN = (EXCHANGE, ".qde", ".qda", ".sqlite3", ".sqlite", ".db", ".rqda", ".zip")
"""The endings of what can be made into a project; what it is, its content says."""


@click.command(
    "convert",
    cls=Command,
    help=_(
        "Turn a project into an exchange file (.qdpx) or a codebook (.qdc), or make a project of "
        "such a file or of a project of QualCoder (.qda), Taguette (.sqlite3) or RQDA (.rqda)."
    ),
)
@click.argument("source", type=Path, metavar="SOURCE")
@click.argument("target", type=Path, metavar="TARGET")
@click.option(
    "--report",
    "report_file",
    type=Path,
    metavar="FILE",
    help=_("Write the report to a file too: as data where its name ends in .json, else as text."),
)
@click.option(
    "--project",
    "which",
    metavar="NAME",
    default="",
    help=_("Which project to take from a file that holds several; «*» takes every one."),
)
@click.option(
    "--offsets",
    metavar="HOW",
    multiple=True,
    help=_(
        "How offsets are counted where that is not clear: «likeliest», or [SOURCE:]UNIT with UNIT "
        "«code-points», «utf-16» or «utf-8», then «,crlf» where a line break counts two, «,bom» "
        "where the byte order mark counts, and «,inclusive» where the end is the last character."
    ),
)
@click.pass_obj
def convert(
    env: Environment,
    source: Path,
    target: Path,
    *,
    report_file: Path | None,
    which: str,
    offsets: tuple[str, ...],
) -> None:
    """Convert a project and say what came over."""
    if report_file is not None:
        require_place(report_file)
    endings = (_ending(source), _ending(target))
    with shown_progress() as progress:
        if CODEBOOK in endings:
            report = _convert_codebook(env, source, target, endings)
        elif endings == (ENDING, EXCHANGE):
            with env.reading(source) as session:
                report = conversion.write_exchange(session, target, progress)
        elif endings[0] in FOREIGN and endings[1] == ENDING:
            report = _import(source, target, which, offsets, progress)
        else:
            raise _no_way(source, target, endings)
    data: Mapping[str, Json] = {
        **cast("dict[str, Json]", report_data(report, say)),
        "source": str(source),
        "target": str(target),
    }
    if report_file is not None:
        as_json = report_file.suffix.casefold() == ".json"
        text = (
            json.dumps(data, ensure_ascii=False, indent=2) if as_json else report_text(report, say)
        )
        atomic_write(report_file, text + "\n")
    env.answer(data, lambda: _tell(report, target))


def _ending(path: Path) -> str:
    # A project of QualCoder is a folder, which may be named with a slash behind it.
    return path.suffix.casefold() or (".qda" if path.is_dir() else "")


def _import(
    source: Path, target: Path, which: str, offsets: tuple[str, ...], progress: Progress
) -> "ExchangeReport":
    from qda.formats.exchange.questions import OpenQuestions  # lazy: start-up

    wishes = answers_of(which, offsets)
    try:
        return conversion.project_from(source, target, progress=progress, answers=wishes.answers)
    except OpenQuestions as questions:
        if questions.projects:
            raise
        again = retried(wishes, questions)
        if again is None:
            raise unclear(questions) from questions
    return conversion.project_from(source, target, progress=progress, answers=again)


def _no_way(source: Path, target: Path, endings: tuple[str, str]) -> FileProblem:
    if endings == (ENDING, ENDING):
        return FileProblem(
            message(
                "{source} and {target} are both projects of this program, so there is nothing to "
                "convert; copy the file instead.",
                source=source.name,
                target=target.name,
            )
        )
    if endings[0] in FOREIGN and endings[1] in FOREIGN:
        return FileProblem(
            message(
                "{source} can only be made into {target} by way of a project: convert it to "
                "{project} first, and that to {exchange}.",
                source=source.name,
                target=target.name,
                project=ENDING,
                exchange=EXCHANGE,
            )
        )
    return FileProblem(
        message(
            "{source} cannot be made into {target}. A project ({project}) can be made into "
            "{exchange} or {codebook}, and {foreign} into a project.",
            source=source.name,
            target=target.name,
            project=ENDING,
            exchange=EXCHANGE,
            codebook=CODEBOOK,
            foreign=", ".join((EXCHANGE, CODEBOOK, ".qda", ".sqlite3", ".rqda")),
        )
    )


def _convert_codebook(
    env: Environment, source: Path, target: Path, endings: tuple[str, str]
) -> "ExchangeReport":
    """Turn a project's codes into a codebook file, or such a file into a project."""
    from qda.formats.exchange.report import ExchangeReport  # lazy: start-up

    if endings == (ENDING, CODEBOOK):
        with env.reading(source) as session:
            book = conversion.write_codebook_of(session, target, current_catalogue().text)
    elif endings == (CODEBOOK, ENDING):
        book = conversion.project_of_codebook(source, target)
    else:
        raise _no_way(source, target, endings)
    report = ExchangeReport(source.name)
    counts = {"codes": sum(1 for _path, _code in book.walk()), "code sets": len(book.sets)}
    report.count_found(counts)
    report.count_kept(counts)
    for name, why in book.warnings:
        report.decided("codes", message("{name}", name=name), source.name, why)
    return report


def _tell(report: "ExchangeReport", target: Path) -> None:
    write_line(tr("Wrote {file}.", file=str(target)))
    rows = [
        (say(kind_word(item)), report.found[item], count)
        for item, count in report.kept.items()
        if count
    ]
    if rows:
        write_table((tr("What"), tr("In the source"), tr("Taken over")), rows)
    for one in report.lines:
        write_note(f"{say(one.what)} ({one.where}): {say(one.why)}")
    uncertain = sum(not one.certain for one in report.conventions)
    if uncertain:
        write_note(
            tr_n(
                "The offsets of {n} document are uncertain; look at it.",
                "The offsets of {n} documents are uncertain; look at them.",
                uncertain,
            )
        )


COMMANDS = (convert,)
"""What the command line takes from here."""
