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
from qda.model.matrix import MatrixSpec
from qda.operations.documents import import_documents

DOCX = Size(documents=100, words=5_000, turns=60, codings=0)
QUOTES = Size(documents=100, words=2_000, turns=40, codings=200)
"""20,000 quotes."""


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
