"""What is said in a review is printed too, as the annex of the sheet."""

from django.core.exceptions import ImproperlyConfigured

from core.refusals import Invalid
from printing.fonts import missing_characters, with_code


def check_printable(text: str, *, known: str = "") -> None:
    """Raise Invalid where ``text`` has characters no print font has, but for those in ``known``."""
    try:
        missing = missing_characters(text)
    except ImproperlyConfigured:  # no fault of the text's: whoever prints is told
        return
    added = [cluster for cluster in missing if cluster not in known]
    if added:
        raise Invalid(
            f"{'、'.join(map(with_code, added[:5]))}は印刷用の書体にないため、印刷できません。"
            "ほかの文字に置き換えてください。"
        )
