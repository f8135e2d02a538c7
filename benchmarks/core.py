"""The core: matrix, import and export, without a window."""

import random
from pathlib import Path

import docx

from benchmarks.generate import Size, transcript, vocabulary
from benchmarks.measuring import Figure, median, milliseconds
from qda.analysis.case_table import export_bundle
from qda.analysis.matrix import build_matrix
from qda.app.session import Session
from qda.app.translation import load_catalogue
from qda.formats.matrix_files import write_matrix
from qda.formats.readers import read_file
from qda.jobs.progress import Progress
from qda.model.matrix import MatrixSpec
from qda.model.reading import ReadOptions
from qda.operations.document_import import import_documents, import_files
from qda.operations.file_import import FileImport
from qda.operations.survey import import_survey
from qda.operations.survey_sheets import choices_by_name, make_survey, read_survey

DOCX = Size(documents=100, words=5_000, turns=60, codings=0)
QUOTES = Size(documents=100, words=2_000, turns=40, codings=200)
"""20,000 quotes."""
FILES = 2_000
ROWS = 20_000


def measure_matrix(path: Path) -> dict[str, Figure]:
    """Measure a 30 x 100 matrix of counts over 200,000 codings, on a ready snapshot."""
    session = Session.open(path, write=False)
    snapshot = session.snapshot()
    spec = MatrixSpec(folded=False)
    build_matrix(snapshot, spec)
    taken = milliseconds(lambda: build_matrix(snapshot, spec), 9)
    session.close()
    return {"matrix: 30 x 100 over 200,000 codings": Figure(median(taken), "ms", 50)}


def measure_import(folder: Path) -> dict[str, Figure]:
    """Measure reading and keeping 100 .docx of 5,000 words."""
    random_ = random.Random(2)
    words = vocabulary(random_)
    paths: list[Path] = []
    for number in range(DOCX.documents):
        text, _ = transcript(random_, words, DOCX)
        document = docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        paths.append(folder / f"intervju {number:03d}.docx")
        document.save(str(paths[-1]))
    session = Session.create(folder / "import.qdaproj", coder="Ingrid")

    def run() -> None:
        read = [read_file(path) for path in paths]
        session.run(import_documents, coder="Ingrid", read=read)

    taken = milliseconds(run, 1)
    session.close()
    return {"import: 100 .docx of 5,000 words": Figure(round(taken[0] / 1000, 2), "s", 10)}


def measure_files(folder: Path) -> dict[str, Figure]:
    """Measure finding, reading and keeping 2,000 small files in subfolders."""
    random_ = random.Random(3)
    words = vocabulary(random_)
    size = Size(documents=FILES, words=300, turns=12, codings=0)
    for number in range(FILES):
        path = folder / "feltarbeid" / f"NAV {number % 40}" / f"intervju {number:04d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(transcript(random_, words, size)[0], encoding="utf-8")
    session = Session.create(folder / "filer.qdaproj", coder="Ingrid")

    def run() -> None:
        pile = FileImport.of_paths([folder / "feltarbeid"], ReadOptions(), from_folders=True)
        session.run(
            import_files,
            coder="Ingrid",
            files=pile.incoming(Progress()),
            report=pile.report,
            total=len(pile.files),
        )

    taken = milliseconds(run, 1)
    session.close()
    return {"import: 2,000 files": Figure(round(taken[0] / 1000, 2), "s", 30)}


def survey_sheet(folder: Path) -> Path:
    """Write 20,000 rows of survey answers with two texts each."""
    random_ = random.Random(4)
    words = vocabulary(random_)
    lines = ["id;kontor;alder;rolle;dato;enig;skår;Hva fungerer?;Hva bør endres?"]
    for number in range(ROWS):
        one, two = (" ".join(random_.choices(words, k=20)) for _ in range(2))
        lines.append(
            f"{number + 1};NAV {number % 437};{random_.randint(20, 67)};veileder;2014-03-"
            f"{random_.randint(10, 28)};ja;{random_.randint(1, 5)};{one};"
            + (two if random_.random() < 0.7 else "")
        )
    path = folder / "svar.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def survey_project(path: Path, sheet: Path) -> Path:
    """Take the answers into a new project."""
    session = Session.create(path, coder="Ingrid")
    read = read_survey(sheet)
    choices = choices_by_name(
        read, text=["Hva fungerer?", "Hva bør endres?"], identifier="id", case="kontor"
    )
    session.run(import_survey, coder="Ingrid", survey=make_survey(read, choices))
    session.close()
    return path


def measure_survey(folder: Path) -> dict[str, Figure]:
    """Measure reading and keeping 20,000 rows of survey answers with two texts each."""
    sheet = survey_sheet(folder)
    taken = milliseconds(lambda: survey_project(folder / "svar.qdaproj", sheet), 1)
    return {"survey: 20,000 rows": Figure(round(taken[0] / 1000, 2), "s", 20)}


def measure_export(folder: Path, project: Path) -> dict[str, Figure]:
    """Measure writing 20,000 quotes to .xlsx, from the matrix on."""
    session = Session.open(project, write=False)
    snapshot = session.snapshot()
    matrix = build_matrix(snapshot, MatrixSpec())

    def run() -> None:
        bundle = export_bundle(session.project.connection, snapshot, matrix)
        write_matrix(folder / "matrix.xlsx", bundle, load_catalogue("nb"))

    taken = milliseconds(run, 3)
    session.close()
    return {"export: 20,000 quotes to .xlsx": Figure(round(median(taken) / 1000, 2), "s", 3)}
