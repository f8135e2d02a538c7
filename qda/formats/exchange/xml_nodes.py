"""The XML of a project, item by item, so that a large one is never whole in memory.

Elements go by their local names: namespaces in the wild are of several versions. A document type
is refused, and with it every entity of the file's own.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from qda.formats.xml_repair import repaired
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.messages import Message, message

MAX_DEPTH = 200
MAX_ELEMENTS = 8_000_000
MAX_ITEM_ELEMENTS = 1_000_000
"""The most elements in one code tree, case or source."""

_PIECE = 1 << 18
"""How many bytes are parsed between two looks at whether to go on."""

_LONGEST_TAG = 8_000_000
"""The most bytes of one tag with its attributes."""


_COUNTED = frozenset({"Code", "Coding"})
"""What must not be lost unseen, wherever it stands."""


@dataclass(slots=True)
class Node:
    """An element with all below it; attributes go by their local names."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list["Node"] = field(default_factory=list["Node"])
    parts: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        """Return the text that stands directly in the element."""
        return "".join(self.parts)

    def get(self, name: str) -> str:
        """Return an attribute, empty where there is none."""
        return self.attributes.get(name, "")

    def named(self, *names: str) -> Iterator["Node"]:
        """Yield the children of those names."""
        return (child for child in self.children if child.name in names)

    def child_text(self, name: str) -> str:
        """Return the text of the first child of that name, empty where there is none."""
        return next((child.text for child in self.named(name)), "")


Take = Callable[[str, Node], None]
"""Gets the name of a part of the project (`Users`, `Sources`, ...) and one item of it.

An item that stands in the project itself (`Description`, `NoteRef`) comes with an empty part, the
attributes of the project as a node called `Project`, before all others.
"""


class _Refused(Exception):
    """The file has what no project has; carries the sentence."""

    def __init__(self, sentence: Message) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class _Reader:
    """Turn the events of the parser into items."""

    def __init__(self, file: str, take: Take) -> None:
        self._file = file
        self._take = take
        self._open: list[Node] = []
        self._count = 0
        self._item_count = 0
        self.seen: Counter[str] = Counter()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = _local(name)
        if ":" in "".join(attributes):
            attributes = {_local(key): value for key, value in attributes.items()}
        node = Node(name, attributes, self.parser.CurrentLineNumber, [], [])
        depth = len(self._open)
        self._count += 1
        if name in _COUNTED:
            self.seen[name] += 1
        self._item_count = 1 if depth <= 2 else self._item_count + 1
        if self._count > MAX_ELEMENTS or self._item_count > MAX_ITEM_ELEMENTS:
            raise _Refused(message("{name} has more elements than any project.", name=self._file))
        if depth >= MAX_DEPTH:
            raise _Refused(message("{name} is nested deeper than any project.", name=self._file))
        if depth == 0:
            if node.name.casefold() != "project":
                raise _Refused(
                    message("{name} holds no REFI-QDA project (project.qde).", name=self._file)
                )
            self._take("", Node("Project", node.attributes, node.line))
        self._open.append(node)

    def _end(self, _name: str) -> None:
        node = self._open.pop()
        depth = len(self._open)
        if depth == 2:
            self._take(self._open[1].name, node)
        elif depth > 2:
            self._open[-1].children.append(node)
        elif depth == 1:
            self._take("", node)

    def _text(self, text: str) -> None:
        self._open[-1].parts.append(text)

    def _doctype(self, *_: object) -> None:
        raise _Refused(
            message(
                "{name} has definitions in it that no project has (a DTD); it is not read.",
                name=self._file,
            )
        )


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def read_items(
    content: bytes, file: str, new_take: Callable[[], Take], progress: Progress | None = None
) -> tuple[int, Counter[str]]:
    """Hand every item of a project to a function that `new_take` gives.

    XML with characters that it does not allow is read once more without them, by a new function,
    and so is what is in another encoding than it says. Returns how many characters were left out,
    and how many codes and codings there are wherever they stand. Raises FileProblem for what is
    no XML, no project, has a document type, or more of anything than reason; Cancelled from
    `progress`.
    """
    progress = progress or Progress()
    try:
        return 0, _parse(content, file, new_take(), progress)
    except expat.ExpatError as error:
        cleaned, count = repaired(content)
        if cleaned == content:
            raise FileProblem(_damaged(file)) from error
    try:
        return count, _parse(cleaned, file, new_take(), progress)
    except expat.ExpatError as error:
        raise FileProblem(_damaged(file)) from error


def _parse(content: bytes, file: str, take: Take, progress: Progress) -> Counter[str]:
    reader = _Reader(file, take)
    progress.start(len(content) // _PIECE + 1, message("Reading {name}", name=file))
    try:
        for at in range(0, len(content), _PIECE):
            progress.step()
            reader.parser.Parse(content[at : at + _PIECE], False)  # noqa: FBT003 - no keywords
            _check_tag(reader.parser, at + _PIECE, file)
        reader.parser.Parse(b"", True)  # noqa: FBT003 - likewise
    except _Refused as refused:
        raise FileProblem(refused.sentence) from refused
    except (LookupError, ValueError) as error:
        # The encoding that the XML names is unknown, or its bytes are none of it.
        raise FileProblem(_damaged(file)) from error
    return reader.seen


def _check_tag(parser: expat.XMLParserType, fed: int, file: str) -> None:
    """Refuse a tag without end, of which each new piece is gone through from its beginning."""
    if fed - parser.CurrentByteIndex > _LONGEST_TAG:
        raise _Refused(
            message(
                "{name} has a single value that is longer than in any project; it is not read.",
                name=file,
            )
        )


def read_fragment(text: str) -> Node | None:
    """Return one element that is kept as XML, None where it is none."""
    found: list[Node] = []
    opened: list[Node] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(opened) >= MAX_DEPTH:
            raise _Refused(message("{name} is nested deeper than any project.", name=name))
        opened.append(Node(_local(name), attributes, 0))

    def end(_name: str) -> None:
        node = opened.pop()
        (opened[-1].children if opened else found).append(node)

    def text_of(data: str) -> None:
        opened[-1].parts.append(data)

    def refuse(*_: object) -> None:
        raise _Refused(message("{name} is nested deeper than any project.", name=""))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text_of
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8"), True)  # noqa: FBT003 - the parser takes no keywords
    except (expat.ExpatError, _Refused, ValueError):
        return None
    return found[0]


def _damaged(file: str) -> Message:
    return message("{name} is damaged: its project.qde is no whole XML.", name=file)
