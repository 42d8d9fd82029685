"""Mail headers folded so that every mail program reads them, and the check of a sender.

Django encodes a header without counting its name. Python then folds it once more, and finds no
room beside the name: a long Japanese subject began with an empty line, which RFC 5322 forbids
(a folded line of white space alone) and some filters and mail programs punish.
"""

from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email


class FoldedEmail(EmailMessage):
    """A plain-text email whose encoded headers begin beside their names."""

    def message(self, **options: Any) -> Any:
        message = super().message(**options)
        for name, value in message.items():
            if "=?" in value:
                header = make_header(decode_header(value), header_name=name)
                message.replace_header(name, header)
        return message


def is_sender(address: str) -> bool:
    """Return whether mails can be sent from ``address``, with or without a name before it."""
    try:
        sanitize_address(address, "utf-8")  # as Django's SMTP backend does with every mail
        validate_email(parseaddr(address)[1])
    except (ValueError, ValidationError):
        return False
    return address.isprintable()
