"""Read a `project.qde` into what stands in it, element by element and whatever its namespace.

What an element lacks is made up for; what cannot be used at all is one line of the report.
"""

from collections.abc import Callable, Mapping

from qda.formats.exchange.offsets import written_here
from qda.formats.exchange.qde_elements import Elements, where
from qda.formats.exchange.qde_sources import SourceBuilder, note_place
from qda.formats.exchange.raw import (
    RawCase,
    RawCode,
    RawLink,
    RawNote,
    RawOther,
    RawProject,
    RawUser,
    RawVariable,
)
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.xml_nodes import Node
from qda.model.ids import Guid
from qda.model.messages import message


class QdeBuilder:
    """Take the items of a project one by one; `project` is what they came to."""

    def __init__(self, report: ExchangeReport) -> None:
        """Report what is missing or wrong to `report`."""
        self._report = report
        self._elements = Elements(report)
        self._ids = self._elements.ids
        self.project = RawProject(identifiers=self._ids)
        self._sources = SourceBuilder(self._elements, self.project)

        self._takers: dict[tuple[str, str], Callable[[Node], None]] = {
            ("Users", "User"): self._take_user,
            ("CodeBook", "Codes"): self._take_codes,
            # Both are met where somebody left out a level.
            ("CodeBook", "Code"): self._take_top_code,
            ("Codes", "Code"): self._take_top_code,
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
            self._sources.take(node)
        else:
            self._report.left_out(
                "elements",
                message("{element} in {part}", element=node.name, part=part),
                where(node),
                message("No REFI-QDA project has such an element."),
            )

    def finish(self, seen: Mapping[str, int]) -> None:
        """Tell what was passed over; `seen` counts the codes and codings of the whole file."""
        # What this program carries along is counted where it was told of.
        self._elements.finish({} if written_here(self.project.origin) else seen)

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
            project.notes_on += self._elements.references([node])

    def _take_user(self, node: Node) -> None:
        self._elements.tally(node)
        place = where(node, node.get("name"))
        name = node.get("name") or node.get("id")
        self.project.users.append(RawUser(self._ids.own(node, "coders", place), name))

    def _take_codes(self, node: Node) -> None:
        for child in node.named("Code"):
            self._take_top_code(child)

    def _take_top_code(self, node: Node) -> None:
        self._take_code(node, None, ())

    def _take_code(self, node: Node, parent: Guid | None, above: tuple[str, ...]) -> None:
        self._elements.tally(node)
        self._elements.taken["Code"] += 1
        path = (*above, node.get("name"))
        place = where(node, "/".join(path))
        guid = self._ids.own(node, "codes", place)
        self.project.codes.append(
            RawCode(
                guid=guid,
                parent=parent,
                name=node.get("name"),
                color=node.get("color").strip(),
                codable=node.get("isCodable").strip().lower() not in ("false", "0"),
                description=node.child_text("Description"),
                notes=self._elements.references(node.named("NoteRef")),
                where=place,
            )
        )
        for child in node.named("Code"):
            self._take_code(child, guid, path)

    def _take_variable(self, node: Node) -> None:
        self._elements.tally(node)
        place = where(node, node.get("name"))
        self.project.variables.append(
            RawVariable(
                self._ids.own(node, "variables", place),
                node.get("name"),
                node.get("typeOfVariable").strip(),
                node.child_text("Description"),
            )
        )

    def _take_case(self, node: Node) -> None:
        self._elements.tally(node)
        place = where(node, node.get("name"))
        self.project.cases.append(
            RawCase(
                guid=self._ids.own(node, "cases", place),
                name=node.get("name"),
                description=node.child_text("Description"),
                codes=self._elements.references(node.named("CodeRef")),
                sources=self._elements.references(node.named("SourceRef")),
                selections=self._elements.references(node.named("SelectionRef")),
                values=self._elements.values(node, place),
                where=place,
            )
        )

    # ------------------------------------------------------------------------ notes, links
    def _take_note(self, node: Node) -> None:
        place = where(node, node.get("name"))
        at = note_place(node, self.project.origin)
        if self._sources.take_coded_note(node):
            self._elements.tally(node, "PlainTextSelection", "Coding", "VariableValue")
        elif not written_here(self.project.origin):
            self._elements.tally(node, *(("PlainTextSelection",) if at else ()))
        self._report.found["memos"] += 1
        self.project.notes.append(
            RawNote(
                guid=self._ids.own(node, "memos", place),
                name=node.get("name"),
                description=node.child_text("Description"),
                content=next((one.text for one in node.named("PlainTextContent")), None),
                paths=tuple(filter(None, (node.get("plainTextPath"), node.get("richTextPath")))),
                user=self._ids.attribute(node, "creatingUser"),
                created=node.get("creationDateTime"),
                modified=node.get("modifiedDateTime"),
                where=place,
                place=at,
            )
        )

    def _take_link(self, node: Node) -> None:
        self._report.found["links"] += 1
        place = where(node, node.get("name"))
        self.project.links.append(
            RawLink(
                guid=self._ids.own(node, "links", place),
                name=node.get("name"),
                origin=self._ids.attribute(node, "originGUID"),
                target=self._ids.attribute(node, "targetGUID"),
                notes=self._elements.references(node.named("NoteRef")),
                where=place,
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
        place = where(node, name)
        return RawOther(self._ids.own(node, item, place), name, members, place, node)
