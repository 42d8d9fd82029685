"""The addresses of a person's own pages: who stands in for them."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("accounts/deputies/", views.deputies, name="deputies"),
    path("accounts/deputies/<int:pk>/end/", views.deputy_end, name="deputy_end"),
]
