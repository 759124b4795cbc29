"""Verbs for these tests. In a process of its own: `python -c "import tests.audit.some_verbs; …"`."""

from gongkai.audit import verbs

verbs.register({"test.change": "试验：修改", "test.read": "试验：查看"})
