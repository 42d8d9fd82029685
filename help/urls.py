"""URLs of the help pages."""

from django.urls import path

from help import views

urlpatterns = [
    path("help/", views.help_index, name="help_index"),
    path("help/<slug:slug>/", views.help_page, name="help_page"),
]
