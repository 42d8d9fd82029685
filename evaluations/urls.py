"""The addresses of the yearly sheet."""

from django.urls import path

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
    path("queue/bulk/", worklist.sheet_bulk, name="sheet_bulk"),
    path("sheets/<int:pk>/", sheets.sheet_detail, name="sheet_detail"),
    path("sheets/<int:pk>/why/", rights.sheet_why, name="sheet_why"),
    path("sheets/<int:pk>/places/<slug:key>/", sheets.sheet_place, name="sheet_place"),
    path("sheets/<int:pk>/timeline/", timeline.sheet_timeline, name="sheet_timeline"),
    path("sheets/<int:pk>/preview/", paper.sheet_preview, name="sheet_preview"),
    path("sheets/<int:pk>/printed/", paper.sheet_printed, name="sheet_printed"),
    path("sheets/<int:pk>/pages/", paper.sheet_pages, name="sheet_pages"),
    path("sheets/<int:pk>/sheet.pdf", paper.sheet_pdf, name="sheet_pdf"),
    path("sheets/<int:pk>/compare/", versions.sheet_compare, name="sheet_compare"),
    path("sheets/<int:pk>/compare.pdf", versions.sheet_compare_pdf, name="sheet_compare_pdf"),
    path("sheets/<int:pk>/grade/", grading.sheet_grade, name="sheet_grade"),
    path("sheets/<int:pk>/second-reading/", grading.second_reading, name="second_reading"),
    path("sheets/<int:pk>/improvement-points/add/", improvement.point_add, name="point_add"),
    path(
        "sheets/<int:pk>/improvement-points/<int:number>/",
        improvement.point_edit,
        name="point_edit",
    ),
    path(
        "sheets/<int:pk>/improvement-points/<int:number>/remove/",
        improvement.point_remove,
        name="point_remove",
    ),
    path("sheets/<int:pk>/open-points/<int:point>/", improvement.point_answer, name="point_answer"),
    path("sheets/<int:pk>/act/<slug:action>/", steps.sheet_act, name="sheet_act"),
    path("sheets/<int:pk>/answers/", finding_answers.sheet_answers, name="sheet_answers"),
    path("sheets/<int:pk>/comments/", comments.sheet_comments, name="sheet_comments"),
    path("sheets/<int:pk>/comments.pdf", comments.comments_pdf, name="comments_pdf"),
    path(
        "sheets/<int:pk>/comments/<int:thread_pk>/", comments.comment_thread, name="comment_thread"
    ),
    path(
        "sheets/<int:pk>/suggestions/<int:suggestion_pk>/",
        suggestions.suggestion_decide,
        name="suggestion_decide",
    ),
    path(
        "sheets/<int:pk>/suggestions/<int:suggestion_pk>/withdraw/",
        suggestions.suggestion_withdraw,
        name="suggestion_withdraw",
    ),
    path("sheets/<int:pk>/staffing/", figures.staffing_edit, name="staffing_edit"),
    path("sheets/<int:pk>/budget/", figures.budget_edit, name="budget_edit"),
    path("sheets/<int:pk>/financial-report/", figures.report_edit, name="report_edit"),
    path("sheets/<int:pk>/presence/", presence.presence, name="presence"),
    path("sheets/<int:pk>/entries/<slug:key>/", entries.entry_save, name="entry_save"),
    path(
        "sheets/<int:pk>/entries/<slug:key>/autosave/",
        entry_autosave.entry_autosave,
        name="entry_autosave",
    ),
    path(
        "sheets/<int:pk>/entries/<slug:key>/comments/",
        comments.entry_comments,
        name="entry_comments",
    ),
    path(
        "sheets/<int:pk>/entries/<slug:key>/suggest/",
        suggestions.suggestion_new,
        name="suggestion_new",
    ),
    path(
        "sheets/<int:pk>/sections/<slug:section_key>/", entries.sheet_section, name="sheet_section"
    ),
]
