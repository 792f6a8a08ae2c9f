"""HL7 version 2: what appointment and registration systems of before FHIR tell (SIU, ADT)."""
