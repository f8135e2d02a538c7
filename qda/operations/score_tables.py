"""Summaries of score sheets and two raters compared, as tables for files."""

from qda.analysis.scores import RaterAgreement, ScoreCell, ScoreSummary
from qda.formats.word_tables import Cell, Kind, WordTable
from qda.model.messages import Message, Translator, message

ALL = message("All offices")
EVERY = message("All indicators")


def summary_table(found: ScoreSummary, translator: Translator) -> WordTable:
    """Return a row for each office and indicator: n, mean, how many of each value, shares."""
    scale = found.sheet.scale
    headings: list[tuple[Message, Kind]] = [
        (message("Office"), "text"), (message("Indicator"), "text"), (message("n"), "number"),
        (message("Mean"), "number"),
    ]  # fmt: skip
    headings.extend((message("n of {value}", value=value), "number") for value in scale)
    headings.extend((message("share of {value}", value=value), "number") for value in scale)
    offices = [*found.offices, ALL.say(translator)]
    rows = [
        _row(office, item.name, cell)
        for office, cells in zip(offices, (*found.cells, found.total), strict=True)
        for item, cell in zip(found.sheet.items, cells, strict=True)
    ]
    title = message("Scores of {sheet}", sheet=found.sheet.name)
    return WordTable(title, tuple(headings), tuple(rows), found.notes)


def _row(office: str, item: str, cell: ScoreCell) -> tuple[Cell, ...]:
    return (office, item, cell.n, cell.mean, *cell.counts, *cell.shares)


def agreement_table(
    found: tuple[RaterAgreement, ...], raters: tuple[str, str], translator: Translator
) -> WordTable:
    """Return a row for each indicator, then one for all."""
    headings: tuple[tuple[Message, Kind], ...] = (
        (message("Indicator"), "text"), (message("n"), "number"),
        (message("Share that agree"), "number"),
        (message("Cohen's kappa"), "number"), (message("Krippendorff's alpha"), "number"),
        (message("Alpha, ordered values"), "number"),
    )  # fmt: skip
    return WordTable(
        message("{first} and {second} compared", first=raters[0], second=raters[1]),
        headings,
        tuple(
            (
                one.item if one.item is not None else EVERY.say(translator), one.n, one.percent,
                one.kappa, one.alpha, one.ordinal_alpha,
            )
            for one in found
        ),
    )  # fmt: skip
