"""Putting pseudonyms in the place of names, for good: the one operation that cannot be undone.

The key is on the disk before anything changes. The texts with all that is anchored in them, the
titles, notes and lists, and the clearing of what remembers the names are one transaction; after it
the file is rewritten.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qda.formats.pseudonym_key import ENDING, write_key
from qda.jobs.progress import Progress
from qda.language.names.replacing import numbered, put_for
from qda.model.changes import OpResult
from qda.model.errors import NotAllowed
from qda.model.ids import DocumentId, Guid, new_guid
from qda.model.messages import message
from qda.model.pseudonyms import KeyField, KeyHit, NameEntity, PseudonymKey, TextPlace
from qda.operations.naming import free_name
from qda.operations.pseudonym_writing import write_change, write_text
from qda.operations.pseudonyms import Scan, digest, searched
from qda.store import (
    backups,
    carried,
    documents,
    forgetting,
    framework,
    history,
    import_reports,
    name_decisions,
    project_info,
    settlements,
    text_fields,
    text_versions,
    words,
)
from qda.store.backups import Backup
from qda.store.project_file import ProjectFile, beside
from qda.store.text_fields import Scope
from qda.text.edits import Edit, apply
from qda.text.name_forms import NameForms

PSEUDONYMISE = message("Put pseudonyms for names")
AROUND = 12
LONGEST = 200
SECONDS = len("2026-11-27T12:00:00")
SHORT = 2
BLOCK, OVERLAP = 1 << 20, 400
_FORBIDDEN = frozenset('"\\\n\r\t\x00')


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done: in which documents (None for all), and what is left as it is.

    `key` is the file that the key is written to, outside the project; with a `passphrase` it is
    encrypted.
    """

    key: Path
    passphrase: str = ""
    documents: frozenset[int] | None = None
    leave: frozenset[Scope] = frozenset()


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was done: how many names at how many places, and what remains to be said.

    `fields` counts changed titles, notes and so on by what they belong to; `files` the documents
    whose imported file was let go; `backups` still hold the names; `remaining` is how often forms
    still stand in the bytes of the file, `settled` whether those could be rewritten already.
    """

    names: int
    places: int
    documents: int
    fields: Mapping[Scope, int]
    files: int
    backups: tuple[Backup, ...]
    remaining: Mapping[str, int]
    settled: bool
    key: Path


@dataclass(frozen=True, slots=True)
class _Change:
    """The places of one text: where, what stands there, what is put."""

    place: TextPlace
    text: str
    edits: tuple[Edit, ...]

    def key(self) -> KeyField:
        """Return what the key says of it."""
        new = apply(self.text, self.edits)
        hits: list[KeyHit] = []
        shift = 0
        for edit in self.edits:
            start = edit.start + shift
            end = start + len(edit.inserted)
            hits.append(
                KeyHit(
                    edit.inserted,
                    self.text[edit.start : edit.end],
                    new[max(0, start - AROUND) : start],
                    new[end : end + AROUND],
                )
            )
            shift += edit.growth
        return KeyField(self.place, tuple(hits))


def pseudonymise(
    project: ProjectFile,
    *,
    coder: str,
    found: Scan,
    wish: Wish,
    progress: Progress | None = None,
) -> OpResult[Replaced]:
    """Replace the accepted names of a scan, write the key, and clear what remembers the names.

    Raises NotAllowed where nothing was accepted, a replacement will not do, or a text changed since
    the scan; FileProblem where the key cannot be written; Cancelled. The project is then as it was.
    """
    progress = progress or Progress()
    project.require_writable()
    accepted = [one for one in found.entities if one.decision == "accepted"]
    _check(project, found, accepted, wish)
    changes = _text_changes(project, found, accepted, wish)
    forms = [one for one in _forms(accepted) if one.casefold() not in found.common]
    fields = list(_field_changes(project, found, accepted, wish))
    progress.start(len(changes) + 3)
    key = _key(project, accepted, (*changes, *fields))
    write_key(wish.key, key, wish.passphrase)
    try:
        with project.forgetting(PSEUDONYMISE, coder) as step:
            files = _write(project, changes, fields, wish, progress)
            name_decisions.drop_done(project.connection)
            places = sum(len(one.edits) for one in (*changes, *fields))
            forgetting.note(project.connection, coder, len(accepted), places, Guid(key.run))
    except BaseException:
        # A key that leads nowhere would only hold the names; once they are replaced, it is all
        # that leads back to them.
        if not forgetting.may_be_noted(project.connection, Guid(key.run)):
            with suppress(OSError):
                wish.key.unlink()
        raise
    settled = project.rewrite()
    progress.finish()
    remaining = remaining_in_file(project.path, forms) if settled else {}
    scopes: dict[Scope, int] = {}
    for one in fields:
        scope = text_fields.scope_of(one.place.table, one.place.column)
        scopes[scope] = scopes.get(scope, 0) + 1
    done = Replaced(
        len(accepted), places, len(changes), scopes, files, old_backups(project), remaining,
        settled, wish.key,
    )  # fmt: skip
    return OpResult(done, step.changes)


def default_key(project: Path) -> Path:
    """Return where a key is written when nothing else is said: beside the project, a new file."""
    taken = {one.stem for one in project.parent.glob("*" + ENDING)}
    return project.with_name(free_name(project.stem, taken) + ENDING)


# ------------------------------------------------------------------------------------ checks
def _check(project: ProjectFile, found: Scan, accepted: Sequence[NameEntity], wish: Wish) -> None:
    if not accepted:
        raise NotAllowed(message("No name was accepted, so there is nothing to replace."))
    inside = {one.resolve() for one in beside(project.path)}
    if wish.key.resolve() in inside or wish.key.resolve().parent == backups.folder(project.path):
        raise NotAllowed(message("The key must not lie in the project; choose another file."))
    check_replacements(accepted)
    texts = _now(project, found)
    if any(digest(texts.get(place, "")) != was for place, was in found.hashes.items()):
        raise NotAllowed(
            message("Texts were changed since the names were looked for; look for them again.")
        )
    for one in accepted:
        # One in brackets was put there before; the key tells which places are whose.
        plain = not numbered(one.replacement)
        if plain and any(one.replacement in text for text in texts.values()):
            raise NotAllowed(
                message(
                    "«{replacement}» stands in the texts already; choose another replacement for "
                    "{name}, so that the two can be told apart.",
                    replacement=one.replacement,
                    name=one.name,
                )
            )


def check_replacements(accepted: Iterable[NameEntity]) -> None:
    """Raise NotAllowed for replacements that could not be told from one another, or from names."""
    by_replacement: dict[str, str] = {}
    accepted = list(accepted)
    for one in accepted:
        shown = one.replacement.strip()
        if not shown or shown != one.replacement or len(shown) > LONGEST or _FORBIDDEN & set(shown):
            raise NotAllowed(
                message(
                    "The replacement of {name} is empty, too long, or has quotation marks or line "
                    "ends in it; write another.",
                    name=one.name,
                )
            )
        other = by_replacement.setdefault(shown, one.name)
        if other != one.name:
            raise NotAllowed(
                message(
                    "{name} and {other} have the same replacement; put them together, or write "
                    "another.",
                    name=one.name,
                    other=other,
                )
            )
    forms = NameForms(_forms(accepted))
    for one in accepted:
        if next(forms.places(one.replacement), None) is not None:
            raise NotAllowed(
                message(
                    "The replacement «{replacement}» holds a name that is to go; write another.",
                    replacement=one.replacement,
                )
            )


def _now(project: ProjectFile, found: Scan) -> dict[TextPlace, str]:
    """Return the texts of a scan as they are now."""
    connection = project.connection
    texts: dict[TextPlace, str] = {}
    for one in documents.all_documents(connection):
        texts[TextPlace("document", one.id, "text")] = documents.text(connection, one.id)
    for table, column in sorted(text_fields.PROSE):
        for row, text in text_fields.texts(connection, (table, column)):
            texts[TextPlace(table, row, column)] = text
    return {place: text for place, text in texts.items() if place in found.hashes}


def _forms(accepted: Iterable[NameEntity]) -> list[str]:
    return [form for one in accepted for form in one.forms]


# --------------------------------------------------------------------------- working it out
def _text_changes(
    project: ProjectFile, found: Scan, accepted: Sequence[NameEntity], wish: Wish
) -> list[_Change]:
    """Return the changes of the texts that were looked through, in order."""
    texts = _now(project, found)
    by_place: dict[TextPlace, list[Edit]] = {}
    for entity in accepted:
        for hit in entity.hits:
            if hit in entity.left or not _is_wanted(hit.place, wish):
                continue
            put = put_for(hit.text, hit.form, entity.replacement)
            by_place.setdefault(hit.place, []).append(Edit(hit.start, hit.end - hit.start, put))
    return [
        _Change(place, texts[place], tuple(sorted(edits, key=lambda one: one.start)))
        for place, edits in sorted(by_place.items(), key=lambda one: one[0])
    ]


def _is_wanted(place: TextPlace, wish: Wish) -> bool:
    if place.is_document:
        return wish.documents is None or place.row in wish.documents
    return text_fields.scope_of(place.table, place.column) not in wish.leave


def _field_changes(
    project: ProjectFile, found: Scan, accepted: Sequence[NameEntity], wish: Wish
) -> Iterator[_Change]:
    """Yield the changes of titles, lists and file names: there a form is found in any case."""
    by_form = {form: entity for entity in accepted for form in entity.forms}
    loose = NameForms(form for form in by_form if form.casefold() not in found.common)
    strict = NameForms(form for form in by_form if form.casefold() in found.common)
    for field in text_fields.fields(project.connection):
        if field in text_fields.PROSE or text_fields.scope_of(*field) in wish.leave:
            continue
        for row, raw in text_fields.texts(project.connection, field):
            place = TextPlace(field[0], row, field[1])
            shown = searched(place, raw)
            edits: list[Edit] = []
            places = (*loose.places(shown, any_case=True), *strict.places(shown))
            for one in sorted(places, key=lambda at: (at.start, -at.end)):
                if edits and one.start < edits[-1].end:
                    continue
                stands = shown[one.start : one.end]
                put = put_for(stands, one.form, by_form[one.form].replacement)
                edits.append(Edit(one.start, one.end - one.start, put))
            if edits:
                yield _Change(place, shown, tuple(edits))


def _key(
    project: ProjectFile, accepted: Iterable[NameEntity], changes: Iterable[_Change]
) -> PseudonymKey:
    return PseudonymKey(
        project_info.read(project.connection).guid,
        new_guid(),
        history.now(),
        tuple((one.kind, one.replacement, one.forms) for one in accepted),
        tuple(one.key() for one in changes),
    )


# ---------------------------------------------------------------------------------- writing
def _write(
    project: ProjectFile,
    changes: Sequence[_Change],
    fields: Sequence[_Change],
    wish: Wish,
    progress: Progress,
) -> int:
    """Write all changes and clear what remembers; return how many documents lost their file."""
    connection = project.connection
    seen = framework.seen_spans(connection) | settlements.seen_spans(connection)
    for change in changes:
        if change.place.is_document:
            write_text(project, DocumentId(change.place.row), change.edits)
        progress.step()
    framework.follow(connection, seen)
    settlements.follow(connection, seen)
    for change in (*(one for one in changes if not one.place.is_document), *fields):
        write_change(project, change.place, change.text, change.edits)
    chosen = [
        one.id
        for one in documents.all_documents(connection)
        if wish.documents is None or one.id in wish.documents
    ]
    text_versions.clear(connection, chosen)
    words.clear(connection)
    import_reports.clear_lines(connection)
    carried.drop_parts(connection)
    progress.step()
    return forgetting.drop_files_of(connection, tuple(chosen))


# -------------------------------------------------------------------------------- afterwards
def old_backups(project: ProjectFile) -> tuple[Backup, ...]:
    """Return the backups that were made before names were replaced the last time."""
    notes = forgetting.all_notes(project.connection)
    if not notes:
        return ()
    last = notes[-1].at[:SECONDS]
    return tuple(one for one in backups.listed(project.path) if one.when[:SECONDS] <= last)


def put_aside(project: Path) -> tuple[Path, ...]:
    """Return files beside the project that restoring put aside: they may hold the names too."""
    return tuple(sorted(project.parent.glob(project.name + ".replaced-*")))


def delete_backups(some: Iterable[Backup]) -> int:
    """Delete backups; return how many went. One that is gone already counts too."""
    count = 0
    for one in some:
        with suppress(OSError):
            one.path.unlink(missing_ok=True)
            count += 1
    return count


def remaining_in_file(path: Path, forms: Iterable[str]) -> dict[str, int]:
    """Return how often each form stands as a word in the bytes of a project and its logs.

    Those of one or two letters are left out: bytes that are no text look like them.
    """
    looked_for = NameForms(one for one in forms if sum(map(str.isalnum, one)) > SHORT)
    counts: dict[str, int] = {}
    for one in beside(path):
        if one.name.endswith("-shm") or not one.exists():
            continue
        rest = ""
        with one.open("rb") as file:
            for block in iter(partial(file.read, BLOCK), b""):
                text = rest + block.decode("utf-8", "replace")
                # A word may be cut by the end of the block: what is near it waits for the next.
                cut = len(text) - OVERLAP if len(block) == BLOCK else len(text)
                for place in looked_for.places(text, any_case=True):
                    if place.start < cut:
                        counts[place.form] = counts.get(place.form, 0) + 1
                rest = text[cut:]
    return counts
