"""Folding of long mail headers, and validation of a sender address.

Django encodes a header without counting the length of its name. Python then folds it again before
the first word, so that a long Japanese subject would begin with a line of white space alone. RFC
5322 forbids that, and some filters and mail clients reject it.
"""

from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email


class FoldedEmail(EmailMessage):
    """A plain-text email whose encoded headers begin on the line of their names."""

    def message(self, **options: Any) -> Any:
        message = super().message(**options)
        for name, value in message.items():
            if "=?" in value:
                header = make_header(decode_header(value), header_name=name)
                message.replace_header(name, header)
        return message


def is_sender(address: str) -> bool:
    """Return whether ``address``, with or without a display name, is a valid sender."""
    try:
        sanitize_address(address, "utf-8")  # as Django's SMTP backend does with every mail
        validate_email(parseaddr(address)[1])
    except (ValueError, ValidationError):
        return False
    return address.isprintable()
