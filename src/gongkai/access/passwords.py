"""What a password must be, beyond Django's own rules."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

_CLASSES = (str.islower, str.isupper, str.isdecimal)


class MixedValidator:
    """At least three of: small letters, capitals, figures, other characters (GB/T 22239 asks for complexity)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with the sentence for the person."""
        kinds = sum(any(test(ch) for ch in password) for test in _CLASSES) + any(not ch.isalnum() for ch in password)
        if kinds < 3:
            raise ValidationError(self.get_help_text(), code="password_not_mixed")
        names = (getattr(user, "username", ""), getattr(user, "full_name", ""))
        if any(name and name.lower() in password.lower() for name in names):
            raise ValidationError("密码不能含有账号或者姓名。", code="password_has_name")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "密码须包含小写字母、大写字母、数字、其他符号中的至少三类。"
