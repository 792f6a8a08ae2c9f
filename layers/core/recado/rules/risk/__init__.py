"""Who may not come: learned from a clinic's own visits, from a stated prior on; every step can be looked at.

A visit becomes bins and shares (`features`), whose log-odds add up (`fitting`, `scoring`). It is predicted as
of the night before its day, or when it is booked if that is later: of other visits the outcomes of earlier
days are known, and which were booked by then. It orders people's calls and adds a reminder; it decides
nothing about whom a clinic sees, and knows nothing of illness, sex or means.
"""
