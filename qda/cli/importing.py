"""What imports of sheets share: unknown offices, previews, and what is left out."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import say, tr_n
from qda.cli.output import Json, write_line, write_note
from qda.model.changes import OpResult
from qda.model.import_report import ReportBuilder

UNKNOWN = ("refuse", "add", "leave-out")
SHOWN = 20
"""So many rows that are left out are listed for people; JSON has them all."""


def opened(
    env: Environment, project: Path, coder: str, *, preview: bool
) -> AbstractContextManager[Session]:
    """Open a project for an import: for reading where it is only a preview."""
    return env.reading(project) if preview else env.changing(project, coder)


def taken_in(
    session: Session,
    operation: Callable[..., OpResult[int]],
    trial: Callable[..., int],
    *,
    preview: bool,
    **wishes: object,
) -> int:
    """Take the rows of a sheet in, or only try them with `preview`; return how many it is."""
    if preview:
        return trial(session.project, **wishes)
    return session.run(operation, coder=session.coder, **wishes).value


def answer_import(
    env: Environment, report: ReportBuilder, counts: dict[str, Json], said: str
) -> None:
    """Say what came in, and every row and column that did not."""
    left = [
        {"what": say(one.what), "why": say(one.why), "count": one.count}
        for one in report.of_kind("left out")
    ]
    others = [
        {"what": say(one.what), "why": say(one.why)}
        for kind in ("uncertain", "decided")
        for one in report.of_kind(kind)
    ]
    env.answer({**counts, "left_out": left, "notes": others}, lambda: write_line(said))
    for one in (*left, *others)[:SHOWN]:
        write_note(f"{one['what']}: {one['why']}")
    if len(left) + len(others) > SHOWN:
        write_note(
            tr_n("and {n} more, in the report of the import.",
                 "and {n} more, in the report of the import.", len(left) + len(others) - SHOWN)
        )  # fmt: skip
