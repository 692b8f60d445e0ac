"""The doorway from a checkout: `python cli.py …` does what the installed command `kaohe …` does."""

from scoring.commands import main

if __name__ == "__main__":
    main()
