"""How each dialog of the program is opened, with real content, as the walk needs it."""

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QProgressDialog,
    QWidget,
)
from shiboken6 import isValid

import qda.gui.alerts
from qda.app.session import Session
from qda.formats.exchange.offsets import Convention
from qda.formats.exchange.questions import OffsetQuestion, ProjectChoice, Reading
from qda.formats.pseudonym_key import write_key
from qda.gui.cases.workspace import CasesWorkspace
from qda.gui.exchange_questions import OffsetsQuestion, ProjectQuestion
from qda.gui.guide.guiding import GuideWork
from qda.gui.merging.merging import CopyMerging
from qda.gui.names.reviewing import NameReview
from qda.gui.peer_projects import PeerOpening
from qda.gui.sources.workspace import SourcesWorkspace
from qda.model.codebook import Codebook
from qda.model.errors import NotAllowed
from qda.model.ids import new_guid
from qda.model.messages import message
from qda.model.pseudonyms import PseudonymKey
from qda.operations import codes, memos
from qda.operations.codebook import as_codebook
from qda.store import codes as code_rows
from qda.store import guides
from tests.gui.walk.scene import Look, Scene, settle, until

Opener = Callable[[Scene, Look], None]


def _front() -> QWidget:
    found = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    assert found is not None, "nothing opened"
    return found


def bring_forward(dialog: QWidget) -> None:
    """Give a window the keyboard, as the system does."""
    dialog.activateWindow()
    until(dialog.isActiveWindow)
    settle(40)


def _look(look: Look, dialog: QWidget) -> None:
    """Look at an open dialog; close it, whatever was seen."""
    bring_forward(dialog)
    try:
        look(dialog)
    finally:
        if isValid(dialog) and dialog.isVisible():
            dialog.close()
        settle()


def opened(scene: Scene, look: Look, wait: Callable[[QWidget], bool] | None = None) -> None:
    """Look at what is in front."""
    del scene
    until(lambda: (QApplication.activePopupWidget() or QApplication.activeModalWidget())
          is not None)  # fmt: skip
    dialog = _front()
    if wait is not None:
        until(lambda: wait(dialog))
    _look(look, dialog)


def asked(run: Callable[[], object], look: Look) -> None:
    """Run what asks and waits for an answer; look at the question and leave it."""
    trouble: list[BaseException] = []

    def see() -> None:
        question = QApplication.activeModalWidget()
        try:
            assert isinstance(question, QDialog), "nothing was asked"
            bring_forward(question)
            look(question)
        except BaseException as error:  # noqa: BLE001 - it must leave the loop of the dialog
            trouble.append(error)
        finally:
            if isinstance(question, QDialog) and isValid(question):
                question.reject()

    QTimer.singleShot(80, see)
    run()
    if trouble:
        raise trouble[0]


def by_command(place: str, command: str) -> Opener:
    """Return what shows a place and gives a command that opens a dialog."""

    def run(scene: Scene, look: Look) -> None:
        if place == "coding":
            scene.room()
        elif place:
            scene.show(place)
        scene.do(command)
        opened(scene, look)

    return run


def by_question(place: str, command: str) -> Opener:
    """Return what shows a place and gives a command that asks and waits."""

    def run(scene: Scene, look: Look) -> None:
        if place == "coding":
            scene.room()
        elif place:
            scene.show(place)
        asked(partial(scene.do, command), look)

    return run


# -------------------------------------------------------------------------------------- window
def show_error(scene: Scene, look: Look) -> None:
    qda.gui.alerts.show_error(scene.window, NotAllowed(message("A code needs a name; write one.")))
    opened(scene, look)


def show_bug(scene: Scene, look: Look) -> None:
    before = sys.excepthook
    qda.gui.alerts.install_hook(lambda: scene.window)
    hook, sys.excepthook = sys.excepthook, before
    error = ValueError("x")
    hook(ValueError, error, error.__traceback__)
    opened(scene, look)


def progress(dialog: QProgressDialog, look: Look) -> None:
    # What it waits for is done at once: so it is held open.
    dialog.setAutoReset(False)
    dialog.setAutoClose(False)
    dialog.setMinimumDuration(0)
    dialog.show()
    _look(look, dialog)


def open_demo(scene: Scene, look: Look) -> None:
    folder = scene.folder / "demo"
    folder.mkdir()
    before = set(scene.window.findChildren(QProgressDialog))
    scene.application.open_demo(folder)
    (waiting,) = set(scene.window.findChildren(QProgressDialog)) - before
    progress(waiting, look)
    until(lambda: not any(folder.glob(".qda-demo*")))


