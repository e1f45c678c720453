"""The parts of the manager's week: KPIs, their charts, what explains them, what happened."""
