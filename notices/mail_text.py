"""Text of the mails: plain text with a link to the site, nothing confidential."""

from django.conf import settings
from django.urls import reverse

from accounts.models import User

SUBJECT_PREFIX = "【拠出金評価シート】"

_TEMPLATE = """\
{person} 様

{content}

----
お知らせの一覧：{messages}
このメールは自動でお送りしています。返信はお受けできません。
シートの文章や差戻しの理由は、メールには記載しません。ログインしてお読みください。
"""


def mail_body(person: User, content: str) -> str:
    """Return the body of a mail to ``person``."""
    return _TEMPLATE.format(
        person=person, content=content, messages=absolute_url(reverse("messages"))
    )


def absolute_url(path: str) -> str:
    """Return the absolute URL of ``path``."""
    return f"{settings.SITE_URL}{path}"


def subject_line(subject: str) -> str:
    """Return the subject on one line: a line break in a name would be an invalid header."""
    return f"{SUBJECT_PREFIX}{' '.join(subject.split())}"[:420]
