"""The command `qda`: the window without words, else one command with its exit status."""

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

INTERRUPTED = 130
CLOSED_PIPE = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when done, 1 when the user can mend it, 2 for wrong usage.

    Without arguments of its own it takes those of the process, and words its bugs too.
    """
    _open_closed_streams()
    if arguments is None:
        from qda.cli import bugs

        sys.excepthook = bugs.say_bug
        arguments = sys.argv[1:]
    if not arguments:
        return open_window(None)
    try:
        status = _run(list(arguments))
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _refused(error)
    return status


def open_window(project: Path | None) -> int:
    """Open the window, with a project or with what was open last; return its status."""
    from qda.gui.main import run  # lazy: the only place that knows of the window

    return run(project)


def _run(arguments: list[str]) -> int:
    import click  # lazy: the window needs none of this

    from qda.app.translation import system_language
    from qda.cli.commands import qda
    from qda.cli.environment import Environment
    from qda.cli.language import say, speak, tr
    from qda.cli.output import write_note
    from qda.cli.parsing import usage_sentence
    from qda.model.errors import UserError

    speak(system_language())
    _use_utf8(sys.stdout)
    _use_utf8(sys.stderr)
    try:
        with qda.make_context("qda", arguments, obj=Environment()) as context:
            status = qda.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except UserError as error:
        write_note(say(error.message))
        return 1
    except click.UsageError as error:
        write_note(usage_sentence(error))
        where = error.ctx.command_path.strip() if error.ctx is not None else "qda"
        write_note(tr("«{command} --help» shows how it is used.", command=where))
        return 2
    return status if isinstance(status, int) else 0


def _open_closed_streams() -> None:
    """Send what nobody can read to nowhere: a shell may close a stream, Windows has none."""
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison] - it may be
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
    if sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _use_utf8(stream: IO[str]) -> None:
    """Let tables and help be UTF-8 whatever the system's encoding."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and stream.isatty() is False:
        reconfigure(encoding="utf-8", errors="backslashreplace")


def _refused(error: OSError) -> int:
    """Say what the system refused; a reader that went away needs no words."""
    from qda.cli.language import tr
    from qda.cli.output import write_note

    closed = (errno.EPIPE, errno.EINVAL) if sys.platform == "win32" else (errno.EPIPE,)
    if error.errno in closed:
        # Python would complain again when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return CLOSED_PIPE
    write_note(
        tr(
            "The system refused ({reason}); check the disk and the name {name}.",
            reason=error.strerror or type(error).__name__,
            name=str(error.filename or "stdout"),
        )
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
