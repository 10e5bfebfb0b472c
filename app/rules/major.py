"""The profile for major administrative decisions (国务院令第713号): what must be done before one is discussed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`days`: as a rule so many days for the public; `working_days`: at least so many before it is discussed."""

    zh: str
    en: str
    days: int = 0
    working_days: int = 0


REQUIREMENTS: dict[str, Kind] = {
    "public_comments": Kind("公众参与", "Public comments", days=30),
    "expert_view": Kind("专家论证", "Experts without interest"),
    "risk_assessment": Kind("风险评估", "Risk assessment"),
    "legality_review": Kind("合法性审查", "Legality review", working_days=7),
}
