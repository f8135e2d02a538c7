"""Read a `project.qde` into what stands in it, element by element and whatever its namespace.

What an element lacks is made up for; what cannot be used at all is one line of the report.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from qda.formats.exchange.identifiers import Identifiers
from qda.formats.exchange.offsets import written_here
from qda.formats.exchange.raw import (
    RawCase,
    RawCode,
    RawCoding,
    RawLink,
    RawNote,
    RawOther,
    RawProject,
    RawSelection,
    RawSource,
    RawUser,
    RawValue,
    RawVariable,
)
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.xml_nodes import Node
from qda.model.ids import Guid
from qda.model.messages import message

_VALUES = (
    "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue",
)  # fmt: skip
_MEDIA = ("AudioSource", "VideoSource", "PictureSource")
_BOOKKEEPING = frozenset(
    {"id", "currentPath", "creatingUser", "creationDateTime", "modifyingUser", "modifiedDateTime"}
)
_MADE_SELECTION = "startPosition endPosition creatingUser creationDateTime"
_KEPT: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    name: (frozenset(attributes.split()), frozenset(children.split()))
    for name, attributes, children in (
        ("User", "guid name", ""),
        ("Code", "guid name isCodable color", "Description NoteRef Code"),
        ("Variable", "guid name typeOfVariable", "Description"),
        ("Case", "guid name", "Description CodeRef VariableValue SourceRef SelectionRef"),
        ("VariableValue", "", " ".join(("VariableRef", *_VALUES))),
        (
            "TextSource",
            "guid name richTextPath plainTextPath creationDateTime",
            "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
        ),
        (
            "PDFSource",
            "guid name path creationDateTime",
            "Description PDFSelection Representation Coding NoteRef VariableValue",
        ),
        (
            "Representation",
            "guid name richTextPath plainTextPath",
            "PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
        ),
        (
            "Transcript",
            "guid name richTextPath plainTextPath creationDateTime",
            "Description PlainTextContent SyncPoint TranscriptSelection PlainTextSelection NoteRef",
        ),
        (
            "PlainTextSelection",
            f"guid name {_MADE_SELECTION}",
            "Description Coding NoteRef",
        ),
        (
            "TranscriptSelection",
            f"guid name fromSyncPoint toSyncPoint {_MADE_SELECTION}",
            "Description Coding NoteRef",
        ),
        ("Coding", "guid creatingUser creationDateTime", "CodeRef NoteRef"),
        (
            "Note",
            "guid name richTextPath plainTextPath creatingUser creationDateTime modifiedDateTime",
            "Description PlainTextContent",
        ),
    )
}
"""Of each element, the attributes and children that have a place here."""

_MEDIA_SELECTIONS = ("AudioSelection", "VideoSelection", "PictureSelection")


class QdeBuilder:
    """Take the items of a project one by one; `project` is what they came to."""

    def __init__(self, report: ExchangeReport) -> None:
        """Report what is missing or wrong to `report`."""
        self._report = report
        self._ids = Identifiers(report)
        self._unkept: Counter[str] = Counter()
        self.project = RawProject(identifiers=self._ids)

        self._takers: dict[tuple[str, str], Callable[[Node], None]] = {
            ("Users", "User"): self._take_user,
            ("CodeBook", "Codes"): self._take_codes,
            ("CodeBook", "Sets"): self._take_sets,
            ("Variables", "Variable"): self._take_variable,
            ("Cases", "Case"): self._take_case,
            ("Notes", "Note"): self._take_note,
            ("Links", "Link"): self._take_link,
            ("Sets", "Set"): self._take_set,
            ("Graphs", "Graph"): self._take_graph,
        }

    def take(self, part: str, node: Node) -> None:
        """Take one item of one part of the project."""
        taker = self._takers.get((part, node.name))
        if taker is not None:
            taker(node)
        elif not part:
            self._take_project(node)
        elif part == "Sources":
            self._take_source(node)
        else:
            self._report.left_out(
                "elements",
                message("{element} in {part}", element=node.name, part=part),
                _where(node),
                message("No REFI-QDA project has such an element."),
            )

    def finish(self) -> None:
        """Tell what stood in elements that have a place here and has none itself."""
        for name, count in sorted(self._unkept.items()):
            # Who wrote an element and when is known here of codings and memos alone.
            usual = name.partition(" ")[2] in _BOOKKEEPING
            tell = self._report.decided if usual else self._report.left_out
            tell(
                "elements",
                message("{name}", name=name),
                self._report.source,
                message("There is no place for it here."),
                count=count,
            )

    def _tally(self, node: Node, besides: frozenset[str] = frozenset()) -> None:
        """Count the attributes and children of an element that have no place here."""
        attributes, children = _KEPT[node.name]
        children |= besides
        for name in node.attributes.keys() - attributes:
            self._unkept[f"{node.name} {name}"] += 1
        for child in node.children:
            if child.name not in children:
                self._unkept[f"{node.name}/{child.name}"] += 1

    def _take_project(self, node: Node) -> None:
        project = self.project
        if node.name == "Project":
            project.name = node.get("name")
            project.origin = node.get("origin")
            project.namespace = node.get("xmlns")
            project.created = node.get("creationDateTime")
            project.user = self._ids.attribute(node, "creatingUserGUID")
        elif node.name == "Description":
            project.description = node.text
        elif node.name == "NoteRef":
            project.notes_on += self._references([node])

    def _take_user(self, node: Node) -> None:
        self._tally(node)
        where = _where(node, node.get("name"))
        name = node.get("name") or node.get("id")
        self.project.users.append(RawUser(self._ids.own(node, "coders", where), name))

    def _take_codes(self, node: Node) -> None:
        for child in node.named("Code"):
            self._take_code(child, None, ())

    def _take_code(self, node: Node, parent: Guid | None, above: tuple[str, ...]) -> None:
        self._tally(node)
        path = (*above, node.get("name"))
        where = _where(node, "/".join(path))
        guid = self._ids.own(node, "codes", where)
        self.project.codes.append(
            RawCode(
                guid=guid,
                parent=parent,
                name=node.get("name"),
                color=node.get("color").strip(),
                codable=node.get("isCodable").strip().lower() not in ("false", "0"),
                description=node.child_text("Description"),
                notes=self._references(node.named("NoteRef")),
                where=where,
            )
        )
        for child in node.named("Code"):
            self._take_code(child, guid, path)

    def _take_variable(self, node: Node) -> None:
        self._tally(node)
        where = _where(node, node.get("name"))
        self.project.variables.append(
            RawVariable(
                self._ids.own(node, "variables", where),
                node.get("name"),
                node.get("typeOfVariable").strip(),
                node.child_text("Description"),
            )
        )

    def _take_case(self, node: Node) -> None:
        self._tally(node)
        where = _where(node, node.get("name"))
        self.project.cases.append(
            RawCase(
                guid=self._ids.own(node, "cases", where),
                name=node.get("name"),
                description=node.child_text("Description"),
                codes=self._references(node.named("CodeRef")),
                sources=self._references(node.named("SourceRef")),
                selections=self._references(node.named("SelectionRef")),
                values=self._values(node, where),
                where=where,
            )
        )

    def _values(self, node: Node, where: str) -> tuple[RawValue, ...]:
        found: list[RawValue] = []
        for child in node.named("VariableValue"):
            self._tally(child)
            variable = next(map(self._ids.reference, child.named("VariableRef")), None)
            value = next(child.named(*_VALUES), None)
            if variable is None or value is None:
                self._report.found["values"] += 1
                self._report.left_out(
                    "values",
                    message("A value"),
                    where,
                    message("It names no variable or has no value."),
                )
                continue
            found.append(RawValue(variable, value.name, value.text))
        return tuple(found)

    def _references(self, nodes: Iterable[Node]) -> tuple[Guid, ...]:
        found = (self._ids.reference(node) for node in nodes)
        return tuple(dict.fromkeys(one for one in found if one is not None))

    # ------------------------------------------------------------------------------ sources
    def _take_source(self, node: Node) -> None:
        if node.name in _MEDIA:
            self._take_media(node)
            return
        if node.name not in ("TextSource", "PDFSource"):
            self._leave_source(node)
            return
        self._tally(node)
        source = self._text_source(node, node)
        source.rich_path = source.rich_path or node.get("path")
        for text in node.named("Representation"):
            self._tally(text)
            self._add_text(source, text)
        source.selections += [
            self._selection(one, source.name) for one in node.named("PDFSelection")
        ]
        self.project.sources.append(source)

    def _text_source(self, node: Node, owner: Node) -> RawSource:
        name = node.get("name") or owner.get("name")
        where = _where(node, name)
        source = RawSource(
            kind=node.name,
            guid=self._ids.own(node, "documents", where),
            name=name,
            description=node.child_text("Description"),
            plain_path="",
            rich_path="",
            content=None,
            user=self._ids.attribute(node, "creatingUser"),
            created=node.get("creationDateTime"),
            where=where,
        )
        self._add_text(source, node)
        return source

    def _add_text(self, source: RawSource, node: Node) -> None:
        """Add what an element with a text holds: the source itself, or its representation."""
        if node.name == "Representation" and node.get("guid"):
            source.others += (self._ids.own(node, "representations", source.where),)
        source.plain_path = source.plain_path or node.get("plainTextPath")
        source.rich_path = source.rich_path or node.get("richTextPath")
        for content in node.named("PlainTextContent"):
            source.content = content.text
        name = source.name
        source.selections += [
            self._selection(one, name) for one in node.named("PlainTextSelection")
        ]
        source.codings += [self._coding(one, name) for one in node.named("Coding")]
        source.notes += self._references(node.named("NoteRef"))
        source.values += self._values(node, source.where)

    def _selection(self, node: Node, source: str) -> RawSelection:
        where = _where(node, source)
        if node.name != "PDFSelection":
            self._tally(node)
        self._report.found["selections"] += 1
        text = description = ""
        codings: list[RawCoding] = []
        for child in node.children:
            if child.name == "Coding":
                codings.append(self._coding(child, source))
            elif child.name == "Description":
                description = description or child.text
            elif child.name == "Representation":
                text = text or child.child_text("PlainTextContent")
        return RawSelection(
            guid=self._ids.own(node, "selections", where),
            start=_whole(node.get("startPosition")),
            end=_whole(node.get("endPosition")),
            name=node.get("name"),
            text=text,
            description=description,
            user=self._ids.attribute(node, "creatingUser"),
            created=node.get("creationDateTime"),
            codings=tuple(codings),
            notes=self._notes(node),
            where=where,
            node=node,
        )

    def _coding(self, node: Node, source: str) -> RawCoding:
        where = _where(node, source)
        self._tally(node)
        self._report.found["codings"] += 1
        code = next(
            (self._ids.reference(one) for one in node.children if one.name == "CodeRef"), None
        )
        return RawCoding(
            guid=self._ids.own(node, "codings", where),
            code=code or Guid(""),
            user=self._ids.attribute(node, "creatingUser"),
            created=node.get("creationDateTime"),
            notes=self._notes(node),
            where=where,
        )

    def _notes(self, node: Node) -> tuple[Guid, ...]:
        notes = [one for one in node.children if one.name == "NoteRef"]
        return self._references(notes) if notes else ()

    def _take_media(self, node: Node) -> None:
        """Take the transcripts of a recording; the recording itself can only be told of."""
        self._leave_source(node)
        media = self._ids.attribute(node, "guid")
        for transcript in node.named("Transcript"):
            self._tally(transcript)
            source = self._text_source(transcript, node)
            source.others = (media,) if media is not None else ()
            points = {
                one.get("guid").strip().casefold(): _whole(one.get("position"))
                for one in transcript.named("SyncPoint")
            }
            for one in transcript.named("TranscriptSelection"):
                for attribute, point in (
                    ("startPosition", "fromSyncPoint"),
                    ("endPosition", "toSyncPoint"),
                ):
                    position = points.get(one.get(point).strip().casefold())
                    if position is not None:
                        one.attributes.setdefault(attribute, str(position))
                source.selections.append(self._selection(one, source.name))
            self.project.sources.append(source)

    def _leave_source(self, node: Node) -> None:
        name = node.get("name")
        where = _where(node, name)
        self._report.found["media"] += 1
        if node.name in _MEDIA:
            self.project.media.append(self._other(node, "media", len(node.children)))
        else:
            self._report.left_out(
                "media",
                message("{kind} {name}", kind=node.name, name=name),
                where,
                message("Recordings and pictures are not kept here, only texts."),
            )
        parts = [
            one
            for one in node.children
            if one.name in _MEDIA_SELECTIONS or one.name == "TextDescription"
        ]
        if written_here(self.project.origin):
            # What this program carries along already has been told of.
            return
        for item, element, what in (
            ("codings", "Coding", message("Codings of {name}", name=name)),
            ("values", "VariableValue", message("Values of {name}", name=name)),
        ):
            own = sum(1 for _ in node.named(element))
            count = own + sum(len(_all_named(one, element)) for one in parts)
            if count:
                self._report.found[item] += count
                self._report.left_out(
                    item,
                    what,
                    where,
                    message("What is coded is no text but a part of a recording or picture."),
                    count=count,
                )

    # ------------------------------------------------------------------------ notes, links
    def _take_note(self, node: Node) -> None:
        where = _where(node, node.get("name"))
        place = self._place_in_source(node)
        if not written_here(self.project.origin):
            self._tally(node, frozenset({"PlainTextSelection"}) if place else frozenset())
        self._report.found["memos"] += 1
        self.project.notes.append(
            RawNote(
                guid=self._ids.own(node, "memos", where),
                name=node.get("name"),
                description=node.child_text("Description"),
                content=next((one.text for one in node.named("PlainTextContent")), None),
                paths=tuple(filter(None, (node.get("plainTextPath"), node.get("richTextPath")))),
                user=self._ids.attribute(node, "creatingUser"),
                created=node.get("creationDateTime"),
                modified=node.get("modifiedDateTime"),
                codings=len(_all_named(node, "Coding")),
                where=where,
                place=place,
            )
        )

    def _place_in_source(self, node: Node) -> tuple[int, int] | None:
        """Return what a selection in a note means in files of QualCoder: a place in its source."""
        selections = list(node.named("PlainTextSelection"))
        if len(selections) != 1 or selections[0].children:
            return None
        if not self.project.origin.casefold().startswith("qualcoder"):
            return None
        start = _whole(selections[0].get("startPosition"))
        end = _whole(selections[0].get("endPosition"))
        return None if start is None or end is None or not 0 <= start < end else (start, end)

    def _take_link(self, node: Node) -> None:
        self._report.found["links"] += 1
        where = _where(node, node.get("name"))
        self.project.links.append(
            RawLink(
                guid=self._ids.own(node, "links", where),
                name=node.get("name"),
                origin=self._ids.attribute(node, "originGUID"),
                target=self._ids.attribute(node, "targetGUID"),
                notes=self._references(node.named("NoteRef")),
                where=where,
                node=node,
            )
        )

    def _take_sets(self, node: Node) -> None:
        for one in node.named("Set"):
            self._take_set(one)

    def _take_graph(self, node: Node) -> None:
        self.project.graphs.append(self._other(node, "graphs", len(node.children)))

    def _take_set(self, node: Node) -> None:
        members = sum(child.name.startswith("Member") for child in node.children)
        self.project.sets.append(self._other(node, "sets", members))

    def _other(self, node: Node, item: str, members: int) -> RawOther:
        name = node.get("name")
        where = _where(node, name)
        return RawOther(self._ids.own(node, item, where), name, members, where, node)


def _where(node: Node, name: str = "") -> str:
    """Say where an element stands: its name or that of what holds it, and the line."""
    place = f"project.qde:{node.line}"
    return f"{' '.join(name.split())[:100]} ({place})" if name.strip() else place


def _whole(text: str) -> int | None:
    """Return a whole number that an offset can be, None for anything else."""
    text = text.strip()
    if not text.isascii() or len(text) > 18:
        return None
    try:
        return int(text)
    except ValueError:
        return None


def _all_named(node: Node, name: str) -> list[Node]:
    found: list[Node] = []
    stack = [node]
    while stack:
        one = stack.pop()
        found += one.named(name)
        stack += one.children
    return found
