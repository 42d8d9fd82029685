"""How a mail to a person reads: plain text, the address of the site, nothing confidential."""

from django.conf import settings
from django.urls import reverse

from accounts.models import User

SUBJECT_PREFIX = "【拠出金評価シート】"

_LETTER = """\
{person} 様

{content}

----
お知らせの一覧：{messages}
このメールは自動でお送りしています。返信はお受けできません。
シートの文章や差戻しの理由は、メールには記載しません。ログインしてお読みください。
"""


def letter(person: User, content: str) -> str:
    """Return the text of a mail to ``person``."""
    return _LETTER.format(person=person, content=content, messages=absolute(reverse("messages")))


def absolute(path: str) -> str:
    """Return the address of the page at ``path``, as it works from outside."""
    return f"{settings.SITE_URL}{path}"


def headline(subject: str) -> str:
    """Return the subject of a mail: one line, whatever line breaks a name may hold."""
    return f"{SUBJECT_PREFIX}{' '.join(subject.split())}"[:420]
