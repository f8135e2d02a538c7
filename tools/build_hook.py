"""Put the shipped codebooks and the example study into the wheel.

In a checkout they stand beside the package and are found there (see `qda.app.paths.shipped`), so
an editable installation leaves them where they are.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {
    "codebooks": "qda/shipped/codebooks",
    "projects/eksempelstudie": "qda/shipped/projects/eksempelstudie",
}


class ShippedData(BuildHookInterface[Any]):
    """Adds the shipped data to a wheel that is not an editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the data; a build without them fails."""
        if version == "standard":
            build_data["force_include"].update(SHIPPED)
