"""Review boxes: the comments and suggestions below an item, and the forms to add to them."""

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
from texts.passages import Stretch


@dataclass
class ShownThread:
    """A thread and what the person may do in it. ``form`` is None if they may not answer."""

    placed: PlacedThread
    form: RemarkForm | None = None
    may_address: bool = False
    may_resolve: bool = False
    may_withdraw: bool = False


@dataclass
class ReviewBox:
    """The review box of one item. ``form`` is None if the person may not comment."""

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
    """Return the thread as the person sees it. ``form`` is the submitted form, if any."""
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
    """Return the review box of ``item``. ``form`` is the submitted form, if any."""
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
    """Return the form for a comment on ``item`` with a choice of ``audiences``."""
    return CommentForm(
        data,
        key=item.key,
        on_passage=item.is_text,
        may_block=CommentAudience.REVIEWERS in audiences,
    )


def with_boxes(acting: Acting, sheet: Sheet, context: dict[str, Any]) -> dict[str, Any]:
    """Add a review box to each of the section's ``places``, None for people outside the review.

    Takes at most three queries.
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
