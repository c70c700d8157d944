"""Starts the host of Coreloom's Python workers; Node gives its settings as one line of JSON on standard input."""

if __name__ == "__main__":
    import sys

    # Said before anything newer is imported, so that an old interpreter says it in a sentence.
    if sys.version_info < (3, 8):
        sys.exit("Coreloom needs Python 3.8 or newer, not %d.%d." % sys.version_info[:2])
    from coreloom_host.main import main

    main()
