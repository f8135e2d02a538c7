"""A report on an import or export of a whole project as data, and as a text for people."""

from collections.abc import Mapping

from qda.formats import report_files
from qda.formats.exchange.report import ExchangeReport
from qda.formats.report_files import Say, line_data
from qda.model.import_report import ITEM_WORDS


def report_data(report: ExchangeReport, say: Say) -> dict[str, object]:
    """Return a report as plain data: counts in and out, conventions, and every line."""
    return {
        "source": report.source,
        "origin": report.origin,
        "in": _counts(report.found),
        "out": _counts(report.kept),
        "conventions": [
            {
                "document": one.source,
                "unit": one.convention.unit,
                "line break": one.convention.newline,
                "byte order mark counted": one.convention.bom,
                "end": "inclusive" if one.convention.inclusive else "exclusive",
                "score": one.score,
                "segments": one.places,
                "named": one.named,
                "certain": one.certain,
            }
            for one in report.conventions
        ],
        # The finished report has a line for what no line was written of.
        "discarded": line_data(report.finished().of_kind("left out"), say),
        "uncertain": line_data(tuple(report.of_kind("uncertain")), say),
        "decided": line_data(tuple(report.of_kind("decided")), say),
    }


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    ordered = [
        *(one for one in ITEM_WORDS if one in counts),
        *sorted(set(counts) - set(ITEM_WORDS)),
    ]
    return {one: counts[one] for one in ordered if counts[one]}


def report_text(report: ExchangeReport, say: Say) -> str:
    """Return a report for people, line by line."""
    return report_files.report_text(report.finished(), say)
