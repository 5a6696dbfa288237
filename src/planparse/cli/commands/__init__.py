"""One module a command, imported when the command runs; ``planparse.cli.registry`` lists them."""