def open_peer(scene: Scene, look: Look) -> None:
    source = scene.folder / "annet.qdpx"
    if not source.exists():
        from qda.app import conversion
        from qda.jobs.progress import Progress

        conversion.write_exchange(scene.window.context.bridge.session, source, Progress())
    opening = PeerOpening(scene.window.context.theme, scene.window, scene.window)
    before = set(scene.window.findChildren(QProgressDialog))
    opening.convert(source, scene.folder / "annet.qdaproj")
    (waiting,) = set(scene.window.findChildren(QProgressDialog)) - before
    progress(waiting, look)


def ask_offsets(scene: Scene, look: Look) -> None:
    readings = tuple(
        Reading(convention, 0.5, ("teller planer", "hver dag"))
        for convention in (
            Convention(),
            Convention("UTF-16", newline=2),
        )
    )
    questions = [OffsetQuestion(new_guid(), name, 6, readings) for name in ("Notat", "Leder")]
    OffsetsQuestion(scene.window.context.theme, questions, scene.window).open()
    opened(scene, look)


def ask_project(scene: Scene, look: Look) -> None:
    choices = [ProjectChoice(str(n), name, n, "") for n, name in enumerate(("Vår", "Høst"), 2)]
    ProjectQuestion(scene.window.context.theme, "prosjekter.sqlite3", choices, scene.window).open()
    opened(scene, look)


def palette(scene: Scene, look: Look) -> None:
    scene.show("coding")
    scene.window.activateWindow()
    settle()
    scene.window.open_palette()
    settle()
    sheet = scene.window.palette_sheet
    try:
        look(sheet)
    finally:
        sheet.dismiss()


# ------------------------------------------------------------------------------------ codebook
def _their_codebook(scene: Scene) -> Codebook:
    ours = as_codebook(scene.window.context.bridge.project)
    first, *others = ours.codes
    return replace(ours, codes=(replace(first, definition="En annen ordlyd."), *others[:-1]))


def merge(scene: Scene, look: Look) -> None:
    workspace = scene.show("codebook")
    workspace.exchange.show_merge("bok.toml", _their_codebook(scene))  # pyright: ignore[reportAttributeAccessIssue]
    opened(scene, look)


def _say_otherwise(session: Session, who: str) -> None:
    """Let somebody define the first code, and write a memo."""
    first = code_rows.all_codes(session.project.connection)[0]
    said = replace(first, definition=f"Slik {who} ser det.")
    session.run(codes.edit_code, coder=who, code=said)
    session.run(memos.add_memo, coder=who, on="project", target=0, text=f"Fra {who}.")


def merge_copy(scene: Scene, look: Look) -> None:
    context = scene.window.context
    theirs = scene.folder / "studien – Ola.qdaproj"
    if not theirs.exists():
        shutil.copyfile(context.bridge.session.backup().path, theirs)
        other = Session.open(theirs)
        _say_otherwise(other, "Ola")
        other.close()
        _say_otherwise(context.bridge.session, "Ingrid")
    merging = CopyMerging(context, scene.window)
    merging.look_at(theirs)
    until(lambda: merging.dialog is not None)
    opened(scene, look)


def plan(scene: Scene, look: Look) -> None:
    workspace = scene.show("codebook")
    workspace.files.show_plan("bok.toml", _their_codebook(scene))  # pyright: ignore[reportAttributeAccessIssue]
    opened(scene, look)


def color(scene: Scene, look: Look) -> None:
    workspace = scene.show("codebook")
    from qda.gui.codebook.color_row import ColorRow

    workspace.findChildren(ColorRow)[0].ask_color()
    opened(scene, look)


# --------------------------------------------------------------------------------------- cases
def values(scene: Scene, look: Look) -> None:
    workspace = scene.show("cases")
    sheet = Path(__file__).parents[3] / "projects" / "eksempelstudie" / "indikatorer.csv"
    workspace.files.import_paths([sheet], "values")  # pyright: ignore[reportAttributeAccessIssue]
    opened(scene, look, lambda dialog: dialog.table.isVisible())  # pyright: ignore[reportAttributeAccessIssue]


def rename_variable(scene: Scene, look: Look) -> None:
    workspace = scene.show("cases")
    table = workspace.table  # pyright: ignore[reportAttributeAccessIssue]
    model = table.case_model()
    for column in range(model.columnCount()):
        table.setCurrentIndex(model.index(0, column))
        if table.current_variable() is not None:
            break
    asked(workspace.ask_variable_name, look)  # pyright: ignore[reportAttributeAccessIssue]


