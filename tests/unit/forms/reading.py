"""What a printed file says."""

import pypdfium2


def pages_of(opened, name, kind):
    """The text of every page and its size: as LibreOffice prints the Word file (`word`), or of our
    own PDF (`own`). No-width breaks and spaces that do not break read as none and as spaces."""
    folder, ending = (opened.printed, "pdf") if kind == "word" else (opened.sent, "own.pdf")
    document = pypdfium2.PdfDocument(folder / f"{name}.{ending}")
    texts = [page.get_textpage().get_text_bounded() for page in document]
    sizes = [page.get_size() for page in document]
    document.close()
    return [" ".join(text.replace("\u200b", "").split()) for text in texts], sizes
