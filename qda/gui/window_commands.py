"""The commands of the window itself: project, history, view, help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog, QLineEdit

from qda.gui.commands import Command
from qda.gui.language import tr
from qda.operations import projects
from qda.store import coders, project_info

if TYPE_CHECKING:
    from qda.gui.main_window import MainWindow

SCALES = (100, 125, 150, 175, 200, 250, 300)


def window_commands(window: MainWindow) -> list[Command]:
    """Return what can be done wherever one is."""
    return [*_file(window), *_edit(window), *_view(window), *_help(window)]


def _file(window: MainWindow) -> list[Command]:
    want = window.application_wanted.emit
    writable = partial(_writable, window)
    return [
        Command(
            "file.new", tr("New project …"), "file", partial(want, "new", None), "Ctrl+Shift+N"
        ),
        Command("file.open", tr("Open project …"), "file", partial(want, "open", None), "Ctrl+O"),
        Command(
            "file.peer",
            tr("Open a project from another program …"),
            "file",
            partial(want, "peer", None),
            keywords=("NVivo", "MAXQDA", "ATLAS.ti", "QualCoder", "Taguette", "RQDA", "REFI-QDA"),
        ),
        Command("file.demo", tr("Open the example study …"), "file", partial(want, "demo", None)),
        Command(
            "file.rename",
            tr("Rename the project …"),
            "file",
            partial(_rename_project, window),
            enabled=writable,
            separator_before=True,
        ),
        Command(
            "file.coder",
            tr("Who codes …"),
            "file",
            partial(_choose_coder, window),
            enabled=writable,
        ),
        Command(
            "file.copy",
            tr("Make a copy for a colleague …"),
            "file",
            partial(_make_copy, window),
            keywords=(tr("colleague"), tr("team"), tr("share")),
        ),
        Command(
            "file.merge",
            tr("Merge a colleague's copy …"),
            "file",
            partial(_merge_copy, window),
            enabled=writable,
            keywords=(tr("colleague"), tr("team"), tr("join")),
        ),
        Command(
            "file.reports",
            tr("Reports of imports …"),
            "file",
            partial(_show_reports, window),
            keywords=("import", "left out"),
        ),
        Command(
            "file.save_exchange",
            tr("Save as REFI-QDA …"),
            "file",
            partial(_save_exchange, window),
            keywords=("qdpx", "NVivo", "MAXQDA", "ATLAS.ti", "QualCoder", tr("export")),
        ),
        Command("file.backup", tr("Make a backup"), "file", partial(_make_backup, window)),
        Command(
            "file.close",
            tr("Close the project"),
            "file",
            partial(want, "close", None),
            "Ctrl+W",
            separator_before=True,
        ),
        Command("file.quit", tr("Quit"), "file", partial(want, "quit", None), "Ctrl+Q"),
    ]


def _edit(window: MainWindow) -> list[Command]:
    session = window.context.bridge.session
    return [
        Command(
            "edit.undo", tr("Undo"), "edit", window.undo, "Ctrl+Z",
            enabled=lambda: session.next_undo is not None and not session.project.read_only,
        ),
        Command(
            "edit.redo", tr("Redo"), "edit", window.redo, "Ctrl+Shift+Z",
            enabled=lambda: session.next_redo is not None and not session.project.read_only,
        ),
        Command("edit.history", tr("History …"), "edit", partial(_show_history, window)),
        Command(
            "edit.palette", tr("Find, code or run a command"), "edit", window.open_palette,
            "Ctrl+K", separator_before=True,
        ),
    ]  # fmt: skip


def _view(window: MainWindow) -> list[Command]:
    want = window.application_wanted.emit
    commands = [
        Command(
            f"view.{key}",
            window.title_of(key),
            "view",
            partial(window.show_workspace, key),
            f"Ctrl+{number}",
        )
        for number, key in enumerate(window.workspace_keys(), start=1)
    ]
    themes = (
        ("system", tr("Colours as the system has them")),
        ("light", tr("Light colours")),
        ("dark", tr("Dark colours")),
        ("contrast", tr("High contrast")),
    )
    commands += [
        Command(
            f"view.theme.{name}", title, "view", partial(want, "theme", name),
            separator_before=name == "system",
        )
        for name, title in themes
    ]  # fmt: skip
    commands += [
        Command(
            f"view.scale.{percent}",
            tr("Interface at {n} %", n=percent),
            "view",
            partial(want, "scale", percent),
            separator_before=percent == SCALES[0],
        )
        for percent in SCALES
    ]
    commands += [
        Command(
            "view.reading", tr("Face and lines of the text …"), "view",
            partial(_choose_reading, window), separator_before=True,
            keywords=(tr("font"), tr("letters"), tr("line height")),
        ),
        Command(
            "view.language.nb", "Norsk bokmål", "view", partial(want, "language", "nb"),
            keywords=("language", "språk"), separator_before=True,
        ),
        Command(
            "view.language.en", "English", "view", partial(want, "language", "en"),
            keywords=("language", "språk"),
        ),
    ]  # fmt: skip
    return commands


def _help(window: MainWindow) -> list[Command]:
    return [
        Command("help.shortcuts", tr("Shortcuts"), "help", partial(_show_shortcuts, window), "F1"),
        Command("help.about", tr("About qda"), "help", partial(_show_about, window)),
    ]


def _save_exchange(window: MainWindow) -> None:
    from qda.gui.peer_projects import ask_exchange  # lazy: start-up

    ask_exchange(window)


def _make_copy(window: MainWindow) -> None:
    from qda.gui.merging.copying import make_copy  # lazy: start-up

    make_copy(window.context, window, partial(window.application_wanted.emit, "open"))


def _merge_copy(window: MainWindow) -> None:
    from qda.gui.merging.merging import CopyMerging  # lazy: start-up

    CopyMerging(window.context, window).choose()


def _writable(window: MainWindow) -> bool:
    return not window.context.bridge.project.read_only


def _rename_project(window: MainWindow) -> None:
    bridge = window.context.bridge
    old = project_info.read(bridge.project.connection).name
    name, accepted = QInputDialog.getText(
        window, tr("Rename the project"), tr("Name"), QLineEdit.EchoMode.Normal, old
    )
    if accepted and name.strip() != old:
        bridge.run(projects.rename_project, name=name)


def _choose_coder(window: MainWindow) -> None:
    bridge = window.context.bridge
    names = [one.name for one in coders.all_coders(bridge.project.connection)]
    now = bridge.session.coder
    name, accepted = QInputDialog.getItem(
        window,
        tr("Who codes"),
        tr("Choose a name or write a new one"),
        names,
        names.index(now) if now in names else 0,
        True,
    )
    if accepted and name.strip() != now:
        bridge.run(projects.choose_coder, name=name)


def _make_backup(window: MainWindow) -> None:
    from qda.gui import alerts
    from qda.model.errors import UserError

    try:
        window.context.bridge.session.backup()
    except UserError as error:
        alerts.show_error(window, error)
        return
    window.say_quietly(tr("A backup was made."))


def _choose_reading(window: MainWindow) -> None:
    from qda.gui.reading_dialog import ReadingDialog

    dialog = ReadingDialog(window.context.theme, window)
    dialog.reading_changed.connect(partial(window.application_wanted.emit, "reading"))
    dialog.open()


def _show_history(window: MainWindow) -> None:
    from qda.gui.history_dialog import HistoryDialog

    context = window.context
    HistoryDialog(context.bridge, context.jobs, context.theme, window).open()


def _show_reports(window: MainWindow) -> None:
    window.show_reports()


def _show_shortcuts(window: MainWindow) -> None:
    from qda.gui.shortcut_sheet import ShortcutSheet

    window.build_all()
    context = window.context
    ShortcutSheet(window.actions_by_command, context.settings, context.theme, window).open()


def _show_about(window: MainWindow) -> None:
    from qda.gui.about import show_about

    show_about(window)
