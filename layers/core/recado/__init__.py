"""Recado: every message a patient leaves with a clinic, answered."""
