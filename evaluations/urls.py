"""The addresses of the yearly sheet."""

from django.urls import path

from evaluations.views import (
    acting,
    answering,
    autosave,
    calibration,
    comparing,
    figures,
    grading,
    guide,
    home,
    improvement,
    paper,
    presence,
    public,
    queue,
    reviewing,
    sheets,
    suggesting,
    timeline,
    verifying,
    why,
    writing,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("workflow/", guide.workflow_guide, name="workflow_guide"),
    path("calibration/", calibration.calibration, name="calibration"),
    path("improvement-points/", improvement.point_list, name="point_list"),
    path("published/", public.published_list, name="published_list"),
    path("published/<int:pk>.pdf", public.published_pdf, name="published_pdf"),
    path("verify/", verifying.verify_pdf, name="verify_pdf"),
    path("sheets/", sheets.sheet_list, name="sheet_list"),
    path("queue/", queue.sheet_queue, name="sheet_queue"),
    path("queue/bulk/", queue.sheet_bulk, name="sheet_bulk"),
    path("sheets/<int:pk>/", sheets.sheet_detail, name="sheet_detail"),
    path("sheets/<int:pk>/why/", why.sheet_why, name="sheet_why"),
    path("sheets/<int:pk>/places/<slug:key>/", sheets.sheet_place, name="sheet_place"),
    path("sheets/<int:pk>/timeline/", timeline.sheet_timeline, name="sheet_timeline"),
    path("sheets/<int:pk>/preview/", paper.sheet_preview, name="sheet_preview"),
    path("sheets/<int:pk>/printed/", paper.sheet_printed, name="sheet_printed"),
    path("sheets/<int:pk>/pages/", paper.sheet_pages, name="sheet_pages"),
    path("sheets/<int:pk>/sheet.pdf", paper.sheet_pdf, name="sheet_pdf"),
    path("sheets/<int:pk>/compare/", comparing.sheet_compare, name="sheet_compare"),
    path("sheets/<int:pk>/compare.pdf", comparing.sheet_compare_pdf, name="sheet_compare_pdf"),
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
    path("sheets/<int:pk>/act/<slug:action>/", acting.sheet_act, name="sheet_act"),
    path("sheets/<int:pk>/answers/", answering.sheet_answers, name="sheet_answers"),
    path("sheets/<int:pk>/comments/", reviewing.sheet_comments, name="sheet_comments"),
    path("sheets/<int:pk>/comments.pdf", reviewing.comments_pdf, name="comments_pdf"),
    path(
        "sheets/<int:pk>/comments/<int:thread_pk>/", reviewing.comment_thread, name="comment_thread"
    ),
    path(
        "sheets/<int:pk>/suggestions/<int:suggestion_pk>/",
        suggesting.suggestion_decide,
        name="suggestion_decide",
    ),
    path(
        "sheets/<int:pk>/suggestions/<int:suggestion_pk>/withdraw/",
        suggesting.suggestion_withdraw,
        name="suggestion_withdraw",
    ),
    path("sheets/<int:pk>/staffing/", figures.staffing_edit, name="staffing_edit"),
    path("sheets/<int:pk>/budget/", figures.budget_edit, name="budget_edit"),
    path("sheets/<int:pk>/financial-report/", figures.report_edit, name="report_edit"),
    path("sheets/<int:pk>/presence/", presence.presence, name="presence"),
    path("sheets/<int:pk>/entries/<slug:key>/", writing.entry_save, name="entry_save"),
    path(
        "sheets/<int:pk>/entries/<slug:key>/autosave/",
        autosave.entry_autosave,
        name="entry_autosave",
    ),
    path(
        "sheets/<int:pk>/entries/<slug:key>/comments/",
        reviewing.entry_comments,
        name="entry_comments",
    ),
    path(
        "sheets/<int:pk>/entries/<slug:key>/suggest/",
        suggesting.suggestion_new,
        name="suggestion_new",
    ),
    path(
        "sheets/<int:pk>/sections/<slug:section_key>/", writing.sheet_section, name="sheet_section"
    ),
]
