"""The whole system on a laptop: `make run`.

The real template.yaml is deployed into an emulator of AWS (ministack), without Docker and without an account,
and served behind one front door with the console, a phone to play the patient on, and fakes of every provider
and of Connect.

Reading order: `__main__` (what `make run` does), `stack` (the parts put together, also for the tests), then
the parts: `emulator`, `template`, `package`, `deploy`; `clinics`, `keys`, `seed`, `runfile`, `warm`; `door`,
`phone`, `sites`, `connect`, and `fakes/`.
"""
