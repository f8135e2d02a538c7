"""In which order codes are shown: their own, by name, or by how often they are used."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal

from qda.app.settings import Settings
from qda.gui.commands import Command
from qda.gui.language import tr
from qda.model.entities import Code
from qda.model.ids import CodeId
from qda.text.collation import sort_key

Order = Literal["own", "name", "count"]
ORDERS: tuple[Order, ...] = ("own", "name", "count")
KEPT = "codes.order"


def kept_order(settings: Settings) -> Order:
    """Return the order that the user wants codes to be shown in."""
    kept = settings.text(KEPT)
    for one in ORDERS:
        if one == kept:
            return one
    return "own"


def totals(codes: Sequence[Code], counts: Mapping[CodeId, int]) -> dict[CodeId, int]:
    """Return how often each code is used, its subcodes counted in."""
    found: dict[CodeId, int] = {}
    for code in reversed(codes):
        total = found.get(code.id, 0) + counts.get(code.id, 0)
        found[code.id] = total
        if code.parent is not None:
            found[code.parent] = found.get(code.parent, 0) + total
    return found


def in_order(
    codes: Sequence[Code], counts: Mapping[CodeId, int], order: Order, language: str
) -> list[Code]:
    """Return codes (parents before children) so that those of one parent stand in `order`."""
    if order == "own":
        return list(codes)
    used = totals(codes, counts) if order == "count" else {}
    # Parents stand before their children, so each knows how deep its parent is.
    depth: dict[CodeId, int] = {}
    for code in codes:
        depth[code.id] = 0 if code.parent is None else depth[code.parent] + 1
    return sorted(
        codes,
        key=lambda one: (depth[one.id], -used.get(one.id, 0), sort_key(one.name, language)),
    )


def order_commands(place: str, settings: Settings, changed: Callable[[], None]) -> list[Command]:
    """Return the commands that choose the order; `changed` shows the codes anew."""
    titles = (
        tr("Codes in their own order"),
        tr("Codes by name"),
        tr("Codes by how often they are used"),
    )
    return [
        Command(
            f"{place}.order.{order}", title, "view", partial(_take, order, settings, changed),
            keywords=(tr("sort"),), separator_before=order == "own",
        )
        for order, title in zip(ORDERS, titles, strict=True)
    ]  # fmt: skip


def _take(order: Order, settings: Settings, changed: Callable[[], None]) -> None:
    if kept_order(settings) != order:
        settings.set(KEPT, order)
        changed()
