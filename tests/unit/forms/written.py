"""Every form of every sample, as the file that people get."""

from server.domain.card_lists.digest import totals_of
from server.domain.forms.head import FormHead
from server.domain.forms.profiles import profiles
from server.domain.forms.tk1 import homes_of
from server.pages.forms.d03 import d03_workbook
from server.pages.forms.import_sheet import import_workbook
from server.pages.forms.memo import memo_paper
from server.pages.forms.school_letter import school_letter
from server.pages.forms.tk1 import tk1_paper
from server.pages.papers.blocks import Paper
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from tests.unit.forms.samples import BOTH, FAMILY, LISTS, MANY, ONE, PUPILS, REST, head

SOLDIER = {"soldier"}


def draft() -> FormHead:
    """A list that nobody has numbered, and that corrects another."""
    told = {"number": None, "document_number": None, "sealed_on": None}
    return head(MANY, **told, supplements="BP-15646-2026-0003", support_percent=None)


def papers() -> dict[str, Paper]:
    """The papers of the samples, by name."""
    family = homes_of(head(FAMILY), FAMILY, {"household-1": [*FAMILY, *REST]}, forces=SOLDIER)
    return {
        "tk1-family": tk1_paper(head(FAMILY), family),
        "tk1-one": tk1_paper(head(ONE), homes_of(head(ONE), ONE, {})),
        "memo": memo_paper(head(BOTH), totals_of(BOTH), "12/TTr-VHXH", "2026-11-22"),
        "memo-draft": memo_paper(draft(), totals_of(MANY), None, None),
        "letter": school_letter(
            "Xã Thường Xuân",
            "Trường Trung học cơ sở Thường Xuân",
            PUPILS,
            "2026-11-22",
            support_percent="50",
            reply_by="2026-12-05",
            number="215/UBND-VHXH",
        ),
        "letter-one": school_letter(
            "Phường Hạc Thành", "Trường Tiểu học Điện Biên 1", PUPILS[:1], "2026-05-22"
        ),
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
