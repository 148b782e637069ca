"""What no page may do: call another origin, break the policy, or fail without saying so."""

import re
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

# Being without a connection is normal here, and Chromium writes a line for each attempt.
_NO_CONNECTION = re.compile(r"net::ERR_(INTERNET_DISCONNECTED|CONNECTION_|EMPTY_RESPONSE|FAILED)")
_LOCAL = ("data:", "blob:", "about:")


class Watch:
    """Listens to every page of the contexts it was given."""

    def __init__(self, url: str) -> None:
        self.origin = _origin(url)
        self.faults: list[str] = []
        self._foreseen: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("request", self._asked)
        context.on("console", self._told)
        context.on("weberror", lambda error: self.faults.append(f"page error: {error.error}"))

    def foresee(self, words: str) -> None:
        """A console line with these words is part of the story of this test."""
        self._foreseen.append(words)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(_LOCAL) and _origin(request.url) != self.origin:
            self.faults.append(f"another origin: {request.url}")

    def _told(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or _NO_CONNECTION.search(message.text):
            return
        if not any(words in message.text for words in self._foreseen):
            where = message.location.get("url", "")
            self.faults.append(f"console {message.type}: {message.text} ({where})")


# Of siblings built alike (two hundred rows of one table) the first two are looked at: the same
# elements, classes and attributes get the same colours and the same names. Their words may differ,
# an empty one counts as another build.
_MARK_ALIKE = """
() => {
  const build = (one) => {
    const said = [...one.attributes].map(({name, value}) => {
      const told = ['id', 'for', 'href', 'name', 'value', 'datetime', 'd'].includes(name)
        || name.startsWith('data-') || (name.startsWith('aria-') && / /.test(value));
      return `${name}=${told ? value !== '' : value}`;
    });
    const inside = [...one.childNodes].map((part) => part.nodeType === 1 ? build(part)
      : part.nodeType === 3 && part.textContent.trim() !== '' ? 'words' : '');
    return `<${one.tagName} ${said.sort().join(' ')}>${inside.join('')}</>`;
  };
  for (const old of document.querySelectorAll('[data-alike]')) old.removeAttribute('data-alike');
  for (const parent of document.querySelectorAll('body *')) {
    if (parent.children.length < 3 || parent.closest('[data-alike]')) continue;
    const seen = new Map();
    for (const child of parent.children) {
      const built = build(child);
      const times = (seen.get(built) ?? 0) + 1;
      seen.set(built, times);
      if (times > 2) child.dataset.alike = '';
    }
  }
}
"""
_ASK = """
async (rules) => {
  const options = {resultTypes: ['violations']};
  if (rules.length > 0) options.runOnly = rules;
  return (await axe.run({exclude: ['[data-alike]']}, options)).violations;
}
"""


def violations(page: Page, *rules: str) -> str:
    """What axe finds on the page as it stands, in words; empty when it finds nothing.
    `rules`: only these are asked, all of them unless told."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(_MARK_ALIKE)
    return "\n".join(
        f"{page.url}: {one['id']}: {one['help']}: "
        + "; ".join(f"{node['target']} {node['failureSummary']}" for node in one["nodes"][:4])
        for one in page.evaluate(_ASK, list(rules))
    )


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
