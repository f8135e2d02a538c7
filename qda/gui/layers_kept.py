"""Whose codings are shown, as the coding room keeps it for a project."""

import json

from qda.app.settings import Settings
from qda.store import project_info
from qda.store.project_file import ProjectFile

KEPT = "coding.layers"


def kept_whose(settings: Settings, project: ProjectFile) -> str:
    """Return `all`, `mine` or `some`; what cannot be read means everyone's."""
    guid = project_info.read(project.connection).guid
    try:
        kept: object = json.loads(settings.mapping(KEPT).get(guid, ""))
    except ValueError:
        return "all"
    if not isinstance(kept, dict):
        return "all"
    return str(kept.get("whose", "all"))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