def at_office(command: str) -> Opener:
    def run(scene: Scene, look: Look) -> None:
        workspace = scene.show("cases")
        table = workspace.table  # pyright: ignore[reportAttributeAccessIssue]
        table.setCurrentIndex(table.case_model().index(0, 0))
        scene.do(command)
        opened(scene, look)

    return run


def group_sheet(scene: Scene, look: Look) -> None:
    workspace = scene.show("cases")
    sheet = scene.folder / "medlemskap.csv"
    sheet.write_text("kontor,fylke\nNAV Storlia,Innlandet\n", encoding="utf-8")
    workspace.groups.show_sheet(sheet, "memberships")  # pyright: ignore[reportAttributeAccessIssue]
    opened(scene, look, lambda dialog: dialog.table.isVisible())  # pyright: ignore[reportAttributeAccessIssue]


def _scores(scene: Scene, *, taken: bool = True) -> CasesWorkspace:
    """Show the offices; with `taken`, scores of files are in the project."""
    workspace = scene.show("cases")
    assert isinstance(workspace, CasesWorkspace)
    if taken and not workspace.scores.has_sheets():
        dialog = workspace.scores.show_sheet(_score_file(scene))
        until(dialog.import_button.isEnabled)
        dialog.import_button.click()
        until(lambda: workspace.scores.has_sheets() and not workspace.context.jobs.busy)
    workspace.table.setCurrentIndex(workspace.table.case_model().index(0, 0))
    settle()
    return workspace


def _score_file(scene: Scene) -> Path:
    path = scene.folder / "saker.csv"
    offices = ("NAV Elvebakken", "NAV Storlia", "NAV Fjellhamna")
    rows = "".join(
        f"{office};{number};{rater};{number % 3};{(number + turn) % 3}\n"
        for office in offices
        for number in (1, 2)
        for turn, rater in enumerate(("Kari", "Ola"))
    )
    path.write_text("kontor;saksnr;skårer;mål;plan\n" + rows, encoding="utf-8")
    return path


def score_sheet(scene: Scene, look: Look) -> None:
    workspace = _scores(scene, taken=False)
    dialog = workspace.scores.show_sheet(_score_file(scene))
    until(dialog.import_button.isEnabled)
    _look(look, dialog)


def score_summary(scene: Scene, look: Look) -> None:
    _scores(scene).show_scores()
    opened(scene, look)


def score_files(scene: Scene, look: Look) -> None:
    workspace = _scores(scene)
    workspace.pane.scores.list.setFocus()
    workspace.pane.scores.list.setCurrentRow(0)
    QTest.keyClick(workspace.pane.scores.list, Qt.Key.Key_Return)
    opened(scene, look)


# -------------------------------------------------------------------------------------- coding
def split_code(scene: Scene, look: Look) -> None:
    room = scene.room()
    room.listing.pick_here()
    asked(room.listing.ask_split, look)
    room.listing.pick_here()


def preview(scene: Scene, look: Look) -> None:
    scene.room().printing.ask_print()
    opened(scene, look)


def offset(scene: Scene, look: Look) -> None:
    room = scene.room()
    listening = room.sound.listening
    if listening.recording is None:
        for _ in range(20):
            room.step_document(1)
            settle()
            if listening.recording is not None:
                break
    asked(listening.ask_offset, look)


def text_versions(scene: Scene, look: Look) -> None:
    room = scene.room()
    from qda.store import documents

    first = documents.all_documents(scene.window.context.bridge.project.connection)[0]
    room.open_document(first.id)
    scene.do("coding.versions")
    opened(scene, look)


def suggestion_codes(scene: Scene, look: Look) -> None:
    room = scene.room()
    scene.do("coding.suggestions")
    until(lambda: not room.suggestions.making.busy, seconds=120)
    try:
        room.suggestion_pane.start.codes.click()
        opened(scene, look)
        until(lambda: not room.suggestions.making.busy, seconds=120)
    finally:
        room.suggestions.close()


# -------------------------------------------------------------------------------------- matrix
def sheet_of(command: str) -> Opener:
    def run(scene: Scene, look: Look) -> None:
        scene.show("matrix")
        settle(300)
        scene.do(command)
        settle()
        opened(scene, look)

    return run


def groups(scene: Scene, look: Look) -> None:
    scene.show("matrix")
    scene.do("matrix.table.contrast")
    settle(300)
    scene.do("matrix.groups")
    try:
        opened(scene, look)
    finally:
        scene.do("matrix.reset")


def beside(scene: Scene, look: Look) -> None:
    scene.show("matrix")
    scene.do("matrix.picture.joint")
    settle(300)
    scene.do("matrix.beside")
    try:
        opened(scene, look)
    finally:
        scene.do("matrix.reset")


