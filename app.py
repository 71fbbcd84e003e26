"""The script that Streamlit runs for every step of every session."""

from hall.ui.app import main

main()
