"""Where a recording is now: looked for, asked for once, and then remembered."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from qda.formats.recordings import placed
from qda.formats.sound_files import ENDINGS, is_recording, is_same
from qda.gui.context import Context
from qda.gui.language import tr
from qda.model.ids import DocumentId, Guid
from qda.model.texts import Recording
from qda.operations import recordings as operations


class RecordingPlaces:
    """Find the files of a project's recordings; ask for one that moved, but only once."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Ask above `parent`."""
        self._context = context
        self._parent = parent
        self._asked: set[Guid] = set()
        self._found: dict[Guid, Path] = {}

    def find(self, recording: Recording) -> Path | None:
        """Return where a recording is without asking; where it moved to is remembered."""
        known = self._found.get(recording.guid)
        if known is not None and is_same(known, recording.file):
            return known
        project = self._context.bridge.project
        path = operations.find_file(project, recording)
        if path is not None and path != placed(recording.path, project.path):
            self._remember(recording, path)
        # What lies at the old place now may be anything.
        return path if path is not None and is_recording(path) else None

    def find_or_ask(self, recording: Recording) -> Path | None:
        """Return where a recording is, asking for it the first time that it is not found."""
        path = self.find(recording)
        if path is not None:
            return path
        if recording.guid in self._asked:
            self._context.bridge.told.emit(missing_sentence(recording))
            return None
        return self.ask(recording)

    def ask(self, recording: Recording) -> Path | None:
        """Ask where a recording is now; None where the user does not say."""
        self._asked.add(recording.guid)
        path = self._choose(tr("Where is {file} now?", file=recording.name))
        if path is None:
            return None
        if not self._remember(recording, path):
            return None
        if not is_same(path, recording.file):
            self._context.bridge.told.emit(
                tr(
                    "{file} is another file than the one that was linked; its times may not fit.",
                    file=path.name,
                )
            )
        return path

    def _remember(self, recording: Recording, path: Path) -> bool:
        """Keep where a recording is: in the project, or for now where that is only read."""
        if self._context.bridge.project.read_only:
            self._found[recording.guid] = path
            return is_recording(path)
        done = self._context.bridge.run(
            operations.relink_recording,
            document=recording.document,
            file=path,
            notice=tr("Found {file} in {folder}.", file=path.name, folder=path.parent.name),
        )
        return done is not None

    def ask_link(self, document: DocumentId) -> bool:
        """Ask which recording a source was written from, and link it; tell whether it was."""
        path = self._choose(tr("Link a recording"))
        if path is None:
            return False
        done = self._context.bridge.run(
            operations.link_recording,
            document=document,
            file=path,
            notice=tr("Linked {file}.", file=path.name),
        )
        return done is not None

    def _choose(self, title: str) -> Path | None:
        patterns = " ".join(f"*{ending}" for ending in ENDINGS)
        kinds = f"{tr('Recordings')} ({patterns});;{tr('All files')} (*)"
        folder = self._context.bridge.project.path.parent
        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, str(folder), kinds)
        return Path(chosen) if chosen else None


def missing_sentence(recording: Recording) -> str:
    """Say that a recording is not found."""
    return tr("{file} is not where it was.", file=recording.name)
