"""The public results under /hasil: pages, open data, and the sheet to hang and to share."""
