"""`python -m skm`: the terminal program."""

import sys

if __name__ == "__main__":
    try:
        from skm.cli import main

        code = main()
    except KeyboardInterrupt:  # pressed before the program could even start
        code = 130
    sys.exit(code)
