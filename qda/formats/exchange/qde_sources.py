"""Read the sources of a `project.qde`: texts, pages, transcripts, and what is coded in them."""

from dataclasses import replace

from qda.formats.exchange.identifiers import derived_guid
from qda.formats.exchange.offsets import written_here
from qda.formats.exchange.page_places import join_pages
from qda.formats.exchange.qde_elements import Elements, all_named, where, whole
from qda.formats.exchange.raw import RawCoding, RawOther, RawProject, RawSelection, RawSource
from qda.formats.exchange.xml_nodes import Node
from qda.model.messages import message

_TEXTS = ("TextSource", "PDFSource")
_MEDIA = ("AudioSource", "VideoSource", "PictureSource")
_MEDIA_SELECTIONS = ("AudioSelection", "VideoSelection", "PictureSelection")
_NO_TEXT = message("What is coded is no text but a part of a recording or picture.")


class SourceBuilder:
    """Take sources one by one, and texts elsewhere that are coded as sources are."""

    def __init__(self, elements: Elements, project: RawProject) -> None:
        """Add what is found to `project`."""
        self._elements = elements
        self._report = elements.report
        self._ids = elements.ids
        self._project = project

    def take(self, node: Node) -> None:
        """Take one source; an unknown element may be a folder of some."""
        if node.name in _MEDIA:
            self._take_media(node)
        elif node.name in _TEXTS:
            self._take_text(node)
        elif any(node.named(*_TEXTS, *_MEDIA)):
            for child in node.children:
                self.take(child)
        else:
            self._leave(node)

    def take_coded_note(self, node: Node) -> bool:
        """Take the text of a note as a document where it is coded; tell whether it is."""
        if not all_named(node, "Coding"):
            return False
        source = self._text_source(node, node, "coded notes")
        # The note itself stays one, under its own GUID.
        source.guid = derived_guid(source.guid, "document")
        source.notes = []
        source.description = ""
        self._project.sources.append(source)
        self._report.decided(
            "documents",
            message("The note {name}", name=source.name),
            source.where,
            message("It is coded, so its text is a document too, with its codings."),
        )
        return True

    def _take_text(self, node: Node) -> None:
        # Some programs leave the representation empty and put its segments beside it.
        self._elements.tally(node, "PlainTextSelection")
        source = self._text_source(node, node)
        source.rich_path = source.rich_path or node.get("path")
        for text in node.named("Representation"):
            self._elements.tally(text)
            self._add_text(source, text)
        for page in node.named("PDFSelection"):
            source.selections += self._page_selections(page, source.name)
        join_pages(source, self._report)
        self._project.sources.append(source)

    def _text_source(self, node: Node, owner: Node, among: str = "") -> RawSource:
        name = node.get("name") or owner.get("name")
        place = where(node, name)
        source = RawSource(
            kind=node.name,
            guid=self._ids.own(node, "documents", place, among),
            name=name,
            description=node.child_text("Description"),
            plain_path="",
            rich_path="",
            content=None,
            user=self._ids.attribute(node, "creatingUser"),
            created=node.get("creationDateTime"),
            where=place,
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
        source.selections += [
            self._selection(one, source.name) for one in node.named("PlainTextSelection")
        ]
        source.codings += self._elements.codings(node.children, source.name)
        source.notes += self._elements.references(node.named("NoteRef"))
        source.values += self._elements.values(node, source.where)

    def _selection(self, node: Node, source: str) -> RawSelection:
        self._elements.tally(node)
        return self._bare_selection(node, source, "", self._elements.codings(node.children, source))

    def _bare_selection(
        self, node: Node, source: str, text: str, codings: tuple[RawCoding, ...]
    ) -> RawSelection:
        place = where(node, source)
        self._report.found["selections"] += 1
        # A segment of text and its place on a page may share their GUID.
        among = "pages" if node.name == "PDFSelection" else ""
        return RawSelection(
            guid=self._ids.own(node, "selections", place, among),
            start=whole(node.get("startPosition")),
            end=whole(node.get("endPosition")),
            name=node.get("name"),
            text=text,
            description=node.child_text("Description"),
            # Some programs tell only who changed a segment last, and when.
            user=self._ids.attribute(node, "creatingUser")
            or self._ids.attribute(node, "modifyingUser"),
            created=node.get("creationDateTime") or node.get("modifiedDateTime"),
            codings=codings,
            notes=self._elements.notes(node),
            where=place,
            node=node,
        )

    def _page_selections(self, node: Node, source: str) -> list[RawSelection]:
        """Return a place on a page, and the segments of its text that are coded by themselves."""
        parts: list[RawSelection] = []
        codings = self._elements.codings(node.children, source)
        text = ""
        for shown in node.named("Representation"):
            text = text or shown.child_text("PlainTextContent")
            codings += self._elements.codings(shown.children, source)
            for one in shown.named("PlainTextSelection"):
                part = self._selection(one, source)
                start, end = part.start or 0, part.end or 0
                # The offsets are of this text, not of the document's.
                parts.append(replace(part, start=None, end=None, text=text[start:end]))
        return [self._bare_selection(_with_texts_only(node), source, text, codings), *parts]

    # ------------------------------------------------------------------ recordings and pictures
    def _take_media(self, node: Node) -> None:
        """Take the texts of a recording or picture; the thing itself can only be told of."""
        media = self._ids.attribute(node, "guid")
        coded = [one for one in node.named("TextDescription") if all_named(one, "Coding")]
        texts = [*node.named("Transcript"), *coded]
        self._leave(node, without=texts)
        for text in texts:
            self._elements.tally(text)
            source = self._text_source(text, node)
            source.others = (media,) if media is not None else ()
            source.selections += self._synchronised(text, source.name)
            self._project.sources.append(source)

    def _synchronised(self, node: Node, source: str) -> list[RawSelection]:
        """Return the segments of a transcript that are counted by its points in time."""
        points = {
            one.get("guid").strip().casefold(): whole(one.get("position"))
            for one in node.named("SyncPoint")
        }
        found: list[RawSelection] = []
        for one in node.named("TranscriptSelection"):
            for attribute, point in (
                ("startPosition", "fromSyncPoint"),
                ("endPosition", "toSyncPoint"),
            ):
                position = points.get(one.get(point).strip().casefold())
                if position is not None:
                    one.attributes.setdefault(attribute, str(position))
            found.append(self._selection(one, source))
        return found

    def _leave(self, node: Node, without: list[Node] | None = None) -> None:
        """Tell of a source that is no text; what is `without` is taken elsewhere."""
        name = node.get("name")
        place = where(node, name)
        parts = [one for one in node.children if one not in (without or ())]
        self._report.found["media"] += 1
        if node.name in _MEDIA:
            rest = Node(node.name, node.attributes, node.line, parts, node.parts)
            self._project.media.append(
                RawOther(self._ids.own(node, "media", place), name, len(parts), place, rest)
            )
        else:
            self._report.left_out(
                "media",
                message("{kind} {name}", kind=node.name, name=name),
                place,
                message("Recordings and pictures are not kept here, only texts."),
            )
        # What this program carries along already has been told of.
        if not written_here(self._project.origin):
            self._leave_parts(Node("", {}, node.line, parts), name, place)

    def _leave_parts(self, inside: Node, name: str, place: str) -> None:
        """Tell of each segment, coding and value of what is no text."""
        segments = [one for kind in _MEDIA_SELECTIONS for one in all_named(inside, kind)]
        for item, found, what in (
            ("selections", segments, message("A segment of {name}", name=name)),
            ("codings", all_named(inside, "Coding"), message("A coding of {name}", name=name)),
        ):
            self._report.found[item] += len(found)
            self._elements.taken.update(one.name for one in found)
            for one in sorted(found, key=lambda each: each.line):
                self._report.left_out(item, what, where(one, one.get("name") or name), _NO_TEXT)
        values = len(all_named(inside, "VariableValue"))
        if values:
            self._report.found["values"] += values
            self._report.left_out(
                "values", message("Values of {name}", name=name), place, _NO_TEXT, count=values
            )


def note_place(node: Node, origin: str) -> tuple[int, int] | None:
    """Return what a selection in a note means in files of QualCoder: a place in its source."""
    selections = list(node.named("PlainTextSelection"))
    if len(selections) != 1 or selections[0].children:
        return None
    if not origin.casefold().startswith("qualcoder"):
        return None
    start = whole(selections[0].get("startPosition"))
    end = whole(selections[0].get("endPosition"))
    return None if start is None or end is None or not 0 <= start < end else (start, end)


def _with_texts_only(node: Node) -> Node:
    """Return a place on a page whose representation has its text and nothing that is coded."""
    children = [
        Node(
            child.name,
            child.attributes,
            child.line,
            list(child.named("Description", "PlainTextContent")),
        )
        if child.name == "Representation"
        else child
        for child in node.children
    ]
    return Node(node.name, node.attributes, node.line, children, node.parts)
