"""The user's language: sentences from the catalogue, numbers and dates as they are written.

English is the language of the sources, so its catalogue is empty. Importing reads no file.
"""

import math
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeGuard

from qda.app.paths import resource

if TYPE_CHECKING:
    from gettext import GNUTranslations

InterfaceLanguage = Literal["nb", "en"]
INTERFACE_LANGUAGES: Final[tuple[InterfaceLanguage, ...]] = ("nb", "en")

NO_BREAK_SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"
NO_NUMBER: Final = "\u2013"
MOST_DECIMALS: Final = 6

MONTHS: Final[Mapping[InterfaceLanguage, tuple[str, ...]]] = {
    "nb": (
        "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september",
        "oktober", "november", "desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
}  # fmt: skip


class Catalogue:
    """Say English sentences, numbers and dates in one language.

    Implements `qda.model.messages.Translator`. A sentence without a translation stays English.
    """

    __slots__ = ("_translations", "language")

    def __init__(
        self, language: InterfaceLanguage, translations: "GNUTranslations | None" = None
    ) -> None:
        """Answer from `translations`; without them every sentence stays as it is."""
        self.language: Final[InterfaceLanguage] = language
        self._translations = translations

    def text(self, source: str) -> str:
        """Return `source` in the user's language."""
        # The empty sentence is the key of the catalogue's own header.
        if self._translations is None or not source:
            return source
        return self._translations.gettext(source)

    def plural(self, singular: str, plural: str, count: int) -> str:
        """Return the form of the sentence that fits `count`, its places still open."""
        if self._translations is None:
            return singular if count == 1 else plural
        return self._translations.ngettext(singular, plural, count)

    def in_context(self, context: str, source: str) -> str:
        """Return `source` as it is said in `context` (words of Qt, names of keys)."""
        if self._translations is None or not source:
            return source
        return self._translations.pgettext(context, source)

    def format_number(self, value: float, decimals: int | None = None) -> str:
        """Write a number; without `decimals` with as many as it has, six at most.

        Not a number is a dash.
        """
        if math.isnan(value):
            return NO_NUMBER
        if math.isinf(value):
            return "∞" if value > 0 else self._minus + "∞"
        places = decimals
        if places is None:
            places = 0 if isinstance(value, int) else MOST_DECIMALS
        digits = f"{abs(value):,.{places}f}"
        if decimals is None and places:
            digits = digits.rstrip("0").rstrip(".")
        negative = value < 0 and any(digit in "123456789" for digit in digits)
        if self.language == "nb":
            digits = digits.replace(",", NO_BREAK_SPACE).replace(".", ",")
        return self._minus + digits if negative else digits

    def format_percent(self, share: float, decimals: int = 0) -> str:
        """Write a share of one as a percentage: 0.452 is `45 %` in bokmål, `45%` in English."""
        number = self.format_number(share * 100, decimals)
        if number == NO_NUMBER:
            return number
        return f"{number}{NO_BREAK_SPACE}%" if self.language == "nb" else f"{number}%"

    def format_date(self, iso: str) -> str:
        """Write an ISO date, or the date of an ISO moment; other text comes back as it is."""
        try:
            day = date.fromisoformat(iso[:10])
        except ValueError:
            return iso
        return self._day(day)

    def format_moment(self, iso: str) -> str:
        """Write an ISO moment with its time of day, in local time where it names its zone."""
        try:
            moment = datetime.fromisoformat(iso)
        except ValueError:
            return iso
        moment = _local(moment)
        if self.language == "nb":
            return f"{self._day(moment.date())} kl. {moment:%H.%M}"
        return f"{self._day(moment.date())}, {moment:%H:%M}"

    def format_day_of(self, iso: str) -> str:
        """Write the day of an ISO moment, in local time where it names its zone."""
        try:
            moment = datetime.fromisoformat(iso)
        except ValueError:
            return iso
        return self._day(_local(moment).date())

    def format_month(self, period: str) -> str:
        """Write a month such as `2012-03`; other text comes back as it is."""
        try:
            first = date.fromisoformat(f"{period}-01")
        except ValueError:
            return period
        return f"{self._month(first)} {first.year}"

    @property
    def _minus(self) -> str:
        return MINUS if self.language == "nb" else "-"

    def _month(self, day: date) -> str:
        return MONTHS[self.language][day.month - 1]

    def _day(self, day: date) -> str:
        dot = "." if self.language == "nb" else ""
        return f"{day.day}{dot} {self._month(day)} {day.year}"


def _local(moment: datetime) -> datetime:
    """Return `moment` in local time where it names its zone."""
    return moment.astimezone() if moment.tzinfo is not None else moment


def load_catalogue(language: InterfaceLanguage) -> Catalogue:
    """Return the catalogue of `language`, read from the package."""
    if language == "en":
        return Catalogue(language)
    from gettext import GNUTranslations

    with resource("translations", f"{language}.mo").open("rb") as file:
        return Catalogue(language, GNUTranslations(file))


def is_interface_language(text: str) -> TypeGuard[InterfaceLanguage]:
    """Tell whether the interface speaks `text`."""
    return text in INTERFACE_LANGUAGES


def system_language(
    environment: Mapping[str, str] | None = None, preferred: Iterable[str] | None = None
) -> InterfaceLanguage:
    """Return bokmål where the system speaks Norwegian (nynorsk included), else English.

    `preferred` are the platform's own language names, best first; `environment` the variables that
    decide where the platform has none. Both default to this system's.
    """
    names = list(_platform_names() if preferred is None else preferred)
    names += _environment_names(os.environ if environment is None else environment)
    for name in names:
        tag = name.replace("_", "-").split(".")[0].split("-")[0].lower()
        if tag in ("nb", "nn", "no") or tag.startswith("norwegian"):
            return "nb"
        if tag:
            return "en"
    return "en"


def _environment_names(environment: Mapping[str, str]) -> list[str]:
    """Return the languages that gettext's variables name, in gettext's order."""
    values = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, values), "")
    if locale.split(".")[0] in ("", "C", "POSIX"):
        return []
    return [*filter(None, environment.get("LANGUAGE", "").split(":")), locale]


def _platform_names() -> list[str]:
    """Return what Windows says the user reads; elsewhere the environment knows."""
    if sys.platform != "win32":
        return []
    import ctypes
    from locale import windows_locale

    name = windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    return [name] if name else []
