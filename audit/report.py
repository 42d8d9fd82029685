"""Verification report of the audit log, for readers without technical knowledge."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from audit.chain import ChainCheck, Fault, NotedHead, unnoted_sequences
from audit.heads_file import ForeignHeadsFile, belongs_to_another_chain, heads_file, noted_heads
from audit.models import AuditEntry
from audit.trail import Verification, current_head, verify

MOST_FAULTS = 10
WRITE_DELAY = 1.0  # most seconds from a commit to its line in the heads file


@dataclass(frozen=True)
class CheckResult:
    """The result of one check. ``compared`` says what was compared; "" if there was nothing."""

    check: str
    faults: tuple[str, ...] = ()
    compared: str = ""

    @property
    def sign(self) -> str:
        """○ for passed, × for failed, ― for nothing to compare."""
        if self.faults:
            return "×"
        return "○" if self.compared else "―"


@dataclass(frozen=True)
class Report:
    """The results of a verification, and the range of entries it covers."""

    made_at: datetime
    length: int
    first_at: datetime | None
    last_at: datetime | None
    results: tuple[CheckResult, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every check passed."""
        return not any(result.faults for result in self.results)


def verification_report(
    notes: Sequence[NotedHead] = (), results: Sequence[CheckResult] = ()
) -> Report:
    """Verify the audit log and return the report.

    ``notes`` are heads from other sources than the heads file. ``results`` are those of other
    checks, added at the end of the report.
    """
    outside, troubles = _read_file()
    verification = verify([*outside, *notes])
    found: defaultdict[str, list[str]] = defaultdict(list)
    for fault in (
        *_by_sequence(verification.faults),
        *_unnoted_entries(verification, outside, troubles),
    ):
        found[fault.check].append(fault.message)
    every = f"{verification.length:,}件を検査"
    compared = dict.fromkeys(
        (ChainCheck.CONTENT, ChainCheck.ORDER, ChainCheck.LINKS, ChainCheck.END), every
    )
    for check in (ChainCheck.OUTSIDE, ChainCheck.ISSUED, ChainCheck.PAPER):
        if number := len([n for n in (*outside, *notes) if n.check == check]):
            compared[check] = f"控え{number:,}件と照合"
    return Report(
        timezone.localtime(),
        verification.length,
        verification.first_at,
        verification.last_at,
        (*(CheckResult(c, tuple(found[c]), compared.get(c, "")) for c in ChainCheck), *results),
    )


def _by_sequence(faults: Sequence[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: fault.sequence)


def _read_file() -> tuple[list[NotedHead], list[Fault]]:
    """Return the heads in the heads file, and the faults of the file itself."""
    try:
        file = noted_heads()
    except FileNotFoundError:
        return [], []
    except OSError as error:
        message = f"控えのファイル {heads_file()} を読めません（{error.strerror}）。"
        return [], [Fault(ChainCheck.OUTSIDE, 0, message)]
    if belongs_to_another_chain(current_head().chain):
        return [], [Fault(ChainCheck.OUTSIDE, 0, str(ForeignHeadsFile()))]
    message = "控えのファイルの{}行目が壊れています。"
    return file.notes, [Fault(ChainCheck.OUTSIDE, 0, message.format(n)) for n in file.unreadable]


def _unnoted_entries(
    verification: Verification, outside: Sequence[NotedHead], troubles: list[Fault]
) -> list[Fault]:
    """Return the faults of the file, or of the entries missing from it."""
    if troubles:
        return troubles
    if not outside:
        if not verification.length:
            return []
        message = (
            f"控えのファイル {heads_file()} がありません。失われたのでなければ、"
            "manage.py note_audit_head で控えを始めてください。"
        )
        return [Fault(ChainCheck.OUTSIDE, 0, message)]
    stored = AuditEntry.objects.order_by("sequence").values_list("sequence", flat=True)
    numbers = list(stored)
    missing = unnoted_sequences(numbers, {note.sequence for note in outside})
    if missing:
        # Heads are written after the commit: those of the newest entries may not be there yet.
        time.sleep(WRITE_DELAY)
        missing = unnoted_sequences(numbers, {note.sequence for note in noted_heads().notes})
    return [
        Fault(
            ChainCheck.OUTSIDE,
            number,
            f"番号{number}の記録が控えられていません。本システムを通さずに書き足されたか、"
            "控えのファイルに書き込めませんでした。",
        )
        for number in missing
    ]


def report_as_text(report: Report) -> str:
    """Return ``report`` as plain Japanese text."""
    return "\n".join(
        [
            "監査記録の検証報告書",
            "",
            f"検証した日時　{_moment(report.made_at)}",
            f"記録の件数　　{report.length:,}件",
            f"記録の期間　　{_moment(report.first_at)}から{_moment(report.last_at)}まで",
            f"判定　　　　　{_verdict(report)}",
            "",
            "この検証について",
            *ABOUT,
            "",
            "検査の結果（○ 異状なし　× 異状あり　― 比べるものがなく、検査していない）",
            *(line for result in report.results for line in _lines(result)),
            "",
            *(SOUND if report.is_sound else FAULTY),
            "",
        ]
    )


ABOUT = (
    "・本システムは、だれが、いつ、何をしたかを、一件ずつ監査記録に残します。",
    "・どの記録にも、その内容と直前の記録から計算した「ハッシュ」（64文字の値）が付いています。",
    "・後から一文字でも変えると、ハッシュが合わなくなります。抜いたり差し込んだりすると、前後が",
    "　つながらなくなります。",
    "・ハッシュは、データベースの外のファイルと、確定したPDFの中にも控えてあります。データベースの",
    "　中の記録とハッシュをすべて作り直しても、外の控えと合いません。",
)
SOUND = ("すべての検査に異状はありませんでした。",)
FAULTY = (
    "×があったとき",
    "・×は、本システムの画面や操作では起こらない状態です。データベースが直接書き換えられたか、",
    "　機器の故障、古い控えからの復元などが考えられます。番号は、監査記録の「番号」です。",
    "・データベース、控えのファイル、この報告書を、手を加えずに保存してください。",
    "・システム管理者と監査の担当に、この報告書を添えて知らせてください。だれが知らせるかを",
    "　迷うときは、見つけた人が双方に知らせます。",
    "・原因が分かるまで、データベースの復元や再作成をしないでください。",
)


def _verdict(report: Report) -> str:
    faulty = sum(bool(result.faults) for result in report.results)
    return f"×　{faulty}項目に異状があります。" if faulty else "○　異状はありません。"


def _lines(result: CheckResult) -> list[str]:
    how = f"（{result.compared}）" if result.compared else ""
    told = [f"　　・{message}" for message in result.faults[:MOST_FAULTS]]
    if (more := len(result.faults) - MOST_FAULTS) > 0:
        told.append(f"　　・ほか{more:,}件")
    return [f"{result.sign}　{result.check}{how}", *told]


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y年%-m月%-d日 %H:%M:%S}" if at else "―"
