"""'Còn thiếu ai' as one tall picture for the committee's chat: numbers and who is in charge, no
resident's data. Drawn on the server from the same board as the page."""

from io import BytesIO
from pathlib import Path
from threading import Lock

import pypdfium2
from PIL import Image, ImageChops

from server.domain.numbers import day_words
from server.pages.heads_words import beside, capital, deadline, reached, sentence
from server.pages.papers.pdf import drawn
from server.steering.doors import Asked
from server.steering.files import in_charge, lacking_sentence, place
from server.store.steering.heads import Board, Line

PAGE = Path(__file__).parent / "templates" / "steering" / "picture.html.jinja"
WIDTH = 1080
"""Pixels: what a phone held upright shows without being asked to."""
HEAD, PLACE, MOST = 1_500, 700, 40
"""Pixels that the head, and each place, take at the very most; and places of one picture."""
PDF_POINT, SMALL, EDGE = 0.75, 0.25, 36
"""Points of a PDF in a pixel of CSS; the size of a first look; the ground left below the footer."""
GROUND = (244, 246, 245)
COLOURS = 64
"""Enough for six flat colours and soft edges of letters; a chat passes small pictures on whole."""

_one_at_a_time = Lock()
"""The library that turns a page into pixels may not be entered twice."""


def picture_pdf(asked: Asked, board: Board) -> bytes:
    """The picture before it is one: a single page as tall as it could need to be."""
    lines = (board.lines or [board.total])[:MOST]
    total = board.total.heads
    return drawn(
        PAGE,
        width=WIDTH,
        height=HEAD + PLACE * len(lines),
        place=place(asked),
        day=day_words(asked.day),
        sentence=capital(sentence(total, board.gap_days)),
        reached=reached(total),
        deadline=deadline(total, asked.day),
        beside=beside(total),
        alone=not board.lines,
        lines=[_line(line, asked.day, board.gap_days) for line in lines],
        more=max(0, len(board.lines) - MOST),
        lacking=lacking_sentence(board.completeness),
    )


def picture_png(asked: Asked, board: Board) -> bytes:
    """The picture, cut off below its last line. Problem: `no_pdf`."""
    pdf = picture_pdf(asked, board)
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            image = _drawn_part(document[0])
        finally:
            document.close()
    file = BytesIO()
    image.quantize(COLOURS).save(file, "PNG")
    return file.getvalue()


def _drawn_part(page: pypdfium2.PdfPage) -> Image.Image:
    """Down to the footer, which a small drawing finds first: most of a tall page is empty, and all
    of it in full size would be a hundred megabytes."""
    small = page.render(scale=SMALL / PDF_POINT).to_pil().convert("RGB")
    box = ImageChops.difference(small, Image.new("RGB", small.size, GROUND)).getbbox()
    bottom = min(small.height, box[3] if box else small.height) / SMALL + EDGE
    empty = max(0.0, page.get_height() - bottom * PDF_POINT)
    whole = page.render(scale=1 / PDF_POINT, crop=(0, empty, 0, 0))
    return whole.to_pil().convert("RGB")


def _line(line: Line, day: str, gap_days: int | None) -> dict[str, object]:
    heads = line.heads
    return {
        "name": line.area["name"],
        "sentence": capital(sentence(heads, gap_days)),
        "reached": reached(heads),
        "deadline": deadline(heads, day),
        "in_charge": in_charge(line.duties, phones=False),
        "now": heads.reach(heads.rate),
        "won": heads.reach(heads.rate_won),
        "goal": None if heads.goal_rate is None else heads.reach(heads.goal_rate),
        "met": heads.missing == 0,
    }
