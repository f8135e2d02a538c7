"""What every reader of packed files asks of the names in them."""


def climbs_out(name: str) -> bool:
    """Tell whether a member would be written outside the folder that an archive is unpacked in."""
    name = name.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"
