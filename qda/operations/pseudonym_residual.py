"""What still tells who is who after pseudonymising: in texts, titles, bytes and old backups."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qda.jobs.progress import Progress
from qda.model.pseudonyms import NameEntity, PseudonymKey, TextPlace
from qda.operations.pseudonymising import old_backups, put_aside, remaining_in_file
from qda.operations.pseudonyms import Scan, scan, searched
from qda.store import coders, documents, forgetting, text_fields
from qda.store.backups import Backup
from qda.store.forgetting import Pseudonymised
from qda.store.project_file import ProjectFile
from qda.text.name_forms import NameForms


@dataclass(frozen=True, slots=True)
class Remaining:
    """How often a form of a replaced name still stands in one text or title."""

    form: str
    place: TextPlace
    count: int


@dataclass(frozen=True, slots=True)
class Residual:
    """What remains: names that a new scan finds, forms of the key, and files that hold the names.

    `in_file` counts forms of the key in the bytes of the file; `coders` are people who work with
    the project and are called as somebody in the key.
    """

    suspicious: tuple[NameEntity, ...]
    found: Scan
    forms: tuple[Remaining, ...]
    in_file: dict[str, int]
    coders: tuple[str, ...]
    backups: tuple[Backup, ...]
    aside: tuple[Path, ...]
    runs: tuple[Pseudonymised, ...]


def residual(
    project: ProjectFile, *, key: PseudonymKey | None = None, progress: Progress | None = None
) -> Residual:
    """Look for what is left; with the key, for every form of the replaced names. Raises Cancelled.

    Names that were rejected are no longer suspicious.
    """
    progress = progress or Progress()
    found = scan(project, progress=progress)
    forms = [form for _, _, some in key.names for form in some] if key is not None else []
    looked_for = NameForms(forms)
    people = [one.name for one in coders.all_coders(project.connection)]
    return Residual(
        tuple(one for one in found.entities if one.decision != "rejected"),
        found,
        tuple(_remaining(project, looked_for)) if looked_for else (),
        remaining_in_file(project.path, forms) if looked_for else {},
        tuple(name for name in people if next(looked_for.places(name), None) is not None),
        old_backups(project),
        put_aside(project.path),
        forgetting.all_notes(project.connection),
    )


def _remaining(project: ProjectFile, looked_for: NameForms) -> Iterable[Remaining]:
    connection = project.connection
    for one in documents.all_documents(connection):
        place = TextPlace("document", one.id, "text")
        yield from _counted(place, documents.text(connection, one.id), looked_for)
    for field in text_fields.fields(connection):
        for row, raw in text_fields.texts(connection, field):
            place = TextPlace(field[0], row, field[1])
            yield from _counted(place, searched(place, raw), looked_for)


def _counted(place: TextPlace, text: str, looked_for: NameForms) -> Iterable[Remaining]:
    counts = Counter(one.form for one in looked_for.places(text))
    return (Remaining(form, place, count) for form, count in counts.items())
