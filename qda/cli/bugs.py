"""What is said of an error in the program itself: one sentence, and where the report is.

The report names the places in the program and the kind of error, never its words: these could
hold text from sources or names.
"""

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from qda import __version__
from qda.app import paths
from qda.cli.language import tr
from qda.cli.output import write_note


def say_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write the report and say where it is; for `sys.excepthook`."""
    if issubclass(kind, KeyboardInterrupt):
        return
    try:
        report = _write_report(kind, error, trace)
    except OSError:
        write_note(
            tr("The program made a mistake ({kind}); nothing was changed.", kind=kind.__name__)
        )
        return
    write_note(
        tr(
            "The program made a mistake; nothing was changed. The report is in {path}.",
            path=str(report),
        )
    )


def _write_report(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> Path:
    folder = paths.log_dir()
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.now(UTC)
    path = folder / f"qda-{moment:%Y%m%dT%H%M%S}-{os.getpid()}.log"
    frames = traceback.format_list(traceback.extract_tb(trace))
    cause = f" from {type(error.__cause__).__name__}" if error.__cause__ is not None else ""
    path.write_text(
        f"qda {__version__}, Python {sys.version.split()[0]}, {sys.platform}, {moment:%F %T} UTC\n"
        f"{''.join(frames)}{kind.__name__}{cause}\n",
        encoding="utf-8",
    )
    return path
