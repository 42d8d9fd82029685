"""The addresses of a person's own pages: who stands in for them."""

from django.urls import path

from accounts import deputy_views

urlpatterns = [
    path("accounts/deputies/", deputy_views.deputies, name="deputies"),
    path("accounts/deputies/<int:pk>/end/", deputy_views.deputy_end, name="deputy_end"),
]
