"""Examine a project file and mend what can be mended.

Examining changes nothing. Mending makes a backup first, and what it changes in the project's rows
is one undo step. A file whose pages are damaged, or that holds what the program never writes, is
left as it is: what can be read goes into a fresh project beside it.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qda.model.errors import ProjectProblem
from qda.model.messages import Message, counted, message
from qda.store import (
    admission,
    backups,
    connecting,
    history,
    lock,
    problems,
    project_file,
    row_checks,
    salvage,
)  # fmt: skip

REPAIR = message("Mend the project")
DAMAGED_BACKUP = ".damaged"


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of fault; `code` names it for programs, `message` for people."""

    code: str
    message: Message
    repairable: bool


def diagnose(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a project, the files beside it included; nothing is changed.

    Raises ProjectProblem for what is no project at all, or one of a newer program.
    """
    path = path.resolve() if path.is_symlink() else path
    interrupted = _interrupted_restore(path)
    if interrupted and not path.exists():
        return interrupted
    admission.check_header(path)
    return (*interrupted, *_beside(path), *_inside(path))


def repair(path: Path) -> tuple[Problem, ...]:
    """Mend what can be mended; return what was, in the words of `diagnose`.

    Raises ProjectProblem where the project is open elsewhere, no backup can be made, or nothing
    can be read.
    """
    path = path.resolve() if path.is_symlink() else path
    if _interrupted_restore(path) and not path.exists():
        return _finish_restore(path)
    found = [problem for problem in diagnose(path) if problem.repairable]
    if not found:
        return ()
    if lock.state(path) in ("held", "elsewhere"):
        raise ProjectProblem(message("{name} is open; close it first, everywhere.", name=path.name))
    codes = {problem.code for problem in found}
    if codes & {"damaged", "schema"}:
        rest = [problem for problem in found if problem.code not in ("damaged", "schema")]
        return (*_mend_beside(path, rest), *_recover(path))
    return (*_mend_inside(path, found), *_mend_beside(path, found))


# ------------------------------------------------------------------------------ beside the file
def _interrupted_restore(path: Path) -> tuple[Problem, ...]:
    if not _restoring(path).exists():
        return ()
    if path.exists():
        said = message("Restoring a backup was interrupted; the project is as it was before.")
    else:
        said = message("Restoring a backup was interrupted; the backup is not yet in place.")
    return (Problem("restore-interrupted", said, repairable=True),)


def _restoring(path: Path) -> Path:
    return path.with_name(path.name + backups.RESTORING)


def _finish_restore(path: Path) -> tuple[Problem, ...]:
    found = _interrupted_restore(path)
    held = lock.acquire(path)
    if held is None:
        raise ProjectProblem(message("{name} is open; close it first, everywhere.", name=path.name))
    try:
        if not backups.opens(_restoring(path)):
            raise problems.damaged(_restoring(path))
        aside = max(path.parent.glob(f"{path.name}.replaced-*"), default=None)
        aside = aside or path.with_name(path.name + ".replaced")
        for log in project_file.beside(path)[1:]:
            if log.exists():
                log.replace(aside.with_name(aside.name + log.name.removeprefix(path.name)))
        _restoring(path).replace(path)
    finally:
        held.release()
    return found


def _beside(path: Path) -> tuple[Problem, ...]:
    found: list[Problem] = []
    state = lock.state(path)
    if state == "stale":
        said = message("A lock was left by a program that has ended.")
        found.append(Problem("stale-lock", said, repairable=True))
    if state == "elsewhere":
        owner = lock.read_owner(path)
        said = message(
            "The project is open on {host}; if it is not, open it with the choice to take over.",
            host=owner.host if owner is not None else "?",
        )
        found.append(Problem("lock-elsewhere", said, repairable=False))
    if state == "held":
        said = message("The project is open in another program, so its logs were left alone.")
        found.append(Problem("open-elsewhere", said, repairable=False))
    elif any(log.exists() for log in project_file.beside(path)[1:]):
        said = message("A log was left when a program ended before it could close the project.")
        found.append(Problem("leftover-log", said, repairable=True))
    if _half_made(path):
        said = message("Making a project was interrupted; its unfinished file is left.")
        found.append(Problem("create-interrupted", said, repairable=True))
    bad = sum(not backups.opens(one.path) for one in backups.listed(path))
    if bad:
        said = counted("{n} backup is damaged.", "{n} backups are damaged.", bad)
        found.append(Problem("bad-backup", said, repairable=True))
    return tuple(found)


def _half_made(path: Path) -> list[Path]:
    new = path.with_name(path.name + ".new")
    return [one for one in project_file.beside(new) if one.exists()]


def _mend_beside(path: Path, found: list[Problem]) -> tuple[Problem, ...]:
    done: list[Problem] = []
    for problem in found:
        if problem.code == "create-interrupted":
            for one in _half_made(path):
                one.unlink(missing_ok=True)
        elif problem.code == "restore-interrupted":
            _restoring(path).unlink(missing_ok=True)
        elif problem.code == "bad-backup":
            for backup in backups.listed(path):
                if not backups.opens(backup.path):
                    backup.path.replace(backup.path.with_suffix(DAMAGED_BACKUP))
        elif problem.code == "stale-lock":
            held = lock.acquire(path)
            if held is not None:
                held.release()
        else:
            continue
        done.append(problem)
    return tuple(done)


# ----------------------------------------------------------------------------------- inside it
def _inside(path: Path) -> tuple[Problem, ...]:
    # A rollback journal can only be played back by one who may write; that is no change.
    journal = project_file.beside(path)[3].exists() and lock.state(path) in ("free", "stale")
    try:
        with closing(connecting.connect(path, "rw" if journal else "ro")) as connection:
            admission.check_version(connection, path)
            faults = _pages(connection) or _schema(connection)
            return faults or _rows(connection)
    except problems.DAMAGE as error:
        said = problems.worded(error, path)
        if said is not None and said.message != problems.damaged(path).message:
            raise said from error
        return (_damaged(str(path.name)),)


def _damaged(name: str) -> Problem:
    said = message(
        "{name} is damaged; what can be read goes into a fresh project beside it.", name=name
    )
    return Problem("damaged", said, repairable=True)


def _pages(connection: sqlite3.Connection) -> tuple[Problem, ...]:
    answers = _integrity(connection)
    if answers == ["ok"]:
        # SQLite leaves the CHECKs out where it may not write, so they are asked of a copy.
        with closing(sqlite3.connect(":memory:")) as copy:
            connection.backup(copy)
            answers = _integrity(copy)
    if answers == ["ok"]:
        return ()
    said = counted(
        "The file is damaged in {n} place; what can be read goes into a fresh project beside it.",
        "The file is damaged in {n} places; what can be read goes into a fresh project beside it.",
        len(answers),
    )
    return (Problem("damaged", said, repairable=True),)


def _integrity(connection: sqlite3.Connection) -> list[str]:
    return [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]


def _schema(connection: sqlite3.Connection) -> tuple[Problem, ...]:
    lacking, foreign = admission.differences(connection)
    count = len(set(lacking) | set(foreign))
    if not count:
        return ()
    said = counted(
        "{n} part of the file is not as this program writes it; "
        "what it can use goes into a fresh project beside it.",
        "{n} parts of the file are not as this program writes them; "
        "what it can use goes into a fresh project beside it.",
        count,
    )
    return (Problem("schema", said, repairable=True),)


def _rows(connection: sqlite3.Connection) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for check in row_checks.CHECKS:
        count = check.count(connection)
        if count:
            found.append(Problem(check.code, check.say(count), repairable=check.mend is not None))
    if any(problem.code == "history" for problem in found):
        return tuple(found)
    unused = sum(
        int(connection.execute(one).fetchone()[0])
        for one in (row_checks.UNUSED_TEXTS, row_checks.UNUSED_FILES)
    )
    if unused:
        said = counted(
            "{n} text or imported file is kept that no document needs.",
            "{n} texts or imported files are kept that no document needs.",
            unused,
        )
        found.append(Problem("orphan-texts", said, repairable=True))
    return tuple(found)


def _mend_inside(path: Path, found: list[Problem]) -> tuple[Problem, ...]:
    codes = {problem.code for problem in found}
    rows = codes & {check.code for check in row_checks.CHECKS}
    if not rows and not codes & {"leftover-log", "orphan-texts"}:
        return ()
    if rows:
        backups.make(path)
    project = project_file.open_unchecked(path)
    try:
        with problems.said(path):
            if rows:
                _mend_rows(project)
            if "orphan-texts" in codes:
                history.drop_orphans(project.connection)
    finally:
        project.close()
    mended = rows | {"leftover-log", "orphan-texts"}
    return tuple(problem for problem in found if problem.code in mended)


def _mend_rows(project: project_file.ProjectFile) -> None:
    """Mend what makes a project unsafe for good, and all else in one undo step.

    Rows that name nothing cannot be brought back by undoing: the project would refuse them.
    """
    connection = project.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        _mend(connection, for_good=True)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")
    with project.step(REPAIR, project_file.default_coder()):
        _mend(connection, for_good=False)


def _mend(connection: sqlite3.Connection, *, for_good: bool) -> None:
    for check in row_checks.CHECKS:
        if check.mend and check.for_good == for_good and check.count(connection):
            check.mend(connection)


def _recover(path: Path) -> tuple[Problem, ...]:
    salvage.require_readable(path)
    saved = salvage.salvage(path)
    again = [problem for problem in diagnose(saved.path) if problem.repairable]
    mended = _mend_inside(saved.path, again)
    said = counted(
        "What could be read of {name} is now in {fresh}; {n} row could not be.",
        "What could be read of {name} is now in {fresh}; {n} rows could not be.",
        saved.lost,
        name=path.name,
        fresh=saved.path.name,
    )
    return (Problem("recovered", said, repairable=False), *mended)
