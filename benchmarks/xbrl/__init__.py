"""Writers and the semantic comparison of instances beside their peers, and mutations of one."""
