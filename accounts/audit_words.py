"""The record in words: what was done, and to what kind of thing."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import AuditEntry

# The names under which the rooms above record what they do; one that is missing shows as it is.
ACTIONS = {
    "register.add": "台帳への追加",
    "register.change": "台帳の変更",
    "register.delete": "台帳からの削除",
    "register.part_left": "所属する記録の移動・削除",
    "mail.retry": "メールの再送",
    "person.transfer": "異動",
    "edition.load": "様式の読込み",
    "cycle.open": "年度の開始",
    "sheet.create": "シートの作成",
    "sheet.hand_over": "シートの引継ぎ",
    "sheet.import": "シートの取込み",
    "finding.answer": "指摘への回答",
    "entry.save": "文章の保存",
    "comment.opening": "コメント",
    "comment.answer": "コメントへの返答",
    "comment.addressed": "コメントへの対応",
    "comment.resolved": "コメントの解決",
    "comment.withdrawn": "コメントの取下げ",
    "suggestion.make": "修正案の提示",
    "suggestion.accepted": "修正案の採用",
    "suggestion.partly": "修正案の一部採用",
    "suggestion.rejected": "修正案の不採用",
    "suggestion.withdrawn": "修正案の取下げ",
    "sheet.submit": "提出",
    "sheet.withdraw": "取下げ",
    "sheet.confirm": "確認",
    "sheet.return": "差戻し",
    "sheet.grade": "総合評価",
    "sheet.second_reading": "第二読者の評価",
    "improvement.add": "改善点の記入",
    "improvement.change": "改善点の変更",
    "improvement.remove": "改善点の取消し",
    "improvement.answer": "改善点への回答",
    "sheet.approve": "確定",
    "pdf.issue": "確定PDFの発行",
    "sheet.publish": "公表",
    "sheet.reopen": "訂正",
    "sheet.exclude": "評価対象外とする",
    "sheet.include": "対象に戻す",
    "booklet.ask": "冊子の依頼",
    "booklet.cancel": "冊子の取消し",
    "booklet.make": "冊子の作成",
    "sheet.undo_return": "差戻しの取消し",
    "sheet.undo_approve": "確定の取消し",
}


def action_in_words(action: str) -> str:
    """Return what was done, for people."""
    return ACTIONS.get(action, action)


def kind_in_words(object_type: str) -> str:
    """Return the name of the model called ``object_type`` (app.model), for people."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except LookupError:
        return object_type


def values_of(field: str) -> list[str]:
    """Return the values that ``field``, an indexed one, has in the log, in order. One query.

    A loose index scan: from each value straight to the next greater one, where DISTINCT would
    read the whole log.
    """
    name, table = (connection.ops.quote_name(each) for each in (field, AuditEntry._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE found(value) AS (
                SELECT MIN({name}) FROM {table}
                UNION ALL
                SELECT (SELECT MIN({name}) FROM {table} WHERE {name} > found.value)
                FROM found WHERE found.value IS NOT NULL
            )
            SELECT value FROM found WHERE value IS NOT NULL
            """  # noqa: S608 -- both names are ours
        )
        return [value for (value,) in cursor.fetchall()]


class _FieldFilter(admin.SimpleListFilter):
    """Filters by one field of ``AuditEntry``, whose values it shows in words."""

    parameter_name: str
    in_words: Callable[[str], str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, self.in_words(value)) for value in values_of(self.parameter_name)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class ActionFilter(_FieldFilter):
    """What was done."""

    title = "行為"
    parameter_name = "action"
    in_words = staticmethod(action_in_words)


class KindFilter(_FieldFilter):
    """To what kind of thing."""

    title = "対象の種類"
    parameter_name = "object_type"
    in_words = staticmethod(kind_in_words)
