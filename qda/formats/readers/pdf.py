"""PDF: text with its paragraphs restored, running headers dropped, columns in order."""

from collections.abc import Sequence

from qda.formats.readers.pdf_extract import PdfPage, extract_pages
from qda.formats.readers.pdf_lines import PdfLine, reading_order
from qda.formats.readers.pdf_paragraphs import PdfText, build_lines, build_text
from qda.formats.readers.raw import RawDocument, ReadTask
from qda.model.errors import FileProblem
from qda.model.messages import Message, counted, message
from qda.model.reading import Decision, ReadOptions
from qda.text.line_ends import tidy
from qda.text.normalise import dropped_warning, normalise
from qda.text.running_lines import find_running_lines, header_decisions
from qda.text.turn_finding import LabelHints, turn_lines

_MAX_UNREADABLE = 0.02


def read_pdf(task: ReadTask) -> RawDocument:
    """Read a PDF. Raises FileProblem for one that is only pictures."""
    pages = extract_pages(task.source, task.file_name, task.progress)
    if not any(page.segments for page in pages):
        if any(page.pictures for page in pages):
            raise FileProblem(
                message(
                    "{name} holds pictures of pages and no text; it needs text recognition (OCR) "
                    "first.",
                    name=task.file_name,
                )
            )
        return RawDocument("")
    ordered = [reading_order(number, page) for number, page in enumerate(pages)]
    headers, lines = _without_headers(ordered, task.options)
    result = _text(lines, task.options)
    text, dropped = normalise(result.text)
    warnings = _warnings(pages, len(text))
    if dropped:
        # Offsets of the hints no longer fit; the labels themselves are still found.
        warnings = (*warnings, dropped_warning(dropped))
        result = PdfText(text, LabelHints(), result.decisions)
    return RawDocument(
        text, hints=result.hints, decisions=headers + result.decisions, warnings=warnings
    )


def _text(lines: Sequence[PdfLine], options: ReadOptions) -> PdfText:
    if options.paragraphs != "lines":
        return build_text(lines, options)
    plain = build_lines(lines)
    labels = turn_lines(plain.text, plain.hints, options.speakers)
    tidied = tidy(plain.text, options, labels=labels)
    hints = plain.hints if tidied.text == plain.text else LabelHints()
    return PdfText(tidied.text, hints, tidied.decisions)


def _without_headers(
    pages: Sequence[Sequence[PdfLine]], options: ReadOptions
) -> tuple[tuple[Decision, ...], list[PdfLine]]:
    """Drop running headers, footers and page numbers; they are looked for from top to bottom."""
    sorted_pages = [sorted(page, key=lambda line: (-line.base, line.left)) for page in pages]
    texts = [[line.text for line in page] for page in sorted_pages]
    running = find_running_lines(texts)
    choices = options.choices
    if options.paragraphs == "lines":
        choices = {key: choices.get(key, False) for key in running}
    decisions, dropped = header_decisions(running, texts, choices)
    gone = {id(sorted_pages[page][at]) for page, at in dropped}
    return decisions, [line for page in pages for line in page if id(line) not in gone]


def _warnings(pages: Sequence[PdfPage], length: int) -> tuple[Message, ...]:
    warnings: list[Message] = []
    empty = [number for number, page in enumerate(pages, 1) if not page.segments and page.pictures]
    if empty:
        warnings.append(
            counted(
                "Page {pages} has no text that can be read; it may need text recognition (OCR).",
                "Pages {pages} have no text that can be read; they may need text recognition "
                "(OCR).",
                len(empty),
                pages=", ".join(map(str, empty[:50])) + ("…" if len(empty) > 50 else ""),
            )
        )
    unreadable = sum(page.unreadable for page in pages)
    if unreadable > _MAX_UNREADABLE * max(1, length):
        warnings.append(
            counted(
                "{n} character of the PDF has no letter behind it and is missing.",
                "{n} characters of the PDF have no letters behind them and are missing.",
                unreadable,
            )
        )
    return tuple(warnings)
