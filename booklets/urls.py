"""URLs of the booklets."""

from django.urls import path

from booklets import views

urlpatterns = [
    path("booklets/", views.booklet_list, name="booklet_list"),
    path("booklets/new/", views.booklet_new, name="booklet_new"),
    path("booklets/<int:pk>/", views.booklet_detail, name="booklet_detail"),
    path("booklets/<int:pk>/progress/", views.booklet_progress, name="booklet_progress"),
    path("booklets/<int:pk>/cancel/", views.booklet_cancel, name="booklet_cancel"),
    path("booklets/<int:pk>/file/", views.booklet_file, name="booklet_file"),
]
