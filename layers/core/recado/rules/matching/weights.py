"""What each sign is worth, in bits: made by `python -m tests.bench.identity --fit`."""

from typing import Final

VERSION: Final = "1"
"""Of these weights and of the rules; stored with each link."""
_TABLE: Final = """
address | 0 of 2 = -0.7 | 0 of 2, nothing, given same = -0.52 | 0 of 2, nothing, given unlike = -0.18
address | 0 of 3 = -2.83 | 0 of 3, nothing, given none = -0.11 | 0 of 3, nothing, given part = -0.11
address | 0 of 3, nothing, given same = -1.9 | 0 of 3, nothing, given unlike = -0.72 | 1 of 2 = -0.07
address | 1 of 2, nothing, given same = -0.07 | 1 of 3 = -0.37 | 1 of 3, nothing, given none = -0.59
address | 1 of 3, nothing, given same = 0.36 | 1 of 3, nothing, given unlike = -0.32
address | 1 of 3, number, given same = 0.08 | 2 of 2 = 0.25 | 2 of 2, nothing, given same = 0.24
address | 2 of 2, number, given same = 0.01 | 2 of 3 = 3.58 | 2 of 3, nothing, given none = 0.39
address | 2 of 3, nothing, given same = 0.92 | 2 of 3, nothing, given unlike = 2.17
address | 2 of 3, number, given none = 0.02 | 2 of 3, number, given same = 0.03
address | 2 of 3, number, given unlike = 0.05 | 3 of 3 = -0.12 | 3 of 3, email, given same = 0.08
address | 3 of 3, email, given unlike = -0.67 | 3 of 3, nothing, given none = 0.56
address | 3 of 3, nothing, given part = -0.42 | 3 of 3, nothing, given same = 3.0
address | 3 of 3, nothing, given unlike = 1.33 | 3 of 3, number, given none = 0.08
address | 3 of 3, number, given part = 0.03 | 3 of 3, number, given same = 0.08
address | 3 of 3, number, given unlike = 0.49 | 3 of 3, phone, given part = 0.17
address | 3 of 3, phone, given same = -2.56 | 3 of 3, phone, given unlike = -2.38
alias | born in another year = -0.03 | born then = 0.84 | given none, family none = 0.94
alias | given none, family same = 1.61 | given none, family unlike = 1.39 | given part, family none = -0.05
alias | given part, family part = -0.03 | given part, family same = -0.29
alias | given part, family unlike = -0.31 | given same, family none = -0.54 | given same, family part = 0.89
alias | given same, family same = 0.13 | given same, family unlike = -0.01 | given some, family none = -0.73
alias | given unlike, family none = 1.78 | given unlike, family part = 0.23
alias | given unlike, family same = -0.49 | given unlike, family unlike = -0.07 | other = -1.01
alias | same = 1.28
birth_date | conflict = -2.43 | conflict, email = -1.1 | conflict, email, given part = -0.03
birth_date | conflict, email, given same = -0.59 | conflict, email, given unlike = -0.25
birth_date | conflict, given none = -0.01 | conflict, given part = -1.06 | conflict, given same = -0.78
birth_date | conflict, given some = -0.11 | conflict, given unlike = -0.47 | conflict, nothing = -0.55
birth_date | conflict, nothing, given none = 0.43 | conflict, nothing, given part = 0.12
birth_date | conflict, nothing, given same = -0.98 | conflict, nothing, given some = -0.01
birth_date | conflict, nothing, given unlike = -0.1 | conflict, number = 0.38
birth_date | conflict, number, given same = 0.08 | conflict, phone = -1.17
birth_date | conflict, phone, given none = -0.25 | conflict, phone, given part = -1.16
birth_date | conflict, phone, given same = 0.72 | conflict, phone, given some = -0.1
birth_date | conflict, phone, given unlike = -0.37 | near = 0.6 | near, given same = 0.38
birth_date | near, given unlike = 0.01 | near, nothing = 0.36 | near, nothing, given same = 0.11
birth_date | near, number = 0.02 | near, phone = 0.21 | near, phone, given same = 0.26 | same = 3.21
birth_date | same, email = 0.25 | same, email, given part = 0.44 | same, email, given same = 0.11
birth_date | same, email, given unlike = -0.3 | same, given none = 0.66 | same, given part = 0.87
birth_date | same, given same = 1.82 | same, given unlike = -0.24 | same, nothing = 1.46
birth_date | same, nothing, given none = -0.38 | same, nothing, given part = 0.93
birth_date | same, nothing, given same = 0.82 | same, nothing, given unlike = 0.09 | same, number = 0.72
birth_date | same, number, given none = 0.05 | same, number, given part = 0.04
birth_date | same, number, given same = 0.06 | same, number, given unlike = 0.58 | same, phone = 0.79
birth_date | same, phone, given none = 1.0 | same, phone, given part = -0.54
birth_date | same, phone, given same = 0.83 | same, phone, given unlike = -0.61
both | alias born in another year = 0.52 | alias born then = -2.81 | alias other = -0.25 | base = -0.3
both | born conflict = -2.21 | born same = 2.58 | city other = -0.24 | city same = -0.22
both | document other = -3.39 | email near = -0.02 | email other = -2.44 | email same = 0.22
both | given none = 0.98 | given none, family part = 1.44 | given none, family same = 0.54
both | given none, family unlike = -0.27 | given part = -0.13 | given part, family none = 0.08
both | given part, family part = -0.65 | given part, family same = 0.92 | given part, family some = -1.1
both | given part, family unlike = 0.61 | given same = -0.14 | given same, family none = 0.22
both | given same, family part = 0.4 | given same, family same = 0.62 | given same, family some = -0.18
both | given same, family unlike = -1.21 | given some = -0.48 | given some, family none = -0.33
both | given some, family same = -0.14 | given unlike = -2.12 | given unlike, family none = -0.31
both | given unlike, family part = -1.18 | given unlike, family same = 1.43
both | given unlike, family some = -0.34 | given unlike, family unlike = -1.72 | given unsaid = 1.6
both | handle other = -0.84 | language same = -0.27 | phone other = -0.22 | points 2 agree = -0.03
both | postcode other = -0.24 | postcode same = -0.02 | rarity 26 and more = -0.71 | rarity below 10 = 0.41
both | rarity below 13 = -0.38 | rarity below 16 = -0.05 | rarity below 19 = -0.32 | rarity below 22 = -0.11
both | rarity below 7 = -0.74 | sex other = -0.65 | sex same = -0.22 | share email = 0.24
both | share nothing = 0.17 | share phone = -0.71 | street near = -0.52 | street other = -0.24
both | street same = 0.5
called | given none = 0.12 | given part = 0.6 | given same = 2.4 | given some = -1.18 | given unlike = -2.74
city | near = 1.21 | other = -1.86 | same = 0.91
document | near = 0.45 | near, given none = 0.09 | near, given same = 0.22 | near, given unlike = 0.15
document | other = -2.28 | other, given none = -0.49 | other, given part = -0.71 | other, given same = -1.32
document | other, given unlike = 0.25 | same = 1.77 | same, given none = 0.21 | same, given part = 0.18
document | same, given same = 0.36 | same, given unlike = 1.01
email | near = 0.33 | near, given part = -1.12 | near, given same = 2.27 | near, given unlike = -0.83
email | other = -2.74 | other, given part = -0.38 | other, given same = -2.28 | other, given some = -0.02
email | other, given unlike = -0.07 | same = -0.73 | same, given none = -0.89 | same, given part = 0.46
email | same, given same = 0.49 | same, given some = -0.24 | same, given unlike = -0.59
email | same, given unsaid = 0.06
generation | one = -5.52 | same = 0.82
handle | other = -2.48 | other, given part = -0.94 | other, given same = -1.44 | other, given unlike = -0.1
handle | same = 1.3 | same, given same = 1.01
holder | 1 times, given none = 0.55 | 1 times, given part = 0.4 | 1 times, given same = 0.04
holder | 1 times, given unlike = -0.2 | 1 times, given unsaid = -0.82 | 1 times, of 1, given none = 0.29
holder | 1 times, of 1, given part = 0.3 | 1 times, of 1, given same = -0.54
holder | 1 times, of 1, given unlike = 0.49 | 1 times, of 1, given unsaid = -0.85
holder | 1 times, of 2, given none = -0.07 | 1 times, of 2, given part = 0.26
holder | 1 times, of 2, given same = 0.29 | 1 times, of 2, given unlike = 0.88
holder | 1 times, of 2, given unsaid = 0.52 | 1 times, of 3, given none = 0.91
holder | 1 times, of 3, given part = 1.03 | 1 times, of 3, given same = 1.53
holder | 1 times, of 3, given unlike = -1.32 | 1 times, of 3, given unsaid = 0.17
holder | 1 times, the latest, given none = 0.57 | 1 times, the latest, given part = 1.19
holder | 1 times, the latest, given same = 1.24 | 1 times, the latest, given unlike = 0.26
holder | 1 times, the latest, given unsaid = 0.66 | 2 times, given none = -0.85
holder | 2 times, given part = -0.96 | 2 times, given same = -0.56 | 2 times, given unlike = -1.68
holder | 2 times, given unsaid = -0.44 | 2 times, of 1, given none = -0.29
holder | 2 times, of 1, given part = 0.25 | 2 times, of 1, given same = 0.22
holder | 2 times, of 1, given unlike = -0.7 | 2 times, of 1, given unsaid = -0.61
holder | 2 times, of 2, given none = -0.62 | 2 times, of 2, given part = -0.52
holder | 2 times, of 2, given same = -0.16 | 2 times, of 2, given unlike = -1.01
holder | 2 times, of 2, given unsaid = 0.19 | 2 times, of 3, given part = 0.44
holder | 2 times, of 3, given same = -0.08 | 2 times, of 3, given unlike = 0.35
holder | 2 times, of 3, given unsaid = 0.93 | 2 times, the latest, given none = -0.7
holder | 2 times, the latest, given part = 1.14 | 2 times, the latest, given same = 0.55
holder | 2 times, the latest, given unlike = 0.32 | 2 times, the latest, given unsaid = 0.95
holder | 3 times, given part = -0.15 | 3 times, given same = 0.16 | 3 times, given unlike = -0.55
holder | 3 times, given unsaid = -0.38 | 3 times, of 1, given none = 0.37 | 3 times, of 1, given part = 0.16
holder | 3 times, of 1, given same = 0.75 | 3 times, of 1, given unlike = -0.22
holder | 3 times, of 1, given unsaid = -0.18 | 3 times, of 2, given part = 0.02
holder | 3 times, of 2, given same = 0.52 | 3 times, of 2, given unlike = -0.96
holder | 3 times, of 2, given unsaid = 0.39 | 3 times, of 3, given part = 0.1
holder | 3 times, of 3, given same = 0.34 | 3 times, of 3, given unlike = -0.61
holder | 3 times, of 3, given unsaid = 0.53 | 3 times, the latest, given none = 0.13
holder | 3 times, the latest, given part = 0.43 | 3 times, the latest, given same = 1.45
holder | 3 times, the latest, given unlike = -1.23 | 3 times, the latest, given unsaid = 1.12
holder | 4 times, given none = -0.11 | 4 times, given part = -1.36 | 4 times, given same = -1.05
holder | 4 times, given unlike = -0.63 | 4 times, given unsaid = 0.08 | 4 times, of 1, given none = -0.95
holder | 4 times, of 1, given part = -0.84 | 4 times, of 1, given same = 1.73
holder | 4 times, of 1, given unlike = -0.19 | 4 times, of 1, given unsaid = 1.96
holder | 4 times, of 2, given same = -1.96 | 4 times, of 2, given unlike = 0.12
holder | 4 times, of 2, given unsaid = -1.04 | 4 times, of 3, given part = -1.35
holder | 4 times, of 3, given same = 0.16 | 4 times, of 3, given unlike = -0.55
holder | 4 times, of 3, given unsaid = -1.06 | 4 times, the latest, given part = -0.81
holder | 4 times, the latest, given same = 0.98 | 4 times, the latest, given unlike = 0.01
holder | 4 times, the latest, given unsaid = -0.22
known | email = -0.64 | handle = 1.3 | nothing = -2.28 | number = 1.77
language | same = 0.18
minor | email, given none = -0.59 | email, given part = -0.39 | email, given same = 0.14
minor | email, given unlike = -0.32 | email, given unsaid = -0.25 | phone, given none = -3.18
minor | phone, given part = -2.69 | phone, given same = -3.21 | phone, given some = -0.53
minor | phone, given unlike = -3.28 | phone, given unsaid = -1.25
missed | 0 names = 0.5 | 0 names, email = -0.28 | 0 names, own = 0.99 | 0 names, own+phone = -0.08
missed | 0 names, phone = -0.01 | 1 names = 0.15 | 1 names, email = 0.26 | 1 names, email+own+phone = -0.3
missed | 1 names, email+phone = -0.21 | 1 names, nothing = 0.13 | 1 names, own = 0.54
missed | 1 names, own+phone = -0.74 | 1 names, phone = 0.47 | 2 names = -1.57 | 2 names, email = 0.26
missed | 2 names, email+own = 0.7 | 2 names, email+own+phone = -0.57 | 2 names, email+phone = 0.13
missed | 2 names, nothing = -1.36 | 2 names, own = -0.75 | 2 names, own+phone = 0.22 | 2 names, phone = -0.2
missed | 3 names = -0.92 | 3 names, email = 0.05 | 3 names, email+own = 0.94
missed | 3 names, email+own+phone = 0.34 | 3 names, email+phone = -0.97 | 3 names, nothing = 1.0
missed | 3 names, own = -0.41 | 3 names, own+phone = -0.15 | 3 names, phone = -1.71 | base = -1.84
missed | birth date = -2.76 | birth date unsaid = 0.92 | email = 0.28 | email+own = 1.65
missed | email+own+phone = -0.53 | email+phone = -1.06 | nothing = -0.35 | own = 0.36 | own+phone = -0.76
missed | phone = -1.45
name | given none, family none = -0.06 | given none, family none, phone = 0.83
name | given none, family part = 0.48 | given none, family part, phone = 0.53
name | given none, family same = 1.33 | given none, family same, nothing = 1.09
name | given none, family same, number = 0.11 | given none, family same, phone = -0.01
name | given none, family unlike = -1.47 | given none, family unlike, nothing = 0.08
name | given none, family unlike, phone = -1.15 | given part, family none = 0.24
name | given part, family none, email = -1.92 | given part, family none, nothing = 2.03
name | given part, family none, number = 0.01 | given part, family none, phone = -0.08
name | given part, family part = 1.52 | given part, family part, email = 1.18
name | given part, family part, nothing = -0.18 | given part, family part, number = 0.11
name | given part, family part, phone = 0.41 | given part, family same = 1.31
name | given part, family same, email = -0.27 | given part, family same, nothing = 1.0
name | given part, family same, number = 0.06 | given part, family same, phone = 0.52
name | given part, family some = -1.6 | given part, family some, nothing = -2.5
name | given part, family unlike = -0.87 | given part, family unlike, email = 0.03
name | given part, family unlike, phone = -0.91 | given same, family none = 1.44
name | given same, family none, email = -0.65 | given same, family none, handle = 0.53
name | given same, family none, nothing = 1.42 | given same, family none, number = 0.02
name | given same, family none, phone = 0.13 | given same, family part = 1.1
name | given same, family part, email = 1.22 | given same, family part, nothing = -0.7
name | given same, family part, number = 0.03 | given same, family part, phone = 0.54
name | given same, family same = 1.68 | given same, family same, email = -0.5
name | given same, family same, handle = 0.48 | given same, family same, nothing = 0.75
name | given same, family same, number = 0.28 | given same, family same, phone = 0.67
name | given same, family some = -0.76 | given same, family some, nothing = -3.39
name | given same, family some, phone = 2.63 | given same, family unlike = -1.06
name | given same, family unlike, email = 0.28 | given same, family unlike, nothing = 0.14
name | given same, family unlike, number = 0.03 | given same, family unlike, phone = -1.51
name | given some, family none = -0.94 | given some, family none, phone = -0.91
name | given some, family part = -0.08 | given some, family part, nothing = -0.08
name | given some, family same = -0.29 | given some, family same, phone = -0.23
name | given some, family some = -0.22 | given some, family some, nothing = -0.22
name | given some, family unlike = 0.35 | given some, family unlike, phone = 0.43
name | given unlike, family none = 0.37 | given unlike, family none, email = 1.57
name | given unlike, family none, nothing = -0.19 | given unlike, family none, phone = -1.02
name | given unlike, family part = -1.03 | given unlike, family part, email = -0.67
name | given unlike, family part, nothing = -0.17 | given unlike, family part, phone = -0.49
name | given unlike, family same = 0.67 | given unlike, family same, email = -0.49
name | given unlike, family same, nothing = 0.47 | given unlike, family same, number = 0.62
name | given unlike, family same, phone = 0.06 | given unlike, family some = -1.37
name | given unlike, family some, email = -0.25 | given unlike, family some, nothing = -0.43
name | given unlike, family some, phone = -0.7 | given unlike, family unlike = -1.38
name | given unlike, family unlike, email = 0.48 | given unlike, family unlike, nothing = -0.56
name | given unlike, family unlike, number = 0.08 | given unlike, family unlike, phone = -1.38
name | unsaid by both, email = -1.05 | unsaid by both, phone = 0.95 | unsaid by one, email = 1.1
name | unsaid by one, phone = -0.05
namesakes | to 0 = 1.5 | to 0, rarity 26 and more = 0.74 | to 0, rarity below 10 = 1.06
namesakes | to 0, rarity below 13 = -1.13 | to 0, rarity below 16 = 0.08 | to 0, rarity below 19 = 0.1
namesakes | to 0, rarity below 22 = 0.38 | to 0, rarity below 26 = 0.02 | to 0, rarity below 7 = 0.25
namesakes | to 1 = -0.05 | to 1, rarity 26 and more = -0.43 | to 1, rarity below 10 = -1.36
namesakes | to 1, rarity below 13 = -0.43 | to 1, rarity below 16 = 0.63 | to 1, rarity below 19 = 0.66
namesakes | to 1, rarity below 22 = -0.32 | to 1, rarity below 26 = 1.2 | to 16 = -0.43
namesakes | to 16, rarity 26 and more = -0.43 | to 2 = 0.02 | to 2, rarity 26 and more = 0.59
namesakes | to 2, rarity below 10 = -1.15 | to 2, rarity below 13 = -0.06 | to 2, rarity below 16 = -0.41
namesakes | to 2, rarity below 19 = -0.98 | to 2, rarity below 22 = 1.36 | to 4 = -0.82
namesakes | to 4, rarity 26 and more = 1.22 | to 4, rarity below 10 = -1.34 | to 4, rarity below 13 = 0.15
namesakes | to 4, rarity below 16 = -0.54 | to 4, rarity below 19 = 0.52 | to 4, rarity below 22 = -0.82
namesakes | to 8 = -0.95 | to 8, rarity 26 and more = -0.12 | to 8, rarity below 10 = -0.3
namesakes | to 8, rarity below 13 = 0.15 | to 8, rarity below 16 = -0.68
phone | near = 1.67 | near, given part = 0.8 | near, given same = 1.25 | near, given unlike = -0.16
phone | other = -2.15 | other, given part = -0.74 | other, given same = 0.21 | other, given some = -0.27
phone | other, given unlike = -1.34 | other, rarity 26 and more = 0.03 | other, rarity below 10 = -1.39
phone | other, rarity below 13 = -0.49 | other, rarity below 16 = -0.8 | other, rarity below 19 = -0.41
phone | other, rarity below 22 = 0.27 | other, rarity below 26 = 0.82 | other, rarity below 7 = -0.2
phone | same, of 1 = 0.23 | same, of 1, given none = 0.01 | same, of 1, given part = 0.09
phone | same, of 1, given same = 0.8 | same, of 1, given some = -0.69 | same, of 1, given unlike = -0.95
phone | same, of 1, given unsaid = 0.97 | same, of 2 = 0.08 | same, of 2, given none = -0.61
phone | same, of 2, given part = 0.67 | same, of 2, given same = 1.44 | same, of 2, given some = -0.07
phone | same, of 2, given unlike = -0.98 | same, of 2, given unsaid = -0.37 | same, of 3 = -0.23
phone | same, of 3, given none = 0.71 | same, of 3, given part = 0.36 | same, of 3, given same = 0.49
phone | same, of 3, given some = 0.05 | same, of 3, given unlike = -1.18 | same, of 3, given unsaid = 0.29
phone | same, of 4 = 0.93
points | 2 agree = -0.01 | 3 agree = 0.47
postcode | near = 1.01 | other = -2.58 | same = 1.3
rarity | 26 and more, alone = 1.56 | 26 and more, tied = 0.3 | below 10, alone = -3.09
rarity | below 10, tied = -0.42 | below 13, alone = -1.33 | below 13, tied = 0.3 | below 16, alone = -0.93
rarity | below 16, tied = 0.1 | below 19, alone = 0.3 | below 19, tied = 0.13 | below 22, alone = 0.59
rarity | below 22, tied = 0.94 | below 26, alone = 1.9 | below 26, tied = 1.3 | below 7, alone = 0.25
rarity | below 7, tied = -0.19
sex | other = -2.9 | same = -0.33
silence | below 180 days, alone, given part = 0.32 | below 180 days, alone, given same = -0.21
silence | below 180 days, alone, given some = -0.05 | below 180 days, alone, given unlike = -0.01
silence | below 180 days, email = -0.05 | below 180 days, handle = 0.36 | below 180 days, nothing = 0.04
silence | below 180 days, number = 0.17 | below 180 days, phone = 0.48
silence | below 180 days, tied, given none = 0.38 | below 180 days, tied, given part = 0.6
silence | below 180 days, tied, given same = 0.36 | below 180 days, tied, given some = -0.62
silence | below 180 days, tied, given unlike = 0.01 | below 180 days, tied, given unsaid = 0.23
silence | below 30 days, alone, given part = 1.72 | below 30 days, alone, given same = 0.72
silence | below 30 days, alone, given unlike = -2.34 | below 30 days, email = 0.59
silence | below 30 days, handle = 0.18 | below 30 days, nothing = 0.05 | below 30 days, number = 0.38
silence | below 30 days, phone = 0.83 | below 30 days, tied, given none = 0.26
silence | below 30 days, tied, given part = 0.49 | below 30 days, tied, given same = 1.11
silence | below 30 days, tied, given unlike = -0.28 | below 30 days, tied, given unsaid = 0.47
silence | below 8 days, alone, given none = -0.39 | below 8 days, alone, given part = 0.01
silence | below 8 days, alone, given same = -0.13 | below 8 days, alone, given unlike = 1.05
silence | below 8 days, email = 0.32 | below 8 days, handle = 0.05 | below 8 days, nothing = 0.53
silence | below 8 days, number = 0.14 | below 8 days, phone = 0.97 | below 8 days, tied, given none = -0.29
silence | below 8 days, tied, given part = -0.76 | below 8 days, tied, given same = 0.69
silence | below 8 days, tied, given unlike = 1.01 | below 8 days, tied, given unsaid = 0.23
silence | below 90 days, alone, given none = -0.33 | below 90 days, alone, given part = 0.81
silence | below 90 days, alone, given same = 0.26 | below 90 days, alone, given some = -0.12
silence | below 90 days, alone, given unlike = -0.26 | below 90 days, email = 0.59
silence | below 90 days, handle = 0.49 | below 90 days, nothing = 0.37 | below 90 days, number = 0.25
silence | below 90 days, phone = 0.72 | below 90 days, tied, given none = 0.26
silence | below 90 days, tied, given part = 1.17 | below 90 days, tied, given same = 0.92
silence | below 90 days, tied, given some = -0.3 | below 90 days, tied, given unlike = -0.59
silence | below 90 days, tied, given unsaid = 0.58 | below a day, alone, given none = 1.12
silence | below a day, alone, given part = -2.15 | below a day, alone, given same = -0.46
silence | below a day, alone, given unlike = 2.51 | below a day, email = -0.07 | below a day, nothing = 1.01
silence | below a day, number = 0.8 | below a day, phone = -0.57 | below a day, tied, given none = 0.09
silence | below a day, tied, given part = -0.77 | below a day, tied, given same = 1.45
silence | below a day, tied, given unlike = -0.13 | below a day, tied, given unsaid = -0.47
silence | below a year, alone, given part = -0.1 | below a year, alone, given same = 0.18
silence | below a year, alone, given some = -0.11 | below a year, alone, given unlike = -1.73
silence | below a year, email = 0.2 | below a year, handle = 0.13 | below a year, nothing = -1.79
silence | below a year, number = 0.01 | below a year, phone = -0.45 | below a year, tied, given none = -0.1
silence | below a year, tied, given part = 0.54 | below a year, tied, given same = 0.26
silence | below a year, tied, given some = -0.42 | below a year, tied, given unlike = -0.3
silence | below a year, tied, given unsaid = -0.09 | longer, alone, given part = -0.25
silence | longer, alone, given same = -2.14 | longer, alone, given some = -0.01
silence | longer, alone, given unlike = -0.09 | longer, email = -2.23 | longer, nothing = -2.48
silence | longer, phone = -1.97 | longer, tied, given none = -0.87 | longer, tied, given part = -1.04
silence | longer, tied, given same = -0.61 | longer, tied, given unlike = -1.59
silence | longer, tied, given unsaid = -0.01
spelling | initial = -1.18 | like = -3.03 | nickname = -0.91 | prefix = -0.44 | sound = -0.56
spelling | swapped = -1.43 | typo = 0.72
street | near = 0.78 | other = -2.69 | same = 1.64
"""
"""A line: a field, and its levels with what each is worth."""


def _weights() -> dict[str, float]:
    lines = [line.split(" | ") for line in _TABLE.strip().splitlines()]
    entries = [(field, entry.rpartition(" = ")) for field, *levels in lines for entry in levels]
    return {f"{field}: {level}": float(bits) for field, (level, _, bits) in entries}


WEIGHTS: Final = _weights()
