"""The public form under /isi: what a respondent's phone or a kiosk talks to."""
