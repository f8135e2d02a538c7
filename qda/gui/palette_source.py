"""What the palette offers: commands, codes, documents, offices."""

from collections.abc import Callable, Sequence
from typing import cast

from qda.gui.blind import only_coder
from qda.gui.context import Context, Place
from qda.gui.language import tr
from qda.gui.menus import CommandActions
from qda.gui.models.things import first_line, short
from qda.gui.widgets.palette_match import PaletteItem
from qda.model.ids import CodeId
from qda.store import cases, codes, documents, memos, project_info

KEYWORDS = 400
"""Characters of a memo that are looked through."""
RECENT = "palette.recent"
Choice = tuple[str, object]
"""What an item stands for: its kind and its id."""


def palette_items(context: Context, actions: CommandActions, *, coding: bool) -> list[PaletteItem]:
    """Return everything the palette finds; codes first where one codes."""
    found_codes = _codes(context, coding=coding)
    others = [*_documents(context), *_cases(context), *_commands(actions), *_memos(context)]
    return [*found_codes, *others]


def _codes(context: Context, *, coding: bool) -> list[PaletteItem]:
    everything = codes.all_codes(context.bridge.project.connection)
    paths = codes.paths(everything)
    return [
        PaletteItem(
            id=("code", code.id),
            title=" / ".join(paths[code.id]),
            detail=tr("code with") if coding else tr("code"),
            hint=code.shortcut if coding else "",
            color=code.color,
            group="code",
            tickable=coding,
            keywords=(*code.keywords, code.definition),
        )
        for code in everything
    ]


def _documents(context: Context) -> list[PaletteItem]:
    return [
        PaletteItem(("document", one.id), one.name, tr("source"), group="document")
        for one in documents.all_documents(context.bridge.project.connection)
    ]


def _cases(context: Context) -> list[PaletteItem]:
    return [
        PaletteItem(("case", one.id), one.name, tr("office"), group="case")
        for one in cases.all_cases(context.bridge.project.connection)
    ]


def _memos(context: Context) -> list[PaletteItem]:
    only = only_coder(context)
    return [
        PaletteItem(
            ("memo", one.id), short(first_line(one.text)), tr("memo"), group="memo",
            keywords=(one.text[:KEYWORDS],),
        )
        for one in reversed(memos.all_memos(context.bridge.project.connection))
        if only in (None, one.coder)
    ]  # fmt: skip


def _commands(actions: CommandActions) -> list[PaletteItem]:
    return [
        PaletteItem(
            ("command", command.id),
            command.title.replace("&", ""),
            tr("command"),
            actions.shown_shortcut(command),
            group="command",
            keywords=command.keywords,
        )
        for command in actions.commands_here()
        if command.enabled()
    ]


def new_code_rows(query: str, *, coding: bool) -> list[PaletteItem]:
    """Offer to make a code of what was typed, where one codes."""
    name = " ".join(query.split())
    if not coding or not name:
        return []
    return [
        PaletteItem(
            ("new-code", name),
            tr("New code «{name}»", name=name),
            tr("create and code with"),
            "Ctrl ↵",
            with_ctrl=True,
        )
    ]


def search_rows(query: str) -> list[PaletteItem]:
    """Offer to look for what was typed in all sources."""
    words = " ".join(query.split())
    if not words:
        return []
    return [
        PaletteItem(
            ("words", words), tr("Find «{words}» in all its forms", words=words), tr("search")
        ),
        PaletteItem(("search", words), tr("Find «{words}» in all sources", words=words)),
    ]


def kept_recent(context: Context) -> list[object]:
    """Return what was chosen last in this project, latest first, as it was kept."""
    kept = context.settings.mapping(RECENT).get(_guid(context), "")
    found: list[object] = []
    for one in kept.split(" "):
        kind, _, what = one.partition(":")
        if kind in ("code", "document", "case", "memo") and what.isdecimal():
            found.append((kind, int(what)))
        elif kind == "command" and what:
            found.append((kind, what))
    return found


def keep_recent(context: Context, recent: Sequence[object]) -> None:
    """Keep what was chosen last; names typed for new codes are not."""
    pairs = [
        cast("Choice", one) for one in recent if isinstance(one, tuple) and one[0] != "new-code"
    ]
    kept = dict(context.settings.mapping(RECENT))
    kept[_guid(context)] = " ".join(f"{kind}:{what}" for kind, what in pairs)
    context.settings.set(RECENT, kept)


def _guid(context: Context) -> str:
    return project_info.read(context.bridge.project.connection).guid


def choose(
    choice: object,
    context: Context,
    actions: CommandActions,
    use_code: Callable[[object], None],
    make_code: Callable[[str], None],
) -> None:
    """Do what a chosen item stands for."""
    if not isinstance(choice, tuple):
        return
    kind, what = choice
    if kind == "command":
        actions.action(str(what)).trigger()
    elif kind == "code":
        use_code(what)
    elif kind == "new-code":
        make_code(str(what))
    elif kind == "search":
        context.navigator.go(Place("coding", words=str(what)))
    elif kind == "words":
        context.navigator.go(Place("search", words=str(what)))
    elif kind == "document":
        context.navigator.go(Place("coding", document=what))
    elif kind == "case":
        context.navigator.go(Place("cases", case=what))
    elif kind == "memo":
        context.navigator.go(Place("memos", memo=what))


def chosen_codes(items: Sequence[PaletteItem]) -> list[CodeId]:
    """Return the codes that ticked items stand for."""
    return [
        CodeId(item.id[1])
        for item in items
        if isinstance(item.id, tuple) and item.id[0] == "code" and isinstance(item.id[1], int)
    ]
