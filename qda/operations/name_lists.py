"""A scan as a list for a person to go through, and what the list says back on a scan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qda.formats.name_lists import ListedHit, ListedName
from qda.jobs.progress import Progress
from qda.language.names import grouping
from qda.model.messages import Message, message
from qda.model.pseudonyms import NameEntity, NameKind, TextPlace
from qda.operations.pseudonyms import Scan, scan, text_at
from qda.store import documents
from qda.store.project_file import ProjectFile
from qda.text.replacing import around

KIND_NAMES: Mapping[NameKind, Message] = {
    "person": message("person"),
    "office": message("office, school etc."),
    "place": message("place"),
    "address": message("address"),
    "email": message("e-mail"),
    "phone": message("telephone"),
    "identity": message("identity number etc."),
}
OTHER = message("another text")
PLACES: Mapping[tuple[str, str], Message] = {
    ("document", "name"): message("the name of a document"),
    ("document", "file_name"): message("the name of an imported file"),
    ("source_note", ""): message("a note that came with a document"),
    ("turn", ""): message("a question of a survey"),
    ("participant", ""): message("the name of a participant"),
    ("case", ""): message("the name of a case"),
    ("code", ""): message("the codebook"),
    ("codebook_version", ""): message("a version of the codebook"),
    ("coding", ""): message("the note on a segment"),
    ("memo", ""): message("a memo"),
    ("memo_version", ""): message("an earlier memo"),
    ("value", ""): message("an attribute"),
    ("variable", ""): message("the name of an attribute"),
    ("recording", ""): message("the path of a recording"),
    ("framework_cell", ""): message("a summary in the matrix"),
    ("judgement", ""): message("the reason for a judgement"),
    ("quote_use", ""): message("a quote that was used"),
    ("picked_quote", ""): message("a quote that was picked"),
    ("guide", ""): message("the name of an interview guide"),
    ("guide_question", ""): message("a question of an interview guide"),
    ("turn_question", ""): message("the words by which a question was found"),
}


def listed(project: ProjectFile, found: Scan) -> tuple[ListedName, ...]:
    """Return the rows of a list: what is open is proposed to be accepted, or left if doubtful."""
    names = place_names(project, found)
    texts: dict[TextPlace, str] = {}
    rows: list[ListedName] = []
    for entity in found.entities:
        hits: list[ListedHit] = []
        for hit in entity.hits:
            if hit.place not in texts:
                texts[hit.place] = text_at(project, hit.place)
            left, right = around(texts[hit.place], hit.start, hit.end)
            hits.append(
                ListedHit(
                    names[hit.place], hit.start, hit.end, hit.text, left, right,
                    accept=hit not in entity.left,
                )
            )  # fmt: skip
        example = f"{hits[0].left}{hits[0].text}{hits[0].right}" if hits else ""
        rows.append(
            ListedName(
                "rejected" if _stays(entity) else "accepted",
                entity.kind, entity.name, entity.replacement, entity.forms, len(hits),
                entity.hits[0].why if hits else "list", example, tuple(hits),
            )
        )  # fmt: skip
    return tuple(rows)


def _stays(entity: NameEntity) -> bool:
    if entity.decision == "open":
        return entity.is_doubtful
    return entity.decision == "rejected"


def document_titles(project: ProjectFile) -> Mapping[int, str]:
    """Return the names of the documents by their ids."""
    return {int(one.id): one.name for one in documents.all_documents(project.connection)}


def place_said(place: TextPlace, titles: Mapping[int, str]) -> Message:
    """Return what a text is called for people: a document by its name, others by what they are."""
    if place.is_document and place.row in titles:
        return message("{name}", name=titles[place.row])
    return PLACES.get((place.table, place.column)) or PLACES.get((place.table, ""), OTHER)


def place_names(project: ProjectFile, found: Scan) -> Mapping[TextPlace, str]:
    """Return what each text is called in a list, so that it is found again."""
    titles = document_titles(project)
    return {
        place: titles[place.row] if place.is_document else f"{place.table} {place.row}"
        for place in found.hashes
    }


def reviewed(
    project: ProjectFile, rows: Sequence[ListedName], progress: Progress | None = None
) -> Scan:
    """Return a scan as the list decides on it; names that no row has stay open.

    Rows with the same replacement are put together; a row whose forms the scan does not have adds
    a name, which is looked for wherever it stands. Raises Cancelled.
    """
    found = scan(project, progress=progress)
    known = {(one.kind, grouping.folded(form)) for one in found.entities for form in one.forms}
    chosen: list[tuple[str, NameKind]] = [
        (form, row.kind)
        for row in rows
        if row.decision == "accepted"
        for form in row.forms
        if (row.kind, grouping.folded(form)) not in known
    ]
    if chosen:
        found = scan(project, chosen=chosen, progress=progress)
    places = {name: place for place, name in place_names(project, found).items()}
    left = {
        (places[hit.place], hit.start, hit.end)
        for row in rows
        for hit in row.hits
        if not hit.accept and hit.place in places
    }
    decided = _decided(found.entities, rows)
    entities = tuple(
        replace(
            one,
            left=frozenset(
                hit for hit in one.hits if (hit.place, hit.start, hit.end) in left
            ) | one.left,
        )
        for one in decided
    )  # fmt: skip
    return replace(found, entities=entities)


def _decided(entities: Sequence[NameEntity], rows: Sequence[ListedName]) -> tuple[NameEntity, ...]:
    row_of = {(row.kind, grouping.folded(form)): row for row in rows for form in row.forms}
    merged: dict[tuple[str, str], list[NameEntity]] = {}
    for number, entity in enumerate(entities):
        keys = ((entity.kind, grouping.folded(form)) for form in entity.forms)
        row = next((row_of[key] for key in keys if key in row_of), None)
        if row is None:
            merged["", str(number)] = [entity]
            continue
        shown = row.replacement or entity.replacement
        changed = replace(entity, decision=row.decision, replacement=shown)
        merged.setdefault((row.decision, shown), []).append(changed)
    return tuple(together(some) for some in merged.values())


def together(entities: Sequence[NameEntity]) -> NameEntity:
    """Return several names as one: all forms and hits, what is put is that of the first."""
    first, *others = entities
    if not others:
        return first
    forms = dict.fromkeys(form for one in entities for form in one.forms)
    hits = sorted(
        (hit for one in entities for hit in one.hits), key=lambda hit: (hit.place, hit.start)
    )
    left = frozenset(hit for one in entities for hit in one.left)
    return replace(first, forms=tuple(forms), hits=tuple(hits), left=left)
