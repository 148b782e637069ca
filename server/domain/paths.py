"""Where a person may be sent on to after a form."""

START = "/"


def local_path(path: str | None) -> str:
    """A path of this server; anything that a browser could take for another host is the start."""
    if path and path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable():
        return path
    return START
