"""URLs of a person's own pages."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("accounts/deputies/", views.deputies, name="deputies"),
    path("accounts/deputies/<int:pk>/end/", views.deputy_end, name="deputy_end"),
]
