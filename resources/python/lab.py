"""Python's side of the labs: Node asks by lines of JSON on standard input, and is answered on standard output."""

if __name__ == "__main__":
    from coreloom_lab.main import main

    main()
