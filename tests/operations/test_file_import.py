"""A pile of files: each is in, passed over or told, in one step."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qda.jobs.progress import Cancelled, Progress
from qda.model.import_report import unaccounted
from qda.model.reading import ReadOptions
from qda.operations.document_import import ImportedFiles, import_files
from qda.operations.file_import import FileImport
from qda.store import cases, documents, import_reports, participants
from qda.store.project_file import ProjectFile

Take = Callable[..., tuple[ImportedFiles, FileImport]]
TALK = "Intervjuer: Hva gjør dere på mandager?\nLeder: Da står vi foran tavla, alle sammen.\n"


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    root = tmp_path / "Feltarbeid"
    for name, text in {
        "guide.txt": "Spør om mandager.\n",
        "NAV Nord/leder.txt": TALK,
        "NAV Nord/kopi.txt": TALK,
        "NAV Sør/leder.txt": TALK.replace("mandager", "fredager"),
        "NAV Sør/tom.txt": "",
        "NAV Sør/opptak.mp3": "x",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def take(project: ProjectFile) -> Take:
    def run(*paths: Path, **options: object) -> tuple[ImportedFiles, FileImport]:
        pile = FileImport.of_paths(paths, ReadOptions(), **options)  # pyright: ignore[reportArgumentType]
        done = import_files(
            project, coder="Kari", files=pile.incoming(Progress()), report=pile.report
        )
        return done.value, pile

    return run


def names(project: ProjectFile) -> list[str]:
    return [one.name for one in documents.all_documents(project.connection)]


def test_every_file_is_in_or_told(project: ProjectFile, pile: Path, take: Take) -> None:
    done, files = take(pile)
    assert names(project) == ["guide", "kopi", "leder"]
    assert [(one.where, one.twin) for one in done.skipped] == [
        ("Feltarbeid/NAV Nord/leder.txt", "kopi")
    ]
    assert [str(error) for _file, error in files.failed] == ["tom.txt is empty."]
    (head,) = import_reports.all_reports(project.connection)
    report = import_reports.read(project.connection, head.id)
    assert report is not None
    assert (head.source, head.kept, head.left_out) == ("Feltarbeid", 3, 3)
    assert report.found["files"] == 6
    assert report.kept["files"] == report.kept["documents"] == 3
    assert unaccounted(report.found, report.kept, list(report.lines)) == {}
    assert not any("No line says" in str(line.why) for line in report.lines)
    assert {line.where for line in report.of_kind("left out")} == {
        "Feltarbeid/NAV Nord/leder.txt", "Feltarbeid/NAV Sør/tom.txt", "Feltarbeid"
    }  # fmt: skip
    came = {line.where: str(line.why) for line in report.of_kind("came in")}
    assert came["Feltarbeid/NAV Nord/kopi.txt"] == "83 characters, 2 turns, read as utf-8"


def test_the_same_folder_again_brings_what_is_new(pile: Path, take: Take) -> None:
    take(pile)
    (pile / "NAV Sør" / "veileder.txt").write_text("Veileder: Nytt.\n", encoding="utf-8")
    done, _files = take(pile)
    assert [one.document.name for one in done.imported] == ["veileder"]
    assert len(done.skipped) == 4


def test_bytes_tell_a_duplicate_where_another_reading_would_not(
    project: ProjectFile, pile: Path, take: Take
) -> None:
    wrapped = pile / "brukket.txt"
    wrapped.write_text("opp-\nfølging er en ting\nfor seg\n" * 3, encoding="utf-8")
    take(wrapped)
    again = FileImport.of_paths([pile], ReadOptions(hyphens="keep", paragraphs="lines"))
    done = import_files(
        project, coder="Kari", files=again.incoming(Progress()), report=again.report
    ).value
    assert ("Feltarbeid/brukket.txt", "brukket") in [(one.where, one.twin) for one in done.skipped]


def test_what_is_named_comes_in_again_unless_duplicates_are_to_be_skipped(
    project: ProjectFile, pile: Path, take: Take
) -> None:
    guide = pile / "guide.txt"
    take(guide)
    done, _files = take(guide)
    assert names(project) == ["guide", "guide (2)"]
    assert "same as that of guide" in str(done.imported[0].warnings[0])
    done, _files = take(guide, duplicates="skip")
    assert (len(done.imported), len(done.skipped)) == (0, 1)
    assert len(import_reports.all_reports(project.connection)) == 2
    done, _files = take(pile, duplicates="import")
    assert len(done.imported) == 4


def test_subfolders_can_be_offices(project: ProjectFile, pile: Path, take: Take) -> None:
    from qda.operations import cases as case_operations

    north = case_operations.add_case(project, coder="Kari", name="Nord").value
    take(pile, from_folders=True)
    connection = project.connection
    assert [one.name for one in cases.all_cases(connection)] == ["Nord", "NAV Sør"]
    links = cases.document_links(connection)
    by_name = {one.name: one.id for one in documents.all_documents(connection)}
    assert links[by_name["kopi"]] == (north,)
    assert by_name["guide"] not in links
    assert links[by_name["leder"]] == (cases.find(connection, "NAV Sør")[0].id,)


def test_all_is_one_step(project: ProjectFile, pile: Path, take: Take) -> None:
    take(pile, from_folders=True)
    project.undo("Kari")
    assert names(project) == []
    assert participants.all_participants(project.connection) == ()
    assert cases.all_cases(project.connection) == ()
    assert import_reports.all_reports(project.connection) == ()
    project.redo("Kari")
    assert names(project) == ["guide", "kopi", "leder"]


def test_cancelling_leaves_nothing(project: ProjectFile, pile: Path) -> None:
    def stop(done: int, _total: int, _message: object) -> None:
        if done >= 2:
            progress.cancel()

    progress = Progress()
    files = FileImport.of_paths([pile], ReadOptions())
    progress = Progress(stop)
    with pytest.raises(Cancelled):
        import_files(
            project, coder="Kari", files=files.incoming(progress), report=files.report,
            total=len(files.files), progress=progress,
        )  # fmt: skip
    assert names(project) == []


def test_files_that_all_fail_make_no_step(project: ProjectFile, pile: Path, take: Take) -> None:
    _done, files = take(pile / "NAV Sør" / "tom.txt", pile / "borte.docx")
    assert len(files.failed) == 2
    assert import_reports.all_reports(project.connection) == ()
    assert project.undo("Kari") is None
