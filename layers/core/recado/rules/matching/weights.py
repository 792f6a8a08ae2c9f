"""What each sign is worth, in bits: made by `python -m tests.bench.identity --fit`."""

from typing import Final

VERSION: Final = "1"
"""Of these weights and of the rules; stored with each link."""
_TABLE: Final = """
address | 0 of 2 = -0.89 | 0 of 2, nothing, given same = -0.7 | 0 of 2, nothing, given unlike = -0.19
address | 0 of 3 = -2.87 | 0 of 3, nothing, given none = -0.07 | 0 of 3, nothing, given part = -0.12
address | 0 of 3, nothing, given same = -1.93 | 0 of 3, nothing, given unlike = -0.76 | 1 of 2 = 0.37
address | 1 of 2, nothing, given same = 0.36 | 1 of 3 = -0.39 | 1 of 3, nothing, given none = -0.57
address | 1 of 3, nothing, given same = 0.56 | 1 of 3, nothing, given unlike = -0.53
address | 1 of 3, number, given same = 0.04 | 2 of 2 = 0.48 | 2 of 2, nothing, given same = 0.48
address | 2 of 3 = 3.69 | 2 of 3, nothing, given none = 0.3 | 2 of 3, nothing, given same = 1.16
address | 2 of 3, nothing, given unlike = 2.15 | 2 of 3, number, given none = 0.01
address | 2 of 3, number, given same = 0.02 | 2 of 3, number, given unlike = 0.05 | 3 of 3 = -0.39
address | 3 of 3, email, given same = 0.36 | 3 of 3, email, given unlike = -0.56
address | 3 of 3, nothing, given none = 0.77 | 3 of 3, nothing, given part = 0.07
address | 3 of 3, nothing, given same = 2.99 | 3 of 3, nothing, given unlike = 0.34
address | 3 of 3, number, given none = 0.09 | 3 of 3, number, given part = 0.03
address | 3 of 3, number, given same = 0.08 | 3 of 3, number, given unlike = 0.59
address | 3 of 3, phone, given none = -0.85 | 3 of 3, phone, given part = -0.01
address | 3 of 3, phone, given same = -2.46 | 3 of 3, phone, given unlike = -1.81
alias | born in another year = -0.02 | born then = 1.34 | given none, family none = 1.29
alias | given none, family same = 0.77 | given none, family unlike = 0.34 | given part, family none = -0.21
alias | given part, family part = 0.06 | given part, family same = -0.94 | given part, family unlike = -0.67
alias | given same, family none = -0.52 | given same, family part = 0.22 | given same, family same = -0.03
alias | given same, family unlike = -0.36 | given some, family none = -0.54
alias | given unlike, family none = 1.63 | given unlike, family part = 0.75
alias | given unlike, family same = -0.51 | given unlike, family unlike = -0.2 | other = -0.7 | same = 1.95
birth_date | conflict = -2.49 | conflict, email = -1.39 | conflict, email, given part = -0.73
birth_date | conflict, email, given same = -0.16 | conflict, email, given unlike = -0.42
birth_date | conflict, given none = 0.27 | conflict, given part = -1.55 | conflict, given same = -0.51
birth_date | conflict, given some = -0.23 | conflict, given unlike = -0.47 | conflict, nothing = -0.38
birth_date | conflict, nothing, given none = 0.41 | conflict, nothing, given part = 0.52
birth_date | conflict, nothing, given same = -1.27 | conflict, nothing, given some = -0.06
birth_date | conflict, nothing, given unlike = 0.01 | conflict, number = 0.45
birth_date | conflict, number, given same = 0.09 | conflict, phone = -1.17
birth_date | conflict, phone, given none = -0.1 | conflict, phone, given part = -1.35
birth_date | conflict, phone, given same = 0.82 | conflict, phone, given some = -0.17
birth_date | conflict, phone, given unlike = -0.38 | near = 0.97 | near, given same = 0.58
birth_date | near, given unlike = 0.04 | near, nothing = 0.46 | near, nothing, given same = 0.08
birth_date | near, number = 0.02 | near, phone = 0.47 | near, phone, given same = 0.48 | same = 3.22
birth_date | same, email = 0.35 | same, email, given part = 0.44 | same, email, given same = 0.19
birth_date | same, email, given unlike = -0.28 | same, given none = 0.71 | same, given part = 0.48
birth_date | same, given same = 2.04 | same, given unlike = -0.02 | same, nothing = 1.53
birth_date | same, nothing, given none = -0.18 | same, nothing, given part = 1.17
birth_date | same, nothing, given same = 0.72 | same, nothing, given unlike = -0.18 | same, number = 0.61
birth_date | same, number, given none = 0.05 | same, number, given part = 0.03
birth_date | same, number, given same = 0.06 | same, number, given unlike = 0.47 | same, phone = 0.73
birth_date | same, phone, given none = 0.84 | same, phone, given part = -1.15
birth_date | same, phone, given same = 1.06 | same, phone, given unlike = -0.02
both | alias born in another year = -0.47 | alias born then = -1.52 | alias other = 0.26 | alias same = 1.92
both | base = -0.65 | born conflict = -1.86 | born same = 2.28 | city other = -0.33 | city same = -0.81
both | document other = -3.27 | email near = 0.4 | email other = -3.86 | email same = 0.29
both | given none = 0.71 | given none, family none = 0.2 | given none, family part = 1.06
both | given none, family same = -0.25 | given part = 0.02 | given part, family none = 0.63
both | given part, family part = 0.26 | given part, family same = 0.34 | given part, family some = -0.74
both | given part, family unlike = -0.48 | given same = -0.01 | given same, family none = -0.05
both | given same, family part = 0.79 | given same, family same = 0.69 | given same, family some = -0.6
both | given same, family unlike = -0.84 | given some = -0.7 | given some, family none = -0.77
both | given some, family part = 0.26 | given unlike = -2.32 | given unlike, family none = 0.45
both | given unlike, family part = -0.88 | given unlike, family same = 1.15
both | given unlike, family some = -1.04 | given unlike, family unlike = -2.0 | given unsaid = 1.64
both | handle other = -2.64 | language same = -0.35 | phone near = -0.32 | phone other = -0.4
both | points 2 agree = 0.81 | postcode other = -0.33 | postcode same = -0.71 | rarity 26 and more = -0.82
both | rarity below 10 = 0.17 | rarity below 13 = -0.06 | rarity below 16 = -0.16 | rarity below 19 = 0.08
both | rarity below 22 = -0.49 | rarity below 26 = -1.01 | sex other = -0.39 | sex same = -0.6
both | share email = -0.52 | share nothing = 0.34 | share phone = -0.47 | street near = 0.25
both | street other = -0.33 | street same = -0.96
called | given none = -0.19 | given part = 0.95 | given same = 2.12 | given some = -0.96
called | given unlike = -2.7
city | near = 1.53 | other = -2.05 | same = 0.56
document | near = 0.76 | near, given none = 0.07 | near, given same = 0.57 | near, given unlike = 0.13
document | other = -3.25 | other, given none = -0.24 | other, given part = -1.39 | other, given same = -1.14
document | other, given some = -0.01 | other, given unlike = -0.46 | same = 2.02 | same, given none = 0.29
document | same, given part = 0.3 | same, given same = 0.47 | same, given unlike = 0.97
email | near = 2.35 | near, given part = -1.05 | near, given same = 2.2 | near, given unlike = 0.08
email | other = -3.65 | other, given part = -0.78 | other, given same = -2.83 | other, given some = -0.01
email | other, given unlike = -0.04 | same = -0.61 | same, given none = 0.3 | same, given part = -0.46
email | same, given same = 0.52 | same, given some = -0.37 | same, given unlike = -0.67
email | same, given unsaid = 0.06
generation | one = -6.06 | same = 1.43
handle | other = -3.42 | other, given part = -0.43 | other, given same = -2.91 | other, given unlike = -0.09
handle | same = 1.77 | same, given none = 0.16 | same, given same = 0.96 | same, given unsaid = 0.42
holder | 1 times, given none = 0.59 | 1 times, given part = 0.63 | 1 times, given same = 0.06
holder | 1 times, given unlike = -0.43 | 1 times, given unsaid = -0.86 | 1 times, of 1, given none = -0.12
holder | 1 times, of 1, given part = 0.42 | 1 times, of 1, given same = -0.02
holder | 1 times, of 1, given unlike = 0.12 | 1 times, of 1, given unsaid = -0.72
holder | 1 times, of 2, given none = 0.18 | 1 times, of 2, given part = 0.64
holder | 1 times, of 2, given same = 0.4 | 1 times, of 2, given unlike = 1.27
holder | 1 times, of 2, given unsaid = 0.09 | 1 times, of 3, given none = 1.38
holder | 1 times, of 3, given part = 1.0 | 1 times, of 3, given same = 0.85
holder | 1 times, of 3, given unlike = -1.33 | 1 times, of 3, given unsaid = 0.35
holder | 1 times, the latest, given none = 0.85 | 1 times, the latest, given part = 1.43
holder | 1 times, the latest, given same = 1.16 | 1 times, the latest, given unlike = 0.49
holder | 1 times, the latest, given unsaid = 0.57 | 2 times, given none = -2.14 | 2 times, given part = -0.3
holder | 2 times, given same = -0.85 | 2 times, given unlike = -1.88 | 2 times, given unsaid = -0.35
holder | 2 times, of 1, given none = -0.06 | 2 times, of 1, given part = 0.14
holder | 2 times, of 1, given same = 0.15 | 2 times, of 1, given unlike = -0.64
holder | 2 times, of 1, given unsaid = -0.12 | 2 times, of 2, given none = -1.17
holder | 2 times, of 2, given part = -0.6 | 2 times, of 2, given same = 0.42
holder | 2 times, of 2, given unlike = -1.16 | 2 times, of 2, given unsaid = -0.04
holder | 2 times, of 3, given none = -1.34 | 2 times, of 3, given part = 1.09
holder | 2 times, of 3, given same = -0.6 | 2 times, of 3, given unlike = 0.04
holder | 2 times, of 3, given unsaid = 0.38 | 2 times, the latest, given none = -0.43
holder | 2 times, the latest, given part = 0.93 | 2 times, the latest, given same = 0.81
holder | 2 times, the latest, given unlike = 0.13 | 2 times, the latest, given unsaid = 0.58
holder | 3 times, given none = -0.12 | 3 times, given part = 0.21 | 3 times, given same = -0.08
holder | 3 times, given unlike = -0.71 | 3 times, given unsaid = 0.46 | 3 times, of 1, given none = 0.02
holder | 3 times, of 1, given part = 0.11 | 3 times, of 1, given same = -0.04
holder | 3 times, of 1, given unlike = -0.69 | 3 times, of 1, given unsaid = 0.66
holder | 3 times, of 2, given part = -0.05 | 3 times, of 2, given same = 1.56
holder | 3 times, of 2, given unlike = -0.61 | 3 times, of 2, given unsaid = 0.19
holder | 3 times, of 3, given none = -0.11 | 3 times, of 3, given part = 0.62
holder | 3 times, of 3, given same = -0.51 | 3 times, of 3, given unlike = -0.89
holder | 3 times, of 3, given unsaid = 0.33 | 3 times, the latest, given none = 0.1
holder | 3 times, the latest, given part = 0.46 | 3 times, the latest, given same = 1.08
holder | 3 times, the latest, given unlike = -1.49 | 3 times, the latest, given unsaid = 0.72
holder | 4 times, given none = -0.11 | 4 times, given part = -1.89 | 4 times, given same = -0.88
holder | 4 times, given unlike = 0.84 | 4 times, given unsaid = -0.04 | 4 times, of 1, given none = -0.47
holder | 4 times, of 1, given part = -0.51 | 4 times, of 1, given same = 1.31
holder | 4 times, of 1, given unlike = -0.07 | 4 times, of 1, given unsaid = 1.21
holder | 4 times, of 2, given part = -1.32 | 4 times, of 2, given same = -1.17
holder | 4 times, of 2, given unlike = 0.73 | 4 times, of 2, given unsaid = -0.56
holder | 4 times, of 3, given none = 0.3 | 4 times, of 3, given part = -0.45
holder | 4 times, of 3, given same = -0.24 | 4 times, of 3, given unlike = -0.1
holder | 4 times, of 3, given unsaid = -0.78 | 4 times, the latest, given none = -0.07
holder | 4 times, the latest, given part = -0.39 | 4 times, the latest, given same = 0.78
holder | 4 times, the latest, given unlike = -0.28 | 4 times, the latest, given unsaid = -0.1
known | email = -0.61 | handle = 1.77 | nothing = -2.67 | number = 2.02 | phone = 0.12
language | same = 0.2
minor | email, given none = -0.95 | email, given part = -1.3 | email, given same = -0.35
minor | email, given some = -0.05 | email, given unlike = 0.78 | email, given unsaid = -0.38
minor | phone, given none = -4.64 | phone, given part = -2.86 | phone, given same = -3.15
minor | phone, given some = -0.47 | phone, given unlike = -3.57 | phone, given unsaid = -1.32
missed | 0 names = 0.45 | 0 names, email = -0.11 | 0 names, own = 1.13 | 0 names, own+phone = 0.4
missed | 0 names, phone = 0.04 | 1 names = 0.71 | 1 names, email = -0.08 | 1 names, email+own+phone = -0.68
missed | 1 names, email+phone = -0.9 | 1 names, nothing = 0.08 | 1 names, own = -0.05
missed | 1 names, own+phone = -1.07 | 1 names, phone = -0.17 | 2 names = -1.65 | 2 names, email = 0.25
missed | 2 names, email+own = -0.3 | 2 names, email+own+phone = -0.17 | 2 names, email+phone = 0.14
missed | 2 names, nothing = -0.96 | 2 names, own = -0.39 | 2 names, own+phone = 0.03
missed | 2 names, phone = -0.24 | 3 names = -1.14 | 3 names, email = 0.22 | 3 names, email+own = -0.69
missed | 3 names, email+own+phone = 0.23 | 3 names, email+phone = -0.48 | 3 names, nothing = 1.14
missed | 3 names, own = -0.27 | 3 names, own+phone = -0.22 | 3 names, phone = -1.08 | base = -1.63
missed | birth date = -2.4 | birth date unsaid = 0.78 | email = 0.28 | email+own = 2.59
missed | email+own+phone = -0.61 | email+phone = -1.24 | nothing = -0.75 | own = 0.42 | own+phone = -0.86
missed | phone = -1.45
name | given none, family none = 0.01 | given none, family none, phone = 0.85
name | given none, family part = 0.36 | given none, family part, nothing = -0.04
name | given none, family part, number = 0.15 | given none, family part, phone = 0.33
name | given none, family same = 1.47 | given none, family same, email = -0.73
name | given none, family same, handle = 0.16 | given none, family same, nothing = 1.31
name | given none, family same, number = 0.11 | given none, family same, phone = 0.62
name | given none, family unlike = -2.01 | given none, family unlike, nothing = 0.27
name | given none, family unlike, phone = -2.16 | given part, family none = 0.01
name | given part, family none, email = -1.93 | given part, family none, nothing = 1.89
name | given part, family none, number = 0.01 | given part, family none, phone = -0.19
name | given part, family part = 1.41 | given part, family part, email = 0.87
name | given part, family part, nothing = -0.07 | given part, family part, number = 0.26
name | given part, family part, phone = 0.34 | given part, family same = 2.02
name | given part, family same, email = 0.91 | given part, family same, nothing = 0.51
name | given part, family same, number = 0.03 | given part, family same, phone = 0.57
name | given part, family some = -1.36 | given part, family some, nothing = -2.9
name | given part, family some, phone = 1.54 | given part, family unlike = -1.13
name | given part, family unlike, email = -0.22 | given part, family unlike, nothing = -0.11
name | given part, family unlike, phone = -0.8 | given same, family none = 2.02
name | given same, family none, email = 0.56 | given same, family none, handle = 0.41
name | given same, family none, nothing = 1.02 | given same, family none, number = 0.03
name | given same, family none, phone = -0.01 | given same, family part = 1.23
name | given same, family part, email = 0.49 | given same, family part, nothing = -0.14
name | given same, family part, number = 0.09 | given same, family part, phone = 0.77
name | given same, family same = 2.18 | given same, family same, email = -0.44
name | given same, family same, handle = 0.52 | given same, family same, nothing = 0.97
name | given same, family same, number = 0.29 | given same, family same, phone = 0.83
name | given same, family some = -2.0 | given same, family some, nothing = -3.17
name | given same, family some, phone = 1.17 | given same, family unlike = -1.31
name | given same, family unlike, email = -0.37 | given same, family unlike, nothing = -0.08
name | given same, family unlike, number = 0.05 | given same, family unlike, phone = -0.91
name | given some, family none = -1.58 | given some, family none, email = -0.19
name | given some, family none, phone = -1.38 | given some, family part = 0.55
name | given some, family part, nothing = -0.41 | given some, family same = 0.16
name | given some, family same, nothing = -0.35 | given some, family same, phone = 0.51
name | given some, family some = -0.23 | given some, family some, nothing = -0.23
name | given some, family unlike = 0.13 | given some, family unlike, phone = 0.16
name | given unlike, family none = 0.02 | given unlike, family none, email = 0.71
name | given unlike, family none, nothing = -0.14 | given unlike, family none, phone = -0.56
name | given unlike, family part = -0.9 | given unlike, family part, email = -0.3
name | given unlike, family part, nothing = -0.15 | given unlike, family part, phone = -0.64
name | given unlike, family same = 0.53 | given unlike, family same, email = -1.38
name | given unlike, family same, nothing = 1.16 | given unlike, family same, number = 0.72
name | given unlike, family same, phone = 0.02 | given unlike, family some = -1.5
name | given unlike, family some, email = -0.37 | given unlike, family some, nothing = -0.22
name | given unlike, family some, phone = -0.9 | given unlike, family unlike = -0.85
name | given unlike, family unlike, email = 1.98 | given unlike, family unlike, nothing = -0.95
name | given unlike, family unlike, number = 0.05 | given unlike, family unlike, phone = -1.92
name | unsaid by both, email = -0.85 | unsaid by both, handle = 0.42 | unsaid by both, phone = 0.91
name | unsaid by one, email = 0.91 | unsaid by one, phone = 0.01
namesakes | to 0 = 1.94 | to 0, rarity 26 and more = 1.09 | to 0, rarity below 10 = 0.92
namesakes | to 0, rarity below 13 = -1.09 | to 0, rarity below 16 = -0.16 | to 0, rarity below 19 = 0.41
namesakes | to 0, rarity below 22 = 0.44 | to 0, rarity below 26 = -0.38 | to 0, rarity below 7 = 0.72
namesakes | to 1 = 0.24 | to 1, rarity 26 and more = 0.13 | to 1, rarity below 10 = -1.33
namesakes | to 1, rarity below 13 = -0.53 | to 1, rarity below 16 = -0.14 | to 1, rarity below 19 = 0.46
namesakes | to 1, rarity below 22 = 0.38 | to 1, rarity below 26 = 1.28 | to 16 = -0.5
namesakes | to 16, rarity 26 and more = -0.5 | to 16, rarity below 13 = -0.01 | to 2 = -0.02
namesakes | to 2, rarity 26 and more = 0.68 | to 2, rarity below 10 = -1.36 | to 2, rarity below 13 = -0.37
namesakes | to 2, rarity below 16 = -0.43 | to 2, rarity below 19 = -0.81 | to 2, rarity below 22 = 1.03
namesakes | to 4 = -1.23 | to 4, rarity 26 and more = -0.15 | to 4, rarity below 10 = -1.07
namesakes | to 4, rarity below 13 = 0.61 | to 4, rarity below 16 = -0.61 | to 4, rarity below 19 = 1.05
namesakes | to 4, rarity below 22 = -1.06 | to 8 = -1.44 | to 8, rarity 26 and more = -0.1
namesakes | to 8, rarity below 10 = -0.32 | to 8, rarity below 13 = 0.15 | to 8, rarity below 16 = 0.61
namesakes | to 8, rarity below 19 = -1.18
phone | near = 1.17 | near, given part = -0.22 | near, given same = 2.24 | near, given unlike = -0.77
phone | other = -2.65 | other, given part = -0.57 | other, given same = 0.41 | other, given some = -0.41
phone | other, given unlike = -1.75 | other, rarity 26 and more = -0.13 | other, rarity below 10 = -1.62
phone | other, rarity below 13 = -0.4 | other, rarity below 16 = -0.44 | other, rarity below 19 = -0.28
phone | other, rarity below 22 = 0.52 | other, rarity below 26 = 0.26 | other, rarity below 7 = -0.55
phone | same, of 1 = 0.24 | same, of 1, given none = 0.4 | same, of 1, given part = 0.13
phone | same, of 1, given same = 0.41 | same, of 1, given some = -0.29 | same, of 1, given unlike = -1.03
phone | same, of 1, given unsaid = 0.62 | same, of 2 = -0.45 | same, of 2, given none = -0.77
phone | same, of 2, given part = 0.73 | same, of 2, given same = 0.87 | same, of 2, given some = -0.28
phone | same, of 2, given unlike = -1.38 | same, of 2, given unsaid = 0.38 | same, of 3 = 0.02
phone | same, of 3, given none = 0.22 | same, of 3, given part = 0.74 | same, of 3, given same = 0.94
phone | same, of 3, given some = 0.83 | same, of 3, given unlike = -1.34 | same, of 3, given unsaid = -0.04
phone | same, of 4 = 1.34
points | 2 agree = 0.25 | 3 agree = 0.38
postcode | near = 1.09 | other = -2.56 | same = 1.47
rarity | 26 and more, alone = 1.15 | 26 and more, tied = 0.58 | below 10, alone = -3.17
rarity | below 10, tied = 0.07 | below 13, alone = -1.24 | below 13, tied = -0.01 | below 16, alone = -0.74
rarity | below 16, tied = 0.14 | below 19, alone = -0.07 | below 19, tied = 0.46 | below 22, alone = 0.18
rarity | below 22, tied = 0.65 | below 26, alone = 2.15 | below 26, tied = 1.07 | below 7, alone = 0.72
rarity | below 7, tied = 0.12
sex | other = -4.61 | same = -0.33
silence | below 180 days, alone, given part = 0.51 | below 180 days, alone, given same = 0.09
silence | below 180 days, alone, given some = -0.31 | below 180 days, alone, given unlike = -0.65
silence | below 180 days, email = -0.16 | below 180 days, handle = 0.49 | below 180 days, nothing = -0.39
silence | below 180 days, number = 0.19 | below 180 days, phone = 0.43
silence | below 180 days, tied, given none = 0.56 | below 180 days, tied, given part = 0.79
silence | below 180 days, tied, given same = 0.43 | below 180 days, tied, given some = -0.91
silence | below 180 days, tied, given unlike = -0.35 | below 180 days, tied, given unsaid = 0.44
silence | below 30 days, alone, given part = 1.14 | below 30 days, alone, given same = 0.55
silence | below 30 days, alone, given some = -0.28 | below 30 days, alone, given unlike = -1.12
silence | below 30 days, email = 0.95 | below 30 days, handle = 0.54 | below 30 days, nothing = -0.02
silence | below 30 days, number = 0.45 | below 30 days, phone = 0.78
silence | below 30 days, tied, given none = -0.01 | below 30 days, tied, given part = 0.42
silence | below 30 days, tied, given same = 0.86 | below 30 days, tied, given some = 0.7
silence | below 30 days, tied, given unlike = 0.15 | below 30 days, tied, given unsaid = 0.6
silence | below 8 days, alone, given none = -0.4 | below 8 days, alone, given part = 0.11
silence | below 8 days, alone, given same = -0.14 | below 8 days, alone, given unlike = 1.27
silence | below 8 days, email = 0.57 | below 8 days, handle = 0.05 | below 8 days, nothing = 0.83
silence | below 8 days, number = 0.15 | below 8 days, phone = 0.87 | below 8 days, tied, given none = -0.33
silence | below 8 days, tied, given part = -0.48 | below 8 days, tied, given same = 0.39
silence | below 8 days, tied, given unlike = 0.64 | below 8 days, tied, given unsaid = 0.61
silence | below 90 days, alone, given part = 0.8 | below 90 days, alone, given same = 0.62
silence | below 90 days, alone, given some = -0.27 | below 90 days, alone, given unlike = -1.47
silence | below 90 days, email = 0.66 | below 90 days, handle = 0.47 | below 90 days, nothing = -0.08
silence | below 90 days, number = 0.36 | below 90 days, phone = 0.68
silence | below 90 days, tied, given none = -0.05 | below 90 days, tied, given part = 1.35
silence | below 90 days, tied, given same = 0.77 | below 90 days, tied, given some = -0.15
silence | below 90 days, tied, given unlike = -0.38 | below 90 days, tied, given unsaid = 0.64
silence | below a day, alone, given none = 1.19 | below a day, alone, given part = -2.42
silence | below a day, alone, given same = -0.89 | below a day, alone, given unlike = 3.11
silence | below a day, email = -0.08 | below a day, nothing = 0.99 | below a day, number = 0.84
silence | below a day, phone = -0.55 | below a day, tied, given none = 0.09
silence | below a day, tied, given part = -0.49 | below a day, tied, given same = 1.6
silence | below a day, tied, given unlike = -0.51 | below a day, tied, given unsaid = -0.47
silence | below a year, alone, given part = -0.18 | below a year, alone, given same = -0.15
silence | below a year, alone, given some = -0.11 | below a year, alone, given unlike = -1.01
silence | below a year, email = -0.05 | below a year, handle = 0.11 | below a year, nothing = -1.45
silence | below a year, number = 0.04 | below a year, phone = -0.65 | below a year, tied, given none = -0.36
silence | below a year, tied, given part = 0.52 | below a year, tied, given same = 0.6
silence | below a year, tied, given some = -0.35 | below a year, tied, given unlike = -1.18
silence | below a year, tied, given unsaid = 0.23 | longer, alone, given part = -0.64
silence | longer, alone, given same = -1.48 | longer, alone, given some = -0.02
silence | longer, alone, given unlike = -0.42 | longer, email = -2.51 | longer, handle = 0.1
silence | longer, nothing = -2.56 | longer, phone = -1.45 | longer, tied, given none = -0.78
silence | longer, tied, given part = -0.48 | longer, tied, given same = -1.13
silence | longer, tied, given some = -0.07 | longer, tied, given unlike = -0.76
silence | longer, tied, given unsaid = -0.64
spelling | initial = -1.8 | like = -3.6 | nickname = -0.98 | prefix = -0.69 | sound = -0.45
spelling | swapped = -1.43 | typo = -0.51
street | near = 1.0 | other = -2.5 | same = 1.49
"""
"""A line: a field, and its levels with what each is worth."""


def _weights() -> dict[str, float]:
    lines = [line.split(" | ") for line in _TABLE.strip().splitlines()]
    entries = [(field, entry.rpartition(" = ")) for field, *levels in lines for entry in levels]
    return {f"{field}: {level}": float(bits) for field, (level, _, bits) in entries}


WEIGHTS: Final = _weights()
