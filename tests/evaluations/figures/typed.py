"""What the fields of the figures say to what was typed."""

REQUIRED = "この項目は、必ず入力してください。"
NEGATIVE = "0以上の数で記入してください。"
TOO_LARGE = "値が大きすぎます。単位を確かめてください。"


def unreadable(typed, as_what, like):
    return f"「{typed}」は{as_what}として読めません。{like}"


def not_a_number(typed):
    return unreadable(typed, "整数", "「1,234」のように数字だけで記入してください。")


def not_a_day(typed):
    return unreadable(
        typed, "日付", "「2017年12月31日」又は「2017年12月末」のように西暦で記入してください。"
    )


def not_a_month(typed):
    return unreadable(typed, "年月", "「2018年6月」のように西暦で記入してください。")
