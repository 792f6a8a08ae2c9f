"""REST API for the console and for clinics: one module a resource, all routes gathered in `app`."""
