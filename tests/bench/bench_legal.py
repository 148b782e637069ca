"""The rules of the law: one household on a phone slowed six times, 10,000 people on the server."""

import random
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from server.domain.legal.contribution import Payment, contribution
from server.domain.legal.facts import AreaFacts, PersonFacts, Place
from server.domain.legal.groups import GroupAnswer, insurance_group
from server.domain.legal.reading import national_tables
from tests.bench.table import REPEATS, Row, median_ms
from tests.support.chromium import chromium

PWA = Path(__file__).parents[2] / "pwa"
SLOWER, HOUSEHOLD_MS, SERVER_MS = 6, 20, 2000
PEOPLE, DAY, GIA_LAI = 10_000, "2026-11-22", Place("52")
BUNDLE = (
    "import {rolldown} from 'rolldown';"
    "const made = await rolldown({input: 'tests/bench/legal.ts'});"
    "await made.write({file: process.argv[1], format: 'iife', name: 'legal'});"
)
TIMES = """([rows, repeats]) => {
  const timed = (work) => { const from = performance.now(); work();
    return performance.now() - from; };
  let law;
  const tables = timed(() => { law = legal.tables(rows); });
  const times = (work) => Array.from({length: repeats + 1}, () => timed(work));
  const home = legal.file();
  const found = [tables, times(() => legal.household(law)), times(() => legal.price(law, home))];
  if (legal.price(law, home) < 2) throw Error('the household has no ways to choose from');
  return found;
}"""


Timed = tuple[float, list[float], list[float]]


def measure() -> list[Row]:
    return [*_on_the_phone(), _on_the_server()]


def _on_the_phone() -> list[Row]:
    """The first household after the start, whose code nothing has run before, and the others."""
    with tempfile.TemporaryDirectory() as home, chromium() as browser:
        script = Path(home) / "legal.js"
        command = ["node", "--input-type=module", "-e", BUNDLE, str(script)]
        subprocess.run(command, cwd=PWA, check=True, capture_output=True)
        runs = [_once(browser, script) for _ in range(REPEATS)]
    tables = median(run[0] for run in runs)
    first = median(rules[0] for _, rules, _ in runs)
    others = median(time for _, rules, _ in runs for time in rules[1:])
    price = median(time for _, _, prices in runs for time in prices[1:])
    floor, aim = "making the tables", f"< {HOUSEHOLD_MS} ms"
    return [
        Row(f"all rules for a household of five, phone {SLOWER}x slower", others, "ms",
            tables, floor, aim, others < HOUSEHOLD_MS),
        Row("the first household after the start", first, "ms", tables, floor),
        Row(f"the price screen's answer for five, phone {SLOWER}x slower", price, "ms",
            tables, floor, aim, price < HOUSEHOLD_MS),
    ]  # fmt: skip


def _once(browser: Browser, script: Path) -> Timed:
    context = browser.new_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_script_tag(path=script)
    rows = [asdict(row) for row in national_tables().rows]
    tables, rules, prices = page.evaluate(TIMES, [rows, REPEATS])
    context.close()
    return tables, rules, prices


def _on_the_server() -> Row:
    people = _people()
    took = median_ms(lambda: [_group_and_price(person) for person in people])
    floor = median_ms(_people)
    name = f"group and contribution of {PEOPLE:,} people"
    return Row(name, took, "ms", floor, "making the facts", f"< {SERVER_MS} ms", took < SERVER_MS)


def _group_and_price(person: PersonFacts) -> object:
    found = insurance_group(national_tables(), DAY, person)
    if not isinstance(found, GroupAnswer):
        return found
    payment = Payment(found.group, 12, place=GIA_LAI, minority=bool(person.minority))
    return contribution(national_tables(), DAY, payment)


def _people() -> list[PersonFacts]:
    by = random.Random(4)
    return [
        PersonFacts(
            birth_date=f"{by.randint(1935, 2026)}-{by.randint(1, 12):02}-{by.randint(1, 28):02}",
            registration="permanent",
            minority=by.random() < 0.5,
            work=by.choice(["farm", "pupil", "student", "wage_contract", None]),
            living_class=by.choice(["poor", "near_poor", "average", None]),
            average_farm=by.random() < 0.3,
            area=AreaFacts(region=by.choice([None, "I", "II", "III"])),
        )
        for _ in range(PEOPLE)
    ]
