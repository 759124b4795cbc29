"""Publish: records of government information, their review, interpretation, validity, catalogue (Regulation arts 19-28)."""
