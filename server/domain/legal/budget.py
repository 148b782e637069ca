"""What the budget pays for people whom it pays wholly (Luật BHYT Đ12 k3), for the finance office.

The phone asks nobody for this money, so it has no twin. Base and rate stand in the table
`contribution`, item `budget_rate`; as long as nobody has entered them the answer is 'not known'.
"""

from server.domain.legal.contribution import PAID_BY, Contribution
from server.domain.legal.law import Law, answered
from server.domain.legal.money import WHOLE, hundredths, part
from server.domain.legal.tables import Tables

BUDGET = 3


@answered
def budget_contribution(tables: Tables, day: str, months: int) -> Contribution:
    """One person's share for so many months: the rate of the base salary, all of it the state's."""
    law = Law(tables, day)
    rate = hundredths(law.text("contribution", "budget_rate"))
    month = part(law.number("base_salary", "base_salary"), rate)
    return Contribution(
        paid_by=PAID_BY[BUDGET],
        months=months,
        month=month,
        total=month * months,
        state=month * months,
        local=0,
        other=0,
        own=0,
        own_at_most=0,
        state_percent=WHOLE,
        local_percent=0,
        local_not_known=None,
        rows=law.rows,
    )
