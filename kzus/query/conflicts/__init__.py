"""Conflicts: where sources contradict one another, in deals and elsewhere, as rows and in words."""
