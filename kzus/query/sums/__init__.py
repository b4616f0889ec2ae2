"""Sums over deals: adding them up by group, the deals that are added, remarks on both, and their words on a screen."""
