"""Recado: every message a patient leaves with a clinic, answered."""

import gc

# Little of what a start makes is garbage: collecting after every 700 objects is a twentieth of its cost.
gc.set_threshold(50_000, 10, 10)
