"""A report on an import or export as data, and as a text for people."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from qda.formats.exchange.report import ExchangeReport, LineKind, ReportLine
from qda.model.messages import Message, message

Say = Callable[[Message], str]
"""Says a message in the user's language."""

MAX_LINES = 1000
"""The most lines that the text for people has; the data has them all."""

ITEM_WORDS: Mapping[str, Message] = {
    "coders": message("coders"),
    "codes": message("codes"),
    "cases": message("cases"),
    "participants": message("participants"),
    "variables": message("variables"),
    "values": message("values"),
    "documents": message("documents"),
    "turns": message("turns"),
    "source notes": message("comments and footnotes"),
    "codings": message("codings"),
    "memos": message("memos"),
    "selections": message("segments"),
    "links": message("links"),
    "sets": message("sets"),
    "graphs": message("drawings"),
    "media": message("recordings and pictures"),
}
_HEADINGS: tuple[tuple[LineKind, Message], ...] = (
    ("left out", message("Left out")),
    ("uncertain", message("Uncertain, to be looked at")),
    ("decided", message("Decided")),
)


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
        "discarded": _lines(report.of_kind("left out"), say),
        "uncertain": _lines(report.of_kind("uncertain"), say),
        "decided": _lines(report.of_kind("decided"), say),
    }


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    ordered = [
        *(one for one in ITEM_WORDS if one in counts),
        *sorted(set(counts) - set(ITEM_WORDS)),
    ]
    return {one: counts[one] for one in ordered if counts[one]}


def kind_word(item: str) -> Message:
    """Return the word for a kind of things that a report counts."""
    return ITEM_WORDS.get(item, message("other things"))


def _lines(lines: Iterator[ReportLine], say: Say) -> list[dict[str, object]]:
    return [
        {
            "item": one.item,
            "what": say(one.what),
            "where": one.where,
            "why": say(one.why),
            "count": one.count,
        }
        for one in lines
    ]


def report_text(report: ExchangeReport, say: Say) -> str:
    """Return a report for people, line by line."""
    lines = [say(message("Report on {name}", name=report.source))]
    if report.origin:
        lines.append(say(message("Written by {origin}", origin=report.origin)))
    lines += ["", *_counted(report, say), *_conventions(report, say)]
    for kind, heading in _HEADINGS:
        found = list(report.of_kind(kind))
        if found:
            lines += ["", say(heading)]
            lines += [
                f"- {say(one.what)} ({one.where})"
                + (f" × {one.count}" if one.count > 1 else "")
                + f": {say(one.why)}"
                for one in found[:MAX_LINES]
            ]
            if len(found) > MAX_LINES:
                lines.append(say(message("… and {n} more", n=len(found) - MAX_LINES)))
    return "\n".join(lines)


def _counted(report: ExchangeReport, say: Say) -> Sequence[str]:
    found, kept = _counts(report.found), _counts(report.kept)
    return [
        say(
            message(
                "{kind}: {found} in, {kept} out",
                kind=kind_word(one),
                found=found.get(one, 0),
                kept=kept.get(one, 0),
            )
        )
        for one in ITEM_WORDS
        if one in found or one in kept
    ]


def _conventions(report: ExchangeReport, say: Say) -> Sequence[str]:
    if not report.conventions:
        return []
    lines = ["", say(message("How the offsets of each document were understood"))]
    for one in report.conventions:
        convention = one.convention
        unit = message("UTF-16 units") if convention.unit == "UTF-16" else message("code points")
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
        parts = [say(unit), say(line_break), say(end)]
        if convention.bom:
            parts.append(say(message("the byte order mark counts")))
        lines.append(f"- {one.source}: {', '.join(parts)} ({one.score:.2f})")
    return lines
