"""Packages of archive documents: bags, samples, life cycle and acceptance."""
