"""What elements of a `project.qde` share: references, values, codings, and what is unkept."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from qda.formats.exchange.identifiers import Identifiers, derived_guid
from qda.formats.exchange.raw import RawCoding, RawValue
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.xml_nodes import Node
from qda.model.ids import Guid
from qda.model.messages import message

VALUES = (
    "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue",
)  # fmt: skip
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
        ("VariableValue", "", " ".join(("VariableRef", *VALUES))),
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
            "TextDescription",
            "guid name richTextPath plainTextPath creationDateTime",
            "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
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


class Elements:
    """Read the parts of elements, and count what in them has no place here."""

    def __init__(self, report: ExchangeReport) -> None:
        """Report what is missing or wrong to `report`."""
        self.report = report
        self.ids = Identifiers(report)
        self.taken: Counter[str] = Counter()
        self._unkept: Counter[str] = Counter()

    def tally(self, node: Node, *besides: str) -> None:
        """Count the attributes and children of an element that have no place here.

        Children called as in `besides` have one all the same.
        """
        attributes, children = _KEPT[node.name]
        for name in node.attributes.keys() - attributes:
            self._unkept[f"{node.name} {name}"] += 1
        for child in node.children:
            if child.name not in children and child.name not in besides:
                self._unkept[f"{node.name}/{child.name}"] += 1

    def finish(self, seen: Mapping[str, int]) -> None:
        """Tell what stood in elements that have a place here and has none itself.

        `seen` counts the codes and codings of the whole file: what was not taken is told, too.
        """
        for item, name, what in (
            ("codes", "Code", message("Codes out of place")),
            ("codings", "Coding", message("Codings out of place")),
        ):
            lost = seen.get(name, 0) - self.taken[name]
            if lost > 0:
                self.report.found[item] += lost
                why = message("They stand where no REFI-QDA project has any.")
                self.report.left_out(item, what, self.report.source, why, count=lost)
        for name, count in sorted(self._unkept.items()):
            # Who wrote an element and when is known here of codings and memos alone.
            usual = name.partition(" ")[2] in _BOOKKEEPING
            tell = self.report.decided if usual else self.report.left_out
            tell(
                "elements",
                message("{name}", name=name),
                self.report.source,
                message("There is no place for it here."),
                count=count,
            )

    def references(self, nodes: Iterable[Node]) -> tuple[Guid, ...]:
        """Return what elements refer to, each once."""
        found = (self.ids.reference(node) for node in nodes)
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def notes(self, node: Node) -> tuple[Guid, ...]:
        """Return the notes that an element refers to."""
        notes = [one for one in node.children if one.name == "NoteRef"]
        return self.references(notes) if notes else ()

    def values(self, node: Node, where: str) -> tuple[RawValue, ...]:
        """Return the values of variables in an element."""
        found: list[RawValue] = []
        for child in node.named("VariableValue"):
            self.tally(child)
            variable = next(map(self.ids.reference, child.named("VariableRef")), None)
            value = next(child.named(*VALUES), None)
            if variable is None or value is None:
                self.report.found["values"] += 1
                self.report.left_out(
                    "values",
                    message("A value"),
                    where,
                    message("It names no variable or has no value."),
                )
                continue
            found.append(RawValue(variable, value.name, value.text))
        return tuple(found)

    def codings(self, nodes: Iterable[Node], source: str) -> tuple[RawCoding, ...]:
        """Return the codings that stand among `nodes`, one for each code that they name."""
        return tuple(
            coding
            for node in nodes
            if node.name == "Coding"
            for coding in self._codings_of(node, source)
        )

    def _codings_of(self, node: Node, source: str) -> list[RawCoding]:
        place = where(node, source)
        self.tally(node)
        self.taken[node.name] += 1
        named = self.references(one for one in node.children if one.name == "CodeRef")
        codes = named or (Guid(""),)
        self.report.found["codings"] += len(codes)
        first = RawCoding(
            guid=self.ids.own(node, "codings", place),
            code=codes[0],
            user=self.ids.attribute(node, "creatingUser"),
            created=node.get("creationDateTime"),
            notes=self.notes(node),
            where=place,
        )
        # The standard has one code in each coding; a file that has more means them all.
        return [
            first,
            *(
                replace(first, guid=derived_guid(first.guid, code), code=code, notes=())
                for code in codes[1:]
            ),
        ]


def where(node: Node, name: str = "") -> str:
    """Say where an element stands: its name or that of what holds it, and the line."""
    place = f"project.qde:{node.line}"
    return f"{' '.join(name.split())[:100]} ({place})" if name.strip() else place


def whole(text: str) -> int | None:
    """Return a whole number that an offset can be, None for anything else."""
    text = text.strip()
    if not text.isascii() or len(text) > 18:
        return None
    try:
        return int(text)
    except ValueError:
        return None


def all_named(node: Node, name: str) -> list[Node]:
    """Return every element of that name below another."""
    found: list[Node] = []
    stack = [node]
    while stack:
        one = stack.pop()
        found += one.named(name)
        stack += one.children
    return found
