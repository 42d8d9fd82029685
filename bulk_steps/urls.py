"""URLs of the bulk steps."""

from django.urls import path

from bulk_steps import views

urlpatterns = [
    path("bulk-steps/", views.bulk_step_list, name="bulk_step_list"),
    path("bulk-steps/new/", views.bulk_step_new, name="bulk_step_new"),
    path("bulk-steps/<int:pk>/", views.bulk_step_detail, name="bulk_step_detail"),
    path("bulk-steps/<int:pk>/progress/", views.bulk_step_progress, name="bulk_step_progress"),
]
