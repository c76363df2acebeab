"""The office's report of a period as content: chapters, sentences, tables, charts."""