def query_sheet(opens: str) -> Opener:
    def run(scene: Scene, look: Look) -> None:
        workspace = scene.show("matrix")
        scene.do("matrix.query")
        settle(200)
        getattr(workspace.queries, opens)()  # pyright: ignore[reportAttributeAccessIssue]
        try:
            opened(scene, look)
        finally:
            scene.do("matrix.query")

    return run


# ------------------------------------------------------------------------------------- sources
def chooser(scene: Scene, look: Look) -> None:
    scene.show("sources")
    scene.do("sources.link")
    settle()
    opened(scene, look)


def importing(scene: Scene, look: Look) -> None:
    workspace = scene.show("sources")
    file = scene.folder / "ny leder.txt"
    file.write_text("Intervjuer: Hei?\nLeder: Vi teller.\n" * 30, encoding="utf-8")
    dialog = workspace.importer.import_paths([file])  # pyright: ignore[reportAttributeAccessIssue]
    until(lambda: not scene.window.context.jobs.busy)
    settle(200)
    _look(look, dialog)


def survey(scene: Scene, look: Look) -> None:
    workspace = scene.show("sources")
    file = scene.folder / "svar.csv"
    answer = "Vi teller mye, hver dag, og det er mange av oss."
    rows = "".join(f"{n};NAV Storlia;{answer}\n" for n in range(9))
    file.write_text("id;kontor;hva gjør dere\n" + rows, encoding="utf-8")
    workspace.importer.import_survey(file)  # pyright: ignore[reportAttributeAccessIssue]
    until(lambda: workspace.importer.survey is not None)  # pyright: ignore[reportAttributeAccessIssue]
    settle(200)
    opened(scene, look)


# --------------------------------------------------------------------------------------- names
def _names(scene: Scene) -> NameReview:
    workspace = scene.show("sources")
    assert isinstance(workspace, SourcesWorkspace)
    return workspace.names


def _review(scene: Scene) -> NameReview:
    """Show the names of the sources, those of the first rows accepted."""
    names = _names(scene)
    names.start()
    until(lambda: names.review is not None, 60)
    assert names.review is not None
    bring_forward(names.review)
    QTest.keyClick(names.review.table, Qt.Key.Key_A)
    return names


def _leave(names: NameReview) -> None:
    if names.review is not None:
        names.review.reject()
    settle()


def review_names(scene: Scene, look: Look) -> None:
    names = _review(scene)
    opened(scene, look)
    _leave(names)


def add_name(scene: Scene, look: Look) -> None:
    names = _review(scene)
    assert names.review is not None
    asked(names.review.add_wanted.emit, look)
    _leave(names)


def replace_names(scene: Scene, look: Look) -> None:
    names = _review(scene)
    assert names.review is not None
    names.review.replace_wanted.emit()
    until(lambda: names.act is not None)
    assert names.act is not None
    _look(look, names.act)
    _leave(names)


def names_left(scene: Scene, look: Look) -> None:
    names = _names(scene)
    names.check()
    until(lambda: names.left is not None, 60)
    opened(scene, look)


def put_names_back(scene: Scene, look: Look) -> None:
    names = _names(scene)
    key = scene.folder / "nokkel.json"
    if not key.exists():
        made = PseudonymKey("p", "r", "2026-11-27T12:00:00.000Z", (), ())
        write_key(key, made, "passord")
    asked(partial(names.put_back, key), look)


def memo_versions(scene: Scene, look: Look) -> None:
    workspace = scene.show("memos")
    rows = workspace.list.model().rowCount()  # pyright: ignore[reportAttributeAccessIssue]
    for row in range(rows):
        workspace.list.setCurrentIndex(workspace.list.model().index(row, 0))  # pyright: ignore[reportAttributeAccessIssue]
        settle()
        memo = workspace.editor.memo()  # pyright: ignore[reportAttributeAccessIssue]
        if memo is not None and "vane" in memo.text:
            break
    scene.do("memos.versions")
    opened(scene, look)


STUDY_GUIDE = Path(__file__).parents[3] / "projects" / "eksempelstudie" / "intervjuguide.md"


def _guide(scene: Scene) -> GuideWork:
    workspace = scene.show("sources")
    assert isinstance(workspace, SourcesWorkspace)
    return workspace.guide


def guide_lines(scene: Scene, look: Look) -> None:
    guide = _guide(scene)
    guide.read(STUDY_GUIDE)
    until(lambda: guide.importing is not None)
    opened(scene, look)


