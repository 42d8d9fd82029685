"""Choices of the yearly evaluation, used all over the app."""

from django.db import models


class State(models.TextChoices):
    """The state of a sheet. Only ``workflow.perform`` changes it."""

    DRAFT = "draft", "作成中"
    DIVISION_CHECK = "division_check", "課室長確認"
    REVIEW = "review", "審査中"
    RETURNED = "returned", "差戻し"
    APPROVED = "approved", "確定"
    PUBLISHED = "published", "公表"
    EXCLUDED = "excluded", "評価対象外"


# In these states the content and the grade are fixed, and the stored PDF is the valid one.
DECIDED = (State.APPROVED, State.PUBLISHED)
# In these, nothing is left to do.
FINISHED = (State.PUBLISHED, State.EXCLUDED)


class Action(models.TextChoices):
    """What a person does to a sheet as a whole."""

    SUBMIT = "submit", "提出"
    WITHDRAW = "withdraw", "取下げ"
    CONFIRM = "confirm", "確認"
    RETURN = "return", "差戻し"
    APPROVE = "approve", "確定"
    PUBLISH = "publish", "公表"
    REOPEN = "reopen", "訂正"
    EXCLUDE = "exclude", "評価対象外とする"
    INCLUDE = "include", "対象に戻す"
    UNDO_RETURN = "undo_return", "差戻しの取消し"
    UNDO_APPROVE = "undo_approve", "確定の取消し"

    @property
    def verb(self) -> str:
        """The label of the button for this action."""
        match self:
            case Action.WITHDRAW:
                return "取り下げる"
            case Action.RETURN:
                return "差し戻す"
            case Action.UNDO_RETURN | Action.UNDO_APPROVE:
                return f"{str(self.label).replace('の取消し', '')}を取り消す"
            case Action.EXCLUDE | Action.INCLUDE:
                return str(self.label)
            case _:
                return f"{self.label}する"

    @property
    def verb_and_next(self) -> str:
        """The label of the button that goes on to the next sheet: 「確認して次のシートへ」."""
        done = "差し戻して" if self == Action.RETURN else f"{self.label}して"
        return f"{done}次のシートへ"

    @property
    def heading(self) -> str:
        """The heading of the page that asks for this action: 「シートを確認する」."""
        of = "の" if self in (Action.UNDO_RETURN, Action.UNDO_APPROVE) else "を"
        return f"シート{of}{self.verb}"


class QueueOrder(models.TextChoices):
    """How the queue of waiting sheets is sorted."""

    WAITING = "waiting", "長く待っている順"
    DEADLINE = "deadline", "期限の近い順"
    DIVISION = "division", "担当課室の順"
    ORGANIZATION = "organization", "国際機関の順"
    BUDGET = "budget", "予算額の大きい順"


class AnswerStatus(models.TextChoices):
    """What became of a point to be improved."""

    DONE = "done", "実施済み"
    ONGOING = "ongoing", "対応中"
    DROPPED = "dropped", "取りやめ"


# With one of these answers a point is settled, and later years do not ask for it.
SETTLED = (AnswerStatus.DONE, AnswerStatus.DROPPED)


class CommentAudience(models.TextChoices):
    """Who can see a comment, besides those who see all divisions."""

    REVIEWERS = "reviewers", "審査担当・取りまとめのみ"
    DIVISION = "division", "担当課室にも見える"


class Side(models.TextChoices):
    """The two sides of a review: either may comment, suggest and settle."""

    HEAD = "head", "課室長"
    REVIEWERS = "reviewers", "審査担当"


class CommentKind(models.TextChoices):
    """The kind of a comment. The first opens its thread, either of the last two closes it."""

    OPENING = "opening", "コメント"
    ANSWER = "answer", "返答"
    ADDRESSED = "addressed", "対応しました"
    RESOLVED = "resolved", "解決"
    WITHDRAWN = "withdrawn", "取下げ"


CLOSING = (CommentKind.RESOLVED, CommentKind.WITHDRAWN)


class Outcome(models.TextChoices):
    """What became of a suggested wording."""

    ACCEPTED = "accepted", "採用"
    PARTLY = "partly", "一部採用"
    REJECTED = "rejected", "不採用"
    WITHDRAWN = "withdrawn", "取下げ"
