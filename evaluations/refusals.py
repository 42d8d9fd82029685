"""Exceptions of the verbs: nothing was changed, and the message says why.

Messages are Japanese sentences for the person: what is wrong, where, and what to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.refusals import Refusal, Stale

if TYPE_CHECKING:
    from accounts.models import User
    from evaluations.enums import Action
    from evaluations.models import Entry, Sheet


class NoSuchStep(Refusal):
    """The workflow knows no such step from the state the sheet is in."""

    def __init__(self, sheet: "Sheet", action: "Action") -> None:
        super().__init__(
            f"「{sheet.get_state_display()}」のシートに「{action.label}」はできません。"
        )
        self.sheet = sheet


@dataclass(frozen=True)
class Difference:
    """A place of a sheet that no longer says what was shown: in words, "" where there are none.

    ``item``: the item of the edition at which it stands, "" where it is none of the form's.
    """

    label: str
    item: str = ""
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        return f"{self.label}（「{self.old}」→「{self.new}」）" if self.new else self.label


class Changed(Stale):
    """The sheet no longer says what the person was shown, and on which they decided.

    ``now``: what it says, as ``shown.Shown.token`` writes it, to be sent when they go on.
    """

    MOST_NAMED = 3

    def __init__(self, differences: Sequence[Difference], now: str) -> None:
        named = "、".join(map(str, differences[: self.MOST_NAMED]))
        if more := len(differences[self.MOST_NAMED :]):
            named += f"ほか{more}か所"
        super().__init__(
            f"画面を開いた後に、{named or 'シートの内容'}が変わりました。"
            "変わったところを確かめて、もう一度操作してください。"
        )
        self.differences = tuple(differences)
        self.now = now


@dataclass(frozen=True)
class Problem:
    """What has to be corrected first, and the item of the edition that it concerns.

    ``warning``: the key of the warning that can be answered instead.
    """

    message: str
    item: str = ""
    warning: str = ""


class Blocked(Refusal):
    """Something in the sheet has to be corrected first."""

    def __init__(self, message: str, problems: Sequence[Problem]) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class EntryConflict(Stale):
    """Two people wrote in one entry; ``current`` is what is stored, the caller has the other."""

    def __init__(self, current: "Entry", actor: "User") -> None:
        if current.updated_by == actor:
            what = "この項目は、あなたが別の画面で保存しました。"
        elif current.updated_by:
            what = f"この項目は、編集中に{current.updated_by}さんが保存しました。"
        else:
            what = "この項目は、編集中にほかの人が保存しました。"
        super().__init__(
            f"{what}二つの文章を見比べて、残す文章を保存してください。"
            "あなたの文章は失われていません。"
        )
        self.current = current
