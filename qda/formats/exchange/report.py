"""The report on the exchange of a project, which also tells how offsets were understood."""

from collections.abc import Mapping

from qda.formats.exchange.offsets import Convention, FoundConvention, Unit
from qda.model.import_report import LineKind, ReportBuilder, ReportLine
from qda.model.messages import Message, message

__all__ = ["ExchangeReport", "LineKind", "ReportLine"]

_UNITS: Mapping[Unit, Message] = {
    "code point": message("code points"),
    "UTF-16": message("UTF-16 units"),
    "UTF-8": message("bytes of UTF-8"),
}


class ExchangeReport(ReportBuilder):
    """Collect what is told about the import or export of a whole project."""

    def __init__(self, source: str) -> None:
        """Begin a report on the file or project called `source`."""
        super().__init__("project", source)
        self.conventions: list[FoundConvention] = []

    def _told_last(self) -> list[ReportLine]:
        return [
            ReportLine(
                "decided",
                "selections",
                message("The offsets of {name}", name=one.source),
                self.source,
                said_convention(one),
                one.places,
            )
            for one in self.conventions
            # Those that are not were told of where they were met.
            if one.certain
        ]


def said_convention(found: FoundConvention) -> Message:
    """Say in what way a source's offsets count, and how well that fits."""
    return message(
        "{how} ({score})", how=said_counting(found.convention), score=f"{found.score:.2f}"
    )


def said_counting(convention: Convention) -> Message:
    """Say in what unit offsets count, and from where to where."""
    unit = _UNITS[convention.unit]
    line_break = (
        message("a line break counts one")
        if convention.newline == 1
        else message("a line break counts two")
    )
    end = (
        message("the end is the last character")
        if convention.inclusive
        else message("the end is behind the last character")
    )
    if convention.bom:
        mark = message("the byte order mark counts")
        return message(
            "{unit}, {line_break}, {end}, {mark}",
            unit=unit, line_break=line_break, end=end, mark=mark,
        )  # fmt: skip
    return message("{unit}, {line_break}, {end}", unit=unit, line_break=line_break, end=end)
