"""Looks at a module of the user for Coreloom, which gives its path as one line of JSON on standard input."""

if __name__ == "__main__":
    from coreloom_host.inspection import main

    main()
