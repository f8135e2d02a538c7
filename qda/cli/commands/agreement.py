"""The commands on agreement: how well two coders agree, and where they do not."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from qda.app.session import Session
from qda.cli.agreement_options import Asked, agreement_options, spec_of
from qda.cli.commands import settling
from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, say, tr
from qda.cli.output import Cell, Json, write_note, write_table
from qda.cli.parsing import Group, one_of, outputs_option, project_argument
from qda.model.agreement import Agreement, AgreementReport, Disagreement
from qda.store import settlements

if TYPE_CHECKING:
    from qda.analysis.tables import Entities, Snapshot


@click.group(
    "agreement",
    cls=Group,
    default="show",
    help=_("How well two coders agree, where they do not, and what they settle on."),
)
def group() -> None:
    """Work with what two coders agree on."""


@group.command("show", help=_("Percent, Cohen's kappa and Krippendorff's alpha of two."))
@project_argument
@agreement_options
@click.option("--disagreements", is_flag=True, help=_("List every place where they differ."))
@click.option(
    "--by", type=one_of("code", "case", "document"), default="code", metavar="code|case|document",
    help=_("What the printed rows are; JSON has all of them."),
)  # fmt: skip
@outputs_option(help=_("Write it to a file: .docx, .html, .md, .tex, .xlsx, .ods or .csv."))
@click.pass_obj
def agreement(
    env: Environment,
    project: Path,
    *,
    disagreements: bool,
    by: str,
    outputs: tuple[Path, ...],
    **asked: Asked,
) -> None:
    """Compare two coders."""
    from qda.analysis import agreement as comparing  # lazy: it brings numpy
    from qda.formats.writeup_files import require_ending
    from qda.operations.writeup.agreement import agreement_data

    for file in outputs:
        require_ending(file)
    with env.reading(project) as session:
        snapshot, spec = session.snapshot(), spec_of(session, asked)
        report = comparing.agreement(snapshot, spec)
        differing = comparing.disagreements(snapshot, spec) if disagreements else ()
        if outputs:
            _write(session, report, outputs)
    found = cast("dict[str, Json]", agreement_data(report, say))
    listed = _listed(snapshot, differing, report)
    if disagreements:
        found["disagreements"] = listed
    env.answer(found, lambda: _tell(report, listed, by))


def _write(session: Session, report: AgreementReport, outputs: Iterable[Path]) -> None:
    from qda.analysis.conflicts import conflicts, standings  # lazy: it brings numpy
    from qda.formats.writeup_files import TABLES, write_writeup
    from qda.operations.writeup.agreement import agreement_text
    from qda.operations.writeup.contrast import contrast_material

    connection, snapshot = session.project.connection, session.snapshot()
    found = conflicts(snapshot, report.spec)
    known = settlements.of_pair(connection, report.spec.coders)
    standing = standings(snapshot, found, known)
    material = contrast_material(connection, snapshot, current_catalogue())
    for file in outputs:
        table = file.suffix.casefold() in TABLES
        write_writeup(file, agreement_text(material, report, found, standing, table=table))
        write_note(tr("Wrote {file}.", file=str(file)))


def _listed(
    snapshot: "Snapshot", found: tuple[Disagreement, ...], report: AgreementReport
) -> list[dict[str, Json]]:
    """Return the disagreements as they are printed."""
    entities: Entities = snapshot.entities
    names = {one.id: one.name for one in entities.documents}
    coders = dict(zip(report.spec.coders, report.coders, strict=True))
    paths = {one.code: one.path for one in report.codes}
    return [
        {
            "document": names[one.document],
            "start": one.start,
            "end": one.end,
            "coder": coders[one.coder],
            "code": paths[one.code],
        }
        for one in found
    ]


def _tell(report: AgreementReport, listed: list[dict[str, Json]], by: str) -> None:
    """Print the measures of every code that was used, or of every part, and the rules below."""
    used = [one for one in report.codes if _used(one.agreement)]
    rows = [(one.path, *_cells(one.agreement)) for one in used]
    parts = {"case": report.cases, "document": report.documents}.get(by)
    if parts is not None:
        rows = [(one.name, *_cells(one.agreement)) for one in parts]
    heads = {"code": tr("Code"), "case": tr("Case"), "document": tr("Document")}
    first, second = report.coders
    write_table(
        (
            heads[by], tr("Both"), tr("Only {name}", name=first), tr("Only {name}", name=second),
            tr("Neither"), tr("Percent"), tr("Kappa"), tr("95 % interval"), tr("Alpha"),
            tr("95 % interval"),
        ),
        [*rows, (tr("All together"), *_cells(report.overall))],
    )  # fmt: skip
    if listed:
        write_table(
            (tr("Document"), tr("Start"), tr("End"), tr("Only"), tr("Code")),
            [tuple(str(value) for value in one.values()) for one in listed],
        )
    unused = len(report.codes) - len(used) if by == "code" else 0
    for note in (*report.notes, *report.overall.notes):
        write_note(say(note))
    if unused:
        write_note(tr("Codes that neither used are not shown: {n}.", n=unused))


def _used(found: Agreement) -> bool:
    (a, b), (c, _neither) = found.table
    return a + b + c > 0


def _cells(found: Agreement) -> tuple[Cell, ...]:
    (a, b), (c, d) = found.table
    percent = None if found.percent is None else _number(found.percent * 100, 1) + " %"
    return (
        a, b, c, d, percent, _coefficient(found.kappa), _interval(found.kappa_interval),
        _coefficient(found.alpha), _interval(found.alpha_interval),
    )  # fmt: skip


def _coefficient(value: float | None) -> str:
    return "–" if value is None else _number(value, 3)


def _interval(interval: tuple[float, float] | None) -> str:
    return "–" if interval is None else "…".join(_number(one, 3) for one in interval)


def _number(value: float, decimals: int) -> str:
    return current_catalogue().format_number(value, decimals)


for _command in settling.COMMANDS:
    group.add_command(_command)
COMMANDS = (group,)
