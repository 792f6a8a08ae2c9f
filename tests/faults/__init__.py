"""The fault enumerator: every call of every handler × every fault, and what must hold afterwards.

`seam` is where faults befall a process, `answers` what AWS seems to say then, `stage` the world around
it, `oracle` what must hold, `worlds*` the handlers' situations, `enumerate` runs them all; `planted`
holds the bad variants that prove it can fail, `interleave` two workers at once, `sites` that no call
was left out.
`python -m tests.faults` prints the table.
"""
