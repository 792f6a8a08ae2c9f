"""HL7 FHIR R4 (4.0.1), as far as visits need it: what we show, and what we understand of others'."""
