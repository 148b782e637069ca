"""Every form of every sample, as the file that people get."""

from server.domain.forms.profiles import profiles
from server.pages.forms.d03 import d03_workbook
from server.pages.forms.import_sheet import import_workbook
from tests.unit.forms.samples import LISTS, head


def written_files() -> dict[str, bytes]:
    """Names with their endings, and what is in them."""
    files = {f"d03-{name}.xlsx": d03_workbook(head(rows), rows) for name, rows in LISTS.items()}
    for name, profile in profiles().items():
        for listed, rows in LISTS.items():
            files[f"{name}-{listed}.xlsx"] = import_workbook(profile, head(rows), rows)
    return files
