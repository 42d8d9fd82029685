"""A character that no print font has is known before it vanishes from the page."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from printing import fonts


@pytest.fixture
def _only(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Without the families given: as on a machine that lacks them."""
    find = fonts._find
    monkeypatch.setattr(fonts, "_find", lambda f: None if f in request.param else find(f))
    monkeypatch.setattr(fonts, "_coverage", fonts._coverage.__wrapped__)


def test_what_sheets_are_written_with_can_be_printed():
    assert fonts.missing_characters("髙﨑①㈱〜～−―é€々〆ゔ（注）※『』[[IOM]]\u3000・%\n２,0") == []


def test_what_cannot_be_printed_is_named_once_in_order():
    assert fonts.missing_characters("水😀井\U0010fffd戸😀") == ["😀", "\U0010fffd"]


def test_a_letter_is_named_with_the_variant_that_is_missing():
    assert fonts.missing_characters("葛\U000e01ef飾区") == ["葛\U000e01ef"]


@pytest.mark.parametrize("_only", [fonts.FALLBACKS], indirect=True)
@pytest.mark.usefixtures("_only")
def test_the_fallbacks_need_not_be_installed():
    assert fonts.missing_characters("水𠮷") == ["𠮷"]


@pytest.mark.parametrize("_only", [["BIZ UDMincho"]], indirect=True)
@pytest.mark.usefixtures("_only")
def test_the_message_says_which_package_is_missing():
    with pytest.raises(ImproperlyConfigured, match="fonts-morisawa-bizud-mincho"):
        fonts.missing_characters("水")


def test_the_message_says_when_fontconfig_itself_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ImproperlyConfigured, match="fontconfig"):
        fonts._find.__wrapped__("BIZ UDMincho")
