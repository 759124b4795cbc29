"""The text side of what is published: cleaned, searched for slips and personal data, read from attachments. No Django."""
