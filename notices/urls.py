"""The addresses of what a person has been told."""

from django.urls import path

from notices import views

urlpatterns = [
    path("messages/", views.message_list, name="messages"),
    path("messages/read/", views.messages_read, name="messages_read"),
    path("messages/<int:pk>/open/", views.message_open, name="message_open"),
]
