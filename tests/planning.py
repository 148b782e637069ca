"""Plans and their lines, written through the models."""

from typing import Any

from server.store.plan_documents import PlanDocument
from server.store.plans import Target
from tests.factories import Factory


def plan(make: Factory, area: Any, **more: Any) -> PlanDocument:
    """A plan of an area for 2026, in force."""
    told = {"year": 2026, "title": "Kế hoạch bao phủ", "signed_on": "2026-02-10", **more}
    return make.add(PlanDocument(area_id=area.id if area else None, **told))


def given(make: Factory, of: PlanDocument, area: Any, **more: Any) -> Target:
    """A line of a plan."""
    told = {"indicator": "bhyt_coverage", "year": of.year, "source": of.title, **more}
    return make.add(Target(area_id=area.id, plan_id=of.id, **told))
