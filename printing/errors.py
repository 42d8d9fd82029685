"""Exceptions of the printer, with messages for the person."""

from typing import ClassVar

from core.refusals import Refusal


class PrintingError(Refusal):
    """The page cannot be printed."""

    heading = "PDFを作成できませんでした"


class WorkerFailed(Refusal):
    """A job was not done: no free worker, or the time or memory limit was exceeded.

    ``is_too_costly``: the input exceeds the limits, so that a retry would fail as well.
    """

    status = 503
    name: ClassVar[str]  # in the log
    crowded: ClassVar[str]
    crashed: ClassVar[str]
    too_long: ClassVar[str]  # {seconds}
    too_much: ClassVar[str]  # {megabytes}

    def __init__(self, message: str, *, retry_after: int = 0, is_too_costly: bool = False) -> None:
        super().__init__(message)
        self.retry_after, self.is_too_costly = retry_after, is_too_costly


class PrinterFailed(WorkerFailed, PrintingError):
    """A rendering was not done."""

    name = "print"
    crowded = (
        "印刷が混み合っているため、PDFを作成できませんでした。少し待って、もう一度お試しください。"
    )
    crashed = (
        "PDFの作成中に、印刷の処理が止まりました。もう一度お試しください。繰り返すときは、文章を短く"
        "するか、システム管理者に連絡してください。"
    )
    too_long = (
        "PDFの作成が{seconds:g}秒以内に終わらなかったため、取りやめました。切れ目のない"
        "長い文字列や、とても長い段落がないかを確かめ、文章を短くしてください。"
    )
    too_much = (
        "PDFの作成に使えるメモリ（{megabytes:,}MB）を超えたため、取りやめました。"
        "文章又は段落の数を減らしてください。"
    )


class ReaderFailed(WorkerFailed):
    """The reading of an untrusted PDF was not done."""

    heading = "PDFを確かめられませんでした"
    name = "read"
    crowded = (
        "ほかのPDFを確かめているため、このPDFを確かめられませんでした。"
        "少し待って、もう一度お試しください。"
    )
    crashed = "PDFの読み取り中に、処理が止まりました。もう一度お試しください。"
    too_long = "PDFの読み取りが{seconds:g}秒以内に終わらなかったため、取りやめました。"
    too_much = "PDFの読み取りに使えるメモリ（{megabytes:,}MB）を超えたため、取りやめました。"
