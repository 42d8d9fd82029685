"""The addresses of what a person has been told."""

from django.urls import path

from accounts import inbox

urlpatterns = [
    path("messages/", inbox.message_list, name="messages"),
    path("messages/read/", inbox.messages_read, name="messages_read"),
    path("messages/<int:pk>/open/", inbox.message_open, name="message_open"),
]
