"""The actions on sheets that the audit log records."""

from evaluations.enums import Action

LABELS = {
    **{f"sheet.{action}": str(action.label) for action in Action},
    "cycle.open": "年度の開始",
    "sheet.create": "シートの作成",
    "sheet.hand_over": "シートの引継ぎ",
    "sheet.import": "シートの取込み",
    "sheet.grade": "総合評価",
    "sheet.second_reading": "第二読者の評価",
    "pdf.issue": "確定PDFの発行",
    "entry.save": "文章の保存",
    "finding.answer": "指摘への回答",
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
    "improvement.add": "改善点の記入",
    "improvement.change": "改善点の変更",
    "improvement.remove": "改善点の取消し",
    "improvement.answer": "改善点への回答",
}
