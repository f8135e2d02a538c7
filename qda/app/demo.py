"""The example study as a project: built from plain files by the same steps as a user's own."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qda.app import paths
from qda.app.session import Session
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem, ProjectProblem
from qda.model.messages import Message, counted, message
from qda.model.reading import ReadDocument
from qda.store import lookup

PROJECT = "eksempelstudie.qdaproj"
TRANSCRIPTS = "transkripsjoner"
CASES = "kontorer.csv"
VALUES = "indikatorer.csv"
PARTICIPANTS = "deltakere.csv"
SOURCES = "kilder.csv"
CODINGS = "kodinger.csv"
READINGS = "tolkning.toml"

Export = Callable[[Session, Path], tuple[Path, ...]]
"""Writes exports of an open project into a folder and returns their paths."""


@dataclass(frozen=True, slots=True)
class Study:
    """Where the plain files of a study are."""

    folder: Path
    codebook: Path

    def transcripts(self) -> tuple[Path, ...]:
        """Return the files to import, by name."""
        from qda.formats.readers import known_endings  # lazy: the readers bring libraries

        files = sorted((self.folder / TRANSCRIPTS).iterdir())
        return tuple(path for path in files if path.suffix.lower() in known_endings())


@dataclass(frozen=True, slots=True)
class Demo:
    """A built study: the project file and what was exported from it."""

    project: Path
    exports: tuple[Path, ...]


def example_study() -> Study:
    """Return the study that comes with the program."""
    return Study(
        paths.shipped("projects/eksempelstudie"), paths.shipped("codebooks/nav-styring.toml")
    )


def build_demo(
    directory: Path,
    study: Study,
    export: Export,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> Demo:
    """Build a study as a project in `directory` with its exports; all of it or nothing.

    With `replace`, a project of an earlier demo becomes one of its backups first. Raises
    ProjectProblem where a project is there already, and FileProblem where the study does not fit.
    """
    target = directory / PROJECT
    if target.exists() and not replace:
        raise ProjectProblem(
            message(
                "There is already a project {name}; choose another folder, or let it become a "
                "backup with --replace.",
                name=str(target),
            )
        )
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ProjectProblem(
            message("{name} is not a folder; choose one.", name=str(directory))
        ) from error
    with tempfile.TemporaryDirectory(dir=directory, prefix=".qda-demo-") as folder:
        built = Path(folder) / PROJECT
        session = build_project(study, built, progress)
        try:
            exports = export(session, Path(folder))
        finally:
            session.close()
        if target.exists():
            _to_backups(target)
        built.replace(target)
        return Demo(target, tuple(path.replace(directory / path.name) for path in exports))


def _to_backups(project: Path) -> None:
    """Keep a project as one of its backups. Raises ProjectProblem where it is open elsewhere."""
    session = Session.open(project)
    try:
        session.project.require_writable()
        session.backup()
    finally:
        session.close()


def build_project(study: Study, target: Path, progress: Progress | None = None) -> Session:
    """Make the project of a study at `target`, which must not be there, and leave it open.

    Raises FileProblem where a file cannot be read, or names what is not in the study: a quote
    that is not found word for word is an error.
    """
    progress = progress or Progress()
    coders = sorted({name for (name,) in _columns(study.folder / CODINGS, "coder")})
    session = Session.create(target, language="nb", coder=next(iter(coders), ""))
    try:
        progress.start(len(study.transcripts()) + 2, message("Building the example study"))
        _import_material(session, study, progress)
        _import_codings(session, study)
        _import_guide(session, study)
        if (study.folder / READINGS).is_file():
            from qda.app.demo_readings import add_readings  # lazy: it brings numpy

            add_readings(session, study.folder / READINGS)
        progress.step()
    except BaseException:
        session.close()
        raise
    return session


def _import_material(session: Session, study: Study, progress: Progress) -> None:
    from qda.formats.codebooks import read_codebook  # lazy: the readers bring libraries
    from qda.formats.readers import read_file
    from qda.operations.cases import import_cases
    from qda.operations.codebook import apply_codebook
    from qda.operations.documents import import_documents
    from qda.operations.monthly_values import import_period_values
    from qda.operations.participants import import_participants
    from qda.operations.sheets import read_cases, read_participants
    from qda.operations.value_sheets import read_values

    read: list[ReadDocument] = []
    for path in study.transcripts():
        read.append(read_file(path))
        progress.step()
    coder = session.coder
    session.run(import_documents, coder=coder, read=read)
    session.run(apply_codebook, coder=coder, codebook=read_codebook(study.codebook))
    cases = read_cases(study.folder / CASES)
    session.run(
        import_cases,
        coder=coder,
        names=cases.names,
        pseudonyms=cases.pseudonyms,
        table=cases.table,
    )
    values = read_values(study.folder / VALUES).values
    session.run(import_period_values, coder=coder, values=values)
    people = read_participants(study.folder / PARTICIPANTS)
    session.run(import_participants, coder=coder, rows=people.rows, attributes=people.attributes)
    _link_sources(session, study)
    progress.step()


def _link_sources(session: Session, study: Study) -> None:
    """Link the documents to their offices, in one step for each office."""
    from qda.operations.cases import link_cases

    connection = session.project.connection
    linked: dict[str, list[str]] = {}
    for document, offices in _columns(study.folder / SOURCES, "dokument", "kontor"):
        for office in filter(None, (one.strip() for one in offices.split("|"))):
            linked.setdefault(office, []).append(document)
    for office, names in linked.items():
        session.run(
            link_cases,
            coder=session.coder,
            case=lookup.case(connection, office).id,
            documents=[lookup.document(connection, name).id for name in names],
        )


def _import_codings(session: Session, study: Study) -> None:
    from qda.operations.codings import add_codings
    from qda.operations.sheets import read_codings

    sheet = read_codings(session.project, study.folder / CODINGS)
    if sheet.failed:
        row, error = sheet.failed[0]
        raise FileProblem(_unfit(row, error, len(sheet.failed)))
    session.run(add_codings, coder=session.coder, new=sheet.new, imported=True)


def _import_guide(session: Session, study: Study) -> None:
    """Take in the interview guide of a study that has one."""
    from qda.app import demo_guide  # lazy: only the example has one

    if (study.folder / demo_guide.GUIDE).is_file():
        demo_guide.add_guide(
            session,
            study.folder,
            _columns(study.folder / demo_guide.CODES, "spørsmål", "kode"),
            _columns(
                study.folder / demo_guide.TURNS, "dokument", "replikk", "spørsmål", "treff", "ord"
            ),
        )


def _unfit(row: int, error: Message, count: int) -> Message:
    return counted(
        "{n} row of {file} does not fit the study, row {row}: {reason}",
        "{n} rows of {file} do not fit the study; the first is row {row}: {reason}",
        count,
        file=CODINGS,
        row=row,
        reason=error,
    )


def _columns(path: Path, *names: str) -> list[tuple[str, ...]]:
    """Return the cells of the named columns, row by row. Raises FileProblem."""
    from qda.formats.sheets import read_sheet

    sheet = read_sheet(path)
    places: Mapping[str, int] = {name: place for place, name in enumerate(sheet.columns)}
    missing = [name for name in names if name not in places]
    if missing:
        raise FileProblem(
            message(
                "{file} has no column called {column}; name the columns in the first row.",
                file=path.name,
                column=missing[0],
            )
        )
    return [tuple(str(row[places[name]] or "") for name in names) for row in sheet.rows]