def guide_turns(scene: Scene, look: Look) -> None:
    guide = _guide(scene)
    scene.do("sources.guide")
    until(lambda: guide.dialog is not None)
    assert guide.dialog is not None
    guide.dialog.questions.table.selectRow(2)
    guide.dialog.turns.interview.setCurrentIndex(1)
    opened(scene, look)


def guide_answers(scene: Scene, look: Look) -> None:
    guide = _guide(scene)
    asked = guides.asked(scene.window.context.bridge.project.connection)
    guide.show_answers([min(question for question, _ in asked)])
    until(lambda: guide.answers is not None)
    opened(scene, look)


OPENERS: Mapping[str, Opener] = {
    "about:show_about": by_command("", "help.about"),
    "alerts:on_bug": show_bug,
    "alerts:show_error": show_error,
    "application:open_demo": open_demo,
    "cases.bands_dialog.BandsDialog": by_command("cases", "cases.define_bands"),
    "cases.group_dialogs.MembershipDialog": at_office("cases.membership"),
    "cases.group_dialogs.SuccessionDialog": at_office("cases.succession"),
    "cases.group_sheet_dialog.GroupSheetDialog": group_sheet,
    "cases.score_dialogs.FilesDialog": score_files,
    "cases.score_dialogs.SummaryDialog": score_summary,
    "cases.score_sheet_dialog.ScoreSheetDialog": score_sheet,
    "cases.values_dialog.ValuesDialog": values,
    "cases.variable_dialog.VariableDialog": by_command("cases", "cases.new_variable"),
    "cases.workspace:ask_variable_name": rename_variable,
    "codebook.color_row:ask_color": color,
    "codebook.merge_dialog.MergeDialog": merge,
    "codebook.plan_dialog.PlanDialog": plan,
    "codebook.versions_dialog.VersionsDialog": by_command("codebook", "codebook.versions"),
    "coding.asking:ask_new_code": by_question("coding", "coding.new_code"),
    "coding.asking:ask_turn": by_question("coding", "coding.go_to_turn"),
    "coding.code_set_dialog.CodeSetDialog": by_command("coding", "coding.new_set"),
    "coding.listing:ask_split": split_code,
    "coding.suggestion_codes.CodesSheet": suggestion_codes,
    "correcting.dialog.CorrectionDialog": by_command("coding", "coding.correct"),
    "correcting.turns:_ask_speaker": by_question("coding", "coding.split_turn"),
    "correcting.turns:rename_speaker": by_question("coding", "coding.rename_speaker"),
    "correcting.versions_dialog.TextVersionsDialog": text_versions,
    "exchange_questions.OffsetsQuestion": ask_offsets,
    "exchange_questions.ProjectQuestion": ask_project,
    "filter_sheet.FilterSheet": sheet_of("matrix.filter"),
    "guide.answers_dialog.AnswersDialog": guide_answers,
    "guide.guide_dialog.GuideDialog": guide_turns,
    "guide.import_dialog.GuideImportDialog": guide_lines,
    "history_dialog.HistoryDialog": by_command("", "edit.history"),
    "matrix.beside_sheet.BesideSheet": beside,
    "matrix.choosers.GroupSheet": groups,
    "matrix.choosers.SideSheet": sheet_of("matrix.rows"),
    "matrix.query_sheets.CodeSheet": query_sheet("open_codes"),
    "matrix.query_sheets.ConditionSheet": query_sheet("open_condition"),
    "matrix.proposition_dialog.PropositionDialog": by_question("matrix", "matrix.proposition"),
    "memos.versions_dialog.MemoVersionsDialog": memo_versions,
    "merging.merge_dialog.CopyMergeDialog": merge_copy,
    "names.act_dialog.ActDialog": replace_names,
    "names.left_dialog.LeftDialog": names_left,
    "names.review_dialog.ReviewDialog": review_names,
    "names.reviewing:_on_add_wanted": add_name,
    "names.reviewing:put_back": put_names_back,
    "paper:show_preview": preview,
    "peer_projects:_run": open_peer,
    "player.listening:ask_offset": offset,
    "reading_dialog.ReadingDialog": by_command("", "view.reading"),
    "report_dialog.ReportDialog": by_command("", "file.reports"),
    "search.saved_sheet.SavedSheet": by_command("search", "search.saved"),
    "shortcut_sheet.ShortcutSheet": by_command("", "help.shortcuts"),
    "sources.import_dialog.ImportDialog": importing,
    "sources.survey_dialog.SurveyDialog": survey,
    "widgets.chooser.Chooser": chooser,
    "widgets.command_palette.CommandPalette": palette,
    "window_commands:_choose_coder": by_question("", "file.coder"),
    "window_commands:_rename_project": by_question("", "file.rename"),
}
