"""Every form of every sample, as the file that people get."""

from server.domain.forms.profiles import profiles
from server.domain.forms.tk1 import homes_of
from server.pages.forms.d03 import d03_workbook
from server.pages.forms.import_sheet import import_workbook
from server.pages.forms.tk1 import tk1_paper
from server.pages.papers.blocks import Paper
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from tests.unit.forms.samples import FAMILY, LISTS, ONE, REST, head

SOLDIER = {"soldier"}


def papers() -> dict[str, Paper]:
    """The papers of the samples, by name."""
    family = homes_of(head(FAMILY), FAMILY, {"household-1": [*FAMILY, *REST]}, forces=SOLDIER)
    return {
        "tk1-family": tk1_paper(head(FAMILY), family),
        "tk1-one": tk1_paper(head(ONE), homes_of(head(ONE), ONE, {})),
    }


def written_files() -> dict[str, bytes]:
    """Names with their endings, and what is in them."""
    files = {f"d03-{name}.xlsx": d03_workbook(head(rows), rows) for name, rows in LISTS.items()}
    for name, profile in profiles().items():
        for listed, rows in LISTS.items():
            files[f"{name}-{listed}.xlsx"] = import_workbook(profile, head(rows), rows)
    for name, paper in papers().items():
        files[f"{name}.docx"] = word_file(paper)
        files[f"{name}.own.pdf"] = pdf_file(paper)
    return files
