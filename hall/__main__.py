"""`python -m hall`."""

from hall.cli import app

app(prog_name="hall")
