"""Measures one mechanism of CPython at a time; see src/engine/experiment/lab/asks.ts for what is asked and answered."""
