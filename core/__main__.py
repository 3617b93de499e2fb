"""Allow ``python -m kirjaamo``."""

from kirjaamo.cli import run

if __name__ == "__main__":
    run()
