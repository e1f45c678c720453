"""A large made-up centre for load tests: up to ten million calls over three years, seeded."""

from qa.demo.large.shape import Large
from qa.demo.large.writing import write_large

__all__ = ["Large", "write_large"]
