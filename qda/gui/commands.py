"""Commands: everything that can be done, once, for menus, palette and shortcut sheet alike."""

from collections.abc import Callable
from dataclasses import dataclass


def always() -> bool:
    """Tell that a command can be given at any time."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do.

    `id` is stable (`coding.uncode`) and what a changed shortcut is kept under; `menu` names the
    menu it stands in; `shortcut` is Qt's portable text, empty for none; `enabled` is asked when a
    menu opens or the palette lists it. `icon` and `keywords` help to find it.
    """

    id: str
    title: str
    menu: str
    run: Callable[[], None]
    shortcut: str = ""
    enabled: Callable[[], bool] = always
    icon: str = ""
    keywords: tuple[str, ...] = ()
    separator_before: bool = False
