"""The order in which a sheet is read aloud: written down for one, and as stored for all."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from evaluations.models import Sheet
from evaluations.paper.build import document_of
from evaluations.paper.rendering import render_pdf
from evaluations.queries.content import content_of
from tests.evaluations.paper.papers import paper
from tests.factories import h30
from tests.printing.outlines import outline_of_pdf, read_aloud
from tests.seed import SEED, needs_seed, squeezed
from texts.notation import parse

pytestmark = pytest.mark.django_db

WRITTEN_DOWN = Path(__file__).resolve().parents[3] / "docs" / "reading-order.md"
LONGEST = 60


def shortened(line):
    return line if len(line) <= LONGEST else line[:LONGEST] + "…"


def test_the_order_written_down_is_the_one_of_the_sample_sheet():
    (block,) = re.findall(r"```text\n(.*?)\n```", WRITTEN_DOWN.read_text(encoding="utf-8"), re.S)
    outline = outline_of_pdf(paper("sheet of the demonstration").pdf)
    assert block.splitlines() == [shortened(line) for line in outline]


def stored_words(sheet):
    """Return what was written into each item, in the order of the form, without white space."""
    content, definition = content_of(sheet), sheet.edition.definition
    for section in definition.sections:
        for item in section.items:
            if item.is_text:
                blocks = parse(content.texts.get(item.key, ""))
                yield item.key, [squeezed(block.text) for block in blocks]


def assert_read_as_stored(sheet):
    read = read_aloud(render_pdf(document_of(sheet), created=timezone.now()))
    place = 0
    for key, words in stored_words(sheet):
        for each in words:
            found = read.find(each, place)
            assert found >= 0, key
            place = found + len(each)
    assert place > 0


@pytest.mark.parametrize("state", ["published", "draft", "review"])
def test_a_sample_sheet_is_read_in_the_order_of_the_form(state):
    h30()
    call_command("load_demonstration", verbosity=0)
    assert_read_as_stored(Sheet.objects.get(state=state))


@needs_seed
def test_a_real_sheet_is_read_in_the_order_of_the_form():
    h30()
    call_command("import_sheet", SEED, verbosity=0)
    assert_read_as_stored(Sheet.objects.get())
