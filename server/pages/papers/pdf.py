"""A paper as PDF. The renderer may fetch the paper's own fonts and nothing else."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from server.errors import Problem
from server.pages.papers.blocks import (
    MARGINS_MM,
    NATIONAL_MOTTO,
    NATIONAL_TITLE,
    Annex,
    Paper,
    styles,
)

FONTS = Path(__file__).parents[3] / "pwa" / "dist" / "fonts"
"""Put there by the build: Tinos has the widths of Times New Roman, and every Vietnamese letter."""
FACES = (
    ("Tinos_400Regular.ttf", "normal", "normal"),
    ("Tinos_400Regular_Italic.ttf", "normal", "italic"),
    ("Tinos_700Bold.ttf", "bold", "normal"),
    ("Tinos_700Bold_Italic.ttf", "bold", "italic"),
)
SCREEN_FACES = FONTS.parent / "desk"
"""Where the build puts the faces of the screens, cut in two by alphabet."""
CUTS = (("latin", "400"), ("latin", "600"), ("vietnamese", "400"), ("vietnamese", "600"))


def pdf_file(paper: Paper) -> bytes:
    """The paper as PDF. Problem: `no_pdf` where the system lacks the libraries that draw it."""
    return drawn(
        Path(__file__).parent / "paper.html.jinja",
        paper=paper,
        styles=styles(),
        margins=MARGINS_MM,
        title=NATIONAL_TITLE,
        motto=NATIONAL_MOTTO,
        kind=lambda block: type(block).__name__,
        annexes=[block for block in paper.blocks if isinstance(block, Annex)],
    )


def drawn(template: Path, **values: Any) -> bytes:
    """A page of our own as PDF. It finds the fonts it may load: `faces` of papers, `screen_faces`
    of screens. Problem: `no_pdf`."""
    renderer = _renderer()
    if renderer is None:
        raise Problem("no_pdf")
    faces = [(path.as_uri(), weight, slant) for path, weight, slant in _faces()]
    screen = [(path.as_uri(), cut, weight) for path, cut, weight in _screen_faces()]
    html = _template(template).render(faces=faces, screen_faces=screen, **values)
    made: bytes = renderer.HTML(string=html, url_fetcher=_fetcher(renderer)).write_pdf()
    return made


@cache
def _template(path: Path) -> Any:
    """Read by the renderer alone: no page of the desk, so no policy of the browser's."""
    loader = FileSystemLoader(path.parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template(path.name)


def _faces() -> list[tuple[Path, str, str]]:
    faces = [(FONTS / name, weight, slant) for name, weight, slant in FACES]
    return [face for face in faces if face[0].is_file()]


def _screen_faces() -> list[tuple[Path, str, str]]:
    return [
        (path, cut, weight)
        for cut, weight in CUTS
        for path in SCREEN_FACES.glob(f"be-vietnam-pro-{cut}-{weight}-normal-*.woff2")
    ]


def _fetcher(renderer: Any) -> Any:
    """Gives the paper's fonts, and refuses whatever else a text might name."""
    allowed = {path.as_uri() for path, _, _ in (*_faces(), *_screen_faces())}

    class OwnFontsOnly(renderer.urls.URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed:
                raise ValueError("a paper fetches nothing but its fonts")
            return super().fetch(url, headers)

    return OwnFontsOnly()


@cache
def _renderer() -> Any:
    """Loaded at the first paper: it needs libraries of the system (Pango) that may be missing."""
    try:
        import weasyprint
    except OSError:
        return None
    return weasyprint
