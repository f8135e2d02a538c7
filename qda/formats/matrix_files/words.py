"""The words that an exported matrix is labelled with."""

from collections.abc import Mapping

from qda.model.dimension_words import STANCE_WORDS
from qda.model.judgements import CellStatus
from qda.model.matrix import CellKind, PercentOf
from qda.model.messages import Message, message

DIMENSIONS: Mapping[str, Message] = {
    "case": message("Case"),
    "code": message("Code"),
    "document": message("Document"),
    "participant": message("Participant"),
    "coder": message("Coder"),
    "stance": message("Stance"),
    "proposition": message("Proposition"),
    "query": message("Query"),
    "codeset": message("Code set"),
}
CELLS: Mapping[CellKind, Message] = {
    "segments": message("Segments"),
    "documents": message("Documents"),
    "participants": message("Participants"),
    "cases": message("Cases"),
    "words": message("Words"),
    "share": message("Share of words"),
    "presence": message("Presence"),
    "quotes": message("Quotes"),
    "summary": message("Summary"),
    "grade": message("Grade"),
    "verdict": message("Verdict"),
}
STATUSES: Mapping[CellStatus, Message] = {
    "coded": message("coded"),
    "asked-nothing-said": message("asked, nothing said"),
    "not-asked": message("not asked"),
    "not-read": message("not read yet"),
}
STANCES = STANCE_WORDS
WITHOUT: Mapping[str, Message] = {
    "case": message("No case"),
    "participant": message("No participant"),
    "stance": message("No stance"),
}
NO_VALUE = message("No value")

TOTALS = message("In all")
YES, NO = message("yes"), message("no")
_PERCENT: Mapping[PercentOf, Message] = {
    "row": message("{measure}, percent of the row"),
    "column": message("{measure}, percent of the column"),
    "total": message("{measure}, percent of the total"),
    "material": message("{measure}, percent of the material"),
}

PERCENT_BASE = message("base of the percentage")

N_SEGMENTS = message("N segments")
N_DOCUMENTS = message("N documents")
N_PARTICIPANTS = message("N participants")
N_CASES = message("N cases")
N_LEGEND = message(
    "N: segments, and in small type the documents · participants · cases behind them."
)
N_LEGEND_PLAIN = message("N: segments (documents · participants · cases behind them).")
EMPTY = message("An empty cell: there is nothing that could have been coded.")

SHEET_MATRIX = message("Matrix")
SHEET_COUNTS = message("Counts")
SHEET_REASONS = message("Reasons")
SHEET_STEPS = message("Steps")
SHEET_MONTHS = message("Months")
INDICATOR = message("Indicator")
SHEET_QUOTES = message("Quotes")
ONLY_COLUMN = message("Only the quotes of this column are shown.")
SHOW_ALL = message("Show all quotes")
SHEET_CASES = message("Cases")
SHEET_CODEBOOK = message("Codebook")
SHEET_SETTINGS = message("Settings")

QUOTE_COLUMNS: tuple[Message, ...] = (
    message("Code"),
    message("Case"),
    message("Document"),
    message("Turn"),
    message("Role"),
    message("Coder"),
    message("Stance"),
    message("Value"),
    message("Quote"),
    message("Memo"),
    message("Start"),
    message("End"),
    message("GUID"),
)
STEP_COLUMNS: tuple[Message, ...] = (
    message("From"),
    message("To"),
    message("Document"),
    message("Turn"),
    message("Quote"),
    message("Next turn"),
    message("What follows"),
)
CODE_COLUMNS: tuple[Message, ...] = (
    message("Code"),
    message("Definition"),
    message("Include"),
    message("Exclude"),
    message("Example"),
    message("Keywords"),
    message("Scale"),
    message("Color"),
    message("GUID"),
)
PSEUDONYM = message("Pseudonym")
CUT_MARK = message("[… cut]")

PROJECT = message("Project")
DATE = message("Date")
ROWS = message("Rows")
COLUMNS = message("Columns")
CELL_KIND = message("Cells")
FILTERS = message("Filters")
BANDS = message("Bands")
SORT = message("Order")
AS_OF = message("Groups as of")
SUCCESSORS = message("Offices counted as those that followed by")
SUBCODES = message("Subcodes")
FOLDED = message("counted in with the code above them")
UNFOLDED = message("in columns of their own")
TOTAL = message("N in all")
RULES = message("Counting rules")
PROGRAM = message("Program")
NONE = message("none")
AS_LISTED = message("as listed")


def course_of(name: str) -> Message:
    """Say how the months of an indicator are drawn."""
    return message(
        "The course of {name}: month by month, each case on a scale of its own, with its last "
        "value.",
        name=name,
    )


def measured_in(measure: Message, of: PercentOf) -> Message:
    """Say what the cells hold as percentages."""
    return Message(_PERCENT[of].text, {"measure": measure})


def sorted_by(name: str) -> Message:
    """Say `Ordered by {name}`."""
    return message("Ordered by {name}", name=name)


def descending(name: str) -> Message:
    """Say `{name}, descending`."""
    return message("{name}, descending", name=name)


def cut_note(mark: str) -> Message:
    """Say `A text too long for one cell is cut and marked {mark}.`."""
    return message("A text too long for one cell is cut and marked {mark}.", mark=mark)


def part_of(title: str, part: int, parts: int) -> Message:
    """Say which part of a divided table this is."""
    return message("{title} ({part} of {parts})", title=title, part=part, parts=parts)
