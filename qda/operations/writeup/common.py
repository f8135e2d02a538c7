"""Parts that several texts of a write-up share: quotes, tables of counts, warnings."""

from collections.abc import Iterable, Iterator

from qda.analysis.attribution import rare_words
from qda.model.codebook import join_path
from qda.model.ids import CodingId
from qda.model.matrix import Matrix, MatrixHeading, Quote
from qda.model.messages import Message, counted, message
from qda.model.quotes import Trim
from qda.model.writeup import (
    Block,
    Heading,
    Paragraph,
    QuoteBlock,
    Run,
    TableBlock,
    TableCell,
    plain,
)
from qda.operations.writeup.material import Material
from qda.text.printing import printed

NO_CASE = message("Without office")
SHADES = ("#f6f4ee", "#e3ebee", "#c8dbe1", "#a9c8d1", "#86b2be")
"""From the lowest step of a scale to the highest; they keep their order in grey."""


def shade_of(value: str, scale: tuple[str, ...]) -> str:
    """Return the shade of a step of a scale, empty for a value off it."""
    if value not in scale or len(scale) < 2:
        return ""
    return SHADES[round(scale.index(value) * (len(SHADES) - 1) / (len(scale) - 1))]


def decimals(material: Material, value: float | None, places: int) -> str:
    """Return a number as the language of the project writes it, a dash for none."""
    if value is None:
        return "–"
    # Adding nothing makes of a negative zero the zero it is.
    text = f"{round(value, places) + 0.0:.{places}f}".replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if material.snapshot.entities.language != "en" else text


def in_marks(material: Material, text: str, trims: Iterable[Trim] = ()) -> str:
    """Return a quote in its marks, trimmed."""
    return printed(text, trims, material.who.style, material.snapshot.entities.language)


def quote_block(material: Material, quote: Quote, trims: Iterable[Trim] = ()) -> QuoteBlock:
    """Return a quote as it is printed; it leads to its place in the trail.

    It says so where few share what is shown of the informant.
    """
    link, who = material.link((quote.id,)), material.who.of(quote)
    return QuoteBlock(
        in_marks(material, quote.text, trims),
        who,
        # Who said it leads back; where nothing is shown of them, a word below does.
        "" if who or not link else material.say(message("Trail")),
        link=link,
        warning=warning(material, quote),
    )


def warning(material: Material, quote: Quote) -> str:
    """Say that the informant of a quote could be recognised; empty where not."""
    rare = material.who.fewest(quote)
    return "" if rare is None else material.say(rare_words(rare))


def chosen_quotes(quotes: Iterable[Quote], most: int) -> list[Quote]:
    """Return some quotes, from as many informants as can be, the longer ones first.

    A quote that stands within another is not taken twice. The order does not follow the sources,
    so that it does not tell which office a quote is from.
    """
    by_length = sorted(quotes, key=lambda one: (-min(len(one.text), 400), one.guid))
    taken: list[Quote] = []
    heard: set[tuple[str, ...]] = set()
    for fresh_only in (True, False):
        for one in by_length:
            if len(taken) == most:
                break
            inside = any(one.text in other.text or other.text in one.text for other in taken)
            if inside or (fresh_only and one.participants in heard):
                continue
            taken.append(one)
            heard.add(one.participants)
    return sorted(taken, key=lambda one: one.guid)


def count_table(
    material: Material, matrix: Matrix, caption: Message, below: str = ""
) -> TableBlock:
    """Return a matrix as a table whose numbers lead to their segments.

    With `below`, the rows are the codes below a code of that name, named without it.
    """
    header = [TableCell("")]
    header += [TableCell(_label(material, one), right=True) for one in matrix.columns]
    rows: list[tuple[TableCell, ...]] = []
    for heading, values, evidence in zip(matrix.rows, matrix.cells, matrix.evidence, strict=True):
        label = _label(material, heading)
        above = join_path((below,)) + "/"
        cells = [TableCell(label.removeprefix(above) if below else label)]
        for value, codings in zip(values, evidence, strict=True):
            text = "" if value is None else str(value)
            cells.append(TableCell(text, material.link(codings), right=True))
        rows.append(tuple(cells))
    return TableBlock(material.say(caption), tuple(header), tuple(rows))


def _label(material: Material, heading: MatrixHeading) -> str:
    return material.say(NO_CASE) if heading.missing else heading.label


def people_words(material: Material, codings: Iterable[CodingId]) -> Paragraph:
    """Say how many informants at how many offices stand behind segments, each number a link."""
    ids = list(codings)
    quotes = material.quoted(ids)
    entities = material.snapshot.entities
    asking = {one.name for one in entities.participants if one.interviewer}
    people = {name for one in quotes for name in one.participants} - asking
    cases = {name for one in quotes for name in one.cases}
    link = material.link(ids)
    informants = sum(not one.interviewer for one in entities.participants)
    said = message(
        "{segments} from {people} of {informants} informants, at {cases} of {offices} offices.",
        segments=counted("{n} segment", "{n} segments", len(ids)),
        people=len(people),
        informants=informants,
        cases=len(cases),
        offices=len(entities.cases),
    )
    return Paragraph((Run(material.say(said), link=link),))


def warnings(material: Material) -> Iterator[Block]:
    """Say which shown attributes few informants share."""
    rare = material.who.rare()
    if not rare:
        return
    yield Heading(2, material.say(message("Who could be recognised")))
    yield plain(
        material.say(
            message(
                "Fewer than {n} informants share what is shown of them here; "
                "show less, or ask them.",
                n=material.who.style.threshold,
            )
        ),
        muted=True,
    )
    yield TableBlock(
        "",
        (
            TableCell(material.say(message("Shown as"))),
            TableCell(material.say(message("Informants")), right=True),
        ),
        tuple((TableCell(one.shown), TableCell(str(one.people), right=True)) for one in rare),
    )
