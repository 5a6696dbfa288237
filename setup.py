"""Builds the compiled part of the package from native/, where it can be built; the rest stands in pyproject.toml."""

import sysconfig
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

ONE_FOR_ALL = not sysconfig.get_config_var("Py_GIL_DISABLED")  # the stable interface knows no Python without its lock

NATIVE = Extension(
    "planparse._native",
    sources=sorted(str(path) for path in Path("native").glob("*.c")),
    depends=sorted(str(path) for path in Path("native").glob("*.h")),
    optional=True,  # without a compiler the Python that it repeats does the work
    py_limited_api=ONE_FOR_ALL,
    define_macros=[("Py_LIMITED_API", "0x030B0000")] if ONE_FOR_ALL else [],
)


class Build(build_ext):
    """Asks for sums that are rounded as Python's are: never two operations in one."""

    def build_extensions(self) -> None:
        if self.compiler.compiler_type != "msvc":  # which needs not be asked
            NATIVE.extra_compile_args = ["-std=c11", "-O2", "-ffp-contract=off"]
        super().build_extensions()


setup(
    ext_modules=[NATIVE],
    cmdclass={"build_ext": Build},
    options={"bdist_wheel": {"py_limited_api": "cp311"}} if ONE_FOR_ALL else {},
)
