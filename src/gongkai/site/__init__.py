"""The Django project: settings, urls and the server. The only place that knows every app."""
