"""What stands beneath an entry: what was said of it, and what the person may say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.roles import Acting
from editions.definition import Item
from evaluations.access.comments import (
    audiences_to_choose,
    can_address,
    can_answer,
    can_comment,
    can_resolve,
    can_see_review,
    can_withdraw,
)
from evaluations.enums import CommentAudience
from evaluations.forms.comments import CommentForm, RemarkForm
from evaluations.models import Sheet, Suggestion
from evaluations.queries.comments import EntryReview, PlacedThread, reviews_of
from evaluations.texts.passages import Stretch


@dataclass
class ShownThread:
    """A thread, the form to answer it where the person may, and what else they may do."""

    placed: PlacedThread
    form: RemarkForm | None = None
    may_address: bool = False
    may_resolve: bool = False
    may_withdraw: bool = False


@dataclass
class ReviewBox:
    """All of it for one item. ``form``: None for those who may not comment."""

    key: str
    label: str
    is_text: bool
    unsettled: list[ShownThread] = field(default_factory=list)
    settled: list[ShownThread] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    form: CommentForm | None = None
    audiences: list[CommentAudience] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)


def shown_thread(
    acting: Acting, placed: PlacedThread, form: RemarkForm | None = None
) -> ShownThread:
    """Return a thread as the person sees it; ``form``: one that was sent in and refused."""
    thread = placed.thread
    if not can_answer(acting, thread):
        return ShownThread(placed)
    return ShownThread(
        placed,
        form or RemarkForm(thread=thread.pk),
        may_address=can_address(acting, thread).allowed,
        may_resolve=can_resolve(acting, thread).allowed,
        may_withdraw=can_withdraw(acting, thread).allowed,
    )


def box_of(
    acting: Acting,
    sheet: Sheet,
    item: Item,
    label: str,
    review: EntryReview,
    form: CommentForm | None = None,
) -> ReviewBox:
    """Return the box of ``item``; ``form``: one that was sent in and refused."""
    may_comment = can_comment(acting, sheet).allowed
    audiences = audiences_to_choose(sheet) if may_comment else []
    return ReviewBox(
        item.key,
        label,
        item.is_text,
        unsettled=[shown_thread(acting, each) for each in review.unsettled],
        settled=[shown_thread(acting, each) for each in review.settled],
        suggestions=review.suggestions,
        form=(form or comment_form(item, audiences)) if may_comment else None,
        audiences=audiences,
        stretches=review.stretches,
    )


def comment_form(item: Item, audiences: list[CommentAudience], data: Any = None) -> CommentForm:
    """Return the form of a comment on ``item``, for those who may choose among ``audiences``."""
    return CommentForm(
        data,
        key=item.key,
        on_passage=item.is_text,
        may_block=CommentAudience.REVIEWERS in audiences,
    )


def with_boxes(acting: Acting, sheet: Sheet, context: dict[str, Any]) -> dict[str, Any]:
    """Put a box into each of the ``places`` of a section's page: None for outsiders.

    Three queries at most.
    """
    places = context["places"]
    reviews: Mapping[str, EntryReview] = {}
    is_inside = can_see_review(acting, sheet).allowed
    if is_inside:
        texts = {each["item"].key: each["entry"].text for each in places if each["entry"]}
        keys = [each["item"].key for each in places]
        reviews = reviews_of(acting.roles, sheet, texts, keys)
    for place in places:
        item = place["item"]
        entry = place["entry"]
        review = reviews.get(item.key) or EntryReview(entry.text if entry else "")
        place["box"] = box_of(acting, sheet, item, place["label"], review) if is_inside else None
    return context
