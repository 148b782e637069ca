"""The way from one state of an enrolment to another, where one step does not lead there."""

from collections import deque

from server.domain.enrolment.states import CANCELLED, next_states


def steps_to(state: str | None, wanted: str) -> tuple[str, ...]:
    """The states to pass, the wanted one last; empty when it stands there, was cancelled or there
    is no way. The office's steps, and never by way of cancelling."""
    if state in (wanted, CANCELLED):
        return ()
    ways: deque[tuple[str | None, ...]] = deque([(state,)])
    seen = {state, CANCELLED}
    while ways:
        way = ways.popleft()
        for step in next_states(way[-1], desk=True):
            if step == wanted:
                return tuple(str(one) for one in (*way[1:], step))
            if step not in seen:
                seen.add(step)
                ways.append((*way, step))
    return ()
