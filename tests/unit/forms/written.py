"""Every form of every sample, as the file that people get."""

from server.pages.forms.d03 import d03_workbook
from tests.unit.forms.samples import LISTS, head


def written_files() -> dict[str, bytes]:
    """Names with their endings, and what is in them."""
    return {f"d03-{name}.xlsx": d03_workbook(head(rows), rows) for name, rows in LISTS.items()}
