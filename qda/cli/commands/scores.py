"""Commands on score sheets: case files of offices, rated on indicators."""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.importing import UNKNOWN, answer_import, opened, taken_in
from qda.cli.language import _, current_catalogue, say, tr, tr_n
from qda.cli.output import Json, shown_progress, write_line, write_note, write_table
from qda.cli.parsing import (
    Command,
    Group,
    coder_option,
    one_of,
    project_argument,
    require_one,
    text_option,
    texts_option,
)
from qda.store import cases, scores

if TYPE_CHECKING:
    from qda.analysis.scores import RaterAgreement, ScoreCell, ScoreSummary

_SCALE = re.compile(r"\s*(-?\d{1,6})\s*(?:-|–|\.\.|,|:)\s*(-?\d{1,6})\s*", re.ASCII)


def _scale(value: str) -> tuple[int, int]:
    """Take `0-2`."""
    found = _SCALE.fullmatch(value)
    if found is None:
        raise click.BadParameter(tr("{value} is not of the form 0-2.", value=value))
    return int(found[1]), int(found[2])


@click.group("scores", cls=Group, help=_("Case files of offices, scored on indicators."))
def scores_group() -> None:
    """Work with score sheets."""


@scores_group.command(
    "import",
    cls=Command,
    help=_("Import a sheet: office, file number, rater, and a column for each indicator or a row."),
)
@project_argument
@click.argument("file", type=Path, metavar="FILE")
@text_option("--name", metavar="SHEET", help=_("What the sheet is called; else as its file."))
@click.option("--scale", type=_scale, default="0-2", metavar="0-2", help=_("The scale of scores."))
@text_option("--rater", metavar="NAME", help=_("Who scored, where the sheet does not say it."))
@click.option(
    "--unknown",
    type=one_of(*UNKNOWN),
    default="refuse",
    metavar="WHAT",
    help=_("What to do with offices that are not in the project: refuse, add or leave-out."),
)
@click.option("--preview", is_flag=True, help=_("Only say what would be imported."))
@coder_option
@click.pass_obj
def import_sheet(
    env: Environment,
    project: Path,
    file: Path,
    *,
    scale: tuple[int, int],
    preview: bool,
    **named: str,
) -> None:
    """Import a score sheet."""
    from qda.operations.case_matching import Unknown
    from qda.operations.score_sheets import read_scores, report_on
    from qda.operations.scores import import_scores, preview_scores

    name = named["name"].strip() or " ".join(file.stem.replace("_", " ").split())
    chosen = cast("Unknown", named["unknown"].replace("-", " "))
    with (
        opened(env, project, named["coder"], preview=preview) as session,
        shown_progress() as progress,
    ):
        rater = named["rater"].strip() or session.coder
        sheet = read_scores(file, scale, rater=rater, progress=progress)
        report = report_on(sheet)
        count = taken_in(
            session, partial(import_scores, items=sheet.items), preview_scores, preview=preview,
            name=name, scale=scale, rows=sheet.rows, report=report, unknown=chosen,
            progress=progress,
        )  # fmt: skip
    facts: dict[str, Json] = {
        "sheet": name, "scores": count, "missing": sheet.missing, "indicators": list(sheet.items),
        "raters": list(sheet.raters),
    }  # fmt: skip
    answer_import(
        env,
        report,
        facts,
        tr_n("Would import {n} score.", "Would import {n} scores.", count)
        if preview
        else tr_n("Imported {n} score.", "Imported {n} scores.", count),
    )


