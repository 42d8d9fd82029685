"""The error page for 400 Bad Request, with the reason and what to do."""

from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string

from core.admin_parameters import UnknownParameters


@dataclass(frozen=True)
class Explanation:
    """The content of the page. ``way_on`` is the text of a link, or ""."""

    heading: str
    happened: str
    advice: str
    way_on: str = ""


UNKNOWN_PARAMETERS = Explanation(
    "この条件では表示できません",
    "アドレスに、この画面の絞り込み・検索・並べ替えにはない条件か、読み取れない値が含まれています。",
    "次のリンクから画面を開き直し、画面に表示される絞り込みと検索をお使いください。",
    "条件を付けずに開き直す",
)
TOO_MUCH_DATA = Explanation(
    "一度に送れる量を超えました",
    "選んだ件数や記入した量が多すぎるため、受け付けられませんでした。何も変更していません。",
    "ブラウザーの「戻る」で前の画面に戻ると、記入した内容が残っています。"
    "選ぶ件数や記入した量を減らし、何回かに分けて操作してください。",
)
UNREADABLE_REQUEST = Explanation(
    "送られた内容を処理できませんでした",
    "アドレスまたは送信された内容に、システムが受け付けられないものが含まれていました。",
    "前の画面に戻り、もう一度操作してください。繰り返し表示されるときは、このページのアドレスと"
    "行った操作を添えて、取りまとめ担当へご連絡ください。",
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the error page for 400."""
    context = {"said": _explanation_of(exception), "path": request.path}
    return HttpResponseBadRequest(render_to_string("400.html", context))


def _explanation_of(exception: Exception) -> Explanation:
    if isinstance(exception, UnknownParameters):
        return UNKNOWN_PARAMETERS
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return TOO_MUCH_DATA
    return UNREADABLE_REQUEST
