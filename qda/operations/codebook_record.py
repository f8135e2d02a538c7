"""What the project remembers of its codebook: versions, and what both sides of an exchange know."""

from qda.model.codebook import Codebook
from qda.model.codebook_merge import CodebookVersion, VersionOrigin
from qda.model.ids import CodebookVersionId, new_guid
from qda.operations.codebook_comparing import distance
from qda.store import codebook_versions, history
from qda.store.project_file import ProjectFile


def remember(
    project: ProjectFile,
    codebook: Codebook,
    *,
    coder: str,
    origin: VersionOrigin,
    name: str = "",
    file_name: str = "",
) -> CodebookVersionId | None:
    """Keep a codebook as a version, inside or outside a step.

    One without a name is kept once: None where the same codes went by the same file before.
    """
    connection = project.connection
    if not name:
        alike = {one.id for one in _of_file(project, file_name)}
        for version, content in codebook_versions.codebooks(connection):
            if version in alike and content is not None and content.codes == codebook.codes:
                return None
    version = CodebookVersion(
        id=CodebookVersionId(0),
        guid=new_guid(),
        name=name,
        origin=origin,
        file_name=file_name,
        created=history.now(),
        coder=coder,
        codes=0,
    )
    return codebook_versions.insert(connection, version, codebook)


def _of_file(project: ProjectFile, file_name: str) -> list[CodebookVersion]:
    every = codebook_versions.all_versions(project.connection)
    return [one for one in every if one.file_name == file_name]


def last_common(
    project: ProjectFile, theirs: Codebook, file_name: str = ""
) -> tuple[CodebookVersion, Codebook] | None:
    """Find the version that a colleague's codebook started from; None where none shares a code.

    It is the one that the file differs least from. Among equals the newest that went by the same
    file name, else the oldest: a change of ours must not pass for one that both sides know.
    """
    contents = dict(codebook_versions.codebooks(project.connection))
    best: tuple[tuple[int, bool], CodebookVersion, Codebook] | None = None
    for version in codebook_versions.all_versions(project.connection):
        content = contents.get(version.id)
        far = distance(content, theirs) if content is not None else None
        if content is None or far is None:
            continue
        same_file = bool(file_name) and version.file_name == file_name
        rank = (far, not same_file)
        # Newest come first: an older equal replaces one unless both went by this file.
        if best is None or rank < best[0] or (rank == best[0] and not same_file):
            best = (rank, version, content)
    return (best[1], best[2]) if best is not None else None
