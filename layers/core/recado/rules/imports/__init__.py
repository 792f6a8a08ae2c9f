"""Files of patients: their bytes into records, and each record into what it says of a person.

`frames` finds where a record ends, `table`, `objects` and `fhir` read one, `entry` is what they read it into.
None of it crashes, whatever the bytes are: a record that cannot be read has issues, or is cut.
"""
