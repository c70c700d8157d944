"""Measures one mechanism of CPython at a time; see src/engine/kinds/lab/asks.ts for what is asked and answered."""
