"""The URLs of the yearly sheet."""

from django.urls import URLPattern, URLResolver, include, path

from evaluations.views import (
    calibration,
    comments,
    entries,
    entry_autosave,
    figures,
    finding_answers,
    grading,
    home,
    improvement,
    paper,
    presence,
    published,
    rights,
    sheets,
    steps,
    suggestions,
    timeline,
    verification,
    versions,
    workflow_guide,
    worklist,
)

of_entry = [
    path("", entries.entry_save, name="entry_save"),
    path("autosave/", entry_autosave.entry_autosave, name="entry_autosave"),
    path("comments/", comments.entry_comments, name="entry_comments"),
    path("suggest/", suggestions.suggestion_new, name="suggestion_new"),
]

of_sheet: list[URLPattern | URLResolver] = [
    path("", sheets.sheet_detail, name="sheet_detail"),
    path("why/", rights.sheet_why, name="sheet_why"),
    path("places/<slug:key>/", sheets.sheet_place, name="sheet_place"),
    path("timeline/", timeline.sheet_timeline, name="sheet_timeline"),
    path("preview/", paper.sheet_preview, name="sheet_preview"),
    path("printed/", paper.sheet_printed, name="sheet_printed"),
    path("pages/", paper.sheet_pages, name="sheet_pages"),
    path("sheet.pdf", paper.sheet_pdf, name="sheet_pdf"),
    path("compare/", versions.sheet_compare, name="sheet_compare"),
    path("compare.pdf", versions.sheet_compare_pdf, name="sheet_compare_pdf"),
    path("grade/", grading.sheet_grade, name="sheet_grade"),
    path("second-reading/", grading.second_reading, name="second_reading"),
    path("improvement-points/add/", improvement.point_add, name="point_add"),
    path("improvement-points/<int:number>/", improvement.point_edit, name="point_edit"),
    path("improvement-points/<int:number>/remove/", improvement.point_remove, name="point_remove"),
    path("open-points/<int:point>/", improvement.point_answer, name="point_answer"),
    path("act/<slug:action>/", steps.sheet_act, name="sheet_act"),
    path("answers/", finding_answers.sheet_answers, name="sheet_answers"),
    path("comments/", comments.sheet_comments, name="sheet_comments"),
    path("comments.pdf", comments.comments_pdf, name="comments_pdf"),
    path("comments/<int:thread_pk>/", comments.comment_thread, name="comment_thread"),
    path(
        "suggestions/<int:suggestion_pk>/", suggestions.suggestion_decide, name="suggestion_decide"
    ),
    path(
        "suggestions/<int:suggestion_pk>/withdraw/",
        suggestions.suggestion_withdraw,
        name="suggestion_withdraw",
    ),
    path("staffing/", figures.staffing_edit, name="staffing_edit"),
    path("budget/", figures.budget_edit, name="budget_edit"),
    path("financial-report/", figures.report_edit, name="report_edit"),
    path("presence/", presence.presence, name="presence"),
    path("entries/<slug:key>/", include(of_entry)),
    path("sections/<slug:section_key>/", entries.sheet_section, name="sheet_section"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("workflow/", workflow_guide.workflow_guide, name="workflow_guide"),
    path("calibration/", calibration.calibration, name="calibration"),
    path("improvement-points/", improvement.point_list, name="point_list"),
    path("published/", published.published_list, name="published_list"),
    path("published/<int:pk>.pdf", published.published_pdf, name="published_pdf"),
    path("verify/", verification.verify_pdf, name="verify_pdf"),
    path("sheets/", sheets.sheet_list, name="sheet_list"),
    path("queue/", worklist.sheet_queue, name="sheet_queue"),
    path("sheets/<int:pk>/", include(of_sheet)),
]
