"""The command contrast: two groups on the same themes, side by side."""

from collections.abc import Iterable
from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, say, tr
from qda.cli.output import Json, write_note, write_table
from qda.cli.parsing import Command, outputs_option, project_argument, words
from qda.cli.table_options import (
    NOTHING,
    bands_option,
    code_ids,
    codes_option,
    day,
    days_options,
    require_day_used,
    where_option,
)
from qda.model.contrast import Contrast, ContrastSpec, Theme, Voice
from qda.model.ids import CodingId, Guid
from qda.model.matrix import MatrixSpec


@click.command("contrast", cls=Command, help=_("Set two groups side by side on the same themes."))
@project_argument
@click.argument("dimension", type=words, metavar="WHAT")
@click.argument("left", type=words, metavar="VALUE")
@click.argument("right", type=words, metavar="VALUE")
@where_option
@bands_option
@days_options
@codes_option
@outputs_option(help=_("Write it to a file: .docx, .html, .md, .tex, .xlsx, .ods or .csv."))
@click.pass_obj
def contrast(  # noqa: PLR0913 - an argument for each option
    env: Environment,
    project: Path,
    *,
    dimension: str,
    left: str,
    right: str,
    where: tuple[tuple[str, str], ...],
    bands: tuple[tuple[str, tuple[float, ...]], ...],
    code: tuple[str, ...],
    unfolded: bool,
    outputs: tuple[Path, ...],
    as_of: str,
    successors: str,
) -> None:
    """Count what either group says of every theme, and write both voices in two columns."""
    from qda.analysis.contrast import contrast as engine  # lazy: it brings numpy
    from qda.formats.writeup_files import require_ending

    for file in outputs:
        require_ending(file)
    with env.reading(project) as session:
        spec = ContrastSpec(
            dimension, left, right, where, not unfolded, code_ids(session, code), dict(bands),
            as_of=day(as_of), successors=day(successors),
        )  # fmt: skip
        asked = MatrixSpec((dimension,), where=where, as_of=spec.as_of)
        require_day_used(session, asked)
        found = engine(session.project.connection, session.snapshot(), spec)
        _write(session, found, outputs)
        document = _document(session, found)
    env.answer(document, lambda: _tell(found))


def _write(session: Session, found: Contrast, outputs: Iterable[Path]) -> None:
    from qda.formats.writeup_files import TABLES, write_writeup  # lazy: it brings the writers
    from qda.operations.writeup.contrast import contrast_material, contrast_text

    material = contrast_material(
        session.project.connection, session.snapshot(), current_catalogue()
    )
    for file in outputs:
        table = file.suffix.casefold() in TABLES
        write_writeup(file, contrast_text(material, found, table=table))
        write_note(tr("Wrote {file}.", file=str(file)))


def _document(session: Session, found: Contrast) -> dict[str, Json]:
    from qda.analysis.quotes import quotes_for  # lazy: it brings numpy

    everything = {*found.all.left.evidence, *found.all.right.evidence}
    quotes = quotes_for(session.project.connection, session.snapshot(), everything)
    guids = {one.id: one.guid for one in quotes.values()}
    return {
        "left": found.left,
        "right": found.right,
        "themes": [_theme(one, guids) for one in found.themes],
        "all": _theme(found.all, guids),
        "notes": [say(one) for one in found.notes],
    }


def _theme(theme: Theme, guids: dict[CodingId, Guid]) -> dict[str, Json]:
    return {
        "code": theme.label or None,
        "left": _voice(theme.left, guids),
        "right": _voice(theme.right, guids),
    }


def _voice(voice: Voice, guids: dict[CodingId, Guid]) -> dict[str, Json]:
    return {
        "segments": voice.segments,
        "documents": voice.documents,
        "participants": voice.participants,
        "cases": voice.cases,
        "words": voice.words,
        "informants": voice.informants,
        "words_said": voice.words_said,
        "share_of_informants": voice.share_of_informants,
        "share_of_words": voice.share_of_words,
        "evidence": [guids[one] for one in voice.evidence],
    }


def _tell(found: Contrast) -> None:
    """Print the figures of both sides, with the counting rules below."""
    columns = [tr("Theme")]
    kinds = (tr("segments"), tr("informants"), tr("share of words"))
    columns += [f"{name}: {kind}" for kind in kinds for name in (found.left, found.right)]
    rows: list[list[str | int]] = []
    for theme in (*found.themes, found.all):
        sides = (theme.left, theme.right)
        rows.append(
            [
                theme.label or tr("In all"),
                *(one.segments for one in sides),
                *(tr("{n} of {all}", n=one.participants, all=one.informants) for one in sides),
                *(_share(one.share_of_words) for one in sides),
            ]
        )
    write_table(columns, rows)
    for note in found.notes:
        write_note(say(note))


def _share(share: float | None) -> str:
    return NOTHING if share is None else current_catalogue().format_percent(share, 1)


COMMANDS = (contrast,)
