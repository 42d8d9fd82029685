"""URLs of the messages."""

from django.urls import path

from notices import views

urlpatterns = [
    path("messages/", views.message_list, name="messages"),
    path("messages/read/", views.messages_read, name="messages_read"),
    path("messages/<int:pk>/open/", views.message_open, name="message_open"),
]
