"""The numbers in a report's prose: value, unit, what they count, for whom and for which year."""
