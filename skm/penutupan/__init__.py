"""Close a period, keep it, prove it: the official figures of a survey."""
