"""The messages of the verification page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from evaluations.paper.verification import PdfStatus, Verdict

_DOWNLOAD_AGAIN = "「公表シート」の一覧から、取得し直してください。"


@dataclass(frozen=True)
class VerdictInWords:
    """``kind`` is that of the notification: success, info, warning or error."""

    kind: str
    title: str
    text: str


def verdict_in_words(verdict: Verdict) -> VerdictInWords:
    """Return ``verdict`` as a message without technical terms."""
    match verdict.status:
        case PdfStatus.VALID:
            text = f"{_which(verdict)}です。{_since(verdict)}もので、現在も有効です。"
            return VerdictInWords("success", "発行したPDFと一致しました", text)
        case PdfStatus.OLDER:
            text = (
                f"{_which(verdict)}です。{_since(verdict)}ものですが、{_day(verdict.until)}に"
                "新しいPDFに替わりました。"
            )
            more = _DOWNLOAD_AGAIN if verdict.is_published else ""
            return VerdictInWords("warning", "以前に発行したPDFです", text + more)
        case PdfStatus.UNPUBLISHED:
            text = (
                f"{_which(verdict)}です。公表していないものなので、現在も有効かどうかは、"
                "この画面ではお答えできません。担当課室にお尋ねください。"
            )
            return VerdictInWords("info", "発行したPDFと一致しましたが、公表されていません", text)
        case PdfStatus.REVOKED:
            text = (
                f"{_which(verdict)}です。{_since(verdict)}ものですが、その後に確定が取り消されたか、"
                "訂正が始まったため、現在は有効ではありません。"
            )
            return VerdictInWords("warning", "発行したPDFですが、有効ではありません", text)
        case PdfStatus.ALTERED:
            text = f"{verdict.why}内容を信用せず、{_DOWNLOAD_AGAIN}"
            return VerdictInWords("error", "発行したPDFと一致しません", text)
        case PdfStatus.DRAFT:
            text = "確定する前に作られたもので、内容は変わることがあります。"
            return VerdictInWords("warning", "発行したPDFではなく、「案」です", text)
        case PdfStatus.FOREIGN:
            text = (
                "評価シートのデータが入っていません。ほかで作られたPDFか、印刷・変換・結合・"
                f"保存し直しなどをしたPDFです。{_DOWNLOAD_AGAIN}"
            )
            return VerdictInWords("warning", "本システムが発行したPDFとは確かめられません", text)
        case PdfStatus.UNREADABLE:
            text = "PDFではないか、壊れています。取得したPDFのファイルをそのまま選んでください。"
            return VerdictInWords("error", "PDFとして読めません", text)
        case PdfStatus.TOO_COSTLY:
            text = (
                "発行したPDFではありません。読み取りに時間又はメモリがかかりすぎるため、"
                f"何のPDFかは確かめられませんでした。{_DOWNLOAD_AGAIN}"
            )
            return VerdictInWords("error", "このPDFは読み取れません", text)


def _which(verdict: Verdict) -> str:
    if verdict.issued is None:
        raise ValueError("only of issued bytes is it told what they are")
    revision = verdict.issued.revision
    sheet = revision.sheet
    return f"「{sheet.edition.title}　{sheet.public_name}」の{revision}"


def _since(verdict: Verdict) -> str:
    return f"{_day(verdict.since)}に{'公表' if verdict.is_published else '確定'}した"


def _day(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y年%-m月%-d日}"
