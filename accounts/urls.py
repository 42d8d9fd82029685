"""The addresses of a person's own pages: what they have been told, who stands in for them."""

from django.urls import path

from accounts import deputy_views, inbox

urlpatterns = [
    path("messages/", inbox.message_list, name="messages"),
    path("messages/read/", inbox.messages_read, name="messages_read"),
    path("messages/<int:pk>/open/", inbox.message_open, name="message_open"),
    path("accounts/deputies/", deputy_views.deputies, name="deputies"),
    path("accounts/deputies/<int:pk>/end/", deputy_views.deputy_end, name="deputy_end"),
]
