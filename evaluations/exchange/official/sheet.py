"""What is read from the text of an official sheet, and how a text is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


class OfficialTextError(Exception):
    """A text that cannot be read: the line (from 1) and, in Japanese, what is wrong and to do."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"{line}行目：{problem}")
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something read that a person should verify.

    ``item`` is the key of the edition's item, or '' where none is concerned.
    """

    line: int
    item: str
    message: str


def shortened(text: str, length: int = 60) -> str:
    """Return ``text`` as it is quoted in a message."""
    return text if len(text) <= length else text[:length] + "…"


class Doubts(dict[Doubt, None]):
    """The doubts collected while one text is read, each once."""

    def note(self, line: int, item: str, message: str) -> None:
        """Add a doubt."""
        self[Doubt(line, item, message)] = None


@dataclass(frozen=True, slots=True)
class ReadStaffing:
    """The staffing table as printed; None is a dash, a blank cell or a column not there."""

    member_count: int | None = None
    professional_staff_total: int | None = None
    japanese_staff: int | None = None
    japanese_senior_staff: int | None = None
    previous_japanese_staff: int | None = None
    previous_japanese_senior_staff: int | None = None
    printed_ratio: Decimal | None = None  # per cent
    as_of: date | None = None
    staffing_missing: bool = True  # no figure on staff at all


@dataclass(frozen=True, slots=True)
class ReadReport:
    """The report received: its month (as the first day), the fiscal year covered, the words."""

    received_month: date | None = None
    covers_fiscal_year: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One sheet. ``texts`` has a key for every text item of the edition, '' where nothing stood."""

    edition_key: str
    contribution_name: str
    contribution_type: str  # a ContributionType value, or ''
    budget_thousand_yen: int | None
    overall_grade: str  # as read, even where the scale lacks it (a doubt tells)
    organization_name: str
    organization_abbreviation: str
    texts: Mapping[str, str]
    staffing: ReadStaffing
    financial_report: ReadReport
    responsible_division: str
    doubts: tuple[Doubt, ...]
    supplementary_thousand_yen: int = 0  # of the budget
