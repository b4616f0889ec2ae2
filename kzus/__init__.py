"""A desk reference on what Kazakhstan and the United States have agreed."""

__version__ = "0.1.0"
