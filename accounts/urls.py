"""The addresses of a person's own pages."""

from django.urls import path

from accounts import deputy_views

urlpatterns = [
    path("", deputy_views.deputies, name="deputies"),
    path("<int:pk>/end/", deputy_views.deputy_end, name="deputy_end"),
]