@scores_group.command(
    "list", cls=Command, help=_("List the score sheets, or the scores of one, row by row.")
)
@project_argument
@text_option("--sheet", metavar="SHEET", help=_("The scores of this sheet."))
@texts_option("--case", metavar="CASE", help=_("Only those of this office."))
@texts_option("--indicator", metavar="NAME", help=_("Only those on this indicator."))
@texts_option("--value", metavar="N", help=_("Only those of this value."))
@click.pass_obj
def list_scores(
    env: Environment,
    project: Path,
    *,
    sheet: str,
    case: tuple[str, ...],
    indicator: tuple[str, ...],
    value: tuple[str, ...],
) -> None:
    """List score sheets, or scores."""
    with env.reading(project) as session:
        if not sheet:
            facts = _sheet_facts(session)
            env.answer(facts, lambda: _tell_sheets(facts))
            return
        rows = _score_facts(session, sheet)
    wanted = [
        one
        for one in rows
        if _among(one["case"], case)
        and _among(one["indicator"], indicator)
        and _among(str(one["value"]), value)
    ]
    env.answer(wanted, lambda: _tell_scores(wanted))


def _among(value: Json, wanted: tuple[str, ...]) -> bool:
    return not wanted or str(value).casefold() in {one.strip().casefold() for one in wanted}


def _sheet_facts(session: Session) -> list[dict[str, Json]]:
    connection = session.project.connection
    return [
        {
            "sheet": one.name,
            "guid": one.guid,
            "scale": list(one.scale),
            "indicators": [item.name for item in one.items],
            "files": len(scores.files(connection, one.id)),
            "scores": len(scores.scores(connection, one.id)),
        }
        for one in scores.all_sheets(connection)
    ]


def _score_facts(session: Session, name: str) -> list[dict[str, Json]]:
    from qda.analysis.scores import find_sheet  # lazy: it brings numpy

    connection = session.project.connection
    sheet = find_sheet(connection, name)
    names = {one.id: one.name for one in cases.all_cases(connection)}
    files = {one.id: one for one in scores.files(connection, sheet.id)}
    items = {one.id: one.name for one in sheet.items}
    return [
        {
            "guid": files[one.file].guid,
            "case": names[files[one.file].case],
            "file": files[one.file].name,
            "indicator": items[one.item],
            "rater": one.rater,
            "value": one.value,
        }
        for one in scores.scores(connection, sheet.id)
        if one.item in items
    ]


def _tell_sheets(facts: list[dict[str, Json]]) -> None:
    if not facts:
        write_note(tr("There are no score sheets yet; «qda scores import» takes one in."))
        return
    write_table(
        (tr("Sheet"), tr("Files"), tr("Scores")),
        (
            (str(one["sheet"]), cast("int", one["files"]), cast("int", one["scores"]))
            for one in facts
        ),
    )


def _tell_scores(facts: list[dict[str, Json]]) -> None:
    write_table(
        (tr("Office"), tr("File"), tr("Indicator"), tr("Rater"), tr("Score")),
        (
            (str(one["case"]), str(one["file"]), str(one["indicator"]), str(one["rater"]),
             cast("int", one["value"]))
            for one in facts
        ),
    )  # fmt: skip


@scores_group.command(
    "summary", cls=Command, help=_("Count the values, shares and means by office and indicator.")
)
@project_argument
@text_option("--sheet", metavar="SHEET", help=_("The sheet; not needed where there is only one."))
@text_option("--rater", metavar="NAME", help=_("Only the scores of this rater."))
@click.option(
    "-o", "file", type=Path, metavar="FILE", help=_("Write it to a file: .csv, .xlsx or .docx.")
)
@click.pass_obj
def summary(env: Environment, project: Path, *, sheet: str, rater: str, file: Path | None) -> None:
    """Summarise a score sheet."""
    from qda.analysis.scores import find_sheet, summarise  # lazy: it brings numpy
    from qda.formats.word_tables import write_word_table
    from qda.operations.score_tables import summary_table

    with env.reading(project) as session:
        connection = session.project.connection
        found = summarise(connection, find_sheet(connection, sheet), rater=rater)
    catalogue = current_catalogue()
    table = summary_table(found, catalogue)
    if file is not None:
        write_word_table(file, table, catalogue)
    env.answer(
        _summary_facts(found),
        lambda: write_table([say(heading) for heading, _kind in table.headings], table.rows),
    )
    for note in found.notes:
        write_note(say(note))
    if file is not None:
        write_note(tr("Wrote {file}.", file=str(file)))


