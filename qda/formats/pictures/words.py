"""The words in pictures."""

from collections.abc import Mapping

from qda.model.messages import Message, counted, message
from qda.model.pictures import PictureKind

KINDS: Mapping[PictureKind, Message] = {
    "heat": message("Heat map"),
    "bars": message("Bars"),
    "joint": message("Joint display"),
    "scatter": message("Scatter plot"),
    "network": message("Map of co-occurrences"),
    "portraits": message("Document portraits"),
    "timeline": message("Timeline"),
}
NO_NUMBERS = message("A picture needs numbers in the cells; choose a kind of cells that counts.")
NOTHING = message("There is nothing to draw yet: no cell has a number.")
NO_VARIABLE = message("Choose a variable of the cases that has numbers, for the points.")
NO_MATERIAL = message("Hatched: there is nothing that could have been coded.")
IN_WORDS = message("Hatched with a word: it was not asked about, or asked and nothing was said.")
AREA = message(
    "The larger a circle, the more often the code occurs; the thicker a line, the more often "
    "the two occur together."
)
AROUND = message("Numbers stand on the strongest ties that have room; every tie is in the table.")
FROM_START_TO_END = message(
    "Each document from its beginning, at the left, to its end; a line for each code, in the "
    "order of the list above."
)
MEDIAN = message("Median")
MEDIAN_NOTE = message("The thick line is the median of all cases in that month.")


def heat_about(title: str, highest: str, lowest: str) -> Message:
    """Say what a heat map shows."""
    return message(
        "Heat map of {title}. Most: {highest}. Least: {lowest}.",
        title=title,
        highest=highest,
        lowest=lowest,
    )


def bars_about(title: str, highest: str) -> Message:
    """Say what bars show."""
    return message(
        "Bars of {title}, a field for each column. Longest: {highest}.",
        title=title,
        highest=highest,
    )


def joint_about(title: str, beside: str, highest: str) -> Message:
    """Say what a joint display shows."""
    return message(
        "{title}, with {beside} beside it. Most: {highest}.",
        title=title,
        beside=beside,
        highest=highest,
    )


def scatter_title(name: str) -> Message:
    """Say what the points are set out by."""
    return message("Codes against {name}", name=name)


def scatter_about(name: str, ties: str) -> Message:
    """Say what points show."""
    return message("A point for each case, by {name}. {ties}.", name=name, ties=ties)


def network_about(codes: int, ties: str) -> Message:
    """Say what a map of co-occurrences shows."""
    return counted(
        "Map of {n} code. Strongest ties: {ties}.",
        "Map of {n} codes. Strongest ties: {ties}.",
        codes,
        ties=ties,
    )


def portraits_about(documents: int, codes: str) -> Message:
    """Say what portraits show."""
    return counted(
        "Portrait of {n} document: where in it is coded with {codes}.",
        "Portraits of {n} documents: where in them is coded with {codes}.",
        documents,
        codes=codes,
    )


def timeline_about(name: str, first: str, last: str, ends: str) -> Message:
    """Say what a timeline shows."""
    return message(
        "{name} from {first} to {last}. At the end: {ends}.",
        name=name,
        first=first,
        last=last,
        ends=ends,
    )


def rows_of(first: int, last: int, everything: int) -> Message:
    """Say which rows of a long table stand on a page."""
    return message("{first}–{last} of {all}", first=first, last=last, all=everything)


def cell(row: str, column: str, value: str) -> Message:
    """Say one cell."""
    return message("{row}, {column}: {value}", row=row, column=column, value=value)


def tie(one: str, other: str, value: str) -> Message:
    """Say how often two codes occur together."""
    return message("{one} and {other}: {value}", one=one, other=other, value=value)


def lane(document: str, code: str, segments: int) -> Message:
    """Say how much of a document is coded with a code."""
    return counted(
        "{document}, {code}: {n} segment",
        "{document}, {code}: {n} segments",
        segments,
        document=document,
        code=code,
    )


def strongest(shown: int, there: int) -> Message:
    """Say that only the strongest ties are drawn."""
    return message("The {shown} strongest of {there} ties are drawn.", shown=shown, there=there)


def first_documents(shown: int, there: int) -> Message:
    """Say that only the first documents are drawn."""
    return message("The first {shown} of {there} documents are drawn.", shown=shown, there=there)
