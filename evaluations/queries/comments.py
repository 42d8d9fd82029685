"""Comments, restricted to those that a person may see, and the review of an entry."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch

from accounts.roles import Roles
from evaluations.access.comments import audiences_of
from evaluations.models import Comment, CommentThread, Sheet, Suggestion
from evaluations.models.comments import ThreadQuerySet
from evaluations.queries.suggestions import suggestions_visible_to
from texts.passages import Range, Stretch, relocate, stretches


@dataclass(frozen=True)
class PlacedThread:
    """A thread with the place of its passage in the current text (None: it is gone)."""

    thread: CommentThread
    text: str

    @cached_property
    def place(self) -> Range | None:
        """The passage's place in ``text``."""
        return relocate(self.thread.base_text, (self.thread.start, self.thread.end), self.text)

    @property
    def is_gone(self) -> bool:
        """Whether the words commented on are no longer there."""
        return bool(self.thread.quote) and self.place is None

    @property
    def has_moved_on(self) -> bool:
        """Whether an entry that was commented on as a whole has changed since."""
        return not self.thread.quote and self.thread.base_text != self.text

    @property
    def words_now(self) -> str:
        """The words there now, where they differ from those commented on, else ""."""
        if not self.thread.quote or self.place is None:
            return ""
        words = self.text[slice(*self.place)]
        return "" if words == self.thread.quote else words


@dataclass
class EntryReview:
    """The review of one entry: open threads, settled threads, pending suggestions."""

    text: str = ""
    unsettled: list[PlacedThread] = field(default_factory=list)
    settled: list[PlacedThread] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)

    @property
    def stretches(self) -> list[Stretch]:
        """The text with the passages of the open threads marked, by the threads' ids."""
        return stretches(
            self.text,
            [
                (each.thread.pk, each.place)
                for each in self.unsettled
                if each.place and each.thread.quote
            ],
        )


@dataclass(frozen=True)
class ReviewCounts:
    """The number of open threads and suggestions that a person may see, and their items."""

    unsettled: int
    blocking: int
    suggestions: int
    items: frozenset[str] = frozenset()


def threads_visible_to(roles: Roles, sheet: Sheet) -> ThreadQuerySet:
    """Return the threads on ``sheet`` that a person with ``roles`` may see."""
    return CommentThread.objects.filter(sheet=sheet, audience__in=audiences_of(roles, sheet))


def with_remarks(threads: ThreadQuerySet) -> ThreadQuerySet:
    """Return ``threads`` with their comments prefetched. One more query for all of them."""
    comments = Comment.objects.select_related("author")
    return threads.select_related("revision").prefetch_related(
        Prefetch("comments", queryset=comments)
    )


def reviews_of(
    roles: Roles, sheet: Sheet, texts: dict[str, str], keys: Iterable[str] | None = None
) -> dict[str, EntryReview]:
    """Return by item key the review of ``sheet`` that a person with ``roles`` may see.

    ``texts``: the entries as they stand; ``keys``: of these items alone. Three queries at most.
    """
    threads = with_remarks(threads_visible_to(roles, sheet))
    suggestions = suggestions_visible_to(roles, sheet).undecided()
    if keys is not None:
        wanted = list(keys)
        threads, suggestions = threads.filter(key__in=wanted), suggestions.filter(key__in=wanted)
    reviews: dict[str, EntryReview] = {}

    def of(key: str) -> EntryReview:
        return reviews.setdefault(key, EntryReview(texts.get(key, "")))

    for thread in threads:
        thread.sheet = sheet
        review = of(thread.key)
        placed = PlacedThread(thread, review.text)
        (review.settled if thread.closing else review.unsettled).append(placed)
    for suggestion in suggestions:
        suggestion.sheet = sheet
        of(suggestion.key).suggestions.append(suggestion)
    return reviews


def counts_for(roles: Roles, sheet: Sheet) -> ReviewCounts:
    """Return the number of open threads and suggestions. Two queries; none for outsiders."""
    if not audiences_of(roles, sheet):
        return ReviewCounts(0, 0, 0)
    unsettled = threads_visible_to(roles, sheet).unsettled()
    threads = list(unsettled.values_list("key", "is_blocking"))
    undecided = suggestions_visible_to(roles, sheet).undecided()
    suggestions = list(undecided.values_list("key", flat=True))
    return ReviewCounts(
        len(threads),
        sum(is_blocking for _, is_blocking in threads),
        len(suggestions),
        frozenset([*(key for key, _ in threads), *suggestions]),
    )


def blocking_threads(sheets: Iterable[int]) -> ThreadQuerySet:
    """Return the open threads on ``sheets`` (ids) that block an approval.

    The same for everybody: such threads are visible to all who take part.
    """
    return CommentThread.objects.filter(sheet__in=list(sheets), is_blocking=True).unsettled()
