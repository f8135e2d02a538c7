"""Reports of imports as files: text, Markdown and HTML for people, JSON for programs."""

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Final

from qda.formats.atomic import atomic_write
from qda.model.errors import FileProblem
from qda.model.import_report import (
    KIND_WORDS,
    LINE_KINDS,
    ImportReport,
    KeptReport,
    LineKind,
    ReportLine,
    kind_word,
)
from qda.model.messages import Message, message

Say = Callable[[Message], str]
"""Says a message in the user's language."""

SayMoment = Callable[[str], str]
"""Writes an ISO moment as the user reads one."""

ENDINGS: Final = (".txt", ".md", ".html", ".json")

HEADINGS: Final[Mapping[LineKind, Message]] = {
    "left out": message("Left out"),
    "uncertain": message("Uncertain, to be looked at"),
    "decided": message("Decided"),
    "came in": message("Came in"),
}
KEYS: Final[Mapping[LineKind, str]] = {
    "left out": "discarded", "uncertain": "uncertain", "decided": "decided", "came in": "came_in"
}  # fmt: skip
"""The keys of the lines in JSON."""


def write_report(
    path: Path, report: ImportReport, head: KeptReport | None, say: Say, say_moment: SayMoment
) -> None:
    """Write a report as the ending of `path` says. Raises FileProblem."""
    ending = path.suffix.casefold()
    if ending == ".json":
        data = {**head_data(head), **report_data(report, say)}
        content = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    elif ending == ".md":
        content = report_markdown(report, head, say, say_moment)
    elif ending == ".html":
        content = report_html(report, head, say, say_moment)
    elif ending == ".txt":
        content = report_text(report, say, head, say_moment) + "\n"
    else:
        raise FileProblem(
            message(
                "{name}: choose a file name that ends in {endings}.",
                name=path.name,
                endings=", ".join(ENDINGS),
            )
        )
    atomic_write(path, content)


# ------------------------------------------------------------------------------------- data
def head_data(head: KeptReport | None) -> dict[str, object]:
    """Return what the project knows of a report it keeps, as plain data."""
    if head is None:
        return {}
    return {"id": head.id, "guid": head.guid, "when": head.created, "coder": head.coder}


def report_data(report: ImportReport, say: Say) -> dict[str, object]:
    """Return a report as plain data: counts in and out, and every line."""
    return {
        "kind": report.kind,
        "source": report.source,
        "origin": report.origin,
        "in": dict(report.found),
        "out": dict(report.kept),
        **{KEYS[kind]: line_data(report.of_kind(kind), say) for kind in LINE_KINDS},
    }


def line_data(lines: tuple[ReportLine, ...], say: Say) -> list[dict[str, object]]:
    """Return lines as plain data."""
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


# ------------------------------------------------------------------------------- for people
def title(report: ImportReport, say: Say) -> str:
    """Return what stands above a report."""
    return say(message("Report on {name}", name=report.source))


def facts(
    report: ImportReport, head: KeptReport | None, say: Say, say_moment: SayMoment | None
) -> list[str]:
    """Return the lines below the title: what kind, when and by whom, written by what."""
    lines = [say(KIND_WORDS[report.kind])]
    if head is not None and say_moment is not None:
        lines.append(
            say(message("{when} by {coder}", when=say_moment(head.created), coder=head.coder))
        )
    if report.origin:
        lines.append(say(message("Written by {origin}", origin=report.origin)))
    return lines


def counts(report: ImportReport) -> Iterator[tuple[Message, int, int]]:
    """Yield the word for each kind of thing with how many were found and how many came over."""
    for item in dict.fromkeys([*report.found, *report.kept]):
        # Where nothing was counted beforehand, what came over is all there was.
        kept = report.kept.get(item, 0)
        yield kind_word(item), report.found.get(item, kept), kept


def said_line(line: ReportLine, say: Say) -> str:
    """Return a line of a report as one sentence or two."""
    text = say(line.what)
    if line.where:
        text += f" ({line.where})"
    if line.count > 1:
        text += f" × {line.count}"
    return f"{text}: {say(line.why)}"


def report_text(
    report: ImportReport,
    say: Say,
    head: KeptReport | None = None,
    say_moment: SayMoment | None = None,
) -> str:
    """Return a report for people, line by line."""
    lines = [title(report, say), *facts(report, head, say, say_moment), ""]
    lines += [_counted(word, found, kept, say) for word, found, kept in counts(report)]
    for kind in LINE_KINDS:
        found = report.of_kind(kind)
        if found:
            lines += ["", say(HEADINGS[kind]), *(f"- {said_line(one, say)}" for one in found)]
    return "\n".join(lines)


def _counted(word: Message, found: int, kept: int, say: Say) -> str:
    return say(message("{kind}: {found} in, {kept} out", kind=word, found=found, kept=kept))


def report_markdown(
    report: ImportReport, head: KeptReport | None, say: Say, say_moment: SayMoment
) -> str:
    """Return a report as Markdown."""
    lines = [f"# {_plain_markdown(title(report, say))}", ""]
    lines += [f"{_plain_markdown(one)}  " for one in facts(report, head, say, say_moment)]
    columns = [say(one) for one in COLUMNS]
    lines += ["", f"| {' | '.join(columns)} |", "|---|---:|---:|"]
    lines += [f"| {say(word)} | {found} | {kept} |" for word, found, kept in counts(report)]
    for kind in LINE_KINDS:
        told = report.of_kind(kind)
        if told:
            lines += ["", f"## {say(HEADINGS[kind])}", ""]
            lines += [f"- {_plain_markdown(said_line(one, say))}" for one in told]
    return "\n".join(lines) + "\n"


COLUMNS: Final = (message("What"), message("In the source"), message("Taken over"))
_MARKS: Final = str.maketrans({mark: "\\" + mark for mark in "\\`*_{}[]<>#|"})


def _plain_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    return " ".join(text.split()).translate(_MARKS)


STYLE: Final = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;"
    "color:#1d2430}h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}"
    "table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left}"
    "td+td,th+th{text-align:right}li{margin:.3rem 0}.where{color:#5a6472}"
)


def report_html(
    report: ImportReport, head: KeptReport | None, say: Say, say_moment: SayMoment
) -> str:
    """Return a report as a page that needs nothing beside it."""
    name = escape(title(report, say))
    columns = "".join(f'<th scope="col">{escape(say(one))}</th>' for one in COLUMNS)
    rows = "".join(
        f"<tr><td>{escape(say(word))}</td><td>{found}</td><td>{kept}</td></tr>\n"
        for word, found, kept in counts(report)
    )
    below = "<br>\n".join(escape(one) for one in facts(report, head, say, say_moment))
    top = (
        '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{name}</h1>\n"
        f"<p>{below}</p>\n<table>\n<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n"
        "</table>\n"
    )
    parts = [top]
    for kind in LINE_KINDS:
        told = report.of_kind(kind)
        if told:
            lines = "".join(f"<li>{escape(said_line(one, say))}</li>\n" for one in told)
            parts.append(f"<h2>{escape(say(HEADINGS[kind]))}</h2>\n<ul>\n{lines}</ul>\n")
    return "".join(parts) + "</body>\n</html>\n"