def _summary_facts(found: "ScoreSummary") -> dict[str, Json]:
    items = [one.name for one in found.sheet.items]

    def by_item(cells: "tuple[ScoreCell, ...]") -> Json:
        return {
            item: {
                "n": cell.n,
                "counts": list(cell.counts),
                "shares": list(cell.shares),
                "mean": cell.mean,
                "evidence": [list(files) for files in cell.files],
            }
            for item, cell in zip(items, cells, strict=True)
        }

    return {
        "sheet": found.sheet.name,
        "scale": list(found.sheet.scale),
        "indicators": items,
        "raters": list(found.raters),
        "cases": {
            office: by_item(cells) for office, cells in zip(found.offices, found.cells, strict=True)
        },
        "total": by_item(found.total),
        "notes": [say(note) for note in found.notes],
    }


@scores_group.command("agreement", cls=Command, help=_("Compare two raters on the same files."))
@project_argument
@text_option("--raters", metavar="A,B", help=_("The two; not needed where there are only two."))
@text_option("--sheet", metavar="SHEET", help=_("The sheet; not needed where there is only one."))
@click.option(
    "-o", "file", type=Path, metavar="FILE", help=_("Write it to a file: .csv, .xlsx or .docx.")
)
@click.pass_obj
def compare(env: Environment, project: Path, *, raters: str, sheet: str, file: Path | None) -> None:
    """Compare two raters."""
    from qda.analysis.scores import agreement, find_sheet, raters_of  # lazy: it brings numpy
    from qda.formats.word_tables import write_word_table
    from qda.operations.score_tables import agreement_table

    with env.reading(project) as session:
        connection = session.project.connection
        wanted = find_sheet(connection, sheet)
        names = [one.strip() for one in raters.split(",")] if raters else []
        names = names or list(raters_of(scores.scores(connection, wanted.id)))
        if len(names) != 2:
            require_one(tr("Say which two raters: --raters A,B."))
        found = agreement(connection, wanted, names[0], names[1])
    catalogue = current_catalogue()
    table = agreement_table(found, (names[0], names[1]), catalogue)
    if file is not None:
        write_word_table(file, table, catalogue)
    facts: dict[str, Json] = {
        "sheet": wanted.name,
        "raters": names,
        "indicators": {str(one.item): _measures(one) for one in found if one.item is not None},
        "overall": _measures(found[-1]),
    }
    env.answer(
        facts, lambda: write_table([say(heading) for heading, _kind in table.headings], table.rows)
    )
    if file is not None:
        write_note(tr("Wrote {file}.", file=str(file)))


def _measures(one: "RaterAgreement") -> dict[str, Json]:
    return {
        "n": one.n,
        "percent": one.percent,
        "kappa": one.kappa,
        "alpha": one.alpha,
        "ordinal_alpha": one.ordinal_alpha,
        "table": [list(row) for row in one.table],
        "differing": list(one.differing),
    }


@scores_group.command("remove", cls=Command, help=_("Remove a score sheet with its scores."))
@project_argument
@click.argument("sheet", metavar="SHEET")
@coder_option
@click.pass_obj
def remove(env: Environment, project: Path, sheet: str, coder: str) -> None:
    """Remove a score sheet."""
    from qda.analysis.scores import find_sheet  # lazy: it brings numpy
    from qda.operations.scores import remove_score_sheet

    with env.changing(project, coder) as session:
        wanted = find_sheet(session.project.connection, sheet)
        session.run(remove_score_sheet, coder=session.coder, sheet=wanted.id)
    env.answer(
        {"removed": wanted.name}, lambda: write_line(tr("Removed {name}.", name=wanted.name))
    )


COMMANDS = (scores_group,)
