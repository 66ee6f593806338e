"""The console script `phaodai`: finds the named subcommand, loads only that one, and runs it."""

import argparse
import importlib
import os
import sys

# Subcommand -> the module that declares it. Loaded on demand: reading a directive must not pay for Django.
COMMANDS = {
    "demo": "phaodai.site.commands.demo",
    "serve": "phaodai.site.commands.serve",
    "stop": "phaodai.site.commands.stop",
    "check": "phaodai.site.commands.check",
    "read-directive": "phaodai.site.commands.read_directive",
    "write-report": "phaodai.site.commands.write_report",
    "decide": "phaodai.site.commands.decide",
    "chain": "phaodai.site.commands.chain",
    "levels": "phaodai.site.commands.levels",
    "load-territory": "phaodai.site.commands.load_territory",
    "trace": "phaodai.site.commands.trace",
    "import-visits": "phaodai.site.commands.import_visits",
    "import-cases": "phaodai.site.commands.import_cases",
    "estimate-r": "phaodai.site.commands.estimate_r",
    "forecast": "phaodai.site.commands.forecast",
    "simulate": "phaodai.site.commands.simulate",
    "certificate-key": "phaodai.site.commands.certificate_key",
}


class Refused(Exception):
    """Input that a subcommand does not accept; the message is one line that says how to mend it."""


def main(argv: list[str] | None = None) -> int:
    """Run one subcommand; returns the exit code of `contracts`: 0 success, 2 refused input."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] in ("-h", "--help"):
        print("usage: phaodai COMMAND [options]\ncommands: " + ", ".join(COMMANDS), file=sys.stderr)
        return 0 if arguments else 2
    name = arguments[0]
    if name not in COMMANDS:
        print(f"phaodai: no command '{name}'; choose one of: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    command = importlib.import_module(COMMANDS[name])
    parser = argparse.ArgumentParser(prog=f"phaodai {name}", description=command.__doc__)
    command.add_arguments(parser)
    try:
        code = int(command.run(parser.parse_args(arguments[1:])))
        sys.stdout.flush()
        return code
    except Refused as refusal:
        print(f"phaodai {name}: {refusal}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read our lines has read enough (phaodai … | head); nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    # Under `python -m phaodai` this file is two modules; commands raise the Refused of the imported one.
    sys.exit(importlib.import_module("phaodai.__main__").main())
