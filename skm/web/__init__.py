"""What Starlette serves beside the dashboard: downloads, and the wrapping of every response."""
