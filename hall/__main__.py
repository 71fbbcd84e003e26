"""`python -m hall`."""

from hall.cli import main

main()
