"""The registry of subjects: loads, search, and what it fills in beforehand."""
