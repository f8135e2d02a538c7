"""What a document's text was before, and the recording it was written from."""

from dataclasses import dataclass

from qda.model.ids import DocumentId, Guid, RecordingId


@dataclass(frozen=True, slots=True)
class TextState:
    """A text that a document has or had; `number` counts from 1, the first one that is known.

    `made`, `coder`, `operation` and `places` tell of the correction that made it: when, by whom,
    what was done and in how many places. The first one was made by the import, in no place.
    `kept` tells that the text itself can still be shown.
    """

    number: int
    guid: Guid | None
    text_hash: str
    made: str
    coder: str
    operation: str
    places: int
    current: bool
    kept: bool


@dataclass(frozen=True, slots=True)
class RecordingFile:
    """What a file of sound is known by.

    `modified` is ISO 8601 in UTC; `duration_ms` is None where it is not known; `fingerprint` is a
    hash of the size and of the beginning and the end of the bytes.
    """

    size: int
    modified: str
    duration_ms: int | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that is linked to a document, never copied into the project.

    `path` is written with `/` and counts from the project's folder, unless it is absolute. What
    is at `t` in the transcript is at `t + offset_ms` in the recording.
    """

    id: RecordingId
    guid: Guid
    document: DocumentId
    path: str
    file: RecordingFile
    offset_ms: int

    @property
    def name(self) -> str:
        """Return the name of the file, without its folder."""
        return self.path.replace("\\", "/").rpartition("/")[2]
