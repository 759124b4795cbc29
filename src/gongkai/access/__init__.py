"""Signing in: passwords, lock-out, second factor, sessions, single sign-on."""
