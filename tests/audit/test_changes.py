"""What an entry changed is told in the words of the forms."""

import pytest

from audit.changes import changes_in_words
from audit.models import AuditEntry


@pytest.mark.parametrize(("kind", "before", "after", "told"), [
    # Choices by their labels, fields by their names.
    ("evaluations.sheet", {"state": "review", "version": 3}, {"state": "approved", "version": 3},
     ["状態：審査中 → 確定"]),
    # A new record and a removed one.
    ("accounts.division", {}, {"name": "新設課"}, ["課室名：なし → 新設課"]),
    ("accounts.division", {"name": "新設課"}, {}, ["課室名：新設課 → なし"]),
    ("accounts.user", {"is_active": True}, {"is_active": False}, ["有効：はい → いいえ"]),
    ("accounts.membership", {"valid_until": "None"}, {"valid_until": "2018-09-30"},
     ["終了日：なし → 2018-09-30"]),
    # What is no field, or of no model of today, stays as recorded.
    ("evaluations.sheet", {"fingerprint": "a"}, {"fingerprint": "b"}, ["fingerprint：a → b"]),
    ("evaluations.formerly", {"name": "a"}, {"name": "b"}, ["name：a → b"]),
    ("nonsense", {}, {"name": "b"}, ["name：なし → b"]),
    ("evaluations.sheet", {}, {"sheets": ["A", "B"]}, ["sheets：なし → A、B"]),
    ("evaluations.sheet", {"grades": {"a": "B"}}, {"grades": {}}, ["grades：a＝B → なし"]),
    ("evaluations.sheet", {"state": "gone"}, {"state": "draft"}, ["状態：gone → 作成中"]),
    ("evaluations.sheet", {"state": "draft"}, {"state": "draft"}, []),
])  # fmt: skip
def test_a_change_is_told_in_words(kind, before, after, told):
    entry = AuditEntry(object_type=kind, before=before, after=after)
    assert list(changes_in_words(entry)) == told
