"""Importing: reading one by one, choosing, failing files, duplicates, one undo step."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.sources import decision_model, import_files
from qda.gui.sources.import_dialog import ImportDialog
from qda.gui.sources.office_guess import guess_office
from qda.gui.sources.workspace import SourcesWorkspace
from qda.model.entities import Case
from qda.model.ids import CaseId, Guid
from qda.store import cases, documents, turns

TALK = "Intervjuer: Hvordan går det?\nLeder: Det går bra, takk. Vi holder fristene.\n"
WRAPPED = (
    "Kontoret har i flere år arbeidet med at alle skal få en samtale om opp-\n"
    "følging innen tre uker, men det er sjelden at noen rekker det før fristen\n"
    "er ute, og da blir samtalen en telefon. Lederen mener at dette er nok,\n"
    "mens veilederne er uenige og sier at opp-\n"
    "følging er noe annet enn en telefon om at planen er godkjent i systemet.\n"
)


@pytest.fixture
def workspace(study: Context, qtbot: QtBot) -> SourcesWorkspace:
    made = SourcesWorkspace(study)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activate()
    return made


def opened(workspace: SourcesWorkspace, qtbot: QtBot, paths: list[Path]) -> ImportDialog:
    dialog = workspace.import_paths(paths)
    assert dialog is not None
    settled(dialog, qtbot)
    return dialog


def settled(dialog: ImportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.queue.reading, timeout=20_000)


def imported(workspace: SourcesWorkspace, qtbot: QtBot) -> None:
    """Press Import and wait until the files are in."""
    assert workspace.dialog is not None
    with qtbot.waitSignal(workspace.importer.imported, timeout=20_000):
        qtbot.mouseClick(workspace.dialog.import_button, Qt.MouseButton.LeftButton)


def folder(tmp_path: Path, **files: str) -> Path:
    made = tmp_path / "filer"
    made.mkdir()
    for name, text in files.items():
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


def names(context: Context) -> set[str]:
    return set(documents.names(context.bridge.project.connection))


def test_a_folder_comes_in_as_one_step(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    place = folder(tmp_path, **{f"Samtale {number}": f"{TALK}Nr {number}" for number in range(30)})
    before = names(workspace.context)
    dialog = opened(workspace, qtbot, [place])
    assert dialog.import_button.text() == "&Import 30 files"
    with qtbot.waitSignal(workspace.context.bridge.noticed, timeout=20_000) as blocker:
        qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    assert blocker.args == ["Imported 30 sources."]
    assert len(names(workspace.context)) == len(before) + 30
    assert workspace.dialog is None
    workspace.context.bridge.undo()
    assert names(workspace.context) == before


def test_a_failed_file_says_why_and_stops_no_other(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    place = folder(tmp_path, a_tom="", b_god=TALK)
    (place / "c.docx").write_bytes(b"PK\x03\x04 nothing")
    dialog = opened(workspace, qtbot, [place, tmp_path / "borte.txt", tmp_path / "bilde.png"])
    states = {one.path.name: one.state for one in dialog.queue.files}
    assert states == {
        "a_tom.txt": "failed", "b_god.txt": "ready", "c.docx": "failed", "borte.txt": "failed",
        "bilde.png": "failed",
    }  # fmt: skip
    status = [
        str(dialog.files.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
        for row in range(5)
    ]
    assert status[0] == "a_tom.txt, a_tom.txt is empty."
    assert all(len(one.problem.text) > 10 for one in dialog.queue.files if one.problem)
    imported(workspace, qtbot)
    assert "b_god" in names(workspace.context)


def test_the_same_text_is_marked_and_left_out(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    place = folder(tmp_path, a=TALK, b=TALK)
    (place / "kopi.txt").write_bytes((tmp_path / "Fylket.txt").read_bytes())
    dialog = opened(workspace, qtbot, [place])
    assert [(one.twin, one.checked) for one in dialog.queue.files] == [
        ("", True), ("a.txt", False), ("Fylket", False),
    ]  # fmt: skip
    dialog.files.setCurrentIndex(dialog.files.model().index(1, 0))
    qtbot.keyClick(dialog.files, Qt.Key.Key_Space)
    assert [one.path.name for one in dialog.chosen()] == ["a.txt", "b.txt"]


def test_a_proposal_is_turned_down_and_the_text_follows(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(workspace, qtbot, [folder(tmp_path, rapport=WRAPPED)])
    one = dialog.queue.files[0]
    assert one.read is not None
    assert "oppfølging innen" in one.read.text
    decisions = dialog.options.decisions
    rows = {decisions.decision(row).kind: row for row in range(decisions.rowCount())}
    index = decisions.index(rows["hyphen"], decision_model.APPLY)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    table = dialog.options.findChildren(QTableView)[0]
    corner = table.visualRect(index).topLeft()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=corner + QPoint(16, 13))
    settled(dialog, qtbot)
    assert one.read is not None
    assert "oppfølging innen" not in one.read.text
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert "oppfølging innen" not in dialog.preview.toPlainText()
    imported(workspace, qtbot)
    connection = workspace.context.bridge.project.connection
    kept = documents.find(connection, "rapport")[0]
    assert documents.text(connection, kept.id) == one.read.text


def test_who_asks_is_chosen_before_it_comes_in(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(workspace, qtbot, [folder(tmp_path, samtale=TALK * 3)])
    box = dialog.options.role_box("Leder")
    assert box.value() == "informant"
    box.setCurrentIndex(2)
    settled(dialog, qtbot)
    read = dialog.queue.files[0].read
    assert read is not None
    assert read.speakers == ("Intervjuer",)
    dialog.options.role_box("Leder").setCurrentIndex(0)
    settled(dialog, qtbot)
    imported(workspace, qtbot)
    connection = workspace.context.bridge.project.connection
    kept = documents.find(connection, "samtale")[0]
    asking = {turn.label for turn in turns.of_document(connection, kept.id) if turn.interviewer}
    assert "Leder" in asking


def test_an_encoding_that_does_not_fit_keeps_the_text_and_says_so(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "filer"
    place.mkdir()
    (place / "gammel.txt").write_bytes("Leder: Det går på håp og ære.\n".encode("cp1252"))
    dialog = opened(workspace, qtbot, [place])
    _, _, _, encoding = dialog.options.boxes
    assert encoding.currentText() == "As found: Windows-1252"
    encoding.setCurrentIndex(1)
    settled(dialog, qtbot)
    one = dialog.queue.files[0]
    assert one.problem is not None
    assert one.read is not None
    assert "håp og ære" in one.read.text
    encoding.setCurrentIndex(0)
    settled(dialog, qtbot)
    assert dialog.queue.files[0].problem is None


def test_offices_are_guessed_from_names_and_can_be_chosen(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    place = folder(tmp_path, **{"havnes nestleder": TALK, "ukjent": TALK + "Leder: Ja.\n"})
    dialog = opened(workspace, qtbot, [place])
    office, *_ = dialog.options.boxes
    assert office.currentText() == "By the file's name: NAV Havnes"
    dialog.files.setCurrentIndex(dialog.files.model().index(1, 0))
    assert office.currentText() == "By the file's name: none"
    office.setCurrentIndex(office.findText("NAV Bjørkvik"))
    imported(workspace, qtbot)
    connection = workspace.context.bridge.project.connection
    links = cases.document_links(connection)
    linked = {
        one.name: [cases.by_id(connection, case) for case in links.get(one.id, ())]
        for one in documents.all_documents(connection)
    }
    assert [case.name for case in linked["havnes nestleder"] if case] == ["NAV Havnes"]
    assert [case.name for case in linked["ukjent"] if case] == ["NAV Bjørkvik"]


def test_choices_are_used_for_all_files(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(workspace, qtbot, [folder(tmp_path, a=WRAPPED, b=WRAPPED + "Mer.\n")])
    _, _, hyphens, _ = dialog.options.boxes
    hyphens.setCurrentIndex(2)
    dialog.use_for_all()
    settled(dialog, qtbot)
    for one in dialog.queue.files:
        assert one.options.hyphens == "keep"
        assert one.read is not None
        assert "oppfølging innen" not in one.read.text


def test_stopping_keeps_what_was_read_and_goes_on_when_asked(
    workspace: SourcesWorkspace,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_files, "SLICE", 0)
    place = folder(tmp_path, **{f"s{number}": f"{TALK}{number}" for number in range(20)})
    dialog = workspace.import_paths([place])
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.queue.done >= 2)
    dialog.queue.stop()
    qtbot.waitUntil(lambda: not dialog.queue.reading)
    assert 2 <= dialog.queue.done < 20
    assert dialog.stop_button.text() == "&Read the rest"
    qtbot.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.queue.done == 20, timeout=20_000)


def test_closing_while_reading_leaves_nothing(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    before = names(workspace.context)
    place = folder(tmp_path, **{f"s{number}": TALK for number in range(10)})
    dialog = workspace.import_paths([place])
    assert dialog is not None
    dialog.reject()
    qtbot.waitUntil(lambda: not workspace.context.jobs.busy)
    assert names(workspace.context) == before
    assert workspace.dialog is None


def test_files_dropped_on_the_window_are_offered(
    study: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    workspace = SourcesWorkspace(study)
    window = MainWindow(study, [workspace])
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.start()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder(tmp_path, samtale=TALK)))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPoint(200, 200), copy, data, left, none)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(200, 200), copy, data, left, none))
    assert workspace.dialog is not None
    settled(workspace.dialog, qtbot)
    assert [one.path.name for one in workspace.dialog.queue.files] == ["samtale.txt"]
    workspace.dialog.reject()


def test_cancelling_the_import_leaves_the_project_as_it_was(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    place = folder(tmp_path, **{f"s{number:03d}": f"{TALK}{number}" for number in range(60)})
    before = names(workspace.context)
    dialog = opened(workspace, qtbot, [place])
    jobs = workspace.context.jobs
    with qtbot.waitSignal(jobs.finished, timeout=20_000):
        qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
        assert not dialog.import_button.isEnabled()
        assert "cancelling leaves the project as it was" in dialog.told
        # Before the first step of the writing can be told, as a hurried hand would.
        dialog.cancel_button.click()
    qtbot.waitUntil(dialog.import_button.isEnabled)
    assert names(workspace.context) == before
    assert workspace.dialog is dialog
    assert dialog.told == "Nothing has come in; the project is as it was."
    imported(workspace, qtbot)
    assert len(names(workspace.context)) == len(before) + 60


def test_subfolders_are_offered_as_offices_and_duplicates_together(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "Feltarbeid"
    for name, text in {
        "NAV Havnes/a.txt": TALK + "Nr 1.\n",
        "Nytt kontor/b.txt": TALK + "Nr 2.\n",
        "Nytt kontor/c.txt": TALK + "Nr 2.\n",
        "d.txt": TALK + "Nr 3.\n",
        "lyd.mp3": "x",
    }.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    dialog = opened(workspace, qtbot, [place])
    pane = dialog.left
    assert pane.folders.text() == "The 2 folders are offices"
    assert pane.duplicates.text() == "Take 1 duplicate along"
    qtbot.mouseClick(pane.folders, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    office, *_ = dialog.options.boxes
    dialog.files.setCurrentIndex(dialog.files.model().index(2, 0))
    assert office.currentText() == "A new one: Nytt kontor"
    assert [one.checked for one in dialog.queue.files] == [True, True, True, False]
    qtbot.mouseClick(pane.duplicates, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert [one.checked for one in dialog.queue.files] == [True] * 4
    with qtbot.waitSignal(workspace.context.bridge.reported, timeout=20_000) as told:
        imported(workspace, qtbot)
    connection = workspace.context.bridge.project.connection
    links = cases.document_links(connection)
    linked = {one.name: list(links.get(one.id, ())) for one in documents.all_documents(connection)}
    (new,) = cases.find(connection, "Nytt kontor")
    (known,) = cases.find(connection, "NAV Havnes")
    assert (linked["a"], linked["b"], linked["c"], linked["d"]) == (
        [known.id], [new.id], [new.id], []
    )  # fmt: skip
    assert told.args is not None
    report = told.args[0]
    assert report.found["files"] == 5
    assert [str(line.what) for line in report.of_kind("left out")] == ["Files that end in .mp3"]


def test_texts_are_dropped_from_memory_and_read_again(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_files, "KEPT_BYTES", 500)
    place = folder(tmp_path, **{f"s{number}": f"{TALK}Nr {number}" for number in range(8)})
    dialog = opened(workspace, qtbot, [place])
    kept = [one.read is not None for one in dialog.queue.files]
    assert 0 < sum(kept) < 4
    dialog.files.setCurrentIndex(dialog.files.model().index(1, 0))
    qtbot.waitUntil(lambda: "Nr 1" in dialog.preview.toPlainText())
    assert dialog.import_button.text() == "&Import 8 files"
    # One is changed behind our back: what comes in is what was shown, or nothing.
    (place / "s3.txt").write_text(TALK + "Noe annet.\n", encoding="utf-8")
    (place / "s4.txt").unlink()
    with qtbot.waitSignal(workspace.context.bridge.reported, timeout=20_000) as told:
        imported(workspace, qtbot)
    assert told.args is not None
    left = {line.where: str(line.why) for line in told.args[0].of_kind("left out")}
    assert "changed since" in left["filer/s3.txt"]
    assert "no file" in left["filer/s4.txt"]
    assert {"s0", "s1", "s2", "s5", "s6", "s7"} <= names(workspace.context)
    assert not {"s3", "s4"} & names(workspace.context)


def test_what_is_left_out_stands_in_the_report(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    place = folder(tmp_path, a_tom="", b=TALK, c=TALK, d=TALK + "Mer.\n")
    dialog = opened(workspace, qtbot, [place])
    dialog.files.setCurrentIndex(dialog.files.model().index(3, 0))
    qtbot.keyClick(dialog.files, Qt.Key.Key_Space)
    with qtbot.waitSignal(workspace.context.bridge.reported, timeout=20_000) as told:
        imported(workspace, qtbot)
    assert told.args is not None
    assert {line.where: str(line.why) for line in told.args[0].of_kind("left out")} == {
        "filer/a_tom.txt": "a_tom.txt is empty.",
        "filer/c.txt": "Its content is that of b.txt, already here.",
        "filer/d.txt": "It was left out by choice.",
    }


@pytest.mark.parametrize(
    ("path", "office"),
    [
        ("Havnes leder.docx", 2), ("havnes_veileder-2.txt", 2), ("NAV Bjørkvik.pdf", 1),
        ("Kontor B/intervju.txt", 2), ("NAV Havnes/leder.txt", 2), ("Bjørkvika.txt", None),
        ("Bjørkvik og Havnes.txt", None), ("notat.txt", None),
    ],
)  # fmt: skip
def test_an_office_is_guessed_only_when_one_is_named(path: str, office: int | None) -> None:
    offices = [
        Case(CaseId(1), Guid("a"), "NAV Bjørkvik", "Kontor A", 0),
        Case(CaseId(2), Guid("b"), "NAV Havnes", "Kontor B", 1),
    ]
    assert guess_office(Path("intervjuer") / path, offices) == office


TURNS = "Taler;Tid;Tekst\nIntervjuer;00:00:01;Hva teller dere?\nLeder;00:00:04;Planer.\n"
ANSWERS = "id;kontor;svar\n" + "".join(
    f"{at};NAV {at % 2};Vi teller planer, men ingen spør om hva plan nr. {at} førte til.\n"
    for at in range(4)
)


def test_a_sheet_of_turns_is_shown_as_such_and_can_be_a_table(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "samtale.csv").write_text(TURNS, encoding="utf-8")
    dialog = opened(workspace, qtbot, [tmp_path / "samtale.csv"])
    assert dialog.preview.toPlainText() == "Intervjuer: Hva teller dere?\nLeder: Planer."
    rows = dialog.options.rows
    assert (rows.isVisible(), rows.currentText()) == (True, "A turn of somebody who speaks")
    assert dialog.options.survey.isHidden()
    _office, paragraphs, _hyphens, encoding = dialog.options.boxes
    assert (paragraphs.isVisible(), encoding.isVisible()) == (False, True)
    rows.setCurrentText("Text under its headings")
    settled(dialog, qtbot)
    assert dialog.preview.toPlainText().startswith("Taler: Intervjuer\nTid: 00:00:01\nTekst: Hva")
    imported(workspace, qtbot)
    connection = workspace.context.bridge.project.connection
    made = next(one for one in documents.all_documents(connection) if one.name == "samtale")
    assert (made.kind, turns.of_document(connection, made.id)) == ("document", ())


def test_rows_are_text_in_all_sheets_and_no_other_file_is_read_anew(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(TURNS + f"Leder;00:00:09;{name}\n", encoding="utf-8")
    (tmp_path / "c.rtf").write_text(r"{\rtf1 Leder: Ja.\par Intervjuer: Nei.}", encoding="utf-8")
    dialog = opened(workspace, qtbot, [tmp_path / name for name in ("a.csv", "b.csv", "c.rtf")])
    dialog.options.rows.setCurrentText("Text under its headings")
    settled(dialog, qtbot)
    dialog.use_for_all()
    settled(dialog, qtbot)
    assert [one.summary.turns for one in dialog.queue.files if one.summary] == [0, 0, 2]
    assert dialog.queue.files[2].options.choices == {}


def test_a_sheet_of_answers_is_handed_to_the_import_of_surveys(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "svar.csv").write_text(ANSWERS, encoding="utf-8")
    dialog = opened(workspace, qtbot, [tmp_path / "svar.csv"])
    assert dialog.options.survey.isVisible()
    dialog.options.survey.click()
    assert workspace.dialog is None
    qtbot.waitUntil(lambda: workspace.importer.survey is not None, timeout=20_000)
    survey = workspace.importer.survey
    assert survey is not None
    with qtbot.waitSignal(workspace.context.bridge.reported, timeout=30_000):
        qtbot.mouseClick(survey.import_button, Qt.MouseButton.LeftButton)
    assert {f"svar {number}" for number in range(4)} <= names(workspace.context)


def test_a_sheet_of_answers_in_a_pile_leaves_the_rest_of_the_pile(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "svar.csv").write_text(ANSWERS, encoding="utf-8")
    (tmp_path / "tekst.txt").write_text(TALK, encoding="utf-8")
    dialog = opened(workspace, qtbot, [tmp_path / "svar.csv", tmp_path / "tekst.txt"])
    dialog.options.survey.click()
    qtbot.waitUntil(lambda: workspace.importer.survey is not None, timeout=20_000)
    survey = workspace.importer.survey
    assert survey is not None
    survey.reject()
    assert workspace.dialog is dialog
    assert [one.path.name for one in dialog.chosen()] == ["tekst.txt"]
