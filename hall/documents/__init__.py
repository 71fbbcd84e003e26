"""Documents: a form's layout, drawn as DOCX and PDF, and the package of an outcome."""
