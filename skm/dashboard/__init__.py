"""The Streamlit pages. They show what `skm.hasil` gives and calculate nothing themselves."""
