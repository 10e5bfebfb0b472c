"""What jobs cost: the chase sweep, deliveries, and live news."""
