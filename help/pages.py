"""Registry of the help pages: one for each role, and one for all.

A section describes one task. Its template is ``templates/help/sections/<key>.html``, and it may be
on several pages. To add a section, write its template and list it here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.roles import Roles


@dataclass(frozen=True)
class HelpSection:
    """A task in steps; ``key`` is its anchor and the name of its template."""

    key: str
    title: str

    @property
    def template(self) -> str:
        """The template of the section."""
        return f"help/sections/{self.key}.html"


@dataclass(frozen=True)
class HelpPage:
    """A page of tasks. ``is_for`` tells whether it is relevant for given roles."""

    slug: str
    title: str
    lead: str
    sections: tuple[HelpSection, ...]
    is_for: Callable[[Roles], bool] | None = None  # None: for everybody


PREVIEW = HelpSection("preview", "印刷の姿を見る")
QUEUE = HelpSection("queue", "対応待ちを順に、又はまとめて処理する")
COMPARE = HelpSection("compare", "変わったところを見る")
COMMENTS = HelpSection("comments", "コメントを付ける")
SUGGEST = HelpSection("suggest", "修正案を示す")
IN_BULK = HelpSection("in_bulk", "いくつものシートをまとめて処理する")
AUDIT = HelpSection("audit", "監査記録を調べる")
AUDIT_VERIFY = HelpSection("audit_verify", "書き換えられていないことを検証する")
TIMELINE = HelpSection("timeline", "シートの経過を読む")
BOOKLET = HelpSection("booklet", "冊子・一覧表・ZIPにまとめる")
REGISTER = HelpSection("register", "機関と拠出金を登録する")

HELP_PAGES: tuple[HelpPage, ...] = (
    HelpPage(
        "officer",
        "担当官の使い方",
        "シートを書き、点検の指摘を直して、課室長に提出します。",
        (
            HelpSection("write", "今年度のシートを書く"),
            HelpSection("saving", "保存の状態の見方"),
            HelpSection("paste", "Wordから貼り付ける"),
            HelpSection("last_year", "前年度の文章を使う"),
            HelpSection("figures", "職員数・予算額・財政状況の報告を入れる"),
            HelpSection("findings", "点検の指摘を直す・要確認に回答する"),
            PREVIEW,
            HelpSection("submit", "提出する・取り下げる"),
            HelpSection("returned", "差し戻されたとき"),
            HelpSection("take_in", "コメントに答え、修正案を採り入れる"),
            HelpSection("answer_points", "前年度の改善点に答える"),
            HelpSection("signed_out", "ログインが切れたとき"),
            HelpSection("two_people", "二人で同じ欄を書いたとき"),
        ),
        lambda roles: bool(roles.officer_of),
    ),
    HelpPage(
        "head",
        "課室長の使い方",
        "課室のシートを印刷されるとおりの姿で読み、確認するか、理由を添えて差し戻します。",
        (
            HelpSection("head_read", "確認待ちのシートを読む"),
            COMPARE,
            COMMENTS,
            SUGGEST,
            HelpSection("confirm", "確認する"),
            HelpSection("head_return", "差し戻す"),
            HelpSection("head_undo", "差戻しを取り消す"),
            PREVIEW,
            QUEUE,
            IN_BULK,
        ),
        lambda roles: bool(roles.head_of),
    ),
    HelpPage(
        "reviewer",
        "審査担当の使い方",
        "審査中のシートを読み、総合評価を付けて確定するか、課室に差し戻します。",
        (
            QUEUE,
            HelpSection("review", "審査待ちのシートを読む"),
            COMPARE,
            COMMENTS,
            SUGGEST,
            HelpSection("grade", "総合評価を付ける"),
            HelpSection("calibrate", "ほかの評価と見比べる・第二読者"),
            HelpSection("improvement", "改善点を示す"),
            HelpSection("approve", "確定する"),
            HelpSection("review_return", "差し戻す"),
            HelpSection("review_undo", "差戻し・確定を取り消す"),
            IN_BULK,
        ),
        lambda roles: roles.is_reviewer,
    ),
    HelpPage(
        "coordinator",
        "取りまとめの使い方",
        "年度を開始し、進み具合を見て、確定したシートを公表します。",
        (
            HelpSection("open_year", "年度を開始する"),
            HelpSection("progress", "進み具合を見る"),
            HelpSection("publish", "公表する"),
            HelpSection("reopen", "訂正する"),
            HelpSection("exclude", "評価対象外とする・対象に戻す"),
            BOOKLET,
            IN_BULK,
            REGISTER,
        ),
        lambda roles: roles.is_coordinator,
    ),
    HelpPage(
        "viewer",
        "閲覧者の使い方",
        "確定又は公表されたシートを探して読み、PDFを保存します。",
        (
            HelpSection("find", "シートを探す"),
            HelpSection("read", "読む・PDFを保存する"),
            BOOKLET,
            HelpSection("published", "ログインせずに公表シートを見る"),
            HelpSection("verify_pdf", "PDFが本物かを確かめる"),
        ),
        lambda roles: roles.is_viewer,
    ),
    HelpPage(
        "administrator",
        "システム管理者の使い方",
        "利用者と役割、台帳、様式を用意し、監査記録を確かめます。",
        (
            HelpSection("users", "利用者と役割を登録する"),
            HelpSection("leaving", "異動・退職のとき"),
            HelpSection("divisions", "課室を登録する"),
            REGISTER,
            HelpSection("editions", "様式を読み込む"),
            AUDIT,
            AUDIT_VERIFY,
        ),
        lambda roles: roles.is_administrator,
    ),
    HelpPage(
        "auditor",
        "監査の使い方",
        "だれが、いつ、何をしたかを調べ、記録が書き換えられていないことを確かめます。",
        (AUDIT, TIMELINE, AUDIT_VERIFY),
        lambda roles: roles.is_auditor,
    ),
    HelpPage(
        "notation",
        "文章の書き方",
        "箇条書き・見出し・注・下線は、行頭の記号やかっこで表します。",
        (
            HelpSection("marks", "記号の一覧"),
            HelpSection("length", "字数の数え方"),
        ),
    ),
    HelpPage(
        "basics",
        "共通の操作",
        "ログイン、シートの状態、お知らせ、代行、キーボードでの操作など、どの役割にも共通です。",
        (
            HelpSection("sign_in", "ログインする・パスワードを変える"),
            HelpSection("states", "シートの状態の見方"),
            HelpSection("why", "できない理由を知る"),
            HelpSection("messages", "お知らせとメール"),
            HelpSection("deputies", "不在の間の代行を頼む"),
            HelpSection("keyboard", "キーボードで操作する"),
        ),
    ),
)
