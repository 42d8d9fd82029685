"""Characters that the print fonts have: comments are printed too, in the annex of a sheet."""

from django.core.exceptions import ImproperlyConfigured

from core.refusals import Invalid
from printing.fonts import missing_characters, with_code


def check_printable(text: str, *, known: str = "") -> None:
    """Raise Invalid if ``text`` has characters in no print font; those in ``known`` are allowed."""
    try:
        missing = missing_characters(text)
    except ImproperlyConfigured:  # not the fault of the text; printing reports it
        return
    added = [cluster for cluster in missing if cluster not in known]
    if added:
        raise Invalid(
            f"{'、'.join(map(with_code, added[:5]))}は印刷用の書体にないため、印刷できません。"
            "ほかの文字に置き換えてください。"
        )
