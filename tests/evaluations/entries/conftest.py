"""A draft, its officer, and what is stored of one of its texts."""

import pytest

from evaluations.enums import State
from evaluations.models import PdcaEntry

WORDS = "・期間中の取組を着実に進めた。"


@pytest.fixture
def officer(ministry):
    return ministry.people["officer"]


@pytest.fixture
def plan(ministry):
    """Return a function that tells what is stored of PLAN: text and version."""

    def stored():
        entry = PdcaEntry.objects.get(sheet=ministry.sheet, key="plan")
        return entry.text, entry.version

    assert stored() == (WORDS, 1)
    return stored


REASONS = {
    State.DIVISION_CHECK: "提出済みのため編集できません。直すときは、いったん取り下げてください。",
    State.REVIEW: "審査中のため編集できません。直すときは、審査担当に差戻しを依頼してください。",
    State.APPROVED: "確定済みのため編集できません。訂正は取りまとめの担当に依頼してください。",
    State.PUBLISHED: "公表済みのため編集できません。訂正は取りまとめの担当に依頼してください。",
    State.EXCLUDED: (
        "評価対象外のため編集できません。対象に戻すときは取りまとめの担当に依頼してください。"
    ),
}
